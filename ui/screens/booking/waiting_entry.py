"""A new entry of the waiting list: when and to whom somebody would come at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from clinic.office import waiting
from clinic.values import Urgency
from clinic.wording import _
from clinic.wording.refusals import sentence
from clinic.wording.slots import weekdays
from ui.panel import Head
from ui.screens.booking.waiting import open_waiting_list
from ui.undo import Step
from ui.unfinished import Way
from ui.widgets.buttons import Segments, link, primary
from ui.widgets.cards import column
from ui.widgets.fields import Choice, Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Form
from ui.widgets.times import TimeLine

if TYPE_CHECKING:
    from clinic.office.proposals import Choices, Offered
    from clinic.office.waiting import Terms
    from clinic.values import ClientId, Refusal, WaitId
    from ui.screen import Counter


@dataclass(frozen=True, slots=True)
class WaitFor:
    """Who is put on the list, and for what."""

    client: ClientId
    name: str
    treatment: Offered
    minutes: int


def open_waiting_entry(counter: Counter, choices: Choices, wanted: WaitFor) -> Entry:
    """Put somebody on the list."""
    panel = Entry(counter, choices, wanted)
    counter.show_panel(panel)
    return panel


class Entry(QWidget):
    """A new entry of the list: when and to whom somebody would come at once."""

    def __init__(self, counter: Counter, choices: Choices, wanted: WaitFor) -> None:
        super().__init__()
        self._counter = counter
        self._wanted = wanted
        about = {"client": wanted.client, "treatment": wanted.treatment.id, "minutes": str(wanted.minutes)}
        self.way = Way("today", "waiting", about)
        self._under_way = False
        what = _("{client}: {treatment}, {n} min").format(
            client=wanted.name, treatment=wanted.treatment.name, n=wanted.minutes
        )
        self.urgency = Segments(
            [
                (Urgency.PAIN.value, _("In pain")),
                (Urgency.SOON.value, _("Soon")),
                (Urgency.WHENEVER.value, _("Whenever")),
            ],
            _("How urgent"),
        )
        self.urgency.choose(Urgency.SOON.value)
        self.staff = Choice([(_("Anybody"), None), *((name, key) for key, name in choices.therapists)])
        self.earliest, self.latest = TimeLine(), TimeLine()
        self.remark = Line()
        self.days = {name: QCheckBox(words) for name, words in weekdays().items()}
        days = Flow(spacing=8)
        for box in self.days.values():
            days.addWidget(box)
        among = QWidget()
        among.setLayout(days)
        self.form = Form(2)
        self.form.add("urgency", _("How urgent"), self.urgency, wide=True)
        self.form.add("days", _("Days that suit, none for any"), among, wide=True)
        self.form.add("earliest", _("From"), self.earliest, optional=True)
        self.form.add("latest", _("Until"), self.latest, optional=True)
        self.form.add("staff", _("Therapist"), self.staff)
        self.form.add("text", _("Remark"), self.remark, wide=True, optional=True)
        self.button = primary(_("Put on the waiting list"), self.keep, icon="hourglass")
        lines = column(Head(_("Waiting list"), what, counter.hide_panel), self.form, spacing=16, margin=18)
        lines.addStretch(1)
        lines.addWidget(link(_("Who waits already"), lambda: open_waiting_list(counter)))
        lines.addWidget(self.button)
        self.setLayout(lines)
        self.setAccessibleName(_("Waiting list"))
        QTimer.singleShot(0, self.button, self.button.setFocus)

    @property
    def terms(self) -> Terms:
        """What was filled in."""
        return waiting.Terms(
            minutes=self._wanted.minutes,
            staff=self.staff.currentData(),
            days=tuple(name for name, box in self.days.items() if box.isChecked()),
            earliest=self.earliest.at,
            latest=self.latest.at,
            urgency=Urgency(self.urgency.chosen),
            remark=self.remark.text(),
        )

    def keep(self) -> None:
        """Put them on the list."""
        if self._under_way:
            return
        self._under_way = True
        task = partial(
            waiting.add, client=self._wanted.client, treatment=self._wanted.treatment.id, terms=self.terms
        )
        self._counter.runner.do(task, self._kept, self._refused)

    def _kept(self, wait: WaitId) -> None:
        counter, runner = self._counter, self._counter.runner
        closed: list[waiting.WaitBefore] = []
        step = Step(
            _("waiting list"),
            lambda: runner.do(partial(waiting.close, wait=wait), closed.append),
            lambda: runner.do(partial(waiting.put_back, before=closed[-1]), _nothing),
        )
        counter.hide_panel()
        counter.toast(_("On the waiting list. Whoever cancels frees a time for them."), step)

    def _refused(self, refusal: Refusal) -> None:
        self._under_way = False
        self.form.refuse(refusal.at, sentence(refusal))


def _nothing(_answer: object) -> None:
    """Say nothing: the screens look again by themselves."""
