"""The way back at the door: a backup is looked at, then restored, and whoever restored it sits down."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from clinic.office import custody, practice, sign_in
from tests import practices
from tests.ui.makers import FakeFront
from ui.door import Door
from ui.screens.welcome import Welcome
from ui.screens.welcome.restore import Restore
from ui.screens.welcome.sign_in import SignIn

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.front import Seat
    from ui.runner import Runner


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A practice with a backup, and a room that was added after it."""
    made = practices.make(tmp_path)
    desk = practices.sit_down(made)
    custody.back_up(desk)
    desk.writing(partial(practice.add_room, name="Added later"))
    desk.close()
    return made


def at_the_door(qtbot: QtBot, runner: Runner, front: Door | FakeFront) -> Welcome:
    door = Welcome(front, runner)
    qtbot.addWidget(door)
    door.resize(1024, 700)
    with qtbot.waitExposed(door):
        door.show()
    return door


def link(door: Welcome, words: str) -> QAbstractButton:
    return next(b for b in door.card.findChildren(QAbstractButton) if b.accessibleName() == words)


def the_card(qtbot: QtBot, runner: Runner, door: Welcome) -> Restore:
    link(door, "Restore a backup").click()
    card = door.card
    assert isinstance(card, Restore)
    qtbot.waitUntil(lambda: not runner.busy)
    card.person.choose(practices.PEOPLE["owner"])
    return card


def press(qtbot: QtBot, runner: Runner, card: Restore) -> None:
    card.go_on.click()
    qtbot.waitUntil(lambda: not runner.busy, timeout=20_000)


def test_a_backup_is_looked_at_and_then_restored(qtbot: QtBot, runner: Runner, path: Path) -> None:
    door = at_the_door(qtbot, runner, Door(path))
    card = the_card(qtbot, runner, door)
    QTest.keyClicks(card.password, practices.PASSWORD)
    QTest.keyClicks(card.reason, "Spoilt")
    press(qtbot, runner, card)
    assert "done since then would be lost" in card._told.text()
    assert card.go_on.text() == "Restore this backup"
    seated: list[Seat] = []
    door.seated.connect(seated.append)
    press(qtbot, runner, card)
    (seat,) = seated
    rooms = {room.name for room in seat.desk.reading(practice.rooms)}
    seat.desk.close()
    assert "Added later" not in rooms
    assert len(list(path.parent.glob("practice.clinic*"))) > 4


def test_a_damaged_practice_is_restored(qtbot: QtBot, runner: Runner, path: Path) -> None:
    path.write_bytes(b"spilled coffee" * 400)
    door = at_the_door(qtbot, runner, Door(path))
    card = the_card(qtbot, runner, door)
    card.password.setText(practices.PASSWORD)
    card.reason.setText("Coffee")
    press(qtbot, runner, card)
    assert card._told.text().startswith("As far as can be told")
    seated: list[Seat] = []
    door.seated.connect(seated.append)
    press(qtbot, runner, card)
    assert seated
    seated[0].desk.close()


def test_the_printed_key_alone_brings_a_lost_practice_back(
    qtbot: QtBot, runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic.storage.keys.calibrated", lambda: practices.CHEAP)
    made = tmp_path / "p.clinic"
    new = sign_in.NewPractice("Tide", "Ann Quill", practices.PASSWORD, "America/Los_Angeles")
    desk, printed = sign_in.create(made, new, cost=practices.CHEAP)
    custody.back_up(desk)
    desk.close()
    for lost in tmp_path.glob("p.clinic*"):
        if lost.is_file():
            lost.unlink()
    door = at_the_door(qtbot, runner, Door(made))
    card = Restore(door.front, runner)
    qtbot.addWidget(card)
    qtbot.waitUntil(lambda: not runner.busy)
    assert card.form["recovery_key"].isHidden()
    card.person.setCurrentIndex(card.person.count() - 1)
    assert not card.form["recovery_key"].isHidden()
    card.password.setText("brittle harbor lantern moss quiet seven")
    card.reason.setText("The laptop was stolen")
    press(qtbot, runner, card)
    assert card.form["recovery_key"].message == "Type the key from the paper."
    card.key.setText(printed[:-1] + ("A" if printed[-1] != "A" else "B"))
    press(qtbot, runner, card)
    assert "recovery key" in card.form["recovery_key"].message
    card.key.setText(printed)
    press(qtbot, runner, card)
    assert card._told.text().startswith("As far as can be told")
    seated: list[Seat] = []
    card.seated.connect(seated.append)
    press(qtbot, runner, card)
    (seat,) = seated
    assert seat.allows("restore")
    seat.desk.close()
    sign_in.sign_in(made, "Ann Quill", "brittle harbor lantern moss quiet seven").close()


def test_nothing_is_restored_without_password_and_reason(qtbot: QtBot, runner: Runner, path: Path) -> None:
    door = at_the_door(qtbot, runner, Door(path))
    card = the_card(qtbot, runner, door)
    card.password.setText("not the password at all")
    press(qtbot, runner, card)
    assert card.form["password"].message == "The password is wrong."
    card.password.setText(practices.PASSWORD)
    press(qtbot, runner, card)
    press(qtbot, runner, card)
    assert "reason" in card.form["reason"].message
    QTest.keyClicks(card.reason, "x")
    assert card.go_on.text() == "See what would be lost"


def test_a_backup_that_is_opened_leads_to_its_restore(qtbot: QtBot, runner: Runner, path: Path) -> None:
    (copy,) = (path.parent / "practice.clinic.backups").iterdir()
    elsewhere = path.parent / "stick" / copy.name
    elsewhere.parent.mkdir()
    copy.rename(elsewhere)
    door = at_the_door(qtbot, runner, Door(path.parent / "new" / "practice.clinic"))
    door.open_file(str(elsewhere))
    qtbot.waitUntil(lambda: isinstance(door.card, Restore))
    qtbot.waitUntil(lambda: not runner.busy)
    card = door.card
    assert isinstance(card, Restore)
    assert card.copies.count() == 1


def test_where_there_is_no_backup_the_way_is_told(qtbot: QtBot, runner: Runner) -> None:
    door = at_the_door(qtbot, runner, FakeFront())
    link(door, "Restore a backup").click()
    qtbot.waitUntil(lambda: not runner.busy)
    card = door.card
    assert isinstance(card, Restore)
    assert not card.go_on.isEnabled()
    assert card._told.text().startswith("No backup lies beside")
    link(door, "Back").click()
    assert isinstance(door.card, SignIn)
