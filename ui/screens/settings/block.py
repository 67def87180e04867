"""The panel of one time off: whose, from when to when, whether it comes back, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from clinic.office import openings, practice
from clinic.office.handing_over import Side
from clinic.values import TREATING, BlockKind, RoomId, StaffId
from clinic.wording import _, short_day
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.screens.booking.stranded import open_stranded
from ui.screens.settings import words
from ui.undo import Step
from ui.unfinished import Way
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import column
from ui.widgets.dates import DayLine
from ui.widgets.fields import Choice, Line
from ui.widgets.forms import Form
from ui.widgets.times import TimeLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.office.openings import BlockBefore, BlockDetails, Blocked
    from clinic.values import Refusal
    from ui.screen import Counter


@dataclass(frozen=True, slots=True)
class Places:
    """Who and where time off can be for."""

    people: Mapping[StaffId, str]
    rooms: Mapping[RoomId, str]

    def name(self, staff: StaffId | None, room: RoomId | None) -> str:
        """Name whose time it is."""
        if staff is not None:
            return self.people.get(staff, "")
        return self.rooms.get(room, "") if room is not None else _("The whole house")


def places(work: Any) -> Places:
    """Ask whose time, and which room, can be kept free."""
    people = {person.id: person.name for person in practice.colleagues(work) if person.role in TREATING}
    return Places(people, {room.id: room.name for room in practice.rooms(work)})


def open_new_block(counter: Counter, begins: datetime, whose: tuple[str, object], minutes: int = 60) -> None:
    """Keep a time free that was found in the calendar."""

    def show(found: Places) -> None:
        panel = BlockPanel(counter, found, None)
        panel.begin(begins, minutes, whose)
        counter.show_panel(panel)
        QTimer.singleShot(0, panel, panel.kind.setFocus)

    counter.runner.ask(places, show)


class BlockPanel(QWidget):
    """One time off."""

    def __init__(
        self, counter: Counter, places: Places, kept: BlockDetails | None, coming: date | None = None
    ) -> None:
        super().__init__()
        self._counter, self._kept, self._coming = counter, kept, coming
        self.way = Way("settings", "time_off") if kept is None else None
        today = date.today()  # noqa: DTZ011 - for the typing of days only
        begins = kept.begins if kept else datetime.combine(today + timedelta(days=1), time(12))
        ends = kept.ends if kept else begins + timedelta(hours=1)
        whose: list[tuple[str, object]] = [(name, ("staff", key)) for key, name in places.people.items()]
        whose += [(name, ("room", key)) for key, name in places.rooms.items()]
        self.whose = Choice([*whose, (_("The whole house"), ("house", None))])
        self.kind = Choice([(words.block(each), each) for each in BlockKind])
        self.whole = QCheckBox(_("Whole days"))
        self.first, self.last = DayLine(today, begins.date()), DayLine(today, ends.date() if ends else None)
        self.start, self.end = TimeLine(begins.time()), TimeLine(ends.time() if ends else None)
        self.again = Choice(
            [
                (_("Once"), None),
                (_("Every day"), "FREQ=DAILY"),
                (_("Every week"), "FREQ=WEEKLY"),
                (_("Every two weeks"), "FREQ=WEEKLY;INTERVAL=2"),
                (_("Every month"), "FREQ=MONTHLY"),
                (_("Every year"), "FREQ=YEARLY"),
            ]
        )
        self.reason = Line(hint=_("only people here read it"))
        self.form = Form(2)
        self.form.add("staff", _("Who or where"), self.whose, wide=True)
        self.form.add("kind", _("What"), self.kind)
        self.form.add("rule", _("How often"), self.again)
        self.form.add("whole", _("Length"), self.whole, wide=True)
        self.form.add("begins", _("From"), self.first)
        self._start = self.form.add("start", _("At"), self.start)
        self.form.add("ends", _("To"), self.last)
        self._end = self.form.add("end", _("Until"), self.end)
        self.form.add("reason", _("Reason"), self.reason, wide=True, optional=True)
        self.whole.toggled.connect(self._show_times)
        self._fill(kept)
        head = Head(
            _("Time off") if kept else _("New time off"),
            _("Nothing can be booked on it."),
            counter.hide_panel,
        )
        self.keep = primary(_("Keep it free") if kept is None else _("Change it"), self._keep)
        lines = column(head, self.form, self.keep, spacing=16, margin=18)
        if kept is not None:
            self.remove = quiet(_("Take it away"), self._remove)
            lines.addWidget(self.remove)
            if kept.rule is not None and coming is not None:
                self.skip = quiet(_("Not on {day}, the next time").format(day=short_day(coming)), self._skip)
                lines.addWidget(self.skip)
        lines.addStretch(1)
        self.setLayout(lines)
        self.setAccessibleName(_("Time off"))
        self.setFocusProxy(self.whose)

    def begin(self, begins: datetime, minutes: int, whose: tuple[str, object]) -> None:
        """Begin at a time, for somebody or a room."""
        ends = begins + timedelta(minutes=minutes)
        self.whose.choose(whose)
        self.first.set_day(begins.date())
        self.last.set_day(ends.date())
        self.start.set_time(begins.time())
        self.end.set_time(ends.time())

    def _fill(self, kept: BlockDetails | None) -> None:
        if kept is None:
            return
        which: tuple[str, object] = ("house", None)
        if kept.staff is not None:
            which = ("staff", kept.staff)
        elif kept.room is not None:
            which = ("room", kept.room)
        self.whose.choose(which)
        self.kind.choose(kept.kind)
        self.reason.setText(kept.reason or "")
        if kept.rule is not None:
            known = [self.again.itemData(at) for at in range(self.again.count())]
            if kept.rule not in known:
                self.again.addItem(_("As it is"), kept.rule)
            self.again.choose(kept.rule)
        midnight = time()
        if kept.begins.time() == midnight and (kept.ends is None or kept.ends.time() == midnight):
            self.whole.setChecked(True)
            self.last.set_day(kept.ends.date() - timedelta(days=1) if kept.ends else None)

    def _show_times(self, whole: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._start.setVisible(not whole)
        self._end.setVisible(not whole)

    # What is asked for

    def _wanted(self) -> dict[str, Any] | None:
        """Read the form; None where a field says no day or time."""
        first, last = self.first.day, self.last.day
        whole = self.whole.isChecked()
        start, end = (time(), time()) if whole else (self.start.at, self.end.at)
        for key, missing in (("begins", first is None), ("start", start is None), ("end", end is None)):
            if missing:
                self.form.refuse(
                    key, _("Type a day, such as nov 3.") if key == "begins" else _("Type a time.")
                )
                return None
        if first is None or start is None or end is None:
            return None
        ends = None if last is None else datetime.combine(last + timedelta(days=1 if whole else 0), end)
        side, key = self.whose.currentData()
        return {
            "begins": datetime.combine(first, start),
            "ends": ends,
            "kind": self.kind.currentData(),
            "staff": key if side == "staff" else None,
            "room": key if side == "room" else None,
            "rule": self.again.currentData(),
            "reason": self.reason.text(),
        }

    def _keep(self) -> None:
        self.form.clear_messages()
        wanted = self._wanted()
        if wanted is None:
            return
        if self._kept is None:
            task = partial(openings.add_block, **wanted)
        else:
            task = partial(openings.change_block, block=self._kept.id, **wanted)
        self._counter.runner.do(task, self._done, self._refused)

    def _done(self, blocked: Blocked) -> None:
        self._toast(_("Kept free"), blocked.before)
        if blocked.to_move:
            side = {"staff": Side.STAFF, "room": Side.ROOM}.get(self.whose.currentData()[0], Side.BOTH)
            open_stranded(self._counter, [visit.appointment for visit in blocked.to_move], side)
        else:
            self._counter.hide_panel()

    def _remove(self) -> None:
        if self._kept is not None:
            task = partial(openings.remove_block, block=self._kept.id)
            self._counter.runner.do(task, self._removed, self._refused)

    def _skip(self) -> None:
        if self._kept is not None and self._coming is not None:
            task = partial(openings.leave_out, block=self._kept.id, on=self._coming)
            self._counter.runner.do(task, self._removed, self._refused)

    def _removed(self, before: BlockBefore) -> None:
        self._toast(_("It can be booked again"), before)
        self._counter.hide_panel()

    def _toast(self, said: str, before: BlockBefore) -> None:
        runner = self._counter.runner
        back = partial(openings.put_block_back, before=before)
        self._counter.toast(said, Step(_("change of time off"), lambda: runner.do(back, lambda _done: None)))

    def _refused(self, refusal: Refusal) -> None:
        self.form.refuse(refusal.at, sentence(refusal))
