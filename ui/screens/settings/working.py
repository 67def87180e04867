"""How a colleague works: hours, single days, how much is enough for one day, and the day they leave."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox

from clinic.office import practice, upkeep
from clinic.wording import _
from ui.screens.booking.stranded import open_leaving
from ui.screens.settings.hours import HoursEditor
from ui.screens.settings.kept import Changes, Keeper, Kept
from ui.screens.settings.special_days import SpecialDays
from ui.widgets import text
from ui.widgets.buttons import quiet
from ui.widgets.cards import Card

if TYPE_CHECKING:
    from clinic.office.upkeep import ColleagueFile
    from clinic.values import StaffId
    from ui.screen import Counter
    from ui.screens.settings.leave import Leave

LIMITS = ("visits", "minutes", "deep")
MOST = {"visits": 100, "minutes": 1440, "deep": 100}
"""As many as the portable file takes."""


class Hours(Card):
    """Hours of one's own, week by week and on single days."""

    def __init__(self, counter: Counter, leave: Leave, kept: ColleagueFile) -> None:
        super().__init__(_("Hours"))
        today = date.today()  # noqa: DTZ011 - for the typing of days only
        self.own = QCheckBox(_("Works other hours than the practice is open"))
        self.own.setChecked(kept.hours is not None)
        self.week = HoursEditor()
        self.week.show_hours(kept.hours)
        self.week.setVisible(kept.hours is not None)
        self.form = Kept(1)
        self.form.keep("hours", _("Works"), self.week, self._read, lambda _kept: None)
        self.days = SpecialDays(today)
        self.form.keep(
            "special_days", _("Single days with other hours"), self.days, self.days.days, self.days.show_days
        )
        self.form.show_values({"special_days": kept.special_days})
        Keeper(counter, self.form, partial(rewrite, leave, kept.id), _("change of hours"), _("Hours changed"))
        self.own.toggled.connect(self.week.setVisible)
        self.own.clicked.connect(lambda _on: self.form.look())
        self.week.left.connect(self.form.look)
        self.days.left.connect(self.form.look)
        self.add(self.own, self.form)

    def _read(self) -> Any:
        return self.week.hours() if self.own.isChecked() else None


class Enough(Card):
    """How much is enough for one pair of hands in a day."""

    def __init__(self, counter: Counter, leave: Leave, kept: ColleagueFile) -> None:
        super().__init__(_("Enough for one day"))
        said = _("Beyond this, free times are no longer offered; booking says so and goes on.")
        self.form = Kept(3)
        names = {"visits": _("Visits"), "minutes": _("Minutes of hands-on"), "deep": _("Deep-tissue visits")}
        for part in LIMITS:
            self.form.number(part, names[part], MOST[part], hint=_("no limit"))
        self.form.show_values(kept.limits)
        Keeper(
            counter, self.form, partial(_limit, leave, kept.id), _("change of limits"), _("Limits changed")
        )
        self.add(text.soft(said, wrap=True), self.form)


class Leaving(Card):
    """The day from which somebody no longer works here, and the visits they leave."""

    def __init__(self, counter: Counter, leave: Leave, kept: ColleagueFile) -> None:
        super().__init__(_("Leaving"))
        today = date.today()  # noqa: DTZ011 - for the typing of days only
        said = _(
            "From this day on nothing is booked with them. "
            "Visits already there wait to be given to others; past ones stay theirs."
        )
        self.form = Kept(1)
        self.form.day("left_on", _("No longer here from"), today)
        self.form.show_values({"left_on": kept.left_on})
        self._counter, self._staff = counter, kept.id
        Keeper(counter, self.form, partial(rewrite, leave, kept.id), _("day of leaving"), _("Kept"))
        self.visits = quiet(
            _("Visits they leave"), lambda: open_leaving(counter, kept.id), icon="calendar-clock"
        )
        self.add(text.soft(said, wrap=True), self.form)
        self.add(self.visits)


def rewrite(leave: Leave, staff: StaffId, work: Any, changes: Changes) -> Changes:
    """Write a few of a colleague's details, and answer what they were."""
    kept = upkeep.colleague(work, staff)
    return practice.change_colleague(work, staff, changes, version=kept.version, reason=leave.reason)


def _limit(leave: Leave, staff: StaffId, work: Any, changes: Changes) -> Changes:
    """Write limits as a whole, and answer those that were changed."""
    held = dict(upkeep.colleague(work, staff).limits)
    limits = {part: value for part, value in (held | changes).items() if value is not None}
    rewrite(leave, staff, work, {"limits": limits or None})
    return {part: held.get(part) for part in changes}
