"""Journeys wear the house's look, start on a practice file of their own, and print on paper that is kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog

from clinic.office import sign_in
from tests import practices
from tests.journeys.person import Person, at_the_window
from tests.ui.conftest import look, wardrobe
from ui.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

__all__ = ["look", "wardrobe"]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with something in every list; copied, never used itself."""
    return practices.make(tmp_path_factory.mktemp("journey"), practices.a_full_document())


@pytest.fixture(autouse=True)
def at_ten_past_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be ten past two on November 18 for whoever signs in."""
    monkeypatch.setattr(sign_in, "sign_in", partial(sign_in.sign_in, clock=practices.clock))


@pytest.fixture(autouse=True)
def no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whoever is asked for a file close the question: the machine's own dialog would wait for ever."""
    for asking in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, asking, lambda *_asked: ("", ""))


@pytest.fixture(autouse=True)
def printed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Stand a printer beside the window, and keep what comes out of it."""
    paper: list[bytes] = []

    def take(_parent: QWidget, pages: bytes, done: Callable[[], object], *_failed: object) -> None:
        paper.append(pages)
        done()

    monkeypatch.setattr("ui.printing.has_printer", lambda: True)
    monkeypatch.setattr("ui.printing.ask_printer", take)
    return paper


@pytest.fixture
def somebody(qtbot: QtBot, template: Path, tmp_path: Path) -> Person:
    """Somebody in front of the window, not signed in yet."""
    return at_the_window(qtbot, practices.copied(template, tmp_path / "p"), Memory(tmp_path / "memory"))


@pytest.fixture
def owner(somebody: Person) -> Person:
    """The owner, signed in by the password."""
    somebody.sign_in("owner")
    return somebody
