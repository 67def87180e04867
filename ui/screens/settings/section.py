"""A section of the settings: a page of cards that asks for what it shows when it is opened."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from ui.theme import theme
from ui.widgets import text
from ui.widgets.cards import Card, Page, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.screen import Counter
    from ui.screens.settings.leave import Leave


WIDEST = 860
"""A line of fields any longer is hard to follow."""


class Section(Page):
    """One page; its cards stand under one another, no wider than is good to read."""

    key: ClassVar[str]
    icon: ClassVar[str]

    def __init__(self, counter: Counter, leave: Leave) -> None:
        super().__init__()
        self.counter, self.leave = counter, leave
        self.setAccessibleName(self.title())
        self.body.addWidget(text.title(self.title()))
        self.lay_out()
        self.body.addStretch(1)
        self._narrow()
        theme.changed.connect(self._narrow)

    def _narrow(self) -> None:
        inner = self.widget()
        if inner is not None:
            inner.setMaximumWidth(theme.px(WIDEST))

    @staticmethod
    @abstractmethod
    def title() -> str:
        """Name the section in the list."""

    @abstractmethod
    def lay_out(self) -> None:
        """Put the cards on the page."""

    def reopen(self, form: str) -> None:
        """Open again the form of something new that was being filled in here."""

    def reload(self) -> None:
        """Ask again for what is shown."""


def listing(head: str, table: QWidget, *beside: QWidget) -> Card:
    """Make a card that is all table, its heading in line with the first column."""
    card = Card(margin=1)
    top = row(text.section(head))
    top.setContentsMargins(15, 11, 15, 0)
    top.addStretch(1)
    for thing in beside:
        top.addWidget(thing)
    card.setAccessibleName(head)
    card.body.addLayout(top)
    card.body.addWidget(table, 1)
    return card
