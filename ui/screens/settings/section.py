"""A section of the settings: a page of cards that asks for what it shows when it is opened."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from ui.widgets import text
from ui.widgets.cards import Page

if TYPE_CHECKING:
    from ui.screen import Counter
    from ui.screens.settings.leave import Leave


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

    @staticmethod
    @abstractmethod
    def title() -> str:
        """Name the section in the list."""

    @abstractmethod
    def lay_out(self) -> None:
        """Put the cards on the page."""

    def reload(self) -> None:
        """Ask again for what is shown."""
