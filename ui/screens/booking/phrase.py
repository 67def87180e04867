"""A time asked for in a few words, such as "60 deep tue after 4 with maren"; no Qt and no clock in here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from ui.widgets.days import typed_day
from ui.widgets.times import typed_time

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clinic.office.proposals import Choices, Offered
    from clinic.values import StaffId, TreatmentId

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKING, WEEKEND = frozenset(range(5)), frozenset({5, 6})
LENGTHS = range(15, 241, 5)
LEAST_LETTERS = 2
NOON, EVENING = time(12), time(17)
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
    {"a", "an", "the", "on", "for", "with", "massage", "please", "and", "or", "any", "time"}
)
SOON = frozenset({"asap", "soon", "soonest", "first", "earliest", "next"})
_MINUTES = re.compile(r"(\d{2,3})(?:m|min|mins|minutes?)?")
_STEP = re.compile(r"\+\d{1,3}[dwm]?")
_CLOCK = re.compile(r"\d{1,2}(?::\d{2})?(?:am|pm|a|p)?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What was asked for; nothing where nothing was said of it."""

    treatment: TreatmentId | None = None
    minutes: int | None = None
    staff: StaffId | None = None
    first: date | None = None
    last: date | None = None
    weekdays: frozenset[int] = frozenset()
    earliest: time | None = None
    begin_by: time | None = None
    end_by: time | None = None
    soonest: bool = False
    unread: tuple[str, ...] = ()
    """Words that say nothing here."""


def read(typed: str, today: date, choices: Choices) -> Phrase:
    """Read what was typed; the first words that fit decide, and those that fit nothing are named."""
    words = re.findall(r"[^\s,;]+", typed.lower().replace("\N{EN DASH}", "-"))
    found, at = Phrase(), 0
    named: list[str] = []
    while at < len(words):
        for reader in READERS:
            taken, changed = reader(words[at:], found, today)
            if taken:
                found, at = changed, at + taken
                break
        else:
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
        fitting = [each for each in offers if _is_about(each, word)]
        people = [key for key, name in choices.therapists if _begins(name, word)]
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


Reader = tuple[int, Phrase]


def _period(words: Sequence[str], found: Phrase, today: date) -> Reader:
    """Read a stretch of days."""
    monday = today - timedelta(days=today.weekday())
    two = " ".join(words[:2])
    if two in {"next week", "this week"}:
        first = max(monday + timedelta(weeks=two.startswith("next")), today)
        last = monday + timedelta(weeks=two.startswith("next"), days=6)
        return 2, replace(found, first=first, last=last)
    if words[0] == "in" and len(words) > 2 and words[1].isdigit():  # noqa: PLR2004 - in, two, weeks
        unit = {"d": 1, "w": 7}.get(words[2][0])
        if unit:
            first = today + timedelta(days=unit * int(words[1]))
            return 3, replace(found, first=first, last=first + timedelta(days=unit - 1))
    if words[0] == "tomorrow":
        return 1, replace(found, first=today + timedelta(days=1), last=today + timedelta(days=1))
    return 0, found


def _day(words: Sequence[str], found: Phrase, today: date) -> Reader:
    """Read a single day."""
    two = " ".join(words[:2])
    on = (
        typed_day(two, today)
        if len(words) > 1 and re.search("[a-z]", words[0]) and words[1][:1].isdigit()
        else None
    )
    if on is not None:
        return 2, replace(found, first=on, last=on)
    written = re.fullmatch(r"\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?", words[0])
    if words[0] in {"t", "today"} or _STEP.fullmatch(words[0]) or written:
        on = typed_day(words[0], today)
        if on is not None:
            return 1, replace(found, first=on, last=on)
    return 0, found


def _weekday(words: Sequence[str], found: Phrase, _today: date) -> Reader:
    """Read a weekday, or several one after the other."""
    word = words[0]
    if word in {"weekday", "weekdays"}:
        return 1, replace(found, weekdays=found.weekdays | WORKING)
    if word in {"weekend", "weekends"}:
        return 1, replace(found, weekdays=found.weekdays | WEEKEND)
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    if len(word) > LEAST_LETTERS:
        for at, name in enumerate(full):
            if name.startswith(word.rstrip("s")) or word == f"{name}s":
                return 1, replace(found, weekdays=found.weekdays | {at})
    return 0, found


def _hours(words: Sequence[str], found: Phrase, _today: date) -> Reader:
    """Read from when or until when."""
    word = words[0]
    at = typed_time(words[1]) if len(words) > 1 else None
    if at is not None and word in {"after", "from", "past"}:
        return 2, replace(found, earliest=at)
    if at is not None and word in {"before", "until", "till", "by", "to"}:
        return 2, replace(found, end_by=at)
    if at is not None and word in {"at", "around", "about", "@"}:
        return 2, replace(found, earliest=at, begin_by=at)
    if word == "between" and len(words) > 3 and at is not None and (end := typed_time(words[3])) is not None:  # noqa: PLR2004 - between, two, and, five
        return 4, replace(found, earliest=at, end_by=end)
    begins, dash, ends = word.partition("-")
    if dash and _CLOCK.fullmatch(begins) and _CLOCK.fullmatch(ends):
        opens, closes = typed_time(begins), typed_time(ends)
        if opens is not None and closes is not None and opens < closes:
            return 1, replace(found, earliest=opens, end_by=closes)
    return 0, found


def _part_of_day(words: Sequence[str], found: Phrase, _today: date) -> Reader:
    parts: dict[str, tuple[time | None, time | None]] = {
        "morning": (None, NOON),
        "mornings": (None, NOON),
        "afternoon": (NOON, None),
        "afternoons": (NOON, None),
        "evening": (EVENING, None),
        "evenings": (EVENING, None),
    }
    if words[0] not in parts:
        return 0, found
    earliest, end_by = parts[words[0]]
    return 1, replace(found, earliest=earliest, end_by=end_by)


def _length_or_time(words: Sequence[str], found: Phrase, _today: date) -> Reader:
    """Read a bare number: a length where it could be one, else a time."""
    word = words[0]
    match = _MINUTES.fullmatch(word)
    if match and int(match[1]) in LENGTHS and found.minutes is None:
        unit = len(words) > 1 and words[1] in {"m", "min", "mins", "minute", "minutes"}
        return 2 if unit else 1, replace(found, minutes=int(match[1]))
    at = typed_time(word) if _CLOCK.fullmatch(word) or word == "noon" else None
    if at is not None and found.earliest is None:
        return 1, replace(found, earliest=at, begin_by=at)
    return 0, found


def _soon(words: Sequence[str], found: Phrase, _today: date) -> Reader:
    return (1, replace(found, soonest=True)) if words[0] in SOON else (0, found)


READERS: tuple[Callable[[Sequence[str], Phrase, date], Reader], ...] = (
    _period,
    _hours,
    _day,
    _weekday,
    _part_of_day,
    _length_or_time,
    _soon,
)
