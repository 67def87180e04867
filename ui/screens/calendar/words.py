"""How the calendar says things: where a visit stands, when, and what a screen reader hears of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clinic.values import AHEAD, State
from clinic.wording import _, clock, long_day, money, ngettext
from clinic.wording.flags import severity
from clinic.wording.openings import kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, time

    from clinic.office.diary import Block, Entry, Mark
    from clinic.values import Span

OFF = frozenset({State.NO_SHOW, State.LATE_CANCEL, State.CANCELLED, State.DECLINED})
"""Visits that did not take place; they stay on the board as ghosts."""
LAST_VISITS = 2
"""From so many visits left on, a letter is running out."""
NOON, HALF_DAY = 12, 12
DOT = " · "

ICONS = {
    State.TENTATIVE: "circle",
    State.CONFIRMED: "circle-check",
    State.ARRIVED: "door-open",
    State.IN_TREATMENT: "activity",
    State.DONE: "check",
    State.NO_SHOW: "user-x",
    State.LATE_CANCEL: "calendar-x",
    State.CANCELLED: "calendar-x",
    State.DECLINED: "x",
}


def word(state: State) -> str:
    """Say where a visit stands."""
    return {
        State.TENTATIVE: _("Booked"),
        State.CONFIRMED: _("Confirmed"),
        State.ARRIVED: _("Arrived"),
        State.IN_TREATMENT: _("In treatment"),
        State.DONE: _("Done"),
        State.NO_SHOW: _("No-show"),
        State.LATE_CANCEL: _("Late cancel"),
        State.CANCELLED: _("Cancelled"),
        State.DECLINED: _("Not given"),
    }[state]


def short(at: time | datetime) -> str:
    """Write a time where it is clear which half of the day is meant: ``9:15``."""
    return f"{at.hour % HALF_DAY or HALF_DAY}:{at.minute:02d}"


def hour(minute: int) -> str:
    """Write a full hour at the board's side: ``9 am``."""
    at = minute // 60 % 24
    return f"{at % HALF_DAY or HALF_DAY} {_('am') if at < NOON else _('pm')}"


def from_to(at: datetime, minutes: int) -> str:
    """Write when something begins and ends: ``9:00 to 10:00``."""
    return _("{start} to {end}").format(start=short(at), end=short(at + timedelta(minutes=minutes)))


def hours(spans: Sequence[Span]) -> str:
    """Write opening hours at the head of a column: ``9 to 5``."""

    def brief(at: datetime) -> str:
        return short(at).removesuffix(":00")

    return ", ".join(
        _("{start} to {end}").format(start=brief(span.start), end=brief(span.end)) for span in spans
    )


def letter(mark: Mark) -> str:
    """Say which visit of its letter a visit is: ``5/10``."""
    if mark.visit is None or mark.visits is None:
        return ""
    return f"{mark.visit}/{mark.visits}"


def runs_out(mark: Mark) -> bool:
    """Tell whether the letter behind a visit is nearly used up."""
    return mark.visit is not None and mark.visits is not None and mark.visits - mark.visit < LAST_VISITS


def flag(entry: Entry, mark: Mark) -> str:
    """Say what a visit's gravest flag asks for, while the visit is ahead."""
    if mark.flag in {"", "S0"} or entry.state not in AHEAD:
        return ""
    return severity(mark.flag, asks=mark.asks)


def standing(entry: Entry, mark: Mark) -> str:
    """Say where a visit stands, in one word."""
    return _("Held") if entry.state is State.TENTATIVE and mark.held else word(entry.state)


def icon(entry: Entry, mark: Mark) -> str:
    """Name the icon of where a visit stands."""
    return "hourglass" if entry.state is State.TENTATIVE and mark.held else ICONS[entry.state]


def lacks(entry: Entry, mark: Mark) -> tuple[str, ...]:
    """Say what a visit that took place still lacks."""
    if entry.state is not State.DONE or entry.busy:
        return ()
    missing = []
    if not mark.charged or mark.open.cents > 0:
        missing.append(_("Unpaid"))
    if mark.noted and not mark.signed:
        missing.append(_("Unsigned"))
    return tuple(missing)


def spoken(entry: Entry, mark: Mark, who: str, room: str) -> str:
    """Say a visit whole, as a screen reader does: who, when, what, with whom, where it stands."""
    times = _("{start} to {end}").format(
        start=clock(entry.at), end=clock(entry.at + timedelta(minutes=entry.minutes))
    )
    if entry.busy:
        return ", ".join((_("Busy"), times, long_day(entry.at.date()), who))
    said = [entry.name, times, long_day(entry.at.date()), entry.treatment, _("with {name}").format(name=who)]
    if room:
        said.append(room)
    said.append(standing(entry, mark))
    if flagged := flag(entry, mark):
        said.append(flagged)
    if mark.visit is not None and mark.visits is not None:
        said.append(_("visit {n} of {of}").format(n=mark.visit, of=mark.visits))
    if mark.open.cents > 0:
        said.append(_("{amount} unpaid").format(amount=money(mark.open)))
    said.extend(lacks(entry, mark)[1 if mark.open.cents > 0 else 0 :])
    return ", ".join(said)


def block(which: Block) -> str:
    """Say why a time can't be booked; why a colleague is away stays theirs."""
    return which.reason or kind(which.kind)


def heading(first: date, last: date) -> str:
    """Head a span of days: ``November 16 to 21``."""
    from babel.dates import format_skeleton  # noqa: PLC0415 - babel is slow to import

    from clinic.wording import language  # noqa: PLC0415 - as above

    locale = {"en": "en_US", "es": "es_US"}[language()]

    def month_day(on: date) -> str:
        return str(format_skeleton("MMMMd", on, locale=locale))

    if first == last:
        return long_day(first)
    end = str(last.day) if (first.year, first.month) == (last.year, last.month) else month_day(last)
    if language() == "es":
        end = month_day(last)
    return _("{first} to {last}").format(first=month_day(first), last=end)


def of_view(view: str, on: date, days: Sequence[date]) -> str:
    """Head what a view shows."""
    return month_name(on) if view == "month" or not days else heading(days[0], days[-1])


def month_name(on: date, *, short: bool = False) -> str:
    """Head a month: ``November 2026``."""
    from babel.dates import format_skeleton  # noqa: PLC0415 - babel is slow to import

    from clinic.wording import language  # noqa: PLC0415 - as above

    locale = {"en": "en_US", "es": "es_US"}[language()]
    return str(format_skeleton("yMMM" if short else "yMMMM", on, locale=locale)).capitalize()


def weekday(on: date, *, long: bool = False) -> str:
    """Write a day of the week: ``Mon``."""
    from babel.dates import format_date  # noqa: PLC0415 - babel is slow to import

    from clinic.wording import language  # noqa: PLC0415 - as above

    return str(format_date(on, "EEEE" if long else "EEE", locale={"en": "en_US", "es": "es_US"}[language()]))


def count(visits: int) -> str:
    """Count visits at the head of a room."""
    return ngettext("{n} booked", "{n} booked", visits).format(n=visits)
