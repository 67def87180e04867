"""Every test of the counter wears the house's look and closes its windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from tests.ui.makers import FakeDesk, FakeFront, Names, Numbers, a_seat
from ui.app import dressed
from ui.memory import Memory
from ui.runner import Runner
from ui.shell import Shell
from ui.theme import theme
from ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture(scope="session", autouse=True)
def wardrobe(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Dress once for all tests: a style sheet costs more than many a test that wears it."""
    dressed(qapp, Memory(tmp_path_factory.mktemp("look")))
    theme.load_fonts(first=False)


@pytest.fixture(autouse=True)
def look() -> Iterator[None]:
    """Wear the usual look, and leave no closed window behind for the next test to dress."""
    _as_usual()
    yield
    # pytest-qt closes windows and asks for their end, which comes with an event loop only.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    _as_usual()


def _as_usual() -> None:
    if (theme.mode, theme.percent) != ("system", 100):
        theme.choose(mode="system", percent=100)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk("Inês Abreu", "Kwame Boateng")


@pytest.fixture
def runner(qtbot: QtBot, desk: FakeDesk) -> Iterator[Runner]:
    made = Runner()
    made.sit_down(desk)
    yield made
    made.close()
    qtbot.wait(1)


@pytest.fixture
def shell(qtbot: QtBot, runner: Runner, desk: FakeDesk, memory: Memory) -> Shell:
    made = Shell(a_seat(desk), runner, [Names, Numbers], memory)
    qtbot.addWidget(made)
    made.resize(1200, 720)
    with qtbot.waitExposed(made):
        made.show()
    made.open_first()
    qtbot.waitUntil(lambda: not runner.busy)
    return made


@pytest.fixture
def front() -> FakeFront:
    return FakeFront()


@pytest.fixture
def window(qtbot: QtBot, front: FakeFront, memory: Memory) -> Window:
    made = Window(front, lambda: [Names, Numbers], memory)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made
