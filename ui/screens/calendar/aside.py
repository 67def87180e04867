"""What stands at the rail beside the calendar: the small month, whose visits are shown, and in which states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from clinic.values import State
from clinic.wording import _
from ui.screens.calendar import words
from ui.screens.calendar.minimonth import MiniMonth
from ui.theme import theme
from ui.widgets import text
from ui.widgets.cards import column
from ui.widgets.cutting import cut

if TYPE_CHECKING:
    from collections.abc import Collection

    from clinic.office.diary import Person
    from clinic.values import StaffId

STATES: tuple[tuple[State, ...], ...] = (
    (State.TENTATIVE,),
    (State.CONFIRMED,),
    (State.ARRIVED,),
    (State.IN_TREATMENT,),
    (State.DONE,),
    (State.NO_SHOW, State.LATE_CANCEL, State.CANCELLED, State.DECLINED),
)
"""The states one can hide, those that did not take place together."""


class Tick(QCheckBox):
    """A box to tick, in the house's colours, with an icon before its words where it has one."""

    def __init__(self, words_: str, icon: str = "") -> None:
        super().__init__(words_)
        self._glyph = icon
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self.text()) + theme.px(48)
        return QSize(wide, theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), theme.px(20))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, ratio = theme.px(15), self.devicePixelRatioF()
        box = QRectF(1, (self.height() - side) / 2, side, side)
        on = self.isChecked()
        painter.setPen(QPen(theme.colour("accent" if on or self.hasFocus() else "soft_ink"), 1))
        painter.setBrush(theme.colour("accent" if on else "surface"))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            painter.drawPixmap(box.topLeft() + QPointF(1, 1), theme.pixmap("check", "on_accent", 13, ratio))
        left = side + theme.px(8)
        if self._glyph:
            painter.drawPixmap(
                QPointF(left, (self.height() - theme.px(14)) / 2),
                theme.pixmap(self._glyph, "soft_ink", 14, ratio),
            )
            left += theme.px(20)
        place = self.rect().adjusted(left, 0, 0, 0)
        shown = cut(self.fontMetrics(), self.text(), place.width())
        painter.setPen(theme.colour("ink" if on else "soft_ink"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 4, 4)
        painter.end()
        event.accept()


class Aside(QWidget):
    """Month and filters."""

    shown_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.month = MiniMonth()
        self._boxes: dict[StaffId, Tick] = {}
        self._people = QWidget()
        self._people.setLayout(column(spacing=4))
        self._people_head = text.caption(_("Showing"))
        self._states: dict[tuple[State, ...], Tick] = {}
        states = QWidget()
        lines = column(spacing=4)
        for group in STATES:
            name = word_of(group)
            box = Tick(name, words.ICONS[group[0]])
            box.setAccessibleName(_("Show: {what}").format(what=name))
            box.setChecked(True)
            box.toggled.connect(lambda _on: self.shown_changed.emit())
            self._states[group] = box
            lines.addWidget(box)
        states.setLayout(lines)
        whole = column(self.month, spacing=12)
        whole.addWidget(_group(self._people_head, self._people))
        whole.addWidget(_group(text.caption(_("States")), states))
        whole.setContentsMargins(0, 10, 0, 0)
        self.setLayout(whole)

    @property
    def hidden(self) -> frozenset[State]:
        """The states of which no visits are shown."""
        return frozenset(
            state for group, box in self._states.items() if not box.isChecked() for state in group
        )

    @property
    def staff(self) -> frozenset[StaffId]:
        """The therapists whose visits are shown."""
        return frozenset(key for key, box in self._boxes.items() if box.isChecked())

    def offer(self, people: tuple[Person, ...], shown: Collection[StaffId]) -> None:
        """List the therapists, those ticked whose visits are shown."""
        if set(self._boxes) != {person.id for person in people}:
            layout = self._people.layout()
            if layout is not None:
                text.clear(layout)
            self._boxes = {}
            for person in people:
                box = Tick(person.name)
                box.setAccessibleName(_("Show visits of {name}").format(name=person.name))
                box.toggled.connect(lambda _on: self.shown_changed.emit())
                self._boxes[person.id] = box
                self._people.layout().addWidget(box)  # type: ignore[union-attr]  # it was given one above
        for key, box in self._boxes.items():
            box.blockSignals(True)  # noqa: FBT003 - Qt's own
            box.setChecked(key in shown)
            box.blockSignals(False)  # noqa: FBT003 - Qt's own
        several = len(people) > 1
        self._people.setVisible(several)
        self._people_head.setVisible(several)


def word_of(group: tuple[State, ...]) -> str:
    """Name a group of states."""
    return words.word(group[0]) if len(group) == 1 else _("Did not take place")


def _group(head: QWidget, inside: QWidget) -> QWidget:
    group = QWidget()
    lines = column(head, inside, spacing=6)
    lines.setContentsMargins(8, 0, 0, 0)
    group.setLayout(lines)
    return group
