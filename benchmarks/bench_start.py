"""Starting the program: to the painted door, to the counter ready for work, and what both hold in memory."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import practices
from benchmarks.practices import DATA_KEY, NOW, OWNER
from benchmarks.report import Row, ratio
from benchmarks.yardstick import in_memory, processes, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.report import Size
    from benchmarks.yardstick import Pair, Run

ROOT = Path(__file__).parents[1]
# Compiled once, as an installed program is, whatever the shell that asks wants of Python.
COMPILED = {"PYTHONDONTWRITEBYTECODE": "", "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
PAINTED = """
import os
from PySide6.QtCore import QEvent, QObject, QTimer
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.seen:
            self.seen = True
            QTimer.singleShot(0, done)
        return False
    seen = False
def done():
    os._exit(0)
def late():
    QTimer.singleShot(20_000, lambda: os._exit(1))
"""
BARE = f"""
{PAINTED}
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
application, watch, window = QApplication([]), Watch(), QMainWindow()
window.setCentralWidget(QLabel("A bare window"))
window.resize(1440, 900)
window.installEventFilter(watch)
window.show()
late()
application.exec()
"""
DOOR = f"""
import sys
from pathlib import Path
from ui import app
{PAINTED}
watch, show = Watch(), app.Window.show
def shown(window):
    window.installEventFilter(watch)
    show(window)
    late()
app.Window.show = shown
app.run(["--practice", sys.argv[1]], Path)
"""
SEATED = f"""
import sys
from pathlib import Path
from ui import app
{PAINTED}
from clinic.values import StaffId
show = app.Window.show
class Key(app.Door):
    def sign_in(self, person, password):
        from datetime import UTC, datetime
        from clinic.office import today
        from clinic.office.desk import Desk
        from clinic.storage.opening import open_vault
        from clinic.storage.work import Actor
        from clinic.values import Role
        from ui.door import _seat
        now = datetime.fromisoformat("{NOW.isoformat()}")
        owner = Actor(StaffId("{OWNER}"), Role.OWNER, now)
        desk = Desk(open_vault(self._practice, bytes.fromhex("{DATA_KEY.hex()}")), owner, lambda: now)
        desk.reading(today.day)
        return _seat(desk, person)
def shown(window):
    show(window)
    late()
    window.runner.outside(lambda _: window._screens(), lambda _: None)
    window.runner.outside(lambda _: window.welcome.front.warm(), lambda _: None)
    window.runner.outside(lambda _: window.welcome.front.sign_in("", ""), seated)
def seated(seat):
    window = application_window()
    window.enter(seat)
    QTimer.singleShot(0, done)
def application_window():
    from PySide6.QtWidgets import QApplication
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, app.Window))
app.Door = Key
app.Window.show = shown
app.run(["--practice", sys.argv[1]], Path)
"""


def rows(size: Size) -> Iterator[Row]:
    """Measure at the size of a practice."""
    with in_memory() as folder:
        path = practices.copied(size, folder)
        environment = COMPILED | {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "HOME": str(folder)}

        def start(script: str) -> Run:
            return run([sys.executable, "-c", script, str(path)], environment)

        bare = partial(start, BARE)
        for script in (BARE, DOOR, SEATED):
            start(script)
        time, held = processes(partial(start, DOOR), bare)
        yield ratio("B1", "cold start to the painted door", size, time, 1.3, of="a bare window")
        yield _held("  memory at the door", size, held, None)
        time, held = processes(partial(start, SEATED), bare)
        yield ratio("B2", "cold start, key in hand, to the counter", size, time, 3, of="a bare window")
        yield _held("  memory at the counter", size, held, 2.2)


def _held(operation: str, size: Size, pair: Pair, target: float | None) -> Row:
    note = f"{pair.contender:,.0f} MiB against {pair.anchor:,.0f} MiB of a bare window"
    return Row("B22", operation, size, pair.ratio, "×", target, note)
