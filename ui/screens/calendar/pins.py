"""The pinboard: visits taken along to other days; each stays booked where it is until it is put down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout

from clinic.wording import _, ngettext, short_day
from ui.screens.calendar import words
from ui.screens.calendar.visit import colour
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import icon_only
from ui.widgets.cards import column, row

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from clinic.office.diary import Entry

WIDTH = 208


@dataclass(frozen=True, slots=True)
class Pin:
    """A visit taken along, to be moved or copied."""

    entry: Entry
    copy: bool = False


class PinCard(QFrame):
    """One of them, to be dragged onto the board."""

    carried = Signal(object, object, bool)
    dropped = Signal()

    def __init__(self, pin: Pin, release: object) -> None:
        super().__init__()
        self.pin = pin
        self.setProperty("role", "card")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        entry = pin.entry
        when = f"{words.weekday(entry.at.date())}, {short_day(entry.at.date())}{words.DOT}{words.short(entry.at)}"
        said = _("A copy of {when}") if pin.copy else _("Now {when}")
        head = row(text.label(entry.name, weight="semibold", wrap=True), spacing=4)
        head.setStretch(0, 1)
        head.addWidget(icon_only("x", _("Leave {name} as it is").format(name=entry.name), release))  # type: ignore[arg-type]  # a function without arguments
        lines = column(spacing=2)
        lines.addLayout(head)
        minutes = _("{treatment}, {n} min").format(treatment=entry.treatment, n=entry.minutes)
        lines.addWidget(text.caption(minutes, wrap=True))
        lines.addWidget(text.caption(said.format(when=when), wrap=True))
        lines.setContentsMargins(14, 6, 6, 8)
        self.setLayout(lines)
        self._pressed: QPoint | None = None
        self._carrying = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(1, 8, 4, self.height() - 16, theme.colour(colour(self.pin.entry)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.globalPosition().toPoint()

    @property
    def carrying(self) -> bool:
        """Whether the hand has it."""
        return self._carrying

    def let_go(self) -> None:
        """Let the hand have it no longer, until it is pressed anew."""
        self._pressed, self._carrying = None, False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.globalPosition().toPoint()
        far = self._pressed is not None and (at - self._pressed).manhattanLength()
        if self._carrying or (far and far >= QApplication.startDragDistance()):
            self._carrying = True
            self.carried.emit(self.pin.entry, at, self.pin.copy)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        carrying = self._carrying
        self.let_go()
        event.accept()
        if carrying:
            self.dropped.emit()


class Pinboard(QFrame):
    """Stands at the right of the board while there is something on it."""

    carried = Signal(object, object, bool)
    """A visit, the point of the screen to which it is carried, and whether it is a copy."""
    dropped = Signal()
    changed = Signal(object)
    """The visits that are to leave where they stand, as ids."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(_("Pinboard"))
        self._pins: list[Pin] = []
        self._head = text.section(_("Pinboard"))
        self._count = text.caption()
        top = row(self._head)
        top.addStretch(1)
        top.addWidget(self._count)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        hint = _("Drag a visit to its new time, or press Ctrl+V at a free one. Nothing changes until then.")
        lines = column(spacing=12, margin=14)
        lines.addLayout(top)
        lines.addLayout(self._cards)
        lines.addWidget(text.caption(hint, wrap=True))
        lines.addStretch(1)
        self.setLayout(lines)
        self._fit()
        theme.changed.connect(self._fit)
        self.hide()

    @property
    def last(self) -> Pin | None:
        """What was taken along last."""
        return self._pins[-1] if self._pins else None

    def cards(self) -> tuple[PinCard, ...]:
        """Give the cards as they stand."""
        return tuple(card for card in self.findChildren(PinCard) if not card.isHidden())

    @property
    def carrying(self) -> bool:
        """Whether one of them is in the hand."""
        return any(card.carrying for card in self.cards())

    def let_go(self) -> None:
        """Put what is in the hand back to its place here: it waits on."""
        for card in self.cards():
            card.let_go()

    def take(self, entry: Entry, *, copy: bool = False) -> None:
        """Take a visit along."""
        self._pins = [*(pin for pin in self._pins if pin.entry.id != entry.id), Pin(entry, copy)]
        self._show()

    def release(self, which: Pin) -> None:
        """Let go of a visit."""
        self._pins = [pin for pin in self._pins if pin != which]
        self._show()

    def release_entry(self, entry: Entry) -> None:
        """Let go of a visit that has found its place."""
        self._pins = [pin for pin in self._pins if pin.entry.id != entry.id]
        self._show()

    def _show(self) -> None:
        text.clear(self._cards)
        for pin in self._pins:
            card = PinCard(pin, lambda pin=pin: self.release(pin))
            card.carried.connect(self.carried)
            card.dropped.connect(self.dropped)
            self._cards.addWidget(card)
        self._count.setText(ngettext("{n} waiting", "{n} waiting", len(self._pins)).format(n=len(self._pins)))
        self.setVisible(bool(self._pins))
        self.changed.emit(frozenset(pin.entry.id for pin in self._pins if not pin.copy))

    def _fit(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))
