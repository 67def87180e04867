"""Finding a time: a few words, or the next free one; a press fills the booking in."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic.office import free_times
from clinic.wording import _, clock, day, ngettext, weekday
from clinic.wording.refusals import sentence
from ui.screens.booking.phrase import read
from ui.screens.booking.phrase_when import Phrase
from ui.screens.booking.slot import SlotButton
from ui.widgets import text
from ui.widgets.buttons import Segments, link
from ui.widgets.cards import column
from ui.widgets.fields import Search
from ui.widgets.flow import Flow
from ui.widgets.forms import Field

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from clinic.office.free_times import FreeTime
    from clinic.office.proposals import Choices
    from clinic.values import Refusal
    from ui.runner import Runner

SHOWN, APART = 5, 45
"""So many times are shown, and those of one therapist and day so many minutes apart."""
HORIZON_WEEKS = 6
RESTING_MS = 120
BEST, SOONEST = "best", "soonest"


class Finder(QWidget):
    """A line to ask for a time in a few words, and the free times that answer it."""

    picked = Signal(object, object)
    """A FreeTime, and the Phrase that asked for it."""
    series_asked = Signal()
    waiting_asked = Signal()

    def __init__(self, runner: Runner, choices: Choices, standing: Callable[[], dict[str, Any]]) -> None:
        """`standing` tells the treatment, therapist, length and client of the booking as it stands."""
        super().__init__()
        self._runner = runner
        self._choices = choices
        self._standing = standing
        self._phrase = Phrase()
        self._wanted = False
        self._enter = False
        self.slots: list[SlotButton] = []
        self.line = Search(_("60 deep tue after 4"))
        self.line.installEventFilter(self)
        self.field = Field(_("Find a time"), self.line)
        self.next = link(_("Next free"), self._ask_next)
        self.order = Segments([(BEST, _("Best")), (SOONEST, _("Soonest"))], _("Order of the free times"))
        self.order.switched.connect(self.ask)
        self._told = text.caption(wrap=True)
        self._rows = column(spacing=6)
        self.series = link(_("Series"), self.series_asked.emit)
        self.waiting = link(_("Waiting list"), self.waiting_asked.emit)
        links = Flow(self.next, self.series, self.waiting, spacing=12)
        self._links = QWidget()
        self._links.setLayout(links)
        self._head = QWidget()
        head = column(self._told, spacing=6)
        head.addWidget(self.order, 0, Qt.AlignmentFlag.AlignLeft)
        self._head.setLayout(head)
        self._head.hide()
        lines = column(self.field, self._links, self._head, spacing=6)
        lines.addLayout(self._rows)
        self.setLayout(lines)
        self.setAccessibleName(_("Find a time"))
        self._resting = QTimer(self, singleShot=True, interval=RESTING_MS)
        self._resting.timeout.connect(self._ask)
        self.line.textEdited.connect(self._typed)

    def ask(self, order: str = BEST) -> None:
        """Look for free times as the words and the booking stand."""
        self.order.choose(order)
        self._wanted = True
        self._ask()

    def _ask_next(self) -> None:
        """Look for the next free times; where nothing is free as was asked, whenever they are."""
        if self._wanted and not self.slots:
            asked = self._phrase
            self._phrase = Phrase(asked.treatment, asked.minutes, asked.staff)
            self.line.clear()
        self.ask(SOONEST)

    def look_again(self) -> None:
        """Look again where times are shown: another treatment or therapist was chosen meanwhile."""
        if self._wanted:
            self._resting.start()

    def close_up(self) -> None:
        """Take the times away, once one was chosen."""
        self._wanted = self._enter = False
        self._resting.stop()
        self._show((), told="")

    def _typed(self, typed: str) -> None:
        self._phrase = read(typed, self._choices.now.date(), self._choices)
        self._wanted = bool(typed.strip())
        if self._phrase.soonest:
            self.order.choose(SOONEST)
        if self._wanted:
            self._resting.start()
        else:
            self.close_up()
        unread = ", ".join(self._phrase.unread)
        self.field.say(_("Not understood: {words}").format(words=unread) if unread else "")

    def _ask(self) -> None:
        asked, phrase = self._asked(), self._phrase
        if asked is None:
            self._show((), told=_("Choose a treatment first, or name one."))
            return
        within = free_times.Within(phrase.weekdays, phrase.earliest, phrase.begin_by, phrase.end_by)
        today = self._choices.now.date()
        first = phrase.first or today
        last = phrase.last or first + timedelta(weeks=HORIZON_WEEKS)
        task = free_times.soonest if self.order.chosen == SOONEST else free_times.find
        self._runner.ask(
            partial(
                task, **asked, first=first, last=max(first, last), within=within, most=SHOWN, apart=APART
            ),
            partial(self._show, told=self._understood(first, last)),
            self._refused,
            latest="booking/slots",
        )

    def _asked(self) -> dict[str, Any] | None:
        """Put together what the words say, and for the rest what the booking says already."""
        standing, phrase = self._standing(), self._phrase
        treatment = phrase.treatment or standing["treatment"]
        if treatment is None:
            return None
        offered = next(each for each in self._choices.treatments if each.id == treatment)
        same = phrase.treatment in {None, standing["treatment"]}
        minutes = phrase.minutes or (standing["minutes"] if same else offered.minutes)
        staff = phrase.staff or (self._choices.me if len(self._choices.therapists) == 1 else None)
        return {"treatment": treatment, "minutes": minutes, "staff": staff, "client": standing["client"]}

    def _understood(self, first: date, last: date) -> str:
        """Say back what was understood, so that a slip is seen."""
        phrase, asked = self._phrase, self._asked()
        name = next(
            (each.name for each in self._choices.treatments if asked and each.id == asked["treatment"]), ""
        )
        parts = [_("{treatment}, {n} min").format(treatment=name, n=asked["minutes"] if asked else 0)]
        if phrase.first is not None:
            parts.append(
                weekday(first)
                if first == last
                else _("{first} to {last}").format(first=day(first), last=day(last))
            )
        if phrase.weekdays:
            parts.append(", ".join(_weekdays()[at] for at in sorted(phrase.weekdays)))
        if phrase.earliest is not None and phrase.begin_by == phrase.earliest:
            parts.append(_("at {time}").format(time=clock(phrase.earliest)))
        elif phrase.earliest is not None:
            parts.append(_("from {time}").format(time=clock(phrase.earliest)))
        if phrase.end_by is not None:
            parts.append(_("until {time}").format(time=clock(phrase.end_by)))
        return " \u00b7 ".join(parts)

    def _show(self, found: tuple[FreeTime, ...], *, told: str) -> None:
        text.clear(self._rows)
        self.slots = [SlotButton(slot, self._take) for slot in found]
        for button in self.slots:
            self._rows.addWidget(button)
        if self._wanted and told and not found:
            weeks = ngettext("{n} week", "{n} weeks", HORIZON_WEEKS).format(n=HORIZON_WEEKS)
            within = _("Nothing is free then within {weeks}.").format(weeks=weeks)
            told = f"{told}. " + (within if self._phrase.first is None else _("Nothing is free then."))
        self._told.setText(told)
        self._head.setVisible(bool(told))
        self._links.setVisible(not found)  # where nothing is free there are other ways to a visit
        if self._enter and self.slots:
            self._take(self.slots[0].slot)
        self._enter = False

    def _take(self, slot: FreeTime) -> None:
        phrase = self._phrase
        self.line.clear()
        self._phrase = Phrase()
        self.close_up()
        self.picked.emit(slot, phrase)

    def _refused(self, refusal: Refusal) -> None:
        self._show((), told="")
        self.field.say(sentence(refusal))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the first time by Enter, and walk into the list, while the hands stay on the keys."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._enter_pressed()
                return True
            if event.key() == Qt.Key.Key_Down and self.slots:
                self.slots[0].setFocus()
                return True
        return super().eventFilter(watched, event)

    def _enter_pressed(self) -> None:
        """Take the first time; where the times have not come yet, take it when they do."""
        self._wanted = True
        if self.slots and not self._resting.isActive() and not self._runner.busy:
            self._take(self.slots[0].slot)
        else:
            self._enter = bool(self.line.text().strip())
            self._resting.stop()
            self._ask()


def _weekdays() -> tuple[str, ...]:
    return (
        _("Mondays"),
        _("Tuesdays"),
        _("Wednesdays"),
        _("Thursdays"),
        _("Fridays"),
        _("Saturdays"),
        _("Sundays"),
    )
