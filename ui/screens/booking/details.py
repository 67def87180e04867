"""What is booked: treatment and length, day and time, with whom and where, and what is wished for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from clinic.wording import _, money
from ui.screens.booking.before import blocked_words, taken_words
from ui.screens.booking.wishes import Wishes
from ui.widgets.buttons import Segments
from ui.widgets.dates import DayLine
from ui.widgets.fields import Choice
from ui.widgets.forms import Form
from ui.widgets.times import TimeLine

if TYPE_CHECKING:
    from clinic.office.proposals import Choices, Foreseen, Usual
    from ui.screens.booking.wanted import BookFor

LENGTHS = (30, 45, 60, 75, 90)


class Details(Form):
    """The fields of a visit."""

    changed = Signal()

    def __init__(self, choices: Choices, wanted: BookFor) -> None:
        super().__init__(2)
        self._wanted = wanted
        self._choices = choices
        today = choices.now.date()
        self.treatment = Choice([(f"{each.name}, {money(each.price)}", each) for each in choices.treatments])
        self.minutes = Segments([(str(n), str(n)) for n in LENGTHS], _("Minutes"))
        self.day = DayLine(today, wanted.at.date() if wanted.at else wanted.day or today)
        self.time = TimeLine(wanted.at.time() if wanted.at else None)
        self.staff = Choice([(name, key) for key, name in choices.therapists])
        self.room = Choice([(_("No room"), None), *((name, key) for key, name in choices.rooms)])
        self.staff.choose(wanted.staff or choices.me)
        self.room.choose(wanted.room)
        self.wishes = Wishes(choices.now)
        self.add("treatment", _("Treatment"), self.treatment, wide=True)
        self.add("minutes", _("Minutes"), self.minutes, wide=True)
        self.add("day", _("Day"), self.day, check=self.check_day)
        self.add("at", _("Time"), self.time, check=self.check_time)
        self.add("staff", _("Therapist"), self.staff)
        if choices.rooms:
            self.add("room", _("Room"), self.room)
        self.add("sites", _("Areas and products"), self.wishes, wide=True, optional=True)
        for box in (self.treatment, self.staff, self.room):
            box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
        self.treatment.currentIndexChanged.connect(self._treatment_chosen)
        self.minutes.switched.connect(lambda _key: self.changed.emit())
        for line in (self.day, self.time):
            line.textChanged.connect(lambda _typed: self.changed.emit())
        for box in (self.staff, self.room):
            box.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.wishes.changed.connect(self.changed)
        if self.treatment.currentData() is not None:
            self.propose_length(self.treatment.currentData().minutes)

    def _treatment_chosen(self, _at: int = 0) -> None:
        offered = self.treatment.currentData()
        if offered is not None:
            self.propose_length(offered.minutes)
        self.changed.emit()

    def propose_length(self, minutes: int) -> None:
        """Offer a length among the usual ones, and choose it."""
        minutes = self._wanted.minutes or minutes
        lengths = sorted({*LENGTHS, minutes})
        self.minutes.offer([(str(n), str(n)) for n in lengths])
        self.minutes.choose(str(minutes))

    def show_usual(self, usual: Usual, *, again: bool) -> None:
        """Fill in what somebody usually has, and the next usual time where one is to be proposed."""
        offered = next((each for each in self._choices.treatments if each.id == usual.treatment), None)
        if offered is not None:
            self.treatment.choose(offered)
            self.propose_length(usual.minutes or offered.minutes)
        if self._wanted.staff is None and usual.staff is not None:
            self.staff.choose(usual.staff)
        if self._wanted.room is None and usual.room is not None:
            self.room.choose(usual.room)
        self.wishes.show_wishes(usual.sites, usual.products)
        if again and usual.again is not None:
            self.day.set_day(usual.again.date())
            self.time.set_time(usual.again.time())

    @property
    def at(self) -> datetime | None:
        """The day and time typed."""
        on, at = self.day.day, self.time.at
        return datetime.combine(on, at) if on is not None and at is not None else None

    @property
    def complete(self) -> bool:
        """Whether there is a treatment, and somebody who gives it."""
        return self.treatment.currentData() is not None and self.staff.currentData() is not None

    def request(self) -> dict[str, Any]:
        """Put together what the office is asked for."""
        return self.place() | {"treatment": self.treatment.currentData().id} | self.wished()

    def place(self) -> dict[str, Any]:
        """Say when, how long, with whom and where."""
        return {
            "staff": self.staff.currentData(),
            "room": self.room.currentData(),
            "minutes": int(self.minutes.chosen),
            "at": self.at,
        }

    def wished(self) -> dict[str, Any]:
        """Say which areas the visit is for, and with what it is given."""
        return {"sites": self.wishes.sites, "products": self.wishes.products}

    def show_foreseen(self, foreseen: Foreseen | None) -> None:
        """Say beside time or room who or what is in the way."""
        for key in ("at", "room") if self._choices.rooms else ("at",):
            self[key].say()
        if foreseen is None:
            return
        if foreseen.taken is not None:
            key = "room" if foreseen.taken.side == "room" else "at"
            self[key].say(taken_words(foreseen.taken))
        elif foreseen.blocked is not None:
            key = "room" if foreseen.blocked.by == "room" else "at"
            self[key].say(blocked_words(foreseen.blocked))

    def check_day(self) -> str:
        """Say what is wrong with the day typed."""
        return "" if self.day.day is not None else _("Type a day, such as t, +2w or nov 3.")

    def check_time(self) -> str:
        """Say what is wrong with the time typed, or stands in its way."""
        if self.time.at is not None:
            return self["at"].message
        return _("Type a time, such as 4pm.") if self.time.text().strip() else ""
