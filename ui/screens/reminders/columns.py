"""How somebody to reach reads as a line of the table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from clinic.values import Outcome, State
from clinic.wording import _, clock, ngettext, short_day, weekday
from clinic.wording.reminders import outcome
from ui.table import Column
from ui.widgets.painting import Mark

if TYPE_CHECKING:
    from clinic.office.reminders import Call

MARKS = {
    Outcome.CONFIRMED: Mark("check", "accent"),
    Outcome.CANCELLED: Mark("calendar-x", "soft_ink"),
    Outcome.LEFT_MESSAGE: Mark("phone", "ink"),
    Outcome.NO_ANSWER: Mark("phone", "soft_ink"),
    Outcome.WROTE: Mark("mail", "ink"),
}


def of_visits() -> tuple[Column[Call], ...]:
    """Give the columns of the call list."""
    return (
        Column(
            _("Visit"),
            _when,
            150,
            under=_time,
            weight="medium",
            sort=lambda row: row.at.isoformat() if row.at else "",
        ),
        _client(),
        _reach(),
        Column(_("With"), lambda row: row.staff_name, 150, tone="soft_ink"),
        _tried(),
    )


def of_clients() -> tuple[Column[Call], ...]:
    """Give the columns of those who are due to come again."""
    return (
        _client(),
        Column(
            _("Last visit"),
            lambda row: short_day(row.last) if row.last else "",
            150,
            under=_rhythm,
            sort=lambda row: row.last or date.min,
        ),
        _reach(),
        Column(_("With"), lambda row: row.staff_name, 150, tone="soft_ink"),
        _tried(),
    )


def _client() -> Column[Call]:
    return Column(_("Client"), lambda row: row.name, weight="medium", under=_state, sort=lambda row: row.name)


def _reach() -> Column[Call]:
    return Column(
        _("Phone"),
        lambda row: row.phone or _("No number"),
        180,
        tone=lambda row: "ink" if row.phone else "soft_ink",
        under=lambda row: row.email or "",
    )


def _tried() -> Column[Call]:
    return Column(
        _("Reached"),
        said,
        190,
        tone=lambda row: "ink" if row.tried else "soft_ink",
        mark=lambda row: MARKS[row.tried[-1].outcome] if row.tried else None,
        under=_tried_when,
        sort=lambda row: (row.reached, len(row.tried)),
    )


def _when(row: Call) -> str:
    return weekday(row.at.date()) if row.at else ""


def _time(row: Call) -> str:
    return clock(row.at) if row.at else ""


def _state(row: Call) -> str:
    if row.at is None:
        return ""
    return _("not confirmed yet") if row.state is State.TENTATIVE else _("booked")


def _rhythm(row: Call) -> str:
    days = ngettext("every {n} day", "every {n} days", row.every).format(n=row.every)
    return _("{rhythm}, by the plan").format(rhythm=days) if row.planned else days


def said(row: Call) -> str:
    """Say how the last attempt went."""
    if not row.tried:
        return _("not tried yet")
    return outcome(row.tried[-1].outcome)


def _tried_when(row: Call) -> str:
    if not row.tried:
        return ""
    last = row.tried[-1]
    when = _("{on}, {time}").format(on=short_day(last.at.date()), time=clock(last.at))
    if len(row.tried) > 1:
        return ngettext("{n} try, last {when}", "{n} tries, last {when}", len(row.tried)).format(
            n=len(row.tried), when=when
        )
    return when
