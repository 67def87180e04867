"""A free time one can take with one press: when, with whom and where, and why it is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from clinic.wording import _, clock, weekday
from clinic.wording.slots import why
from ui.widgets import text
from ui.widgets.cards import column

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from clinic.office.free_times import FreeTime


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
        lines = column(text.label(when, weight="semibold"), text.caption(under, wrap=True), spacing=1)
        lines.setContentsMargins(10, 6, 10, 7)
        self.setLayout(lines)
        for each in self.findChildren(QLabel):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda _ticked: run(slot))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else super().heightForWidth(width)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        least = layout.minimumSize().width() if layout is not None else 0
        return QSize(least, self.heightForWidth(max(self.width(), least)))

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
