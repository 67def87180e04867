"""The first start: three choices, four questions, a key typed back, and an empty day that says what belongs there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.office import practice
from clinic.storage import keys
from clinic.values import Role
from tests import practices
from tests.journeys.person import LONG, at_the_window
from ui.memory import Memory
from ui.screens.today import Today
from ui.screens.welcome.recovery import RecoveryKey

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.journeys.person import Person


@pytest.fixture
def newcomer(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody who starts the program for the first time."""
    monkeypatch.setattr(keys, "calibrated", lambda: practices.CHEAP)
    return at_the_window(qtbot, tmp_path / "practice.clinic", Memory(tmp_path / "memory"))


def set_up(person: Person) -> None:
    person.press("Set up my practice")
    person.fill("Name of the practice", "Fern & Harbor")
    person.fill("Your name", "Maren Okafor")
    person.fill("Password", practices.PASSWORD, enter=True)


def test_four_answers_and_a_key_lead_to_an_empty_day(newcomer: Person, tmp_path: Path) -> None:
    set_up(newcomer)
    card = newcomer.window.welcome.card
    assert isinstance(card, RecoveryKey)
    assert not card.go_on.isEnabled()
    newcomer.fill("Type it back from the paper", card._key.lower(), enter=True)
    newcomer.qtbot.waitUntil(lambda: newcomer.window.shell is not None, timeout=LONG)
    assert newcomer.screen(Today).isVisible()
    assert newcomer.reads("The visits of this day stand here.")
    assert newcomer.sees("Book a visit")
    (me,) = newcomer.look_up(practice.colleagues)
    assert (me.name, me.role) == ("Maren Okafor", Role.OWNER)
    assert newcomer.look_up(practice.letterhead).name == "Fern & Harbor"
    assert (tmp_path / "practice.clinic").read_bytes().count(b"Maren") == 0


def test_nobody_gets_in_before_the_key_was_typed_back(newcomer: Person) -> None:
    set_up(newcomer)
    newcomer.fill("Type it back from the paper", "XXXX XXXX", enter=True)
    assert newcomer.reads("This differs from the key above.")
    assert newcomer.window.shell is None
