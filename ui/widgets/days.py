"""Days as people type them: `t` for today, `+2w`, `nov 3`, `3/11`; no Qt in here."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

_MONTHS = {
    name: at % 12 + 1
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "ene feb mar abr may jun jul ago sep oct nov dic",
    )
    for at, name in enumerate(names.split())
}
_NEAR = {"t": 0, "today": 0, "hoy": 0, "tomorrow": 1, "mañana": 1, "manana": 1, "yesterday": -1, "ayer": -1}
_WEEKDAYS = {name: at for at, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_STEP = re.compile(r"([+-]\d{1,4})([dwmy]?)")
_MONTH_FIRST = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2})(?:,? (\d{4}))?")
_DAY_FIRST = re.compile(r"(\d{1,2})\.? (?:de )?([a-z]{3})[a-z]*\.?(?:,? (?:de )?(\d{4}))?")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?")
_CENTURY = 100


def typed_day(typed: str, today: date, *, past: bool = False) -> date | None:
    """Read a day as typed; None where it says no day.

    A year left out, or of two figures, is the one nearest to today; a `past` day, as of birth, is behind us.
    """
    said = " ".join(typed.lower().split())
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    if step := _STEP.fullmatch(said):
        return _stepped(int(step[1]), step[2], today)
    if said[:3] in _WEEKDAYS and said.isalpha():
        return today + timedelta(days=(_WEEKDAYS[said[:3]] - today.weekday()) % 7)
    try:
        return _read(said, today, past=past)
    except ValueError:
        return None


def _stepped(count: int, unit: str, today: date) -> date | None:
    step = {
        "w": relativedelta(weeks=count),
        "m": relativedelta(months=count),
        "y": relativedelta(years=count),
    }
    try:
        return today + step.get(unit, relativedelta(days=count))
    except (ValueError, OverflowError):
        return None


def _read(said: str, today: date, *, past: bool) -> date | None:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        return date.fromisoformat(said)
    if (match := _MONTH_FIRST.fullmatch(said)) and match[1] in _MONTHS:
        month, day, year = _MONTHS[match[1]], int(match[2]), match[3]
    elif (match := _DAY_FIRST.fullmatch(said)) and match[2] in _MONTHS:
        month, day, year = _MONTHS[match[2]], int(match[1]), match[3]
    elif match := _SLASHED.fullmatch(said):
        month, day, year = int(match[1]), int(match[2]), match[3]
    else:
        return None
    found = [each for at in _years(year, today) if (each := _day(at, month, day)) is not None]
    near = [each for each in found if each <= today or not past] or found
    return min(near, key=lambda each: abs(each - today), default=None)


def _years(year: str | None, today: date) -> tuple[int, ...]:
    """Say which years may be meant: all those near where none is given, one to a century for two figures."""
    if year is None:
        return tuple(range(today.year - 4, today.year + 5))
    if len(year) == 4:  # noqa: PLR2004 - figures of a year
        return (int(year),)
    near = today.year - today.year % _CENTURY + int(year)
    return (near - _CENTURY, near, near + _CENTURY)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 29 February has no such day in most years
        return None
