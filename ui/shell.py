"""The inside of the window while someone is signed in: rail, bar, the screens, the panel and the toast."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from clinic.wording import _
from clinic.wording.refusals import sentence
from ui import order
from ui.bar import Bar
from ui.blur import Blur
from ui.find import Finder
from ui.front import Found
from ui.help import Help
from ui.holder import Holder
from ui.menus import new_menu, window_menu
from ui.panel import Panel
from ui.rail import Rail
from ui.shortcuts import Shortcuts, shortcut
from ui.table import Table
from ui.theme import theme
from ui.undo import Undo
from ui.unfinished import Unsent
from ui.widgets.busy import BusyBar
from ui.widgets.toast import Toast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from clinic.office.unfinished import Unfinished
    from clinic.values import Refusal
    from ui.front import Seat, Standing
    from ui.memory import Memory
    from ui.runner import Job, Runner
    from ui.screen import Screen
    from ui.undo import Step

STANDING_MS = 1_000
"""How long after a change the rail looks again at what waits; changes come in handfuls."""
COPY_MS = 300_000
"""How often the window asks whether the hourly backup is due."""
CRAMPED = 720
"""A window less wide than this, at its size of text, has no room for the words of the rail."""
ABREAST = 760
"""Beside the rail a screen and a panel need that much, at the window's size of text."""
ROOMY, FOOT = 1_200, 72
"""Where the window is less wide than roomy, a toast stands above the buttons at the foot of a screen."""


