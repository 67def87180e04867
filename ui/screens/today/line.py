"""One visit on the day's list: when, who, what, what it lacks, and the button for the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from clinic.wording import _, clock
from clinic.wording.flags import severity
from ui.screens.today import words
from ui.theme import theme
from ui.widgets import flags, text
from ui.widgets.buttons import quiet
from ui.widgets.cards import row
from ui.widgets.shortened import Shortened
from ui.widgets.treatments import colour_of

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from clinic.office.today import Day, VisitRow

TIME, BUTTON, REMARK, FLAG = 44, 112, 150, 124
UNBOUNDED = 16_777_215
"""As wide as Qt lets a widget be."""
WORDLESS = 640
"""A list less wide than this shows a flag as its icon alone."""
NARROW = 470
"""A list less wide than this, at its size of text, has the remark under the name."""


class Bar(QWidget):
    """The bar in the treatment's colour."""

    def __init__(self) -> None:
        super().__init__()
        self._colour = "slate"
        self.setFixedWidth(4)

    def show_colour(self, token: str) -> None:
        """Wear a colour."""
        self._colour = token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._colour))
        painter.drawRoundedRect(self.rect(), 2, 2)
        event.accept()


class VisitLine(QFrame):
    """A line of the list; it takes the focus, and the keys of the list act on it."""

    asked = Signal(object)
    """A step of `words.Do`, by the button or a double click."""
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "visit")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._step = words.Do.OPEN
        self._narrow = False
        self._time = text.label(figures=True)
        self._time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._bar = Bar()
        self._name = Shortened(text.strong())
        self._what = Shortened(text.caption())
        self._glyph = text.Glyph("check", "soft_ink", 14)
        self._glyph.setContentsMargins(0, 0, 0, 0)
        self._said = text.caption(wrap=True)
        self._remark = QWidget()
        self._remark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = row(self._glyph, self._said, spacing=6)
        inside.setStretch(1, 1)
        self._remark.setLayout(inside)
        self.button = quiet(" ", lambda: self.asked.emit(self._step))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 6, 12, 7)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(2, 3)
        naming = QVBoxLayout()
        naming.setSpacing(1)
        naming.addStretch(1)
        self._flag = QWidget()
        self._flag.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = row(spacing=0)
        inside.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._flag.setLayout(inside)
        self._flagged = ("", False, False)
        naming.addWidget(self._name)
        naming.addWidget(self._what)
        naming.addStretch(1)
        self._grid.addWidget(self._time, 0, 0, 2, 1)
        self._grid.addWidget(self._bar, 0, 1, 2, 1)
        self._grid.addLayout(naming, 0, 2)
        self._grid.addWidget(self._flag, 0, 3, 2, 1)
        self._grid.addWidget(self._remark, 0, 4)
        self._grid.addWidget(self.button, 0, 5, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        self._measure()

    def show_visit(self, visit: VisitRow, day: Day) -> None:
        """Show a visit, whichever stood here before."""
        self.visit = visit
        said = words.remark(visit, day.now)
        self._step = words.next_step(visit, day)
        self._time.setText(clock(visit.at).rsplit(" ", 1)[0])
        self._bar.show_colour(colour_of(visit.technique))
        self._name.say(visit.client_name)
        what = _("{treatment}, {therapist}").format(
            treatment=visit.treatment, therapist=visit.staff_name.split()[0]
        )
        self._what.say(what)
        self._said.setText(said.words)
        self._said.setProperty("weight", "semibold" if said.loud else "")
        text.retone(self._said, "ink" if said.missing else "soft")
        self._glyph.setVisible(bool(said.icon))
        if said.icon:
            self._glyph.show_icon(said.icon, "ink" if said.missing else "soft_ink")
        self._remark.setVisible(bool(said.words) or not self._narrow)
        self.button.say(words.button(self._step))
        self.button.setAccessibleName(f"{words.button(self._step)}: {visit.client_name}")
        self._show_flag(visit.flag, asks=visit.asks)
        told = (
            clock(visit.at),
            visit.client_name,
            severity(visit.flag, asks=visit.asks) if visit.flag else "",
            what,
            said.words.replace("\n", ", "),
        )
        self.setAccessibleName(", ".join(part for part in told if part))

    def _show_flag(self, flag: str, *, asks: bool) -> None:
        """Show the gravest flag as icon and word, or as the icon where it is narrow; why stands on the card."""
        wordless = self.width() < theme.px(WORDLESS)
        self._flag.setMinimumWidth(0 if wordless else theme.px(FLAG))
        if (flag, asks, wordless) == self._flagged:
            return
        self._flagged = flag, asks, wordless
        inside = self._flag.layout()
        if inside is None:
            return
        text.clear(inside)
        shown: QWidget | None = flags.mark(flag, asks=asks) if wordless else flags.chip(flag, asks=asks)
        if shown is not None:
            inside.addWidget(shown)

    def mark(self, *, chosen: bool) -> None:
        """Tint the line whose card is shown or that has the focus."""
        if self.property("chosen") != chosen:
            self.setProperty("chosen", chosen)
            self.style().unpolish(self)
            self.style().polish(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.chosen.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.asked.emit(words.Do.OPEN)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_grid"):
            self._measure()
            self._fold()

    def _measure(self) -> None:
        self._time.setFixedWidth(theme.px(TIME))
        self.button.setFixedWidth(theme.px(BUTTON))
        self._bar.setMinimumHeight(theme.px(32))

    def _fold(self) -> None:
        """Put the remark beside the name, or under it where the list is narrow."""
        self._show_flag(self._flagged[0], asks=self._flagged[1])
        narrow = self.width() < theme.px(NARROW)
        self._remark.setMinimumWidth(0 if narrow else theme.px(REMARK))
        self._remark.setMaximumWidth(UNBOUNDED if narrow else theme.px(REMARK))
        if narrow != self._narrow:
            self._narrow = narrow
            self._grid.removeWidget(self._remark)
            self._grid.addWidget(self._remark, *((1, 2) if narrow else (0, 4)))
            self._remark.setVisible(bool(self._said.text()) or not narrow)
            QTimer.singleShot(0, self, self.updateGeometry)  # the list is just being laid out
