"""The list of keys: made from the actions themselves, so it is always true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from clinic.wording import _
from ui.screen import Screen
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import quiet, unticked
from ui.widgets.cards import Card, Page, column, row
from ui.widgets.chips import KeyCap

if TYPE_CHECKING:
    from collections.abc import Callable


WIDTH, HEIGHT = 760, 620


def shortcut(owner: QWidget, words: str, keys: str, run: Callable[[], object]) -> QAction:
    """Give a widget an action with keys; it then stands in the list of keys."""
    action = QAction(words, owner)
    action.setShortcut(QKeySequence(keys))
    action.triggered.connect(unticked(run))
    owner.addAction(action)
    return action


class Shortcuts(QDialog):
    """What can be pressed in this window, now: from anywhere, and on each screen that was opened."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keys"))
        page = Page()
        page.body.addWidget(text.title(_("Keys")))
        said = _("Keys of one letter act where a visit or a line of a list has the focus.")
        page.body.addWidget(text.soft(said, wrap=True))
        groups = [_group(name, keys) for name, keys in _listed(window).items()]
        whole, rest = groups[:1], groups[1:]
        beside = row(spacing=16)
        for part in (whole, rest):
            if part:
                lines = column(*part, spacing=16)
                lines.addStretch(1)
                beside.addLayout(lines, 1)
        page.body.addLayout(beside)
        page.body.addStretch(1)
        foot = row()
        foot.setContentsMargins(20, 8, 20, 12)
        foot.addStretch(1)
        foot.addWidget(quiet(_("Close"), self.reject))
        lines = column(page, spacing=0)
        lines.addLayout(foot)
        self.setLayout(lines)
        room = self.screen().availableSize()
        self.resize(min(theme.px(WIDTH), room.width() - 40), min(theme.px(HEIGHT), room.height() - 40))


def _listed(window: QWidget) -> dict[str, dict[str, str]]:
    """Collect the keys by the screen they belong to, those of the whole window first."""
    groups: dict[str, dict[str, str]] = {_("Anywhere"): {}}
    for action in window.findChildren(QAction):
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if keys and action.text():
            groups.setdefault(_where(action), {}).setdefault(keys, action.text())
    return groups


def _where(action: QAction) -> str:
    owner = action.parent()
    while owner is not None and not isinstance(owner, Screen):
        owner = owner.parent()
    return owner.title() if isinstance(owner, Screen) else _("Anywhere")


def _group(name: str, keys: dict[str, str]) -> Card:
    card = Card(name)
    card.body.setSpacing(6)
    for pressed, words in keys.items():
        cap = KeyCap(pressed)
        cap.setAccessibleName(f"{words}: {pressed}")
        line = row(text.label(words, wrap=True), cap)
        line.setStretch(0, 1)
        card.body.addLayout(line)
    return card
