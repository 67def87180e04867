"""The coverage line: letters as bars, visits as numbered dots under them, and the gap no letter speaks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from clinic.office.charts import Standing
from clinic.values import LetterKind, State
from clinic.wording import _, day, ngettext, short_day
from clinic.wording.reasons import phrase
from ui.screens.clients import words
from ui.screens.clients.happenings import NO_LETTER, USED_UP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clinic.office.charts import Chart, CoveredVisit, LetterCard
    from clinic.values import AppointmentId

BEFORE, AFTER = relativedelta(months=6), relativedelta(months=3)
"""How far the line reaches back and ahead of today at most."""
PROVES = frozenset({LetterKind.LMN, LetterKind.PRESCRIPTION})


@dataclass(frozen=True, slots=True)
class Bar:
    """A letter on the line, with what is written at its left and right."""

    start: date
    end: date
    reference: str
    issuer: str
    counted: str
    told: str
    current: bool
    lane: int = 0
    """How many letters that speak at the same time stand above it."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A visit on the line."""

    on: date
    number: str
    done: bool
    gap: bool
    today: bool
    told: str
    visit: AppointmentId
    by_hand: bool = False
    """Whether somebody chose its letter."""
    used_up: bool = False
    """Whether its letter has no visit left for it."""


@dataclass(frozen=True, slots=True)
class Line:
    """All that the coverage line shows, between its first and its last day."""

    first: date
    last: date
    today: date
    bars: tuple[Bar, ...]
    dots: tuple[Dot, ...]
    gap: date | None
    """From when on booked visits fall where no letter speaks."""
    uncovered: int
    beyond: int = 0
    """How many booked visits are more than their letter allows."""

    @property
    def lanes(self) -> int:
        """How many letters stand under one another at most."""
        return max((bar.lane for bar in self.bars), default=0) + 1

    @property
    def told(self) -> tuple[str, ...]:
        """Say in sentences what the line shows, for those who cannot see it."""
        bars = [
            _("{letter}: {first} to {last}, {told}").format(
                letter=bar.reference, first=day(bar.start), last=day(bar.end), told=bar.told
            )
            for bar in self.bars
        ]
        return (*bars, *(dot.told for dot in self.dots))


def line_of(chart: Chart) -> Line | None:
    """Lay out a client's letters and visits in time; nothing where there is no letter to speak of."""
    letters = [
        card
        for card in chart.letters
        if card.kind in PROVES
        and card.valid_from is not None
        and card.valid_to is not None
        and card.standing not in {Standing.INCOMPLETE, Standing.REVOKED, Standing.VOIDED}
    ]
    if not letters:
        return None
    first, last = _reach(chart, letters)
    bars = tuple(_bar(card, chart.today) for card in sorted(letters, key=lambda c: (c.valid_from, c.id)))
    bars = _in_lanes(bar for bar in bars if bar.end >= first and bar.start <= last)
    dots = tuple(_dot(visit, chart.today) for visit in chart.coverage if first <= visit.at.date() <= last)
    red = [dot for dot in dots if dot.gap and dot.on >= chart.today]
    ahead = [dot for dot in red if not dot.used_up]
    ends = max((bar.end for bar in bars if ahead and bar.end < ahead[0].on), default=None)
    gap = None
    if ahead:
        gap = max(ends + timedelta(days=1), chart.today) if ends else chart.today
    return Line(first, last, chart.today, bars, dots, gap, len(ahead), len(red) - len(ahead))


def _in_lanes(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    """Put letters that speak at the same time under one another, so that none hides another."""
    ends: list[date] = []
    placed = []
    for bar in bars:
        free = next((lane for lane, end in enumerate(ends) if end < bar.start), len(ends))
        ends[free : free + 1] = [bar.end]
        placed.append(replace(bar, lane=free))
    return tuple(placed)


def _reach(chart: Chart, letters: list[LetterCard]) -> tuple[date, date]:
    """Choose the stretch shown: whole months around what there is, no further than is readable."""
    days = [visit.at.date() for visit in chart.coverage]
    days += [card.valid_from for card in letters if card.valid_from]
    days += [card.valid_to for card in letters if card.valid_to]
    days.append(chart.today)
    first = max(min(days), chart.today - BEFORE).replace(day=1)
    last = min(max(days), chart.today + AFTER) + relativedelta(day=31)
    return first, max(last, chart.today + relativedelta(months=1, day=31))


def _bar(card: LetterCard, today: date) -> Bar:
    if card.valid_from is None or card.valid_to is None:
        raise LookupError(card.id)
    past = card.valid_to < today
    counted = words.used_up(card)
    ending = _("ended {day}") if past else _("valid to {day}")
    until = short_day(card.valid_to) if card.valid_to.year == today.year else day(card.valid_to)
    told = ", ".join((counted, ending.format(day=until)))
    return Bar(card.valid_from, card.valid_to, words.letter(card), card.issuer, counted, told, not past)


def _dot(visit: CoveredVisit, today: date) -> Dot:
    on = visit.at.date()
    done = visit.state is State.DONE
    gap = visit.visit is None and bool(NO_LETTER & set(visit.codes))
    used_up = visit.visit is None and not gap and USED_UP in visit.codes
    if visit.visit is not None:
        number, told = str(visit.visit), _("visit {n} of the letter").format(n=visit.visit)
    elif used_up and on >= today:
        number, told = "!", phrase(USED_UP)
    elif gap:
        number, told = "!" if on >= today else "-", _("no letter on this date")
    else:
        number, told = "-", phrase(visit.codes[0]) if visit.codes else _("not under a letter")
    if visit.by_hand:
        told = _("{told}, its letter chosen by hand").format(told=told)
    said = _("{day}: {what}, {state}").format(day=day(on), what=told, state=words.state(visit.state))
    red = (gap or used_up) and on >= today and not done
    return Dot(on, number, done, red, on == today, said, visit.id, visit.by_hand, used_up)


def warning(line: Line) -> str:
    """Say how many booked visits no letter speaks for, or more than it allows."""
    told = []
    if line.uncovered:
        told.append(
            ngettext(
                "{n} booked visit falls where no letter speaks",
                "{n} booked visits fall where no letter speaks",
                line.uncovered,
            ).format(n=line.uncovered)
        )
    if line.beyond:
        told.append(
            ngettext(
                "{n} booked visit is more than the letter allows",
                "{n} booked visits are more than the letter allows",
                line.beyond,
            ).format(n=line.beyond)
        )
    return ", ".join(told)
