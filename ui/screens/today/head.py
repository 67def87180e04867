"""The head of Today: which day it is, the way to others, whose visits are shown, and the day on paper."""

from __future__ import annotations

from collections import Counter as Counted
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from clinic.values import TREATING
from clinic.wording import _, clock, long_day, weekday
from ui.widgets import text
from ui.widgets.buttons import Segments, icon_only, quiet
from ui.widgets.cards import row
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from datetime import date

    from clinic.office.practice import Colleague
    from clinic.office.today import Day

FEW = 5
"""As many therapists stand side by side above the day."""
EVERYONE = ""


class Head(QWidget):
    """Names the day, and turns to others."""

    turned = Signal(int)
    """To the day before or after."""
    today_asked = Signal()
    sheet_asked = Signal()
    close_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = text.title()
        self._clock = text.soft()
        self.who = Segments([(EVERYONE, _("Everyone"))], _("Whose visits are shown"))
        self._people: tuple[tuple[str, str], ...] = ()
        days = QWidget()
        days.setLayout(
            row(
                icon_only("chevron-left", _("The day before"), partial(self.turned.emit, -1)),
                quiet(_("Today"), self.today_asked.emit),
                icon_only("chevron-right", _("The day after"), partial(self.turned.emit, 1)),
                spacing=4,
            )
        )
        naming, papers = QWidget(), QWidget()
        naming.setLayout(row(self.heading, self._clock, spacing=12))
        papers.setLayout(
            row(
                icon_only("printer", _("Day sheet"), self.sheet_asked.emit),
                icon_only("moon", _("Close of day"), self.close_asked.emit),
                spacing=4,
            )
        )
        self.who.hide()
        self._on: date | None = None
        self._flow = Flow(naming, days, self.who, papers, spacing=12, last_right=True)
        self.setLayout(self._flow)

    def show_day(self, day: Day) -> None:
        """Name the day, with the time on the wall or how far it is."""
        self._on = day.on
        here = day.on == day.now.date()
        self._clock.setText(clock(day.now) if here else _ahead_or_ago(day.on, day.now.date()))
        self._name()

    def _name(self) -> None:
        """Name the day in full, or shorter where the line would break in two for it."""
        if self._on is None:
            return
        whole = long_day(self._on)
        metrics = self.heading.fontMetrics()
        more = metrics.horizontalAdvance(whole) - metrics.horizontalAdvance(self.heading.text())
        said = whole if self._flow.sizeHint().width() + more <= self.width() else weekday(self._on)
        if said != self.heading.text():
            self.heading.setText(said)

    def event(self, event: QEvent) -> bool:
        """Look again whether the line holds the whole name, when it or what it holds is wider or narrower."""
        done = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._name()
        return done

    def offer_people(self, people: tuple[Colleague, ...]) -> None:
        """Offer the therapists by first name, where there is more than one and room for all."""
        treating = [person for person in people if person.role in TREATING]
        first = Counted(person.name.split()[0] for person in treating)
        offered = tuple(
            (person.id, name if first[name := person.name.split()[0]] == 1 else person.name)
            for person in treating
        )
        if offered != self._people:
            self._people = offered
            self.who.offer([(EVERYONE, _("Everyone")), *offered])
        self.who.setVisible(1 < len(offered) <= FEW)


def _ahead_or_ago(on: date, today: date) -> str:
    """Say how far a day is."""
    days = (on - today).days
    if abs(days) == 1:
        return _("tomorrow") if days > 0 else _("yesterday")
    return (_("in {n} days") if days > 0 else _("{n} days ago")).format(n=abs(days))
