"""The day's list: how many stand where, then the visits by state; the keys act on the visit in focus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from clinic.wording import _, ngettext
from ui.screens.today import words
from ui.screens.today.line import VisitLine
from ui.screens.today.words import Do
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import link, unticked
from ui.widgets.cards import Card, Empty, column, row
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from clinic.office.today import Day, VisitRow
    from clinic.values import AppointmentId
    from ui.screens.today.words import Group

AT_ONCE = 8
"""How many new lines are made at once: a line takes some milliseconds, and nobody waits for a long list."""
SHOWN_DONE = 4
"""How many of today's visits that are over, with nothing missing, are listed before one asks for the others."""


class Counts(QWidget):
    """How many visits stand where."""

    def __init__(self) -> None:
        super().__init__()
        self._cells = Flow(spacing=0, even=True)
        self.setLayout(self._cells)

    def show_counts(self, counts: tuple[tuple[str, int], ...]) -> None:
        """Show these numbers in place of the old."""
        text.clear(self._cells)
        for name, number in counts:
            cell = QFrame()
            cell.setAccessibleName(f"{name}: {number}")
            lines = column(text.label(str(number), "title"), text.caption(name), spacing=0)
            lines.setContentsMargins(14, 8, 8, 8)
            cell.setLayout(lines)
            self._cells.addWidget(cell)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a line between any two, and none where the card has its own."""
        painter = QPainter(self)
        painter.setPen(theme.colour("line"))
        places = [item.geometry() for n in range(self._cells.count()) if (item := self._cells.itemAt(n))]
        for place in places:
            if place.x() > 0:
                painter.drawLine(place.topLeft(), place.bottomLeft())
            if place.y() > 0:
                painter.drawLine(place.topLeft(), place.topRight())
        event.accept()


class DayList(Card):
    """The visits of a day, grouped by state."""

    asked = Signal(object, object)
    """A step of `words.Do` and the visit it is for."""
    card_asked = Signal(object)
    chosen = Signal(object)

    def __init__(self, book: Callable[[], object]) -> None:
        super().__init__(margin=0)
        self.setAccessibleName(_("Visits of the day"))
        self.body.setContentsMargins(1, 1, 1, 8)
        self.body.setSpacing(0)
        self.lines: dict[AppointmentId, VisitLine] = {}
        self._order: list[VisitLine] = []
        self._made = 0
        self._counts = Counts()
        self._inner = QWidget()
        self._inside = QVBoxLayout(self._inner)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self._heads: list[QWidget] = []
        self._empty = Empty(_("The visits of this day stand here."), _("Book a visit"), book, "calendar")
        self.add(self._counts, self._inner, self._empty)
        self._whole_day = False
        self._shown: tuple[Day, tuple[VisitRow, ...]] | None = None
        self._keys = [
            self._key(_("Open the client's chart"), "Return", partial(self._ask, Do.OPEN)),
            self._key(_("Confirm the visit"), "C", partial(self._ask, Do.CONFIRM)),
            self._key(_("Client arrived"), "A", partial(self._ask, Do.ARRIVE)),
            self._key(_("Begin the treatment"), "B", partial(self._ask, Do.BEGIN)),
            self._key(_("The visit is done"), "D", partial(self._ask, Do.FINISH)),
            self._key(_("Nobody came"), "M", partial(self._ask, Do.MISS)),
            self._key(_("Not treated today"), "X", partial(self._ask, Do.DECLINE)),
            self._key(_("Free pass for a visit missed"), "F", partial(self._ask, Do.FREE_PASS)),
            self._key(_("Note of the visit"), "N", partial(self._ask, Do.NOTE)),
            self._key(_("Take payment for the visit"), "$", partial(self._ask, Do.PAY)),
            self._key(_("Rebook"), "R", partial(self._ask, Do.REBOOK)),
            self._key(_("Cancel the visit"), "Del", partial(self._ask, Do.CANCEL)),
            self._key(_("Card of the visit"), "Space", self._show_card),
        ]

    @property
    def current(self) -> VisitRow | None:
        """The visit in focus."""
        return next((line.visit for line in self._order if line.hasFocus()), None)

    @property
    def holds_focus(self) -> bool:
        """Whether the hands are on a visit or its button."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def show_day(self, day: Day, visits: tuple[VisitRow, ...]) -> None:
        """Show the visits; lines that stay keep the focus they have."""
        if self._shown is not None and self._shown[0].on != day.on:
            self._whole_day = False
        self._shown = (day, visits)
        held = next((at for at, line in enumerate(self._order) if line.hasFocus()), None)
        self._counts.show_counts(words.counts(visits))
        self._counts.setVisible(bool(visits))
        self._empty.setVisible(not visits)
        while self._inside.takeAt(0) is not None:
            pass
        for head in self._heads:
            head.hide()
            head.deleteLater()
        self._heads, self._order, self._made = [], [], 0
        for group in words.grouped(day, visits):
            if self._made < AT_ONCE or all(visit.id in self.lines for visit in group.visits):
                self._show_group(group, day)
            else:
                QTimer.singleShot(0, self, self._go_on)
                break
        gone = set(self.lines) - {line.visit.id for line in self._order}
        for key in gone:
            line = self.lines.pop(key)
            line.hide()
            line.deleteLater()
        if held is not None and not self._order:
            self._empty.button.setFocus()
        elif held is not None and not any(line.hasFocus() for line in self._order):
            self._order[min(held, len(self._order) - 1)].setFocus()

    def mark(self, visit: AppointmentId | None) -> None:
        """Tint the visit whose card is shown."""
        for key, line in self.lines.items():
            line.mark(chosen=key == visit)

    def focus_first(self) -> None:
        """Go to the visit that comes next, or the first."""
        if self._shown is None:
            return
        if not self._order:
            self._empty.button.setFocus()
        else:
            day = self._shown[0]
            coming = (line for line in self._order if words.next_step(line.visit, day) is Do.ARRIVE)
            next(coming, self._order[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_group(self, group: Group, day: Day) -> None:
        visits = group.visits
        folded = 0
        if group.key == "done" and day.on == day.now.date() and not self._whole_day:
            settled = [visit for visit in visits if not words.remark(visit, day.now).missing]
            put_away = {visit.id for visit in settled[SHOWN_DONE:]}
            visits = tuple(visit for visit in visits if visit.id not in put_away)
            folded = len(put_away)
        self._inside.addWidget(self._head(group, folded))
        for visit in visits:
            line = self.lines.get(visit.id)
            if line is None and self._made == AT_ONCE:
                QTimer.singleShot(0, self, self._go_on)
                return
            line = line or self._line(visit.id)
            line.show_visit(visit, day)
            self._inside.addWidget(line)
            line.show()
            if self._order:
                QWidget.setTabOrder(self._order[-1].button, line)
            QWidget.setTabOrder(line, line.button)
            self._order.append(line)

    def _head(self, group: Group, folded: int) -> QWidget:
        head = QFrame()
        head.setProperty("role", "group")
        inside = row(
            text.Glyph(group.icon),
            text.label(group.words, weight="medium"),
            text.soft(str(len(group.visits))),
            spacing=8,
        )
        inside.addStretch(1)
        if folded:
            said = ngettext("Show {n} earlier", "Show {n} earlier", folded).format(n=folded)
            inside.addWidget(link(said, self._unfold))
        inside.setContentsMargins(14, 4, 12, 4)
        head.setLayout(inside)
        head.setAccessibleName(f"{group.words}, {len(group.visits)}")
        self._heads.append(head)
        return head

    def _line(self, key: AppointmentId) -> VisitLine:
        line = VisitLine()
        line.asked.connect(lambda step: self.asked.emit(step, line.visit))
        line.chosen.connect(lambda: self.chosen.emit(line.visit))
        line.addActions(self._keys)
        line.installEventFilter(self)
        self.lines[key] = line
        self._made += 1
        return line

    def _go_on(self) -> None:
        """Make the next few lines; the window answers in between."""
        if self._shown is not None:
            self.show_day(*self._shown)

    def _unfold(self) -> None:
        self._whole_day = True
        self._go_on()

    def _key(self, said: str, keys: str, run: Callable[[], object]) -> QAction:
        action = QAction(said, self)
        also = [QKeySequence("Enter")] if keys == "Return" else []
        action.setShortcuts([QKeySequence(keys), *also])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(unticked(run))
        return action

    def _ask(self, step: Do) -> None:
        if self.current is not None:
            self.asked.emit(step, self.current)

    def _show_card(self) -> None:
        if self.current is not None:
            self.card_asked.emit(self.current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk from visit to visit with the arrows."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Home: -len(self._order)}
            steps[Qt.Key.Key_End] = len(self._order)
            step = steps.get(Qt.Key(event.key()))
            at = next((at for at, line in enumerate(self._order) if line is watched), None)
            if step is not None and at is not None:
                self._order[min(max(at + step, 0), len(self._order) - 1)].setFocus(
                    Qt.FocusReason.TabFocusReason
                )
                return True
        return super().eventFilter(watched, event)
