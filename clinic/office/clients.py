"""Clients: finding them, taking them on, keeping their details right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import ColumnElement, Select, case, func, select

from clinic.office.door import clean_all
from clinic.records import Allocation, Appointment, Client, Invoice, Line
from clinic.records.people import folded, search_text, sort_key
from clinic.rules import spelling
from clinic.rules.permissions import Permission, Reach
from clinic.storage import search as index
from clinic.values import AHEAD, ClientId, Gender, LineKind, Money, Refusal, Role, State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from clinic.storage.work import Work

Asked: TypeAlias = Select[*tuple[Any, ...]]
EDITABLE = frozenset(
    {
        "given_name",
        "family_name",
        "preferred_name",
        "born",
        "phone",
        "email",
        "address",
        "guardian",
        "emergency",
        "payer",
        "accounts",
        "relations",
        "allergies",
        "assigned_to",
        "wishes",
        "do_not_contact",
        "prefers_gender",
        "household",
    },
)
NAMES = frozenset({"given_name", "family_name"})
"""Somebody may have one of them only; the other is then empty, never unknown."""
LISTED = 5_000
"""How many matches the table lists while it is filtered."""
FIGURES, MOST_TWINS = 7, 3
"""The last figures of a phone number that tell people apart, and how many look-alikes are shown."""
LOOK_AT = 200
"""How many matches are weighed before the best are shown: one letter may match half the town."""


class Order(StrEnum):
    """How the table of clients may be sorted."""

    NAME = "name"
    LAST_VISIT = "last_visit"
    NEXT_VISIT = "next_visit"


@dataclass(frozen=True, slots=True)
class Found:
    """A client as a suggestion shows them."""

    id: ClientId
    name: str
    preferred_name: str | None
    born: date | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client as a line of the table."""

    id: ClientId
    name: str
    preferred_name: str | None
    phone: str | None
    visits: int
    last_visit: datetime | None
    next_visit: datetime | None
    balance: Money
    archived: bool


@dataclass(frozen=True, slots=True)
class Details:
    """What is kept of a client for reaching and billing them."""

    id: ClientId
    version: int
    given_name: str
    family_name: str
    preferred_name: str | None
    born: date | None
    phone: str | None
    email: str | None
    address: Mapping[str, Any] | None
    guardian: Mapping[str, Any] | None
    emergency: Mapping[str, Any] | None
    payer: Mapping[str, Any] | None
    accounts: tuple[Mapping[str, Any], ...] | None
    relations: tuple[Mapping[str, Any], ...] | None
    allergies: tuple[str, ...] | None
    assigned_to: str | None
    archived_on: date | None
    wishes: str | None = None
    do_not_contact: bool | None = None
    prefers_gender: Gender | None = None
    household: str | None = None
    hold: Mapping[str, Any] | None = None
    health: bool = False
    """Whether allergies are shown: to those who may not read health they are not, which does not mean none."""


def search(work: Work, typed: str, *, limit: int = 20) -> tuple[Found, ...]:
    """Suggest clients while somebody types: parts of names in any order, phone digits, day of birth."""
    granted = work.require(Permission.CLIENT_SEE)
    ids = index.clients(work.session, typed, LOOK_AT)
    order: dict[str, int] = {}
    if not ids:  # a finger may have slipped: then who is nearest comes first
        ids = index.nearly(work.session, typed, LOOK_AT)
        order = {key: at for at, key in enumerate(ids)}
    asked = select(
        Client.id, Client.given_name, Client.family_name, Client.preferred_name, Client.born, Client.phone
    ).where(Client.id.in_(ids), Client.archived_on.is_(None))
    if granted is Reach.OWN:
        asked = asked.where(work.own_clients())
    typed_words = folded(typed).split()

    def closeness(found: Found) -> tuple[int, bool, str]:
        begins = folded(found.name).startswith(typed_words[0])
        return order.get(found.id, 0), not begins, folded(found.name)

    limited = granted is Reach.LIMITED
    matches = [
        Found(
            ClientId(client.id),
            f"{client.given_name} {client.family_name}".strip(),
            client.preferred_name,
            None if limited else client.born,
            None if limited else client.phone,
        )
        for client in work.run(asked)
    ]
    return tuple(sorted(matches, key=closeness)[:limit])


