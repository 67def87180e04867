"""The two menus: New, and under the practice's name what concerns the window itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from clinic.wording import _, ngettext
from ui.memory import LOCK_MINUTES, Memory
from ui.theme import LEAST, MOST, Mode, theme
from ui.widgets.buttons import unticked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QAction

    from ui.screen import Offer, Screen

K = TypeVar("K")
TEXT_STEP = 10


def new_menu(
    parent: QWidget,
    screens: Sequence[type[Screen]],
    start: Callable[[str, Offer], object],
    allows: Callable[[str], bool] = lambda _needs: True,
) -> QMenu:
    """List what the screens offer to start, as far as this person may."""
    menu = QMenu(_("New"), parent)
    for screen in screens:
        for offer in filter(lambda offer: allows(offer.needs), screen.offers()):
            action = menu.addAction(theme.icon(offer.icon), offer.words)
            if offer.shortcut:
                action.setShortcut(offer.shortcut)
                parent.addAction(action)
            action.triggered.connect(unticked(partial(start, screen.key, offer)))
    return menu


@dataclass(frozen=True, slots=True)
class WindowMenu:
    """The menu under the practice's name, and the entries that change their words."""

    menu: QMenu
    undo: QAction
    redo: QAction

    def name_steps(self, back: str, again: str) -> None:
        """Name in the menu what Undo and Redo would do."""
        self.undo.setText(_("Undo {name}").format(name=back) if back else _("Undo"))
        self.undo.setEnabled(bool(back))
        self.redo.setText(_("Redo {name}").format(name=again) if again else _("Redo"))
        self.redo.setEnabled(bool(again))


def window_menu(parent: QWidget, memory: Memory, lock_after: Callable[[int], object]) -> WindowMenu:
    """Make the menu of the window: undo and redo, light or dark, size of text, lock."""
    menu = QMenu(_("Window"), parent)
    undo, redo = menu.addAction(_("Undo")), menu.addAction(_("Redo"))
    menu.addSeparator()

    def wear(mode: Mode) -> None:
        memory.mode = mode
        theme.choose(mode=mode)

    def resize(step: int) -> None:
        theme.choose(percent=theme.percent + step if step else 100)
        memory.percent = theme.percent

    modes: dict[Mode, str] = {"system": _("Like the system"), "light": _("Light"), "dark": _("Dark")}
    _choices(menu, _("Light and dark"), modes, memory.mode, wear)
    for words, keys, step in (
        (_("Larger text"), "Ctrl++", TEXT_STEP),
        (_("Smaller text"), "Ctrl+-", -TEXT_STEP),
        (_("Usual size of text"), "Ctrl+0", 0),
    ):
        action = menu.addAction(words)
        action.setShortcut(keys)
        action.setToolTip(_("From {least} to {most} %").format(least=LEAST, most=MOST))
        action.triggered.connect(unticked(partial(resize, step)))
        parent.addAction(action)
    minutes = {n: ngettext("{n} minute", "{n} minutes", n).format(n=n) for n in LOCK_MINUTES}
    _choices(menu, _("Lock when idle for"), minutes, memory.lock_minutes, lock_after)
    return WindowMenu(menu, undo, redo)


def _choices(
    menu: QMenu, title: str, choices: Mapping[K, str], chosen: K, choose: Callable[[K], object]
) -> None:
    """Add a menu of which one entry is ticked."""
    inner = menu.addMenu(title)
    group = QActionGroup(inner)
    for key, words in choices.items():
        action = inner.addAction(words)
        action.setCheckable(True)
        action.setChecked(key == chosen)
        action.triggered.connect(unticked(partial(choose, key)))
        group.addAction(action)
