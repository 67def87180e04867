"""The window: first the door, then the counter; locking lets go of everything and shows the door again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from ui.dialogs import tell_bug, tell_no
from ui.front import Arrival
from ui.idle import Idle
from ui.runner import Runner
from ui.screens.welcome import Welcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent

    from ui.front import FrontDoor, Seat
    from ui.kiosk import Kiosk
    from ui.memory import Memory
    from ui.screen import Screen
    from ui.shell import Shell

LEAST_SIZE = (1024, 640)
FIRST_SIZE = (1440, 900)


class Window(QMainWindow):
    """Knows who sits at the counter, and nothing of what is done there."""

    def __init__(
        self,
        front: FrontDoor,
        screens: Callable[[], Sequence[type[Screen]]],
        memory: Memory,
    ) -> None:
        super().__init__()
        self.runner = Runner(self)
        self._screens = screens
        self._memory = memory
        self.shell: Shell | None = None
        self.kiosk: Kiosk | None = None
        self._was_maximised = False
        self._idle = Idle(self)
        self._idle.too_long.connect(self._idle_too_long)
        self.welcome = Welcome(front, self.runner)
        self.welcome.seated.connect(self.enter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        self.setCentralWidget(self._stack)
        self.setWindowTitle(QGuiApplication.applicationDisplayName())
        self.setMinimumSize(*LEAST_SIZE)
        self.runner.troubled.connect(lambda trouble: tell_no(self, trouble))
        self.runner.broken.connect(self.own_up)
        if not memory.place_window(self):
            self.resize(*FIRST_SIZE)

    def warm_up(self) -> None:
        """Import the rest while the person is still typing."""
        self.runner.outside(lambda _progress: self.welcome.front.warm(), lambda _done: None)
        self.runner.outside(lambda _progress: self._screens(), lambda _done: None)

    def enter(self, seat: Seat) -> None:
        """Seat a person at the counter."""
        from ui.shell import Shell  # noqa: PLC0415 - the door is painted before the counter is imported

        self.runner.sit_down(seat.desk)
        self.shell = Shell(seat, self.runner, self._screens(), self._memory)
        self.shell.lock_asked.connect(self.lock)
        self.shell.lock_minutes_chosen.connect(self.lock_after)
        self.shell.kiosk_asked.connect(self.give_to_client)
        self._stack.addWidget(self.shell)
        self._stack.setCurrentWidget(self.shell)
        self.shell.open_first()
        self._idle.watch(self._memory.lock_minutes)

    # The kiosk

    def give_to_client(self, kiosk: Kiosk) -> None:
        """Give the whole window to a client; only the password brings the counter back."""
        self.kiosk = kiosk
        kiosk.done.connect(self.take_back)
        self._stack.addWidget(kiosk)
        self._stack.setCurrentWidget(kiosk)
        self._was_maximised = self.isMaximized()
        self.showFullScreen()
        kiosk.stand()

    def take_back(self) -> None:
        """Take the window back from a client, who has handed it to somebody with the password."""
        kiosk, self.kiosk = self.kiosk, None
        if kiosk is None:
            return
        kiosk.let_go()
        if self.shell is not None:
            self._stack.setCurrentWidget(self.shell)
            self.shell.look_again()
        self._stack.removeWidget(kiosk)
        kiosk.deleteLater()
        self.showMaximized() if self._was_maximised else self.showNormal()

    def _idle_too_long(self) -> None:
        """Lock; a kiosk only goes back to its first page, and keeps what was filled in."""
        if self.kiosk is None:
            self.lock()
            return
        self.kiosk.rest()
        self._idle.watch(self._memory.lock_minutes)

    def changeEvent(self, event: QEvent) -> None:
        """Keep a kiosk on the whole screen, whatever the window is asked to become."""
        super().changeEvent(event)
        if (
            event.type() == QEvent.Type.WindowStateChange
            and self.kiosk is not None
            and not self.isFullScreen()
        ):
            QTimer.singleShot(0, self, self._fill_screen_again)

    def _fill_screen_again(self) -> None:
        if self.kiosk is not None:
            self.showFullScreen()

    def come_forward(self) -> None:
        """Show the window in front: someone has started the program again."""
        if self.kiosk is not None:  # it fills the screen already
            self.activateWindow()
            return
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def lock_after(self, minutes: int) -> None:
        """Lock after this many idle minutes."""
        self._memory.lock_minutes = minutes
        self._idle.watch(minutes)

    def lock(self) -> None:
        """Let go of all a signed-in person saw: drafts are kept, the desk is closed, the door shown."""
        if self.shell is None:
            return
        self.take_back()
        self._idle.rest()
        self.shell.keep()
        self.runner.leave()
        for dialog in QApplication.topLevelWidgets():
            if dialog is not self and dialog.isVisible():
                dialog.close()
                dialog.deleteLater()
        self._stack.setCurrentWidget(self.welcome)
        self._stack.removeWidget(self.shell)
        self.shell.deleteLater()
        self.shell = None
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        self.welcome.arrive(Arrival.SIGN_IN)

    def own_up(self, bug: BaseException) -> None:
        """Show the last-resort dialog, with the report that was written."""
        from clinic.office.faults import write_report  # noqa: PLC0415 - a window without a bug needs none

        tell_bug(self, write_report(bug), self.close)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.kiosk is not None:
            event.ignore()
            return
        if self.shell is not None:
            back_up = self.shell.seat.back_up
            self.runner.outside(lambda _progress: back_up(), lambda _made: None)
        self.lock()
        self._memory.keep_window(self)
        self.hide()
        self.runner.close()
        event.accept()
        QTimer.singleShot(0, QApplication.quit)
