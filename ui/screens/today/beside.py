"""What stands beside the day: the one who comes next, and what needs attention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from clinic.office.attention import Why
from clinic.values import State
from clinic.wording import _, clock, day, money, ngettext
from ui.screens.today import words
from ui.widgets import buttons, text
from ui.widgets.cards import Card, Facts, row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clinic.office.attention import Item
    from clinic.office.today import VisitRow

AN_HOUR = 60
ICONS = {
    Why.UNPAID: "banknote",
    Why.UNSIGNED: "pencil",
    Why.LETTER_ENDS: "file-text",
    Why.CERTIFICATE_ENDS: "badge-check",
    Why.POLICY_ENDS: "shield-check",
}


class NextCard(Card):
    """The visit that comes next, or the one that is looked at."""

    asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._visit: VisitRow | None = None
        self._head = text.caption()
        self._name = text.title()
        self._wait = text.title()
        self._when = text.caption()
        self._facts = Facts()
        self._step = buttons.primary("", lambda: self.asked.emit("next", self._visit))
        self._open = buttons.quiet(_("Open chart"), lambda: self.asked.emit("open", self._visit))
        top = row()
        names = QVBoxLayout()
        names.addWidget(self._head)
        names.addWidget(self._name)
        times = QVBoxLayout()
        times.addWidget(self._wait)
        times.addWidget(self._when)
        top.addLayout(names, 1)
        top.addLayout(times)
        self.body.addLayout(top)
        self.add(self._facts)
        foot = row(self._step, self._open)
        self.body.addLayout(foot)

    def show_visit(self, visit: VisitRow | None, now: datetime) -> None:
        """Show a visit, or hide where nobody comes any more."""
        self._visit = visit
        self.setVisible(visit is not None)
        if visit is None:
            return
        self._head.setText(
            _("{treatment} with {who}").format(treatment=visit.treatment, who=visit.staff_name)
        )
        self._name.setText(visit.client_name)
        self._name.setWordWrap(True)
        self._wait.setText(_wait(visit, now))
        self._when.setText(_("{start} to {end}").format(start=clock(visit.at), end=clock(visit.end)))
        facts = [(_("State"), words.remark(visit))]
        if visit.room:
            facts.append((_("Room"), visit.room))
        letter = words.letter(visit)
        if visit.letter:
            facts.append((_("Letter"), f"{visit.letter}, {letter}" if letter else visit.letter))
        else:
            facts.append((_("Letter"), _("none on file for this date")))
        facts.append((_("Price"), money(visit.price)))
        self._facts.show_facts(facts)
        self._step.say(words.next_step(visit))


def _wait(visit: VisitRow, now: datetime) -> str:
    minutes = round((visit.at - now).total_seconds() / AN_HOUR)
    if visit.state in {State.DONE, State.IN_TREATMENT} or minutes <= 0:
        return ""
    if minutes < AN_HOUR:
        return ngettext("{n} min", "{n} min", minutes).format(n=minutes)
    hours = minutes // AN_HOUR
    return ngettext("{n} hour", "{n} hours", hours).format(n=hours)


class Attention(Card):
    """The list of what will not mend itself, each entry with why it is there and the way there."""

    opened = Signal(object)

    def __init__(self) -> None:
        self._count = text.caption()
        super().__init__(_("Needs attention"), self._count)
        self._items = QVBoxLayout()
        self._items.setSpacing(10)
        self.body.addLayout(self._items)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these in place of the old."""
        text.clear(self._items)
        self._count.setText(str(len(items)) if items else "")
        if not items:
            self._items.addWidget(text.soft(_("Nothing: all paid, all signed, nothing runs out."), wrap=True))
        for at, item in enumerate(items):
            if at:
                self._items.addWidget(text.rule())
            self._items.addLayout(self._entry(item))

    def _entry(self, item: Item) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(2)
        head = row(text.Glyph(ICONS[item.why], "soft_ink", 16), text.strong(_head(item)), spacing=8)
        head.addStretch(1)
        lines.addLayout(head)
        lines.addWidget(text.caption(_because(item), wrap=True))
        if item.client is not None:
            client = item.client
            lines.addWidget(buttons.link(_mend(item.why), lambda: self.opened.emit(client)))
        return lines


def _head(item: Item) -> str:
    if item.why is Why.UNPAID:
        return _("{amount} unpaid").format(amount=money(item.amount))
    return {
        Why.UNSIGNED: _("Note not signed"),
        Why.LETTER_ENDS: _("A letter ends soon"),
        Why.CERTIFICATE_ENDS: _("A certificate ends"),
        Why.POLICY_ENDS: _("A policy ends"),
    }[item.why]


def _because(item: Item) -> str:
    return _("{name}, {day}").format(name=item.name, day=day(item.on)) if item.on else item.name


def _mend(why: Why) -> str:
    return {
        Why.UNPAID: _("Open the chart to take payment"),
        Why.UNSIGNED: _("Open the chart"),
        Why.LETTER_ENDS: _("Open the chart to ask for a renewal"),
    }.get(why, _("Open"))
