"""Buttons: one primary to a view, the rest quiet; and the switch between a few views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy

from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Look = Literal[
    "",
    "primary",
    "plain",
    "small",
    "link",
    "choice",
    "place",
    "head",
    "menu",
    "find",
    "key",
    "answer",
    "reason",
    "keyed",
    "mark",
]


ICON_GAP = 5
"""Between icon and word, on top of the little that Qt leaves there."""


def _literal(words: str) -> str:
    """Show an ampersand as such: Fern & Harbor has no key of its own."""
    return words.replace("&", "&&")


def unticked(run: Callable[[], object]) -> Callable[[bool], object]:
    """Run without the tick that Qt hands over with every press."""
    return lambda _ticked: run()


class Button(QPushButton):
    """A button whose icon grows with the text, and whose words give way to the icon where it is narrow."""

    def __init__(
        self, words: str, icon: str = "", look: Look = "", run: Callable[[], object] | None = None
    ) -> None:
        super().__init__(_literal(words))
        self._words = words
        self.setProperty("role", look)
        self.setAccessibleName(words)
        self.setAutoDefault(look == "primary")
        if look == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if icon:
            tone = {"primary": "on_accent", "plain": "soft_ink", "place": "soft_ink", "link": "accent"}
            self.setIcon(theme.icon(icon, tone.get(look, "ink")))
            self._fit_icon()
        if run is not None:
            self.clicked.connect(unticked(run))

    def say(self, words: str) -> None:
        """Change the button's words."""
        self._words = words
        self.setText(_literal(words))
        self.setAccessibleName(words)

    def shorten(self, *, to_icon: bool) -> None:
        """Show the icon alone where there is no room; the words stay as name and tip."""
        self.setText("" if to_icon else _literal(self._words))
        self._fit_icon()
        if to_icon and not self.toolTip():
            self.setToolTip(self._words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit_icon()
        super().changeEvent(event)

    def _fit_icon(self) -> None:
        gap = theme.px(ICON_GAP) if self.text() else 0
        self.setIconSize(QSize(theme.px(16) + gap, theme.px(16)))


def primary(words: str, run: Callable[[], object] | None = None, *, icon: str = "") -> Button:
    """Make the one button a view is about; Enter presses it."""
    button = Button(words, icon, "primary", run)
    button.setDefault(True)
    return button


def quiet(words: str, run: Callable[[], object] | None = None, *, icon: str = "") -> Button:
    """Make a button for everything else."""
    return Button(words, icon, "", run)


def plain(words: str, run: Callable[[], object] | None = None, *, icon: str = "") -> Button:
    """Make a button without a border, for a bar of them."""
    return Button(words, icon, "plain", run)


def small(words: str, run: Callable[[], object] | None = None, *, icon: str = "") -> Button:
    """Make a quiet button that fits in a line of text."""
    return Button(words, icon, "small", run)


def link(words: str, run: Callable[[], object] | None = None) -> Button:
    """Make words that lead somewhere."""
    return Button(words, "", "link", run)


def icon_only(name: str, words: str, run: Callable[[], object] | None = None) -> Button:
    """Make an icon that needs no word beside it; the word is its name and its tip."""
    button = Button(words, name, "plain", run)
    button.shorten(to_icon=True)
    button.setFixedWidth(theme.px(32))
    return button


class Segments(QFrame):
    """A switch between a few views of the same thing; arrow keys move along it."""

    switched = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str) -> None:
        """Take (key, words) pairs, and what a screen reader calls the switch."""
        super().__init__()
        self.setProperty("role", "segments")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._keys: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Put these choices in place of the old; what was chosen stays so where it still can."""
        chosen = self.chosen
        for button in self._keys.values():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.deleteLater()
        self._keys = {}
        for key, words in choices:
            button = QPushButton(_literal(words))
            button.setCheckable(True)
            button.setAccessibleName(words)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on, key=key: self.switched.emit(key))
            self._group.addButton(button)
            self._row.addWidget(button)
            self._keys[key] = button
        if choices:
            self.choose(chosen if chosen in self._keys else choices[0][0])

    @property
    def chosen(self) -> str:
        """The key of the view shown."""
        return next((key for key, button in self._keys.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Show a view without telling anyone."""
        self._keys[key].setChecked(True)

    def press(self, key: str) -> None:
        """Turn to a view as a hand would; one that is not offered is passed over."""
        if key in self._keys:
            self._keys[key].click()

    def clear(self) -> None:
        """Choose none of them, where nobody has said anything yet."""
        self._group.setExclusive(False)
        for button in self._keys.values():
            button.setChecked(False)
        self._group.setExclusive(True)
