"""The panel at the right: a booking or a client's card beside the screen, never in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from clinic.wording import _
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import icon_only
from ui.widgets.cards import column, row

if TYPE_CHECKING:
    from collections.abc import Callable

LEAST_WIDTH, MOST_SHARE = 300, 0.65
CROSS = 8
"""What a button leaves around its cross."""


class Panel(QFrame):
    """Holds one thing at a time; the severity of the gravest flag tints its edge."""

    closed = Signal(bool)
    """It went; whether the keyboard was in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(_("Details"))
        self.setMinimumWidth(LEAST_WIDTH)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._scroll)
        self._shown: QWidget | None = None
        self.hide()

    @property
    def shown(self) -> QWidget | None:
        """What stands in the panel."""
        return self._shown

    def show_thing(self, thing: QWidget, severity: str) -> None:
        """Put a thing in place of the one there."""
        self.clear()
        self._shown = thing
        self._scroll.setWidget(thing)
        thing.installEventFilter(self)
        self._fit(thing)
        self.tint(severity)
        self.show()

    def tint(self, severity: str) -> None:
        """Let the edge tell the gravest flag; none is a plain line."""
        if self.property("severity") != severity:
            self.setProperty("severity", severity)
            self.style().unpolish(self)
            self.style().polish(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with what stands here, as when its fields come or text is set larger."""
        if watched is self._shown and event.type() == QEvent.Type.LayoutRequest:
            self._fit(self._shown)
        return super().eventFilter(watched, event)

    def _fit(self, thing: QWidget) -> None:
        most = max(LEAST_WIDTH, round(self.window().width() * MOST_SHARE))
        self.setMinimumWidth(min(most, max(LEAST_WIDTH, thing.minimumSizeHint().width() + 14)))

    def clear(self) -> None:
        """Let go of what stands here."""
        if self._shown is not None:
            self._scroll.takeWidget()
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None

    def close_up(self) -> None:
        """Close the panel."""
        if self._shown is not None:
            focused = QApplication.focusWidget()
            had_focus = focused is None or self.isAncestorOf(focused)
            self.clear()
            self.hide()
            self.closed.emit(had_focus)


class Head(QWidget):
    """The head of what stands in a panel: what it is, a soft line on it, and a cross."""

    def __init__(self, title: str, under: str, close: Callable[[], object]) -> None:
        super().__init__()
        self.title = text.section(title)
        self.under = text.soft(under, wrap=True)
        top = row(self.title, spacing=8)
        top.addStretch(1)
        top.addWidget(icon_only("x", _("Close"), close))
        top.setContentsMargins(0, 0, -theme.px(CROSS), 0)  # the cross itself ends where the fields do
        lines = column(spacing=2)
        lines.addLayout(top)
        lines.addWidget(self.under)
        self.setLayout(lines)
