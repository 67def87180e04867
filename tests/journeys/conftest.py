"""Journeys wear the house's look and start on a practice file of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import practices
from tests.journeys.person import Person, at_the_window
from tests.ui.conftest import look
from ui.memory import Memory
from ui.screens.welcome.sign_in import SignIn
from ui.widgets.fields import Choice

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

__all__ = ["look"]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with something in every list; copied, never used itself."""
    return practices.make(tmp_path_factory.mktemp("journey"), practices.a_full_document())


@pytest.fixture
def owner(qtbot: QtBot, template: Path, tmp_path: Path) -> Person:
    """The owner, signed in by the password."""
    person = at_the_window(qtbot, practices.copied(template, tmp_path / "p"), Memory(tmp_path / "memory"))
    card = person.window.welcome.card
    assert isinstance(card, SignIn)
    person.wait()
    person.find(Choice, "Who signs in").choose(practices.PEOPLE["owner"])
    person.type_in(card.password, practices.PASSWORD, enter=True)
    qtbot.waitUntil(lambda: person.window.shell is not None, timeout=20_000)
    person.wait()
    person.interactions = 0
    return person
