"""The door: three choices, four questions, a key typed back, and a password."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from clinic.values import Refusal
from tests.ui.makers import PASSWORD, RECOVERY_KEY, FakeFront
from ui.front import Arrival, Wanted
from ui.screens.welcome import Welcome
from ui.screens.welcome.choices import Choices
from ui.screens.welcome.recovery import Recover, RecoveryKey, letters
from ui.screens.welcome.set_up import SetUp
from ui.screens.welcome.sign_in import SignIn
from ui.theme import theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.front import Seat
    from ui.runner import Runner


def a_door(qtbot: QtBot, runner: Runner, front: FakeFront) -> Welcome:
    made = Welcome(front, runner)
    qtbot.addWidget(made)
    made.resize(1024, 640)
    with qtbot.waitExposed(made):
        made.show()
    return made


def choice(door: Welcome, words: str) -> QAbstractButton:
    (found,) = (
        button for button in door.card.findChildren(QAbstractButton) if button.accessibleName() == words
    )
    return found


def test_the_first_start_offers_three_choices(qtbot: QtBot, runner: Runner) -> None:
    door = a_door(qtbot, runner, FakeFront(Arrival.CHOICES))
    assert isinstance(door.card, Choices)
    names = [button.accessibleName() for button in door.card.findChildren(QAbstractButton)]
    assert names == ["Try the demo practice", "Set up my practice", "Open or import"]


def test_the_demo_is_one_press_away(qtbot: QtBot, runner: Runner) -> None:
    front = FakeFront(Arrival.CHOICES)
    door = a_door(qtbot, runner, front)
    with qtbot.waitSignal(door.seated) as told:
        QTest.mouseClick(choice(door, "Try the demo practice"), Qt.MouseButton.LeftButton)
    assert told.args == [front.seat]


def test_setting_up_asks_four_questions_and_ends_when_the_key_is_typed_back(
    qtbot: QtBot, runner: Runner
) -> None:
    front = FakeFront(Arrival.CHOICES)
    door = a_door(qtbot, runner, front)
    QTest.mouseClick(choice(door, "Set up my practice"), Qt.MouseButton.LeftButton)
    card = door.card
    assert isinstance(card, SetUp)
    qtbot.waitUntil(lambda: card._zone.currentData() == "America/Los_Angeles")
    QTest.keyClicks(card._name, "Fern & Harbor")
    QTest.keyClicks(card._owner, "Maren Okafor")
    QTest.keyClicks(card._password, PASSWORD)
    QTest.keyClick(card._password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(door.card, RecoveryKey))
    assert front.wanted == Wanted("Fern & Harbor", "Maren Okafor", "America/Los_Angeles", PASSWORD)
    key = door.card
    assert isinstance(key, RecoveryKey)
    QTest.keyClicks(key.typed, "k7qf 2mxa 9trd ")
    assert not key.go_on.isEnabled()
    assert key.form["recovery_key"].message == ""
    QTest.keyClicks(key.typed, "x")
    assert key.form["recovery_key"].message
    QTest.keyClick(key.typed, Qt.Key.Key_Backspace)
    QTest.keyClicks(key.typed, "w4he")
    with qtbot.waitSignal(door.seated):
        QTest.keyClick(key.typed, Qt.Key.Key_Return)


def test_a_refusal_in_set_up_stands_under_its_field(
    qtbot: QtBot, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    front = FakeFront(Arrival.SET_UP)
    door = a_door(qtbot, runner, front)

    def refuse(_wanted: Wanted) -> None:
        raise Refusal("name_missing", at="owner")

    monkeypatch.setattr(front, "set_up", refuse)
    card = door.card
    assert isinstance(card, SetUp)
    card.go_on.click()
    qtbot.waitUntil(lambda: card.form["owner"].message == "A name is needed.")
    assert card.go_on.isEnabled()


def test_six_words_are_made_up_and_shown(qtbot: QtBot, runner: Runner) -> None:
    door = a_door(qtbot, runner, FakeFront(Arrival.SET_UP))
    card = door.card
    assert isinstance(card, SetUp)
    QTest.mouseClick(choice(door, "Make up six words for me"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(card._password.text().split()) == 6)
    assert card._password.echoMode() == QLineEdit.EchoMode.Normal


def test_the_only_person_is_not_asked_who_they_are(qtbot: QtBot, runner: Runner) -> None:
    door = a_door(qtbot, runner, FakeFront())
    card = door.card
    assert isinstance(card, SignIn)
    qtbot.waitUntil(lambda: card.person == "Maren Okafor")
    assert card.password.accessibleName() == "Password of Maren Okafor"
    assert card.password.hasFocus()


@pytest.mark.parametrize("people", [("Maren", "Yuki"), ("Maren", "Yuki", "Tomás", "Jun")])
def test_more_people_say_who_they_are(qtbot: QtBot, runner: Runner, people: tuple[str, ...]) -> None:
    door = a_door(qtbot, runner, FakeFront(people=people))
    card = door.card
    assert isinstance(card, SignIn)
    qtbot.waitUntil(lambda: card.person == "Maren")
    assert card._few.isVisible() is (len(people) <= 3)
    assert card._many.isVisible() is (len(people) > 3)
    if card._few.isVisible():
        card._few.choose("Yuki")
    card._many.choose("Yuki")
    assert card.person == "Yuki"


def test_a_wrong_password_is_said_beside_it_and_may_be_typed_again(qtbot: QtBot, runner: Runner) -> None:
    door = a_door(qtbot, runner, FakeFront())
    card = door.card
    assert isinstance(card, SignIn)
    QTest.keyClicks(card.password, "not this one")
    card.go_on.click()
    assert not card.go_on.isEnabled()
    qtbot.waitUntil(lambda: bool(card.form["password"].message))
    assert card.password.selectedText()
    QTest.keyClicks(card.password, PASSWORD)
    with qtbot.waitSignal(door.seated):
        QTest.keyClick(card.password, Qt.Key.Key_Return)


def test_a_lost_password_leads_in_by_the_recovery_key(qtbot: QtBot, runner: Runner) -> None:
    door = a_door(qtbot, runner, FakeFront())
    QTest.mouseClick(choice(door, "Use the recovery key"), Qt.MouseButton.LeftButton)
    card = door.card
    assert isinstance(card, Recover)
    QTest.keyClicks(card.key, "wrong")
    QTest.keyClicks(card.password, PASSWORD)
    card.go_on.click()
    qtbot.waitUntil(lambda: not runner.busy)
    seated: list[Seat] = []
    door.seated.connect(seated.append)
    card.key.setText(RECOVERY_KEY)
    card.go_on.click()
    qtbot.waitUntil(lambda: len(seated) == 1)


def test_a_file_that_is_opened_says_what_comes_next(qtbot: QtBot, runner: Runner) -> None:
    front = FakeFront(Arrival.CHOICES)
    door = a_door(qtbot, runner, front)
    door.open_file("/somewhere/practice.clinic")
    qtbot.waitUntil(lambda: isinstance(door.card, SignIn))
    assert front.opened == Path("/somewhere/practice.clinic")


@pytest.mark.parametrize("percent", [80, 100, 200])
def test_no_words_of_the_choices_are_cut_off(qtbot: QtBot, runner: Runner, percent: int) -> None:
    theme.choose(percent=percent)
    door = a_door(qtbot, runner, FakeFront(Arrival.CHOICES))
    qtbot.wait(20)
    for button in door.card.findChildren(QAbstractButton):
        assert button.height() >= button.heightForWidth(button.width())


def test_of_a_typed_key_only_letters_and_figures_count() -> None:
    assert letters(" k7qf-2mxa 9TRD") == "K7QF2MXA9TRD"
