"""A time asked for in a few words, such as "60 deep tue after 4 with maren"; no Qt and no clock in here."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from ui.screens.booking.phrase_plain import meant, name_meant, plainly
from ui.screens.booking.phrase_when import LEAST_LETTERS, READERS, Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clinic.office.proposals import Choices, Offered
    from clinic.values import StaffId

ALIASES = {
    "dt": "deep",
    "swedish": "relaxation",
    "relax": "relaxation",
    "pregnancy": "prenatal",
    "mld": "lymph",
    "drainage": "lymph",
    "trp": "trigger",
    "tp": "trigger",
    "mfr": "myofascial",
    "stones": "stone",
}
"""How people say a treatment whose name has another word for it."""
SMALL_WORDS = frozenset(
    {
        *("a", "an", "the", "on", "in", "of", "for", "with", "at", "is", "to", "me", "her", "him", "them"),
        *("massage", "please", "and", "or", "any", "some", "time", "day", "days", "thing", "available"),
    }
)


def read(typed: str, today: date, choices: Choices) -> Phrase:
    """Read what was typed; the first words that fit decide, and those that fit nothing are named."""
    words = plainly(typed)
    found, at = Phrase(), 0
    named: list[str] = []
    while at < len(words):
        for reader in READERS:
            taken, changed = reader(words[at:], found, today)
            if taken:
                found, at = changed, at + taken
                break
        else:
            again = meant(words[at])
            if again is not None and again != words[at]:
                words = (*words[:at], again, *words[at + 1 :])
                continue
            if words[at] not in SMALL_WORDS:
                named.append(words[at])
            at += 1
    return _named(found, named, choices)


def _named(found: Phrase, words: Sequence[str], choices: Choices) -> Phrase:
    """Tell treatments and therapists by the words left over."""
    staff: list[StaffId] = []
    unread: list[str] = []
    offers = list(choices.treatments)
    told = False
    for word in words:
        fitting = _about(offers, word)
        people = _called(choices.therapists, word)
        if not fitting and not people and (again := name_meant(word, _names(choices))) is not None:
            fitting, people = _about(offers, again), _called(choices.therapists, again)
        if fitting:
            offers, told = fitting, True
        elif len(people) == 1:
            staff.append(people[0])
        else:
            unread.append(word)
    if not told and found.minutes is None:
        offers = []
    chosen = _chosen(offers, found.minutes, told=told)
    return replace(
        found,
        treatment=chosen.id if chosen else None,
        staff=staff[0] if staff else None,
        unread=tuple(unread),
    )


def _names(choices: Choices) -> tuple[str, ...]:
    """List the words by which treatments and therapists are called."""
    called = [each.name for each in choices.treatments] + [name for _key, name in choices.therapists]
    parts = {part for name in called for part in _bare(name).split()}
    return tuple(sorted(parts | ALIASES.keys()))


def _about(offers: Sequence[Offered], word: str) -> list[Offered]:
    return [each for each in offers if _is_about(each, word)]


def _called(therapists: Sequence[tuple[StaffId, str]], word: str) -> list[StaffId]:
    return [key for key, name in therapists if _begins(name, word)]


def _is_about(offered: Offered, word: str) -> bool:
    return len(word) >= LEAST_LETTERS and _begins(offered.name, ALIASES.get(word, word))


def _begins(name: str, word: str) -> bool:
    return len(word) >= LEAST_LETTERS and any(part.startswith(_bare(word)) for part in _bare(name).split())


def _bare(text: str) -> str:
    """Write a word as one types it in a hurry: small, and without accents."""
    return "".join(
        sign for sign in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(sign)
    )


def _chosen(offers: Sequence[Offered], minutes: int | None, *, told: bool) -> Offered | None:
    """Choose the treatment named, of the length asked for if there is one; a length alone names none."""
    if not told or not offers:
        return None
    return next((each for each in offers if each.minutes == minutes), offers[0])
