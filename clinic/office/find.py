"""Finding anything: clients, receipts and letters, as far as the one who asks may see them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.office import clients, note_search
from clinic.office.door import usable
from clinic.records import Client, Counter, Invoice, Letter, Payment
from clinic.rules import books
from clinic.rules.permissions import Permission, Reach
from clinic.values import ClientId
from clinic.workroom.asking import name_of

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute

    from clinic.storage.work import Work

MOST = 8
LONGEST = 9
"""Figures of a number that could be one of ours."""


class What(StrEnum):
    """The kinds of thing that can be found."""

    CLIENT = "client"
    RECEIPT = "receipt"
    LETTER = "letter"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: what it is, whose it is, and what to show of it."""

    what: What
    id: str
    client: ClientId
    title: str
    detail: str
    on: date | None


def anything(work: Work, typed: str) -> tuple[Hit, ...]:
    """Find clients by name, phone or day of birth, receipts and letters by number."""
    work.require(Permission.CLIENT_SEE)
    typed = typed.strip()
    if not typed or not usable(typed):
        return ()
    found = [
        Hit(What.CLIENT, person.id, person.id, person.name, person.phone or "", person.born)
        for person in clients.search(work, typed, limit=MOST)
    ]
    return (*found, *_receipts(work, typed), *_letters(work, typed), *_notes(work, typed))


def _receipts(work: Work, typed: str) -> list[Hit]:
    granted = work.reach(Permission.MONEY_SEE)
    if granted is Reach.NONE or not any(sign.isdigit() for sign in typed):
        return []
    found = []
    for number, owner, on in (
        (Invoice.number, Invoice.client, Invoice.issued_on),
        (Payment.number, Payment.client, Payment.paid_on),
    ):
        asked = (
            select(
                number.label("number"),
                owner.label("client"),
                on.label("on"),
                Client.given_name,
                Client.family_name,
            )
            .join(Client, Client.id == owner)
            .where(_numbered(work, number, typed.upper()))
            .order_by(on.desc())
            .limit(MOST)
        )
        if granted is Reach.OWN:
            asked = asked.where(work.own_clients())
        found += [
            Hit(
                What.RECEIPT,
                row.number,
                ClientId(row.client),
                row.number,
                name_of(row),
                row.on,
            )
            for row in work.run(asked)
        ]
    return found[:MOST]


def _notes(work: Work, typed: str) -> list[Hit]:
    """Find in one's own notes; nobody else learns that a word stands in any."""
    if work.reach(Permission.NOTE_READ) is Reach.NONE:
        return []
    return [
        Hit(What.NOTE, hit.note, hit.client, hit.client_name, hit.words, hit.at.date())
        for hit in note_search.find(work, typed, limit=MOST)
    ]


def _numbered(work: Work, number: InstrumentedAttribute[Any], typed: str) -> ColumnElement[bool]:
    """Say which numbers may be meant: those that begin so, or our own of any year that end in this figure."""
    begins = _begins(number, typed)
    if not (typed.isdecimal() and len(typed) <= LONGEST):
        return begins
    taken = work.run(select(Counter.series, Counter.year))
    return begins | number.in_([str(books.Number(one.series, one.year, int(typed))) for one in taken])


def _begins(number: InstrumentedAttribute[Any], typed: str) -> ColumnElement[bool]:
    return number.between(typed, f"{typed}\N{REPLACEMENT CHARACTER}")


def _letters(work: Work, typed: str) -> list[Hit]:
    granted = work.reach(Permission.LETTER_SEE)
    if granted is Reach.NONE:
        return []
    numbered = Letter.number.contains(typed.upper(), autoescape=True)
    if not any(sign.isdigit() for sign in typed):
        numbered = _begins(Letter.number, typed.upper())  # mostly a name: not worth a look at every number
    asked = (
        select(
            Letter.id, Letter.number, Letter.signed_on, Letter.client, Client.given_name, Client.family_name
        )
        .join(Client, Client.id == Letter.client)
        .where(Letter.id.in_(select(Letter.id).where(numbered)))
        .order_by(Letter.signed_on.desc())
        .limit(MOST)
    )
    if granted is Reach.OWN:
        asked = asked.where(work.own_clients())
    return [
        Hit(What.LETTER, row.id, ClientId(row.client), row.number, name_of(row), row.signed_on)
        for row in work.run(asked)
    ]