def twins(work: Work, *, given_name: str, family_name: str, phone: str) -> tuple[Found, ...]:
    """Find those on file who may be the one about to be taken on: the same phone, or a name one slip away."""
    work.require(Permission.CLIENT_SEE)
    name, digits = folded(f"{given_name} {family_name}"), re.sub(r"\D", "", phone)
    found: dict[ClientId, Found] = {}
    if len(digits) >= FIGURES:
        found |= {each.id: each for each in search(work, digits[-FIGURES:], limit=MOST_TWINS)}
    if given_name.strip() and family_name.strip():
        for each in search(work, name, limit=LOOK_AT):
            if spelling.same_name(folded(each.name), name):
                found[each.id] = each
    return tuple(found.values())[:MOST_TWINS]


def page(
    work: Work,
    *,
    typed: str = "",
    order: Order = Order.NAME,
    descending: bool = False,
    archived: bool = False,
    offset: int = 0,
    limit: int = 200,
) -> tuple[ClientRow, ...]:
    """Give a stretch of the client table, sorted in the file, with what the desk wants to see of each."""
    granted = work.require(Permission.CLIENT_SEE)
    asked = _listed(work, granted, select(Client.id), typed=typed, archived=archived)
    key = _sorting(work, order)
    towards = key.desc() if descending else key.asc()
    if order is not Order.NAME:
        towards = towards.nulls_last()
    # Those before the stretch are counted off in the index alone; only whom it shows is fetched.
    ids = work.session.scalars(asked.order_by(towards, Client.id).offset(offset).limit(limit)).all()
    fetched = {one.id: one for one in work.session.scalars(select(Client).where(Client.id.in_(ids)))}
    people = [fetched[key] for key in ids]
    facts = _facts(work, list(ids))
    limited = granted is Reach.LIMITED
    return tuple(
        ClientRow(
            ClientId(client.id),
            client.name,
            client.preferred_name,
            None if limited else client.phone,
            *facts.get(client.id, (0, None, None, Money(0))),
            archived=client.archived_on is not None,
        )
        for client in people
    )


def count(work: Work, *, typed: str = "", archived: bool = False) -> int:
    """Count the clients that the table would list."""
    granted = work.require(Permission.CLIENT_SEE)
    asked = _listed(work, granted, select(func.count()).select_from(Client), typed=typed, archived=archived)
    return work.session.scalar(asked) or 0


def _listed(work: Work, granted: Reach, asked: Asked, *, typed: str, archived: bool) -> Asked:
    if granted is Reach.OWN:
        asked = asked.where(work.own_clients())
    if not archived:
        asked = asked.where(Client.archived_on.is_(None))
    if index.words(typed):
        asked = asked.where(Client.id.in_(index.clients(work.session, typed, LISTED)))
    return asked


def _sorting(work: Work, order: Order) -> ColumnElement[Any]:
    if order is Order.NAME:
        return Client.sort_key.expression
    if order is Order.LAST_VISIT:
        return Client.last_visit.expression
    ahead = Appointment.state.in_(AHEAD)
    visit = select(func.min(Appointment.at)).where(Appointment.at >= work.wall, ahead)
    return visit.where(Appointment.client == Client.id).scalar_subquery()


def _facts(work: Work, ids: list[str]) -> dict[str, tuple[int, datetime | None, datetime | None, Money]]:
    """Visits, last and next visit, and balance of these clients, in two questions."""
    visits = work.run(
        select(
            Appointment.client,
            func.count().filter(Appointment.state == State.DONE).label("done"),
            func.max(Appointment.at).filter(Appointment.state == State.DONE).label("last"),
            func.min(Appointment.at)
            .filter(Appointment.at >= work.wall, Appointment.state.in_(AHEAD))
            .label("next"),
        )
        .where(Appointment.client.in_(ids))
        .group_by(Appointment.client),
    )
    facts = {row.client: (row.done, row.last, row.next, Money(0)) for row in visits}
    for owed in work.run(_owed(ids)):
        facts[owed.client] = (*facts.get(owed.client, (0, None, None))[:3], Money(owed.cents))
    return facts


