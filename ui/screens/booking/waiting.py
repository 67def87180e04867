"""The waiting list: who could have a time that was just freed, who waits, and a new entry."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from clinic.office import waiting
from clinic.values import State, Urgency
from clinic.wording import _, clock, day, ngettext, weekday
from clinic.wording.refusals import sentence
from clinic.wording.slots import weekdays
from ui.panel import Head
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import link, primary, small
from ui.widgets.cards import Card, Empty, column, row
from ui.widgets.chips import Chip
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.waiting import Freed, Match, Taken, WaitRow
    from clinic.values import AppointmentId, Refusal, WaitId
    from ui.screen import Counter


def open_waiting_matches(counter: Counter, freed: AppointmentId) -> None:
    """Offer a time that was just freed to those who wait; nothing opens where nobody does."""
    counter.runner.ask(
        partial(waiting.matches, appointment=freed), partial(_show_matches, counter), _keep_still
    )


def open_waiting_list(counter: Counter) -> WaitingList:
    """Show who waits."""
    panel = WaitingList(counter)
    counter.show_panel(panel)
    return panel


def _show_matches(counter: Counter, freed: Freed) -> None:
    if freed.matches:
        panel = Matches(counter, freed)
        counter.show_panel(panel)
        QTimer.singleShot(0, panel, panel.setFocus)


def _keep_still(_refusal: Refusal) -> None:
    """Nobody who may not see the list is told of it."""


class Matches(QWidget):
    """Those who could have a freed time, whom to ask first at the top."""

    def __init__(self, counter: Counter, freed: Freed) -> None:
        super().__init__()
        self._counter = counter
        self._under_way = False
        when = _("{day}, {time}").format(day=weekday(freed.at.date()), time=clock(freed.at))
        under = ngettext(
            "{when} with {therapist} is free. {n} client waits for such a time.",
            "{when} with {therapist} is free. {n} clients wait for such a time.",
            len(freed.matches),
        )
        first = freed.staff_name.split()[0]
        head = Head(
            _("From the waiting list"),
            under.format(when=when, therapist=first, n=len(freed.matches)),
            counter.hide_panel,
        )
        lines = column(head, spacing=12, margin=18)
        self.cards = [MatchCard(match, self.book, first_=not at) for at, match in enumerate(freed.matches)]
        for card in self.cards:
            lines.addWidget(card)
        lines.addStretch(1)
        self._message = text.label("", tone="refused", wrap=True)
        self._message.hide()
        lines.addWidget(self._message)
        self.leave = link(_("Leave the time free"), counter.hide_panel)
        lines.addWidget(self.leave)
        self.setLayout(lines)
        self.setAccessibleName(_("From the waiting list"))
        self.setFocusProxy(self.leave)  # a cancelling hand that presses Enter once more books nobody

    def book(self, match: Match) -> None:
        """Give somebody the time."""
        if self._under_way:
            return
        self._under_way = True
        task = partial(waiting.book, wait=match.row.id, at=match.at, staff=match.staff, room=match.room)
        self._counter.runner.do(task, partial(self._booked, task, match), self._refused)

    def _booked(self, task: partial[Taken], match: Match, taken: Taken) -> None:
        counter, runner = self._counter, self._counter.runner
        held = [taken]

        def again() -> None:
            runner.do(task, lambda made: held.__setitem__(0, made))

        step = Step(
            _("booking"), lambda: runner.do(lambda work: waiting.take_back(work, held[0]), _nothing), again
        )
        counter.hide_panel()
        when = _("{day}, {time}").format(day=weekday(match.at.date()), time=clock(match.at))
        said = _("Booked from the waiting list for {when}.")
        if taken.booked.state is State.TENTATIVE:
            said = _("The time is held for {when}; nothing is confirmed yet.")
        counter.toast(said.format(when=when), step)

    def _refused(self, refusal: Refusal) -> None:
        self._under_way = False
        self._message.setText(sentence(refusal))
        self._message.show()


class MatchCard(Card):
    """Somebody who could come: why they are asked now, how to reach them, and one press to book."""

    def __init__(self, match: Match, book: Callable[[Match], object], *, first_: bool) -> None:
        super().__init__(margin=12)
        row_ = match.row
        self.setAccessibleName(row_.client_name)
        top = row(text.strong(row_.client_name), spacing=8)
        top.addStretch(1)
        if row_.phone:
            top.addWidget(text.label(row_.phone, figures=True))
        self.body.setSpacing(6)
        self.body.addLayout(top)
        chips = Flow(spacing=6)
        for chip in _chips(match):
            chips.addWidget(chip)
        self.body.addLayout(chips)
        if row_.terms.remark:
            self.add(text.caption(row_.terms.remark, wrap=True))
        words = _("Book {time}, {n} min").format(time=clock(match.at), n=match.minutes)
        make = primary if first_ else small
        self.button = make(words, lambda: book(match))
        self.button.setAccessibleName(f"{words}: {row_.client_name}")
        self.body.addWidget(self.button)


def _chips(match: Match) -> list[Chip]:
    chips = []
    if match.row.terms.urgency is Urgency.PAIN:
        chips.append(Chip(_("in pain"), icon="circle-alert"))
    if match.asked_for:
        chips.append(Chip(_("asked for {name}").format(name=match.staff_name.split()[0]), icon="user"))
    chips.append(Chip(_("waits since {day}").format(day=weekday(match.row.since.date())), icon="hourglass"))
    return chips


class WaitingList(QWidget):
    """Everybody who waits."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self._lines = column(Head(_("Waiting list"), " ", counter.hide_panel), spacing=12, margin=18)
        self._rows = column(spacing=8)
        self._lines.addLayout(self._rows)
        self._lines.addStretch(1)
        self.setLayout(self._lines)
        self.setAccessibleName(_("Waiting list"))
        self.cards: list[Card] = []
        self.reload()

    def reload(self) -> None:
        """Ask again who waits."""
        self._counter.runner.ask(waiting.listing, self._show)

    def _show(self, rows: tuple[WaitRow, ...]) -> None:
        text.clear(self._rows)
        self.cards = []
        if not rows:
            words = _("Nobody waits. Put somebody on the list from the booking panel, when no time suits.")
            self._rows.addWidget(Empty(words, icon="hourglass"))
        for each in rows:
            card = Card(margin=12)
            card.setAccessibleName(each.client_name)
            card.body.setSpacing(4)
            top = row(text.strong(each.client_name), spacing=8)
            top.addStretch(1)
            off = link(_("Take off"), partial(self._close, each.id))
            off.setAccessibleName(_("Take {name} off the list").format(name=each.client_name))
            top.addWidget(off)
            card.body.addLayout(top)
            card.add(text.soft(_wish(each), wrap=True))
            self.cards.append(card)
            self._rows.addWidget(card)

    def _close(self, wait: WaitId) -> None:
        runner = self._counter.runner
        task = partial(waiting.close, wait=wait)

        def closed(before: waiting.WaitBefore) -> None:
            self.reload()
            step = Step(
                _("waiting list"),
                lambda: runner.do(partial(waiting.put_back, before=before), _nothing),
                lambda: runner.do(task, _nothing),
            )
            self._counter.toast(_("Taken off the waiting list."), step)

        runner.do(task, closed)


def _wish(each: WaitRow) -> str:
    """Say what somebody could make use of, in one line."""
    terms = each.terms
    parts = [each.treatment_name]
    if each.staff_name:
        parts.append(_("with {name}").format(name=each.staff_name.split()[0]))
    if terms.days:
        parts.append(", ".join(weekdays()[name] for name in terms.days))
    if terms.earliest and terms.latest:
        parts.append(_("{start} to {end}").format(start=clock(terms.earliest), end=clock(terms.latest)))
    elif terms.earliest:
        parts.append(_("from {time}").format(time=clock(terms.earliest)))
    elif terms.latest:
        parts.append(_("until {time}").format(time=clock(terms.latest)))
    if terms.last_on:
        parts.append(_("until {day}").format(day=day(terms.last_on)))
    if terms.urgency is Urgency.PAIN:
        parts.append(_("in pain"))
    parts.append(_("since {day}").format(day=weekday(each.since.date())))
    return " \u00b7 ".join(parts)


def _nothing(_answer: object) -> None:
    """Say nothing: the screens look again by themselves."""
