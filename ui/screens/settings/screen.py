"""The settings: a list of sections at the left, the one chosen beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QStackedWidget, QWidget

from clinic.values import Topic
from clinic.wording import _
from ui.screen import Screen
from ui.screens.settings.backups import Backups
from ui.screens.settings.codes import Codes
from ui.screens.settings.credentials import Papers
from ui.screens.settings.house import House
from ui.screens.settings.keeping import Keeping
from ui.screens.settings.keys import Keys
from ui.screens.settings.leave import Leave
from ui.screens.settings.paper import Sheets
from ui.screens.settings.people import People
from ui.screens.settings.rooms import Rooms
from ui.screens.settings.rules import Rules
from ui.screens.settings.terms import Terms
from ui.screens.settings.till import AtTheTill
from ui.screens.settings.time_off import TimeOff
from ui.screens.settings.treatments import Treatments
from ui.screens.settings.window import Look
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.cards import column, row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent

    from ui.screen import Counter
    from ui.screens.settings.section import Section

SECTIONS: tuple[type[Section], ...] = (
    House,
    People,
    Papers,
    Treatments,
    Rooms,
    TimeOff,
    Rules,
    Codes,
    Terms,
    AtTheTill,
    Sheets,
    Backups,
    Keeping,
    Keys,
    Look,
)
LIST_WIDTH, ICON_WIDTH = 210, 60
CRAMPED = 620
"""A screen less wide than this has room for the icons of the list only."""


class Settings(Screen):
    """Two presses to anything: the rail, then the section."""

    key: ClassVar[str] = "settings"
    icon: ClassVar[str] = "settings"
    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.PRACTICE, Topic.STAFF, Topic.CATALOGUE, Topic.CALENDAR}
    )

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self.leave = Leave(self)
        self._classes = {section.key: section for section in SECTIONS}
        self._made: dict[str, Section] = {}
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        names = QWidget()
        names.setObjectName("canvas")
        lines = column(spacing=2)
        lines.setContentsMargins(12, 16, 12, 12)
        for key, section in self._classes.items():
            button = Button(section.title(), section.icon, "place")
            button.setCheckable(True)
            button.clicked.connect(lambda _on, key=key: self.open(key))
            self._group.addButton(button)
            self._buttons[key] = button
            lines.addWidget(button)
        lines.addStretch(1)
        names.setLayout(lines)
        self._names = QScrollArea()
        self._names.setWidgetResizable(True)
        self._names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._names.setWidget(names)
        edge = QFrame()
        edge.setObjectName("rule")
        edge.setFixedWidth(1)
        self._stack = QStackedWidget()
        whole = row(self._names, edge, self._stack, spacing=0)
        whole.setStretch(2, 1)
        self._names.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._widen())
        self.setLayout(whole)
        self._shown = next(iter(self._classes))
        theme.changed.connect(self._widen)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self._buttons[self._shown])

    @staticmethod
    def title() -> str:
        return _("Settings")

    def _widen(self) -> None:
        """Show words in the list where there is room for them beside the section."""
        cramped = self.width() < theme.px(CRAMPED)
        for button in self._buttons.values():
            button.shorten(to_icon=cramped)
        bar = self._names.verticalScrollBar()
        beside = bar.sizeHint().width() if bar.maximum() else 0
        self._names.setFixedWidth(theme.px(ICON_WIDTH if cramped else LIST_WIDTH) + beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen()

    def set_context(self, what: object) -> None:
        """Open on a section, named by its key."""
        if isinstance(what, str) and what in self._classes:
            self._shown = what

    def open(self, key: str) -> None:
        """Turn to a section."""
        self.counter.hide_panel()
        self._shown = key
        self.reload()

    def reload(self) -> None:
        """Show the section chosen, as things are now."""
        section = self._made.get(self._shown)
        if section is None:
            section = self._made[self._shown] = self._classes[self._shown](self.counter, self.leave)
            self._stack.addWidget(section)
        self._buttons[self._shown].setChecked(True)
        self.setFocusProxy(self._buttons[self._shown])
        self._stack.setCurrentWidget(section)
        section.reload()

    def reopen(self, form: str, _of: Mapping[str, str]) -> None:
        """Turn to the section whose form was being filled in, and open that again."""
        if form in self._classes:
            self.open(form)
            self.section.reopen(form)

    @property
    def section(self) -> Section:
        """The section shown."""
        return self._made[self._shown]
