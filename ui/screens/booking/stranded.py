"""Visits that can't stay where they are: each with who or which room is free instead, handed over in one go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clinic.office import handing_over, series
from clinic.office.handing_over import Instead, Side
from clinic.wording import _, appointment, clock, ngettext, weekday
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.screens.booking.wanted import MoveVisit
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import link, primary
from ui.widgets.cards import Page, column, row
from ui.widgets.fields import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clinic.office.booking import Moved
    from clinic.office.handing_over import Stranded
    from clinic.values import AppointmentId, Refusal, StaffId
    from ui.screen import Counter


def open_leaving(counter: Counter, staff: StaffId) -> None:
    """List the visits of somebody who leaves."""
    _open(counter, _("Visits to hand over"), partial(handing_over.left_behind, staff=staff))


def open_stranded(counter: Counter, appointments: Sequence[AppointmentId], side: Side) -> None:
    """List visits that lie where nothing can be any more."""
    ids = tuple(appointments)
    _open(counter, _("To be moved"), partial(handing_over.stranded, appointments=ids, side=side))


def _open(counter: Counter, title: str, ask: Callable[..., tuple[Stranded, ...]]) -> None:
    counter.runner.ask(ask, lambda found: counter.show_panel(StrandedPanel(counter, title, ask, found)))


class StrandedRow(QWidget):
    """One visit: when, whose, with whom now, and what is free instead."""

    def __init__(self, stranded: Stranded, move: Callable[[], object]) -> None:
        super().__init__()
        self.stranded = stranded
        visit = stranded.visit
        when = _("{day}, {time}").format(day=weekday(visit.at.date()), time=clock(visit.at))
        with_ = [
            stranded.treatment,
            stranded.staff_name,
            *([stranded.room_name] if stranded.room_name else []),
        ]
        free: list[tuple[str, object]] = [
            (_("to {name}").format(name=name), Instead(visit.appointment, staff=key))
            for key, name in stranded.colleagues
        ]
        free += [
            (_("into {room}").format(room=name), Instead(visit.appointment, room=key))
            for key, name in stranded.rooms
        ]
        first = len(free)
        free += [
            (
                _("{name}, {when}").format(name=near.name, when=appointment(near.at)),
                Instead(visit.appointment, near.staff, near.room, near.at),
            )
            for near in stranded.near
        ]
        self.instead = Choice([(_("leave it for now"), None), *free])
        self.instead.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.instead.setMinimumContentsLength(10)
        self.instead.setAccessibleName(
            _("Instead, for {name} on {when}").format(name=visit.client_name, when=when)
        )
        self.instead.setCurrentIndex(1 if first else 0)  # another time is first agreed on with the client
        self.instead.setEnabled(bool(free))
        if not first:
            self.instead.setItemText(
                0, _("nobody else then; other times") if free else _("nothing else is free near")
            )
        moving = link(_("Move…"), move)
        moving.setAccessibleName(_("Move {name} to another time").format(name=visit.client_name))
        foot = row(self.instead, moving, spacing=10)
        foot.setStretch(0, 1)
        name = text.label(visit.client_name, weight="semibold", wrap=True)
        name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        lines = column(
            name,
            text.caption(f"{when}. {', '.join(with_)}", wrap=True),
            spacing=3,
        )
        lines.addLayout(foot)
        lines.addSpacing(6)
        lines.addWidget(text.rule())
        self.setLayout(lines)

    @property
    def chosen(self) -> Instead | None:
        """Who gives it or where it is instead, if anything was chosen."""
        chosen: Instead | None = self.instead.currentData()
        return chosen


class StrandedPanel(QWidget):
    """All of them, with one button for those that somebody can take."""

    def __init__(
        self,
        counter: Counter,
        title: str,
        ask: Callable[..., tuple[Stranded, ...]],
        found: tuple[Stranded, ...],
    ) -> None:
        super().__init__()
        self._counter, self._ask, self._title = counter, ask, title
        n = len(found)
        under = ngettext("One visit stays until it is moved.", "{n} visits stay until they are moved.", n)
        self._page = Page(margin=18)
        self._page.body.setSpacing(10)
        self._page.body.addWidget(
            Head(title, under.format(n=n) if found else _("Nothing is left to move."), counter.hide_panel)
        )
        self.rows = [StrandedRow(each, partial(self._go, each)) for each in found]
        for each in self.rows:
            each.instead.currentIndexChanged.connect(lambda _at: self._tell())
            self._page.body.addWidget(each)
        self._told = text.label("", "body", "refused", wrap=True)
        self._told.hide()
        self._page.body.addWidget(self._told)
        self._page.body.addStretch(1)
        self.button = primary(_("Hand over"), self.hand_over, icon="check")
        foot = QWidget()
        foot.setLayout(column(self.button, margin=18))
        foot.setVisible(bool(found))
        self.setLayout(column(self._page, foot, spacing=0))
        self.setAccessibleName(title)
        self._tell()
        if self.rows:
            self.setFocusProxy(self.rows[0].instead)

    @property
    def chosen(self) -> tuple[Instead, ...]:
        """What is handed over."""
        return tuple(each.chosen for each in self.rows if each.chosen is not None)

    def _go(self, stranded: Stranded) -> None:
        """Open the calendar on the visit's day, with the panel in which it is moved."""
        visit = stranded.visit
        self._counter.go("calendar", MoveVisit(visit.appointment, visit.at.date()))

    def _tell(self) -> None:
        n = len(self.chosen)
        self.button.setEnabled(n > 0)
        words = ngettext("Hand over {n} visit", "Hand over {n} visits", n).format(n=n)
        self.button.say(words if n else _("Hand over"))

    def hand_over(self) -> None:
        """Give each of them to whoever was chosen, all or none."""
        if self.chosen:
            self.button.setEnabled(False)
            task = partial(handing_over.hand_over, changes=self.chosen)
            self._counter.runner.do(task, partial(self._done, task), self._refused)

    def _done(self, task: partial[tuple[Moved, ...]], before: tuple[Moved, ...]) -> None:
        runner = self._counter.runner
        back = partial(series.put_back, before=before)
        step = Step(_("handing over"), lambda: runner.do(back, _nothing), lambda: runner.do(task, _nothing))
        said = ngettext("{n} visit handed over.", "{n} visits handed over.", len(before))
        self._counter.toast(said.format(n=len(before)), step)
        left = len(self.rows) - len(before)
        if left:
            _open(self._counter, self._title, self._ask)
        else:
            self._counter.hide_panel()

    def _refused(self, refusal: Refusal) -> None:
        self._tell()
        self._told.setText(sentence(refusal))
        self._told.show()


def _nothing(_answer: object) -> None:
    """Say nothing: the screens look again by themselves."""
