"""A free time one can take with one press: when, with whom and where, and why it is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from clinic.wording import _, clock, weekday
from clinic.wording.slots import why
from ui.theme import theme
from ui.widgets import text
from ui.widgets.cards import column
from ui.widgets.cutting import cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from clinic.office.free_times import FreeTime


class Reasons(QLabel):
    """A small soft line that is cut where there is no room; the whole is its tip."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", "caption")
        self.setProperty("tone", "soft")
        self.setToolTip(words)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        event.accept()
        painter = QPainter(self)
        shown = cut(self.fontMetrics(), self.text(), self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class SlotButton(QPushButton):
    """One free time; Enter takes it as well as a press."""

    def __init__(self, slot: FreeTime, run: Callable[[FreeTime], object]) -> None:
        super().__init__()
        self.slot = slot
        self.setProperty("role", "reason")
        self.setAutoDefault(False)
        when = _("{day}, {time}").format(day=weekday(slot.at.date()), time=clock(slot.at))
        first = slot.staff_name.split()[0]
        whom = (
            _("{therapist}, {room}").format(therapist=first, room=slot.room_name) if slot.room_name else first
        )
        reasons = ", ".join(why(slot.why))
        self.setAccessibleName(_("{when} with {whom}").format(when=when, whom=whom))
        self.setAccessibleDescription(reasons)
        under = " \u00b7 ".join(each for each in (whom, reasons) if each)
        lines = column(text.label(when, weight="semibold"), Reasons(under), spacing=1)
        lines.setContentsMargins(10, 6, 10, 7)
        self.setLayout(lines)
        for each in self.findChildren(QLabel):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _ticked: run(slot))

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Down: True, Qt.Key.Key_Up: False}
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif Qt.Key(event.key()) in keys:
            self.focusNextPrevChild(keys[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
