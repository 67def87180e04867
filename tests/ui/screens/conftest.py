"""Somebody who sits down at the window in the middle of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import practices
from tests.ui.screens.a_day import AtTheCounter, a_document
from ui.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.memory import Memory


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice in the middle of its day; copied, never used itself."""
    return practices.make(tmp_path_factory.mktemp("day"), a_document())


@pytest.fixture
def sit(qtbot: QtBot, day: Path, tmp_path: Path, memory: Memory) -> Iterator[Callable[[str], AtTheCounter]]:
    """Sit somebody down at the window."""
    runner = Runner()
    seated: list[AtTheCounter] = []

    def sitting(person: str = "owner") -> AtTheCounter:
        desk = practices.sit_down(practices.copied(day, tmp_path / "copy"), person)
        runner.sit_down(desk)
        seated.append(AtTheCounter(qtbot, desk, runner, memory))
        return seated[0]

    yield sitting
    for each in seated:
        each.shell.hide_panel()
    qtbot.wait(1)
    runner.close()
    qtbot.wait(1)


@pytest.fixture
def counter(sit: Callable[[str], AtTheCounter]) -> AtTheCounter:
    """The owner at the window."""
    return sit("owner")
