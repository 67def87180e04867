"""Prepaid visits shared in a household: who else may use a bundle, and finding one to use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.office.charges import OpenBundle, bundles_left
from clinic.records import Bundle, Client
from clinic.rules.permissions import Permission, Reach
from clinic.storage import search as index
from clinic.values import BundleId, ClientId, Refusal, TreatmentId

if TYPE_CHECKING:
    from clinic.storage.work import Work

FOUND = 20


def lendable(work: Work, *, treatment: TreatmentId, typed: str) -> tuple[OpenBundle, ...]:
    """Find other people's prepaid visits of a treatment, by the holder's name."""
    granted = work.require(Permission.MONEY_TAKE)
    if not index.words(typed):
        return ()
    holders = index.clients(work.session, typed, FOUND)
    mine = select(Client.id).where(Client.id.in_(holders))
    if granted is Reach.OWN:
        mine = mine.where(work.own_clients())
    return tuple(
        bundle for bundle in bundles_left(work, Bundle.client.in_(mine)) if bundle.treatment == treatment
    )


def share(work: Work, *, bundle: BundleId, client: ClientId) -> None:
    """Let somebody else use a bundle's visits, as a family does; the money stays with whoever bought it."""
    work.require(Permission.MONEY_TAKE, client=client)
    record = work.get(Bundle, bundle)
    work.require(Permission.MONEY_TAKE, client=record.client)
    work.get(Client, client)
    if client == record.client or any(one["client"] == client for one in record.shared_with or ()):
        return
    record.shared_with = [*(record.shared_with or ()), {"client": client}]


def keep_alone(work: Work, *, bundle: BundleId, client: ClientId) -> None:
    """Let somebody use a bundle no longer; what they used stays used."""
    work.require(Permission.MONEY_TAKE, client=client)
    record = work.get(Bundle, bundle)
    work.require(Permission.MONEY_TAKE, client=record.client)
    if not any(one["client"] == client for one in record.shared_with or ()):
        raise Refusal("not_found", kind="bundles", id=bundle)
    record.shared_with = [one for one in record.shared_with or () if one["client"] != client] or None
