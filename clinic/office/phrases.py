"""Phrases: the sentences a therapist writes often, put into a note by typing the first of their letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.office.door import clean
from clinic.records import Phrase
from clinic.rules.notes import PARTS
from clinic.rules.permissions import Permission
from clinic.values import Refusal

if TYPE_CHECKING:
    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """A phrase, and the part of the note it is for."""

    id: str
    part: str
    text: str


def mine(work: Work) -> tuple[PhraseRow, ...]:
    """List one's own phrases."""
    work.require(Permission.NOTE_WRITE)
    asked = select(Phrase).where(Phrase.staff == work.actor.staff).order_by(Phrase.part, Phrase.text)
    return tuple(PhraseRow(row.id, row.part, row.text) for row in work.session.scalars(asked))


def keep(work: Work, part: str, text: str) -> PhraseRow:
    """Keep a phrase; one that is there already is not kept twice."""
    work.require(Permission.NOTE_WRITE)
    words = clean(text, at="text")
    if words is None:
        raise Refusal("note_is_empty", at="text")
    if part not in PARTS:
        raise Refusal("unknown_field", at="part")
    there = select(Phrase).where(Phrase.staff == work.actor.staff, Phrase.part == part, Phrase.text == words)
    row = work.session.scalar(there)
    if row is None:
        row = work.add(Phrase(id=work.new_id(), staff=work.actor.staff, part=part, text=words))
    return PhraseRow(row.id, row.part, row.text)


def drop(work: Work, phrase: str) -> PhraseRow:
    """Let a phrase go, and answer what it was, for an undo."""
    work.require(Permission.NOTE_WRITE)
    row = work.get(Phrase, phrase)
    work.require(Permission.NOTE_WRITE, staff=row.staff)
    work.session.delete(row)
    return PhraseRow(row.id, row.part, row.text)
