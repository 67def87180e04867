"""The lines under the body map: each mark and each area worked on, and the one that is open to be changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from clinic.office.notes import Mark, Treated
from clinic.values import Technique
from clinic.wording import _, body
from ui.theme import theme
from ui.widgets import text
from ui.widgets.body_map.painting import COLOURS
from ui.widgets.buttons import small
from ui.widgets.cards import column
from ui.widgets.fields import Choice, Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Field

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

DOT = 18
STRENGTHS = tuple(range(11))
PRESSURES = ("P0", "P1", "P2", "P3", "P4", "P5")


class Dot(QWidget):
    """A mark's number in the colour of its kind; an area without a mark has a hollow one."""

    def __init__(self) -> None:
        super().__init__()
        self._number = ""
        self._tone = "soft_ink"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_number(self, number: str, token: str) -> None:
        """Show this number in this colour."""
        self._number, self._tone = number, token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(DOT), theme.px(DOT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        colour = theme.colour(self._tone)
        painter.setPen(QPen(colour, 1.3))
        if self._number:
            painter.setBrush(colour)
        painter.drawEllipse(place)
        if self._number:
            painter.setPen(theme.colour("surface"))
            painter.setFont(theme.font("caption", "semibold"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._number)
        event.accept()


class AreaRow(QFrame):
    """One line: number, area, what was found, what was done."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "entry")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dot = Dot()
        self._area = text.label()
        self._found = text.soft()
        self._done = text.soft()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2, 5, 2, 5)
        self._grid.setHorizontalSpacing(10)
        self._grid.addWidget(self._dot, 0, 0)
        self._grid.addWidget(self._area, 0, 1)
        self._grid.addWidget(self._found, 0, 2)
        self._grid.addWidget(self._done, 0, 3)
        for at, share in ((1, 5), (2, 4), (3, 6)):
            self._grid.setColumnStretch(at, share)
        for shown in (self._area, self._found, self._done):
            shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            shown.setWordWrap(True)

    def show_entry(self, number: int | None, mark: Mark | None, done: Treated | None, area: str) -> None:
        """Show a mark, what was done to its area, or both."""
        self._dot.show_number(str(number) if number else "", COLOURS[mark.kind] if mark else "soft_ink")
        self._area.setText(body.headed(body.area(area)))
        found = body.strength(mark.kind.value, mark.intensity, mark.after) if mark else ""
        self._found.setText(found)
        said = _done(done)
        self._done.setText(said)
        told = [self._area.text(), found, said]
        self.setAccessibleName(", ".join(part for part in told if part))

    def show_then(self, words: str) -> None:
        """Say in place of what was done how it was at another visit."""
        self._done.setText(words)
        told = [self._area.text(), self._found.text(), words]
        self.setAccessibleName(", ".join(part for part in told if part))

    def show_gone(self, mark: Mark, words: str) -> None:
        """Show a mark of another visit that is not there any more."""
        self._dot.show_number("", "soft_ink")
        self._area.setText(body.headed(body.area(mark.area)))
        self._found.setText(words)
        self.show_then(body.strength(mark.kind.value, mark.intensity, mark.after))

    def show_avoided(self, area: str) -> None:
        """Show an area that a flag leaves out."""
        self._dot.show_number("", "S2")
        self._area.setText(body.headed(body.area(area)))
        self._found.setText(body.mark("avoid"))
        self._done.setText(_("Not touched"))
        self.setAccessibleName(_("{area}: avoid").format(area=self._area.text()))

    def choose(self, *, on: bool) -> None:
        """Tint the line that is open."""
        if self.property("chosen") != on:
            self.setProperty("chosen", on)
            self.style().unpolish(self)
            self.style().polish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()


def _done(done: Treated | None) -> str:
    if done is None:
        return ""
    return body.treated(done.technique.value if done.technique else None, done.pressure, done.minutes)


class RowEditor(QFrame):
    """The fields of the line that is open."""

    changed = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        none = ("–", None)  # noqa: RUF001 - a dash for what nobody said
        strengths = [none, *((str(n), n) for n in STRENGTHS)]
        self.before = Choice(strengths)
        self.after = Choice(strengths)
        self.technique = Choice([none, *((body.technique(each.value), each) for each in Technique)])
        self.pressure = Choice([none, *((f"{each}, {body.pressure(each)}", each) for each in PRESSURES)])
        self.minutes = Line(hint=_("min"))
        self.minutes.setMaximumWidth(theme.px(64))
        self._strengths = (Field(_("Strength before"), self.before), Field(_("After"), self.after))
        fields = Flow(
            *self._strengths,
            Field(_("Technique"), self.technique),
            Field(_("Pressure"), self.pressure),
            Field(_("Minutes"), self.minutes),
            spacing=10,
        )
        lines = column(spacing=8, margin=10)
        lines.addLayout(fields)
        lines.addLayout(Flow(small(_("Take away"), self.removed.emit, icon="x")))
        self.setLayout(lines)
        self._showing = False
        for choice in (self.before, self.after, self.technique, self.pressure):
            choice.currentIndexChanged.connect(self._tell)
        self.minutes.textChanged.connect(self._tell)
        self.hide()

    def show_entry(self, mark: Mark | None, done: Treated | None) -> None:
        """Fill the fields."""
        self._showing = True
        for field in self._strengths:
            field.setVisible(mark is not None)
        self.before.choose(mark.intensity if mark else None)
        self.after.choose(mark.after if mark else None)
        self.technique.choose(done.technique if done else None)
        self.pressure.choose(done.pressure if done else None)
        self.minutes.setText(str(done.minutes) if done and done.minutes else "")
        self._showing = False

    def mark(self, mark: Mark) -> Mark:
        """Give the mark as the fields say."""
        return replace(mark, intensity=self.before.currentData(), after=self.after.currentData())

    def treated(self, area: str) -> Treated:
        """Give what was done to an area as the fields say."""
        minutes = self.minutes.text().strip()
        how = self.technique.currentData()  # Qt gives back plain text for the word it was given
        return Treated(
            area,
            Technique(how) if how else None,
            self.pressure.currentData(),
            int(minutes) if minutes.isdecimal() and int(minutes) <= 240 else None,  # noqa: PLR2004 - four hours
        )

    def _tell(self) -> None:
        if not self._showing:
            self.changed.emit()
