"""One window to a practice: a second start raises the window that is open."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from pathlib import Path

WAIT_MS = 2_000


class Alone(QObject):
    """Holds the place of the one window for a practice, and hears others knock."""

    knocked = Signal()

    def __init__(self, practice: Path, folder: Path) -> None:
        """Take the practice, and the machine's own folder in which the place is kept."""
        super().__init__()
        folder.mkdir(parents=True, exist_ok=True)
        self._name = "effleurage-" + hashlib.sha256(str(practice.resolve()).encode()).hexdigest()[:16]
        self._lock = QLockFile(str(folder / f"{self._name}.lock"))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)

    def claim(self) -> bool:
        """Take the place; where a window holds it already, knock there instead."""
        if self._lock.tryLock(0):
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
            return True
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        socket.waitForConnected(WAIT_MS)
        socket.disconnectFromServer()
        return False

    def leave(self) -> None:
        """Give the place up."""
        self._server.close()
        self._lock.unlock()

    def _hear(self) -> None:
        self._server.nextPendingConnection().deleteLater()
        self.knocked.emit()
