"""At the window: who is due is listed, what would go is looked through, and the deed asks for name and password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from clinic.office import custody
from clinic.records import Client
from tests import aged
from tests.aged import NAME, OWN
from tests.ui.screens.at_clients import Counter, seated
from ui.again import Again
from ui.screens.clients.access_panel import AccessPanel
from ui.screens.clients.erase_panel import ErasePanel
from ui.screens.settings.keeping import Keeping
from ui.screens.settings.screen import Settings
from ui.widgets.buttons import Button

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.memory import Memory


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return aged.make(tmp_path_factory.mktemp("aged"))


@pytest.fixture
def counter(qtbot: QtBot, template: Path, tmp_path: Path, memory: Memory) -> Iterator[Counter]:
    with seated(qtbot, template, tmp_path, memory, screens=[Settings]) as sitting:
        found = sitting("owner")
        found.desk.clock = lambda: aged.LATER
        yield found


def listed(counter: Counter) -> Keeping:
    counter.shell.go("settings", "keeping")
    counter.settle()
    section = counter.shell.findChild(Keeping)
    assert isinstance(section, Keeping)
    counter.qtbot.waitUntil(lambda: bool(section.table.model.rows))
    return section


def looked_at(counter: Counter, row: int = 0) -> ErasePanel:
    section = listed(counter)
    section.table.opened.emit(section.table.model.rows[row])
    counter.settle()
    panel = counter.panel()
    assert isinstance(panel, ErasePanel)
    return panel


def test_a_file_is_looked_through_and_erased(counter: Counter) -> None:
    panel = looked_at(counter)
    assert panel.leave.isDefault()  # the safe one is what Enter presses
    panel.named.setText("Odile")
    assert not panel.deed.isEnabled()
    panel.named.setText(NAME.lower())
    counter.press(panel.deed)  # nobody gave a password yet
    counter.qtbot.waitUntil(lambda: bool(counter.shell.findChildren(Again)))
    counter.shell.findChildren(Again)[0].reject()
    counter.desk.confirm()
    counter.press(panel.deed)
    counter.qtbot.waitUntil(lambda: counter.panel() is None)
    left = counter.desk.reading(lambda work: set(work.session.scalars(select(Client.id))))
    assert left == {"c-other", "erased"}
    section = counter.shell.findChild(Keeping)
    assert isinstance(section, Keeping)
    counter.qtbot.waitUntil(lambda: [ripe.name for ripe in section.table.model.rows] == ["Odile Marchetti"])


def test_what_speaks_against_it_is_said_and_nothing_can_be_pressed(counter: Counter) -> None:
    counter.desk.writing(lambda work: setattr(work.get(Client, OWN), "hold", {"reason": "a claim"}))
    panel = looked_at(counter)
    assert any("on hold" in label.text() for label in panel.findChildren(QLabel))
    assert not panel.deed.isVisible()
    assert not panel.named.isVisible()


def test_from_the_file_one_gets_there_once_its_time_is_over(counter: Counter) -> None:
    counter.open()
    counter.press(
        next(b for b in counter.shell.findChildren(Button) if b.text() == "Give out the whole file")
    )
    panel = counter.panel()
    assert isinstance(panel, AccessPanel)
    counter.qtbot.waitUntil(panel.erase.isVisible)
    counter.press(panel.erase)
    assert isinstance(counter.panel(), ErasePanel)


def test_each_backup_is_told_by_its_day(counter: Counter) -> None:
    custody.back_up(counter.desk)
    panel = looked_at(counter)
    assert not panel.copies.isVisible()
    panel.each.click()
    assert panel.copies.isVisible()
