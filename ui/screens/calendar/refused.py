"""What a refused drop says: why, and the next times that are free, each a press away."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinic.wording import _, clock, short_day
from clinic.wording.refusals import sentence
from ui.screens.calendar import words
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import icon_only, small
from ui.widgets.cards import column, row
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from clinic.values import Refusal
    from ui.screens.calendar.fits import Wish

WIDTH = 300


class Refused(QFrame):
    """A small card over the board."""

    chosen = Signal(object)
    """One of the free times."""

    def __init__(self, parent: QWidget, refusal: Refusal, wish: Wish) -> None:
        super().__init__(parent)
        self.setProperty("role", "palette")
        said = sentence(refusal)
        self.setAccessibleName(said)
        self.setFixedWidth(theme.px(WIDTH))
        head = row(
            text.Glyph("circle-alert", "ink"), text.label(_("Not moved"), weight="semibold"), spacing=8
        )
        head.addStretch(1)
        head.addWidget(icon_only("x", _("Close"), self.close))
        lines = column(spacing=8, margin=12)
        lines.addLayout(head)
        lines.addWidget(text.label(said, wrap=True))
        times = refusal.facts.get("free")
        free = [at for at in times if isinstance(at, datetime)] if isinstance(times, tuple) else []
        self.buttons = [small(_named(at, wish.at), partial(self.chosen.emit, at)) for at in free]
        if free:
            lines.addWidget(text.caption(_("Free next")))
            lines.addLayout(Flow(*self.buttons, spacing=6))
        self.setLayout(lines)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def stand_at(self, at: QPoint, area: QWidget) -> None:
        """Stand beside a point, and wholly within an area."""
        layout = self.layout()
        if layout is not None:
            self.setFixedHeight(max(layout.heightForWidth(self.width()), self.sizeHint().height()))
        room = area.rect()
        x = min(max(at.x(), room.left() + 8), room.right() - self.width() - 8)
        y = min(max(at.y(), room.top() + 8), room.bottom() - self.height() - 8)
        self.move(x, y)
        self.show()
        self.raise_()


def _named(at: datetime, wished: datetime) -> str:
    """Name a free time, with its day where it is another."""
    if at.date() == wished.date():
        return clock(at)
    return f"{words.weekday(at.date())}, {short_day(at.date())}, {clock(at)}"
