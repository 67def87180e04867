"""The day's list: visits in groups by where they stand, a line and one button each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from clinic.values import State
from clinic.wording import _, clock
from ui.screens.today import words
from ui.theme import theme
from ui.widgets import buttons, text
from ui.widgets.cards import Card, Empty, Page, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.office.today import VisitRow

BAR = 4
KEYS = {
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
    Qt.Key.Key_A: "arrive",
    Qt.Key.Key_Dollar: "pay",
    Qt.Key.Key_R: "rebook",
    Qt.Key.Key_Delete: "cancel",
    Qt.Key.Key_Space: "show",
}
"""What the keys do while a visit has the focus, and only then."""


class VisitLine(QFrame):
    """One visit: the hour, the colour of its treatment, who and what, and its next step."""

    asked = Signal(str, object)
    """What is wanted, of which visit."""

    def __init__(self, visit: VisitRow) -> None:
        super().__init__()
        self.visit = visit
        self.setProperty("role", "line")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        step = words.next_step(visit)
        said = f"{clock(visit.at)}, {visit.client_name}, {visit.treatment}, {visit.staff_name}, {words.remark(visit)}"
        self.setAccessibleName(said)
        at = text.label(clock(visit.at).removesuffix(" am").removesuffix(" pm"), "section", figures=True)
        at.setFixedWidth(theme.px(48))
        at.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        who = QVBoxLayout()
        who.setSpacing(0)
        name = text.strong(visit.client_name)
        name.setAlignment(Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignLeft)
        who.addWidget(name)
        who.addWidget(text.caption(f"{visit.treatment}, {visit.staff_name}"))
        line = row(at, spacing=16)
        line.setContentsMargins(12, 6, 12, 6)
        line.addSpacing(BAR)
        line.addLayout(who, 3)
        line.addLayout(self._told(), 2)
        self.button = buttons.quiet(step, lambda: self.asked.emit("next", self.visit))
        self.button.setAccessibleName(f"{step}: {visit.client_name}")
        self.button.setFixedWidth(theme.px(116))
        line.addWidget(self.button)
        self.setLayout(line)

    def _told(self) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        remark = words.remark(self.visit)
        settled = words.is_settled(self.visit) or self.visit.state is not State.DONE
        tone: text.Tone = "soft" if settled else "ink"
        lines.addWidget(text.label(remark, "caption", tone, weight="" if settled else "medium"))
        if said := words.letter(self.visit):
            lines.addWidget(text.label(said, "caption", "accent"))
        return lines

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hasFocus():
            painter.setBrush(theme.colour("accent_tint"))
            painter.drawRect(self.rect())
        painter.setBrush(theme.colour(words.COLOURS[self.visit.technique]))
        painter.drawRoundedRect(theme.px(72), 8, BAR, self.height() - 16, 2, 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = KEYS.get(Qt.Key(event.key()))
        if wanted is not None:
            self.asked.emit(wanted, self.visit)
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.asked.emit("look", self.visit)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.asked.emit("open", self.visit)
        event.accept()


GROUPS: tuple[tuple[str, frozenset[State]], ...] = (
    ("activity", frozenset({State.IN_TREATMENT})),
    ("door-open", frozenset({State.ARRIVED})),
    ("clock", frozenset({State.TENTATIVE, State.CONFIRMED})),
    ("check", frozenset({State.DONE})),
    ("calendar-x", words.GONE),
)


def _head(icon: str) -> str:
    return {
        "activity": _("In treatment"),
        "door-open": _("Arrived"),
        "clock": _("Still to come"),
        "check": _("Done"),
        "calendar-x": _("Did not take place"),
    }[icon]


class DayList(Card):
    """The list with its groups."""

    asked = Signal(str, object)

    def __init__(self, empty: Empty) -> None:
        super().__init__(margin=0)
        self.setAccessibleName(_("Visits of the day"))
        self._empty = empty
        self._page = Page(margin=0, spacing=0, on_card=True)
        self._lines: dict[str, VisitLine] = {}
        self.body.addWidget(self._page)
        self.body.addWidget(empty)

    def show_visits(self, visits: Sequence[VisitRow]) -> None:
        """Show a day; the visit that had the focus keeps it."""
        held = next((key for key, line in self._lines.items() if line.hasFocus()), "")
        text.clear(self._page.body)
        self._lines = {}
        for icon, states in GROUPS:
            here = [visit for visit in visits if visit.state in states]
            if here:
                self._page.body.addWidget(_group(icon, len(here)))
            for visit in here:
                line = VisitLine(visit)
                line.asked.connect(self.asked)
                self._lines[visit.id] = line
                self._page.body.addWidget(line)
        self._page.body.addStretch(1)
        self._page.setVisible(bool(visits))
        self._empty.setVisible(not visits)
        if held in self._lines:
            self._lines[held].setFocus()

    def focus_first(self) -> None:
        """Give the focus to the first visit."""
        for line in list(self._lines.values())[:1]:
            line.setFocus()


def _group(icon: str, count: int) -> QWidget:
    head = QFrame()
    head.setProperty("role", "group")
    line = row(text.Glyph(icon, "soft_ink", 16), text.label(_head(icon), weight="medium"), spacing=8)
    line.addWidget(text.soft(str(count)))
    line.addStretch(1)
    line.setContentsMargins(16, 8, 16, 8)
    head.setLayout(line)
    return head
