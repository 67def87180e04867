"""The foot of the booking panel: the gravest flag, the one button, what Enter and Esc do, the way past the flags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from clinic.wording import _, ngettext
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import link, primary
from ui.widgets.cards import column, row
from ui.widgets.chips import KeyCap
from ui.widgets.flags import heading
from ui.widgets.flow import Flow
from ui.widgets.shortened import Shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.flag_cards import Seen
    from ui.screens.booking.verdict import Verdict, WayOn
    from ui.widgets.cards import Page


AIR = 8
SIDE = 18
"""What the page leaves at its sides, which its foot leaves too."""


class Strip(QFrame):
    """The gravest flag in one line, for as long as its card lies further down than one sees."""

    def __init__(self, look: Callable[[], object]) -> None:
        super().__init__()
        self._look = link(_("Show"), look)
        self._look.setAccessibleName(_("Show the flags"))
        self._line = row(spacing=6)
        self._reason = column(spacing=0)
        lines = column(spacing=1)
        lines.setContentsMargins(10, 5, 10, 6)
        lines.addLayout(self._line)
        lines.addLayout(self._reason)
        self.setLayout(lines)
        self.said = ""
        self.hide()

    def show_seen(self, seen: Seen) -> None:
        """Say the gravest of the flags."""
        first = seen.cards[0]
        words, icon = heading(first.severity, asks=first.asks)
        self.setProperty("flag", first.severity)
        self._line.removeWidget(self._look)
        text.clear(self._line)
        text.clear(self._reason)
        reason = Shortened(text.label(tone="flag"))
        others = len(seen.cards) - 1
        said = first.reason or first.text
        if others:
            said = ngettext("{flag}, and one more", "{flag}, and {n} more", others).format(
                flag=said, n=others
            )
        reason.say(said)
        self.said = f"{words}: {said}"
        self.setAccessibleName(self.said)
        self._line.addWidget(text.Glyph(icon, first.severity))
        self._line.addWidget(text.label(words, tone="flag", weight="semibold"))
        self._line.addStretch(1)
        self._line.addWidget(self._look)
        self._reason.addWidget(reason)
        for widget in (self, *self.findChildren(QWidget)):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


class Foot(QFrame):
    """Stands on view however much stands above it."""

    def __init__(
        self, run: Callable[[], object], verdict: Verdict, page: Page, *, changing: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("role", "line")
        self._verdict, self._page = verdict, page
        self.strip = Strip(self._show_flags)
        self.button = primary(_("Book the visit"), run, icon="calendar-plus")
        self.button.setEnabled(False)
        self._enter = text.caption(_("books the visit"))
        leaves = _("closes, nothing is changed") if changing else _("closes, nothing is booked")
        keys = Flow(
            _pair(KeyCap(_("Enter")), self._enter),
            _pair(KeyCap(_("Esc")), text.caption(leaves)),
            verdict.opening,
            spacing=8,
            last_right=True,
        )
        lines = column(self.strip, self.button, spacing=8)
        lines.setContentsMargins(SIDE, 10, SIDE, 10)
        lines.addLayout(keys)
        self.setLayout(lines)
        self._lines = lines
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._place_strip)
        page.verticalScrollBar().valueChanged.connect(lambda _at: self._later.start())
        page.verticalScrollBar().rangeChanged.connect(lambda _least, most: self._end_with_fields(most))
        for part in (page, verdict, verdict.flags):
            part.installEventFilter(self)

    def show_way(self, way: WayOn) -> None:
        """Make the safe way on the one that the button and Enter take."""
        self.button.say(way.words)
        self.button.setIcon(theme.icon(way.icon, "on_accent" if way.open else "soft_ink"))
        self.button.setEnabled(way.open)
        self._enter.setText(way.enter)
        seen = self._verdict.seen
        if seen is not None and seen.cards:
            self.strip.show_seen(seen)
        self._later.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again whether the flags are in view once anything has moved."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Move}:
            self._later.start()
        return super().eventFilter(watched, event)

    def _end_with_fields(self, hidden: int) -> None:
        """End where the fields end, beside the scroll bar while there is one."""
        bar = self._page.verticalScrollBar().sizeHint().width() if hidden else 0
        self._lines.setContentsMargins(SIDE, 10, SIDE + bar, 10)

    def _place_strip(self) -> None:
        """Show the strip while the gravest flag's card is out of view, as if the strip took no room."""
        seen, card = self._verdict.seen, self._verdict.flags.first
        if seen is None or not seen.cards or seen.outcome == "S0" or card is None:
            self.strip.hide()
            return
        view = self._page.viewport()
        room = view.height() + (self.strip.height() + AIR if self.strip.isVisible() else 0)
        top = card.mapTo(view, QPoint(0, 0)).y()
        self.strip.setVisible(top < 0 or top + min(card.height(), room - 2 * AIR) > room)

    def _show_flags(self) -> None:
        card = self._verdict.flags.first
        if card is not None:
            bar = self._page.verticalScrollBar()
            bar.setValue(bar.value() + card.mapTo(self._page.viewport(), QPoint(0, 0)).y() - AIR)
            self._later.start()


def _pair(key: QWidget, words: QWidget) -> QWidget:
    """Keep a key and what it does on one line."""
    pair = QWidget()
    pair.setLayout(row(key, words, spacing=6))
    return pair
