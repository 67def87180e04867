"""The list of letters: everybody's on one page, so that none runs out unnoticed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from sqlalchemy import and_, or_, select

from clinic.office.charts import LetterCard, card_of
from clinic.records import Client, Letter
from clinic.rules import annual, counting, lettering
from clinic.rules.permissions import Permission, Reach
from clinic.storage import search as index
from clinic.values import ClientId
from clinic.workroom import ledgers
from clinic.workroom.facts import policy_of, therapists_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement

    from clinic.storage.work import Work

ENDED = lettering.ENDED
AT_ONCE = 2_000
"""Clients whose letters are counted by one handful of questions."""
FOUND = 5_000
"""How many clients the words typed may find."""


@dataclass(frozen=True, slots=True)
class ListedLetter:
    """A letter of the list: whose it is, and how it stands."""

    client: ClientId
    name: str
    sort_key: str
    card: LetterCard


def listed(work: Work, *, typed: str = "", ended: bool = False) -> tuple[ListedLetter, ...]:
    """List the letters that speak, will speak or lack something, the first to end first; or those that ended.

    Clinical parts stay on the chart, so reading the list leaves no trace in the trail.
    """
    granted = work.require(Permission.LETTER_SEE)
    asked = (
        select(Client.id, Client.given_name, Client.family_name, Client.sort_key)
        .join(Letter, Letter.client == Client.id)
        .where(Client.archived_on.is_(None), _may_have_ended(work) if ended else _may_speak(work))
        .distinct()
        .order_by(Client.id)
    )
    if granted is Reach.OWN:
        asked = asked.where(work.own_clients())
    if index.words(typed):
        number = Letter.number.contains(typed.strip().upper(), autoescape=True)
        asked = asked.where(or_(Client.id.in_(index.clients(work.session, typed, FOUND)), number))
    people = {ClientId(row.id): row for row in work.run(asked)}
    found = [
        ListedLetter(client, f"{row.given_name} {row.family_name}".strip(), row.sort_key, card)
        for client, card in _cards(work, list(people))
        if (card.standing in ENDED) is ended
        for row in (people[client],)
    ]
    return tuple(sorted(found, key=_by_end, reverse=ended))


def _by_end(row: ListedLetter) -> tuple[date, str, str]:
    return (row.card.valid_to or date.min, row.sort_key, row.card.id)


def _may_speak(work: Work) -> ColumnElement[bool]:
    """Leave out what was dated too long ago to speak still: no letter does for more than twelve months."""
    oldest = work.today - relativedelta(months=12)
    undated = and_(Letter.signed_on.is_(None), Letter.starts_on.is_(None))
    return or_(undated, Letter.signed_on >= oldest, Letter.starts_on >= oldest)


def _may_have_ended(work: Work) -> ColumnElement[bool]:
    """Leave out what is not dated, or only begins."""
    return or_(Letter.signed_on < work.today, Letter.starts_on < work.today, Letter.revoked_on.is_not(None))


def _cards(work: Work, clients: list[ClientId]) -> Iterator[tuple[ClientId, LetterCard]]:
    policy = policy_of(work.practice.settings)
    therapists = {therapist.name for therapist in therapists_of(work).values()}
    for first in range(0, len(clients), AT_ONCE):
        for client, history in ledgers.histories(work, clients[first : first + AT_ONCE]):
            patient = history.person.patient
            supporting = annual.supporting(history.letters)
            stands = counting.stand(history.visits, supporting, patient, therapists, policy, as_booked=True)
            for letter in history.letters:
                if letter.client == client:
                    usage = counting.usage(letter, history.visits, stands)
                    yield client, card_of(letter, usage, policy, today=work.today, whole=False)
