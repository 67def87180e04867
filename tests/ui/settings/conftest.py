"""A practice whose owner sits at the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.memory import Memory


from tests.ui.settings.the_owner import Owner


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("settings"))


@pytest.fixture
def owner(qtbot: QtBot, template: Path, tmp_path: Path, memory: Memory) -> Iterator[Owner]:
    desk = practices.sit_down(practices.copied(template, tmp_path / "copy"))
    sitting = Owner(qtbot, desk, memory)
    yield sitting
    sitting.shell.hide_panel()
    qtbot.wait(1)
    sitting.runner.close()
    qtbot.wait(1)
