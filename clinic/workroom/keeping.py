"""Keeping what was signed: strokes and pages with their digests, and consents as the rules read them."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.records import Client, Consent, Letter, SignedPaper
from clinic.rules.consents import Given, locked
from clinic.workroom import facts

if TYPE_CHECKING:
    from datetime import date

    from clinic.rules.consents import SignedHow, SignerRole
    from clinic.storage.work import Work

Strokes = tuple[tuple[tuple[float, float], ...], ...]


def given_of(consent: Consent) -> Given:
    """Make of a consent what the rules read."""
    return Given(
        consent.kind,
        consent.given_on,
        consent.role,
        consent.ends_on,
        consent.withdrawn_on,
        (consent.details or {}).get("referral_id"),
    )


def locked_areas(work: Work, client: str, on: date) -> frozenset[str]:
    """Give the areas nobody works on this client that day."""
    born = work.session.scalar(select(Client.born).where(Client.id == client))
    given = work.session.scalars(select(Consent).where(Consent.client == client))
    letters = work.session.scalars(select(Letter).where(Letter.client == client))
    return locked([given_of(one) for one in given], [facts.letter_of(one) for one in letters], on, born)


def keep_paper(
    work: Work,
    *,
    client: str,
    name: str,
    role: SignerRole,
    method: SignedHow,
    strokes: Strokes,
    pages: bytes,
    text_sha256: str,
    screening: str | None = None,
    consent: str | None = None,
) -> str:
    """Keep a page that was signed, with the strokes of the hand; neither changes afterwards."""
    drawn = zlib.compress(json.dumps(strokes).encode()) if strokes else None
    paper = work.add(
        SignedPaper(
            id=work.new_id(),
            client=client,
            screening=screening,
            consent=consent,
            signer=name,
            role=role,
            method=method,
            signed_at=work.now,
            taken_by=work.actor.staff,
            text_sha256=text_sha256,
            strokes=drawn,
            pages=pages,
            pages_hash=hashlib.sha256(pages).hexdigest(),
        )
    )
    work.flush()
    return paper.id
