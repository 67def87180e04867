"""The head of the calendar: which days, back and on, whose columns, which view; and the keys that go with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from clinic.wording import _
from ui.screens.calendar.plan import By
from ui.screens.calendar.views import View
from ui.shortcuts import shortcut
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import Segments, icon_only, quiet
from ui.widgets.cards import column, row
from ui.widgets.dates import DayLine
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtCore import QEvent

    from ui.screens.calendar.screen import Calendar

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LARGER = {Qt.Key.Key_Equal, Qt.Key.Key_Plus}
OURS = {*LARGER, Qt.Key.Key_Minus, Qt.Key.Key_0, Qt.Key.Key_N, Qt.Key.Key_T}
"""Keys with Ctrl that mean the calendar while it is open: zoom, a visit here, today here."""


class Header(QWidget):
    """One line over the board."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = text.title()
        self._by = Segments([(By.STAFF, _("Therapists")), (By.ROOM, _("Rooms"))], _("Columns"))
        self._views = Segments(
            [
                (View.DAY, _("Day")),
                (View.WEEK, _("Week")),
                (View.MONTH, _("Month")),
                (View.AGENDA, _("Agenda")),
            ],
            _("View"),
        )
        self._back = icon_only("chevron-left", _("Back"))
        self._on = icon_only("chevron-right", _("On"))
        self._now = quiet(_("Today"))
        days = QWidget()
        days.setLayout(row(self._back, self._now, self._on, spacing=4))
        self.more = icon_only("ellipsis", _("More of the calendar"))
        switches = QWidget()
        switches.setLayout(row(self._by, self._views, self.more, spacing=12))
        lines = column(spacing=0)
        lines.addLayout(Flow(self.heading, days, switches, spacing=14, last_right=True))
        lines.setContentsMargins(20, 10, 16, 8)
        self.setLayout(lines)

    def connect_to(self, screen: Calendar) -> None:
        """Let buttons and keys do what they say."""
        self._back.clicked.connect(lambda: screen.turn(-1))
        self._on.clicked.connect(lambda: screen.turn(1))
        self._now.clicked.connect(lambda: screen.go_to(screen.now))
        self.more.clicked.connect(lambda: self._open_menu(screen.menu.of_the_calendar()))
        self._views.switched.connect(lambda key: screen.show_view(View(key)))
        self._by.switched.connect(lambda key: screen.show_by(By(key)))
        for words, keys, run in (
            (_("Day"), "Ctrl+1", partial(screen.show_view, View.DAY)),
            (_("Week"), "Ctrl+2", partial(screen.show_view, View.WEEK)),
            (_("Month"), "Ctrl+3", partial(screen.show_view, View.MONTH)),
            (_("Agenda"), "Ctrl+4", partial(screen.show_view, View.AGENDA)),
            (_("The days before"), "PgUp", partial(screen.turn, -1)),
            (_("The days after"), "PgDown", partial(screen.turn, 1)),
            (_("Go to a day"), "Ctrl+G", partial(self.ask_day, screen)),
            (_("Draw hours higher"), "Ctrl+=", partial(screen.zoom, 1)),
        ):
            action = shortcut(screen, words, keys, run)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _open_menu(self, menu: QMenu) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    def show(self, view: View, by: By, heading: str) -> None:  # type: ignore[override]  # a header is never hidden
        """Head what is shown."""
        self.say(heading)
        self.show_view(view)
        self._by.choose(by)

    def say(self, heading: str) -> None:
        """Write the heading."""
        self.heading.setText(heading)

    def show_view(self, view: View) -> None:
        """Show which view is open."""
        self._views.choose(view)
        self._by.setVisible(view in {View.DAY, View.WEEK})

    def ask_day(self, screen: Calendar) -> None:
        """Ask for a day to go to."""
        box = GoTo(screen, screen.now, screen.go_to)
        box.stand_under(self.heading, screen)

    def asked(self, screen: Calendar) -> list[GoTo]:
        """Give the line for a day that stands open."""
        return [box for box in screen.findChildren(GoTo) if box.isVisible()]

    def is_ours(self, event: QEvent) -> bool:
        """Tell whether a key means the calendar rather than the window."""
        return (
            isinstance(event, QKeyEvent)
            and bool(event.modifiers() & CONTROL)
            and not event.modifiers() & (SHIFT | Qt.KeyboardModifier.AltModifier)
            and Qt.Key(event.key()) in OURS
        )

    def press(self, screen: Calendar, event: QKeyEvent) -> bool:
        """Do what such a key asks for."""
        if not self.is_ours(event):
            return False
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_N:
            screen.book()
        elif key == Qt.Key.Key_T:
            screen.go_to_now()
        else:
            screen.zoom(1 if key in LARGER else -1 if key == Qt.Key.Key_Minus else 0)
        return True


class GoTo(QFrame):
    """A line for a day, under the heading; it goes when the hands do."""

    def __init__(self, parent: QWidget, today: date, go: Callable[[date], object]) -> None:
        super().__init__(parent)
        self.setProperty("role", "palette")
        self._go = go
        self.line = DayLine(today)
        self.line.setAccessibleName(_("Go to a day"))
        self.line.returnPressed.connect(self._take)
        self.line.editingFinished.connect(self.leave)
        self.line.setMinimumWidth(theme.px(200))
        self.setLayout(column(text.caption(_("Go to a day")), self.line, spacing=6, margin=12))

    def stand_under(self, widget: QWidget, parent: QWidget) -> None:
        """Stand under a widget, ready to be typed into."""
        self.adjustSize()
        self.move(widget.mapTo(parent, QPoint(0, widget.height() + 4)))
        self.show()
        self.raise_()
        self.line.setFocus()

    def leave(self) -> None:
        """Go away."""
        self.hide()
        self.deleteLater()

    def _take(self) -> None:
        day = self.line.day
        if day is not None:
            self.leave()
            self._go(day)