class Shell(QWidget):
    """The counter a screen talks to. Locking lets go of the whole of it."""

    lock_asked = Signal()
    lock_minutes_chosen = Signal(int)
    kiosk_asked = Signal(object)
    """The kiosk to which the whole window is given."""

    def __init__(self, seat: Seat, runner: Runner, screens: Sequence[type[Screen]], memory: Memory) -> None:
        super().__init__()
        self.runner = runner
        self.seat = seat
        self.memory = memory
        self._classes = {screen.key: screen for screen in screens}
        self._screens: dict[str, Screen] = {}
        self._shown: Screen | None = None
        self._undo = Undo(self)
        self._standing = QTimer(self, singleShot=True, interval=STANDING_MS)
        self._blur: Blur | None = None
        self._left: QWidget | None = None
        """Where the keyboard was when the panel was opened."""
        self._window_menu = window_menu(self, memory, self.lock_minutes_chosen.emit)
        self._placed = {screen.key: screen for screen in screens if not screen.under}
        self._rail = Rail(seat.practice, tuple(self._placed.values()), self._window_menu.menu)
        self._bar = Bar(new_menu(self, screens, lambda place, offer: self.go(place, offer.what), seat.allows))
        self._stack = QStackedWidget()
        self._panel = Panel()
        self._unsent = Unsent(runner, self)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._stack)
        self._split.addWidget(self._panel)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([760, 340])
        self._lay_out()
        self._toast = Toast(self)
        self._busy = BusyBar(runner, self)
        self._finder = Finder(runner, seat.find, self._ways())
        self._finder.setParent(self)
        self._connect()
        memory.put_widths("panel", self._split)

    def open_first(self) -> None:
        """Open the screen shown last, or the first."""
        last = self.memory.last_place
        self.go(last if last in self._placed else next(iter(self._placed)))
        self._ask_standing()
        self._unsent.take_up(self.seat.kept_form, self._open_again)

    # What screens ask for

    def go(self, place: str, what: object = None) -> None:
        """Open a screen, on a thing where one is given."""
        screen = self._screens.get(place)
        if screen is None:
            screen = self._screens[place] = self._classes[place](self)
            self._stack.addWidget(Holder(screen))
            for table in screen.findChildren(Table):
                table.draw_columns(self.memory.columns(f"{place}/{table.view.accessibleName()}"))
        if self._shown is not screen:
            self.hide_panel()
        if what is not None:
            screen.set_context(what)
        self._shown = screen
        self._stack.setCurrentIndex(list(self._screens).index(place))
        self._rail.show_place(screen.under or place)
        self._rail.show_beside(screen.beside_rail())
        self.memory.last_place = screen.under or place
        screen.reload()
        screen.setFocus(Qt.FocusReason.OtherFocusReason)
        holder = self._stack.currentWidget()
        if what is not None and isinstance(holder, Holder):
            holder.ensureVisible(0, 0)

    def show_panel(self, panel: QWidget, *, severity: str = "") -> None:
        """Put a panel at the right."""
        focused = QApplication.focusWidget()
        if focused is not None and self._stack.isAncestorOf(focused):
            self._left = focused
        self._panel.show_thing(panel, severity)
        self._unsent.follow(panel)
        self._share_room()

    def shown_panel(self) -> QWidget | None:
        """Tell what stands in the panel at the right."""
        return self._panel.shown

    def stay(self, page: QWidget | None) -> None:
        """Keep what is filled in on a screen's own page."""
        self._unsent.stay(page)

    def tint_panel(self, severity: str) -> None:
        """Let the panel's edge tell the gravest flag."""
        self._panel.tint(severity)

    def hide_panel(self) -> None:
        """Close the panel at the right."""
        self._panel.close_up()

    def cover(self, kiosk: QWidget) -> None:
        """Give the whole window to a client; nothing of the counter is left to be seen or reached."""
        self.hide_panel()
        self.kiosk_asked.emit(kiosk)

    def toast(self, words: str, step: Step | None = None) -> None:
        """Say what was done, and remember how to take it back."""
        if step is not None:
            self._undo.push(step)
        self._toast.say(words, self._undo.undo if step is not None else None)
        self._place_floating()

    def lock_after(self, minutes: int) -> None:
        """Lock by itself after this many idle minutes."""
        self.lock_minutes_chosen.emit(minutes)

    def _open_again(self, form: Unfinished) -> None:
        """Open the form that somebody was filling in when the window was locked."""
        if form.place in self._classes:
            self.go(form.place)
            self._screens[form.place].reopen(form.form, form.of)
            self.toast(_("Here is what you were filling in"))

    # What the window asks for

    def keep(self) -> None:
        """Put what is unfinished in safety, and remember how things stood."""
        self._unsent.lock()
        for screen in self._screens.values():
            screen.keep()
            for table in screen.findChildren(Table):
                self.memory.keep_columns(f"{screen.key}/{table.view.accessibleName()}", table.drawn)
        self.memory.keep_widths("panel", self._split)

    def toggle_blur(self) -> None:
        """Blur the screen, or show it again."""
        if self._blur is None:
            self._blur = Blur(self)
            self._blur.lifted.connect(self.toggle_blur)
        else:
            self._blur.deleteLater()
            self._blur = None

    def look_again(self) -> None:
        """Reload the screen shown, after the window was somebody else's for a while."""
        if self._shown is not None:
            self._shown.reload()

    # Inside

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._bar)
        right.addWidget(self._split, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._rail)
        whole.addLayout(right, 1)

    def _connect(self) -> None:
        self._panel.closed.connect(lambda: self._unsent.follow(None))
        self._rail.chosen.connect(self._go_home)
        self._bar.find_asked.connect(self._finder.ask)
        self._bar.undo_asked.connect(self._undo.undo)
        self._bar.blur_asked.connect(self.toggle_blur)
        self._bar.lock_asked.connect(self.lock_asked)
        self._finder.opened.connect(lambda found: self.go(found.place, found.what))
        self._finder.grown.connect(self._place_finder)
        self._panel.closed.connect(self._come_back)
        self._undo.changed.connect(self._name_steps)
        self._name_steps()
        self.runner.topics_changed.connect(self._look_again)
        self.runner.refused.connect(self._say_refusal)
        self.runner.slow.connect(self._show_busy)
        self._window_menu.undo.triggered.connect(self._undo.undo)
        self._window_menu.redo.triggered.connect(self._undo.redo)
        for action, keys in ((self._window_menu.undo, "Ctrl+Z"), (self._window_menu.redo, "Ctrl+Shift+Z")):
            action.setShortcut(keys)
            self.addAction(action)
        shortcut(self, _("Find anything"), "Ctrl+K", self._finder.ask)
        shortcut(self, _("Blur the screen"), "Ctrl+Shift+P", self.toggle_blur)
        shortcut(self, _("Lock"), "Ctrl+L", self.lock_asked.emit)
        shortcut(self, _("Manual"), "F1", self._show_manual)
        shortcut(self, _("List of keys"), "Ctrl+?", lambda: Shortcuts(self).open())
        shortcut(self, _("Next part of the window"), "F6", self._next_part)
        shortcut(self, _("Close what lies on top"), "Esc", self._escape)
        for number, screen in enumerate(self._placed.values(), 1):
            shortcut(self, screen.title(), f"Alt+{number}", partial(self._go_home, screen.key))
            if screen.shortcut:
                shortcut(self, screen.title(), screen.shortcut, partial(self._go_home, screen.key))
        self._standing.timeout.connect(self._ask_standing)
        copying = QTimer(self, interval=COPY_MS)
        copying.timeout.connect(self._back_up)
        copying.start()

    def _ways(self) -> tuple[Found, ...]:
        """Name the screens and what they offer, to be found like anything else."""
        group = _("Go to")
        going = [
            Found(group, screen.title(), key, icon=screen.icon, keys=_native(f"Alt+{number}"))
            for number, (key, screen) in enumerate(self._placed.items(), 1)
        ]
        starting = [
            Found(_("New"), offer.words, key, offer.what, icon=offer.icon, keys=_native(offer.shortcut))
            for key, screen in self._classes.items()
            for offer in screen.offers()
            if self.seat.allows(offer.needs)
        ]
        return (*going, *starting)

    def _go_home(self, place: str) -> None:
        """Open a screen as its keys and the rail do."""
        self.go(place, self._classes[place].home)

    def _look_again(self, topics: frozenset[object]) -> None:
        """Reload the screen shown; the others look again when they are opened."""
        for screen in self._screens.values():
            if screen is self._shown and screen.topics & topics:
                screen.reload()
        self._standing.start()

    def _ask_standing(self) -> None:
        self.runner.outside(lambda _progress: self.seat.standing(), self._show_standing)

    def _back_up(self) -> None:
        """Make the hourly copy, if anything has changed."""
        self.runner.long_do(
            lambda _desk, _progress: self.seat.back_up(), self._backed_up, words=_("Backing up")
        )

    def _backed_up(self, made: object) -> None:
        if made:
            self._ask_standing()

    def _show_standing(self, standing: Standing) -> None:
        self._rail.show_standing(standing, date.today())  # noqa: DTZ011 - the wall's date, where the window stands

    def _say_refusal(self, refusal: Refusal) -> None:
        self.toast(sentence(refusal))

    def _show_busy(self, job: Job) -> None:
        self._busy.show_job(job)
        self._place_floating()

    def _name_steps(self) -> None:
        self._bar.name_undo(self._undo.next_back)
        self._window_menu.name_steps(self._undo.next_back, self._undo.next_again)

    def _show_manual(self) -> None:
        shown = self._shown
        Help(self, "" if shown is None else shown.key).show()

    def _escape(self) -> None:
        """Close the palette, lift the blur, or close the panel: whichever lies on top."""
        if not self._finder.isHidden():
            self._finder.hide()
        elif self._blur is not None:
            self.toggle_blur()
        else:
            self._panel.close_up()

    def _come_back(self, had_focus: bool) -> None:  # noqa: FBT001 - what the signal carries
        """Give the centre its room again, and the keyboard back to where it was before the panel."""
        self._share_room()
        left, self._left = self._left, None
        if not had_focus or self._shown is None:
            return
        there = left is not None and isValid(left) and left.isVisible()
        back = left if there and left is not None else self._shown
        back.setFocus(Qt.FocusReason.OtherFocusReason)
        order.bring_into_view(back)

    def _share_room(self) -> None:
        """Where there is no room for two beside one another, the panel stands in place of the screen."""
        room = self.width() - self._rail.width()
        alone = self._panel.shown is not None and room < theme.px(ABREAST)
        if self._stack.isHidden() != alone:
            self._stack.setVisible(not alone)

    def _next_part(self) -> None:
        """Move the focus from rail to screen to panel, and round again."""
        parts = [self._rail, self._bar, self._stack, self._panel]
        shown = [part for part in parts if part.isVisible()]
        focused = QApplication.focusWidget() or self
        here = next((at for at, part in enumerate(shown) if part.isAncestorOf(focused)), -1)
        for step in range(1, len(shown) + 1):
            first = next(iter(order.stops(shown[(here + step) % len(shown)])), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: FBT001 - as Qt calls it
        """Let Tab follow the reading order."""
        return order.step(self, forwards=forwards) or super().focusNextPrevChild(forwards)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_floating()
        if self._blur is not None:
            self._blur.setGeometry(self.rect())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._place_floating)

    def _place_floating(self) -> None:
        """Stand toast and busy bar at the bottom centre, the palette under the bar; fit the rail."""
        self._rail.shorten(to_icon=self.width() < theme.px(CRAMPED))
        narrow = self.width() < theme.px(ROOMY)
        middle = (self.width() + self._rail.width()) // 2
        bottom = self.height() - (theme.px(FOOT) if narrow else 20)
        self._toast.adjustSize()
        self._busy.setFixedWidth(min(theme.px(460), self.width() - 40))
        self._busy.adjustSize()
        for floating in (self._toast, self._busy):
            floating.move(middle - floating.width() // 2, bottom - floating.height())
            if not floating.isHidden():
                bottom -= floating.height() + 8
        self._share_room()
        self._place_finder()

    def _place_finder(self) -> None:
        """Stand the palette in the middle, under the bar."""
        self._finder.move((self.width() - self._finder.width()) // 2, self._bar.height() + 12)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
