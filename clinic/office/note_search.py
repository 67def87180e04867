"""Searching notes: words that begin so, in one's own notes, or in a client's where a reason opened them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.office.door import usable
from clinic.records import Appointment, Client, Note
from clinic.rules.permissions import Permission, Reach
from clinic.storage import search as index
from clinic.values import ClientId, NoteId
from clinic.workroom import noting
from clinic.workroom.asking import name_of, of_clients

if TYPE_CHECKING:
    from datetime import datetime

    from clinic.storage.work import Work

MOST = 20
LEAST_SIGNS = 3
"""Fewer signs would find half of all notes."""


@dataclass(frozen=True, slots=True)
class NoteHit:
    """A note that holds the words: whose it is, of which visit, and the words around the first of them."""

    note: NoteId
    client: ClientId
    client_name: str
    at: datetime
    around: tuple[tuple[str, bool], ...]
    """The words in pieces, and of each whether it was looked for."""

    @property
    def words(self) -> str:
        """The words around, plainly."""
        return "".join(piece for piece, _found in self.around)


def find(work: Work, typed: str, *, client: ClientId | None = None, limit: int = MOST) -> tuple[NoteHit, ...]:
    """Find notes by their words, the newest first; others' notes only with a client, once a reason opened them."""
    granted = work.require(Permission.NOTE_READ, client=client)
    typed = typed.strip()
    if len(typed) < LEAST_SIGNS or not usable(typed):
        return ()
    whole = client is not None and noting.opened_lately(work, client)
    among = None
    if client is not None:
        theirs = (
            select(Note.id)
            .join(Appointment, Appointment.id == Note.appointment)
            .where(Appointment.client == client)
        )
        among = list(work.session.scalars(theirs))
    writer = None if whole else work.actor.staff
    found = index.notes(work.session, typed, limit, writer=writer, among=among)
    if not found:
        return ()
    asked = (
        of_clients(Note.id, Appointment.at)
        .join(Appointment, Appointment.id == Note.appointment)
        .join(Client, Client.id == Appointment.client)
        .where(Note.id.in_([row.note for row in found]))
    )
    if granted is Reach.OWN:
        asked = asked.where(work.own_clients())
    known = {row.id: row for row in work.run(asked)}
    return tuple(
        NoteHit(
            NoteId(row.note),
            ClientId(known[row.note].client),
            name_of(known[row.note]),
            known[row.note].at,
            _pieces(row.words),
        )
        for row in found
        if row.note in known
    )


def _pieces(words: str) -> tuple[tuple[str, bool], ...]:
    """Take the signs out that stand around what was looked for."""
    pieces = []
    for part in words.split(index.BEGINS):
        hit, ended, rest = part.partition(index.ENDS)
        if ended:
            pieces += [(hit, True), (rest, False)]
        else:
            pieces.append((part, False))
    return tuple(piece for piece in pieces if piece[0])