def _owed(ids: list[str]) -> Asked:
    """Ask what each of these clients still owes; a visit from a bundle is paid by its bundle."""
    settled = (
        select(func.coalesce(func.sum(Allocation.amount_cents), 0))
        .where(Allocation.line == Line.id)
        .scalar_subquery()
    )
    asked = Line.price_cents - func.coalesce(Line.discount_cents, 0) + func.coalesce(Line.tax_cents, 0)
    return (
        # Where an insurer paid a line beside the client, that lowers no other line.
        select(Invoice.client, func.sum(case((settled > asked, 0), else_=asked - settled)).label("cents"))
        .join(Line, Line.invoice == Invoice.id)
        .where(Invoice.client.in_(ids), Invoice.void_on.is_(None), Line.kind != LineKind.BUNDLE_USE)
        .group_by(Invoice.client)
    )


def details(work: Work, client: ClientId) -> Details:
    """Open what is kept of a client for reaching and billing them."""
    granted = work.require(Permission.CLIENT_SEE, client=client)
    record = work.get(Client, client)
    whole = granted is not Reach.LIMITED
    health = work.reach(Permission.HEALTH_READ) is not Reach.NONE
    return Details(
        id=client,
        version=record.version,
        given_name=record.given_name,
        family_name=record.family_name,
        preferred_name=record.preferred_name,
        address=record.address,
        born=record.born if whole else None,
        phone=record.phone if whole else None,
        email=record.email if whole else None,
        guardian=record.guardian if whole else None,
        emergency=record.emergency if whole else None,
        payer=record.payer if whole else None,
        accounts=tuple(record.accounts) if whole and record.accounts is not None else None,
        relations=tuple(record.relations) if whole and record.relations is not None else None,
        allergies=tuple(record.allergies) if health and record.allergies is not None else None,
        assigned_to=record.assigned_to,
        archived_on=record.archived_on,
        wishes=record.wishes if whole else None,
        do_not_contact=record.do_not_contact if whole else None,
        prefers_gender=record.prefers_gender,
        household=record.household if whole else None,
        hold=record.hold if whole else None,
        health=health,
    )


def household(work: Work, client: ClientId) -> tuple[Found, ...]:
    """Name the others who live with a client."""
    granted = work.require(Permission.CLIENT_SEE, client=client)
    shared = work.get(Client, client).household
    if granted is Reach.LIMITED or not shared:
        return ()
    asked = select(Client).where(Client.household == shared, Client.id != client).order_by(Client.sort_key)
    if granted is Reach.OWN:
        asked = asked.where(work.own_clients())
    return tuple(
        Found(ClientId(one.id), one.name, one.preferred_name, one.born, one.phone)
        for one in work.session.scalars(asked)
    )


def create(work: Work, *, given_name: str, family_name: str, **contact: Any) -> ClientId:
    """Take on a new client; a name is enough, the rest can follow."""
    work.require(Permission.CLIENT_CHANGE)
    client = Client(id=work.new_id(), given_name="", family_name="", sort_key="", search_text="")
    _fill(client, {"given_name": given_name, "family_name": family_name, **contact})
    if work.actor.role is Role.THERAPIST:
        client.assigned_to = work.actor.staff
    work.add(client)
    return ClientId(client.id)


def edit(work: Work, client: ClientId, changes: Mapping[str, Any], *, version: int) -> dict[str, Any]:
    """Change a client's details and answer what they were, for an undo; two editors learn of each other."""
    work.require(Permission.CLIENT_CHANGE, client=client)
    record = work.get(Client, client)
    if record.version != version:
        raise Refusal("changed_meanwhile", at="version", mine=version, theirs=record.version)
    before = {name: getattr(record, name) for name in changes if name in EDITABLE}
    _fill(record, changes)
    return before


def _fill(client: Client, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        if name not in EDITABLE:
            raise Refusal("unknown_field", at=name)
        cleaned = clean_all(value, at=name)
        setattr(client, name, "" if cleaned is None and name in NAMES else cleaned)
    if not (client.given_name or client.family_name):
        raise Refusal("name_missing", at="given_name")
    client.sort_key = sort_key(client.given_name, client.family_name)
    client.search_text = search_text(
        client.given_name,
        client.family_name,
        client.preferred_name,
        client.phone,
        client.born,
    )


def archive(work: Work, client: ClientId) -> None:
    """Put a client's file away; nothing is ever deleted."""
    work.require(Permission.CLIENT_CHANGE, client=client)
    work.get(Client, client).archived_on = work.today


def unarchive(work: Work, client: ClientId) -> None:
    """Bring a client's file back."""
    work.require(Permission.CLIENT_CHANGE, client=client)
    work.get(Client, client).archived_on = None
