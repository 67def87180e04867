"""Everything a window offers those who do not treat, pressed: no panel, paper, toast or title has a clinical word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu

from clinic.values import AppointmentId
from tests import practices
from tests.documents.reading import words_of
from tests.journeys.person import at_the_window
from ui.memory import Memory
from ui.screens import there_are
from ui.screens.note import OfVisit

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.journeys.person import Person

MARKS = ("zylquor", "m54.2")
"""Words that stand in every clinical place of this practice and nowhere else."""
LEAVES = ("Lock", "Blur", "Undo", "New", "Window", "Hand over", "Restore", "Sign in", "Go on", "Back up")
"""What takes the window away, or works for long, and shows nothing by itself."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = practices.a_full_document()
    mark = MARKS[0].capitalize()
    document["letters"] = [
        practices.a_letter(diagnoses=[{"text": mark, "icd10": "M54.2"}]),
        practices.a_letter(
            "l-2", kind="clearance", diagnoses=[{"text": mark}], rules=["CVD-01"], number="L-2"
        ),
    ]
    document["notes"][0]["soap"] = dict.fromkeys("soap", mark)
    document["phrases"] = [{"id": "ph-1", "staff": "owner", "part": "s", "text": mark}]
    visit = practices.an_appointment("a-now", "2026-11-18T14:00", state="arrived", diagnosis=mark)
    document["appointments"].append(visit)
    return practices.make(tmp_path_factory.mktemp("discreet"), document)


def offered(person: Person) -> list[str]:
    """Name what can be pressed now, each once."""
    person.wait()
    buttons = (b for b in person.window.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled())
    names = dict.fromkeys(button.accessibleName() for button in buttons)
    return [name for name in names if name and not name.startswith(LEAVES)]


def walk(person: Person, presses: int, dice: random.Random) -> Iterator[tuple[str, str]]:
    """Open every place, and press so many of the things offered there, each from the place as it was."""
    places: list[tuple[str, object]] = [(place.key, None) for place in there_are() if not place.under]
    places += [("clients", "c-own"), ("till", "a-now"), ("note", OfVisit(AppointmentId("a-1")))]
    found: dict[str, tuple[str, object]] = {}
    for key, what in places:
        person.shell.go(key, what)
        yield key, person.everything()
        found = dict.fromkeys(offered(person), (key, what)) | found
    assert len(found) > 40
    for name in dice.sample(sorted(found), min(presses, len(found))):
        key, what = found[name]
        person.shell.go(key, what)
        if person.sees(name):
            person.press(name)
            yield f"{key}: {name}", person.everything()
        for over in QApplication.topLevelWidgets():
            if isinstance(over, QDialog | QMenu) and over.isVisible():
                over.close()
        person.shell.hide_panel()
    for typed in MARKS:
        person.chord(Qt.Key.Key_K)
        person.type_here(typed)
        yield typed, person.everything().lower().replace(typed, "", 1)  # what they typed themselves
        person.key(Qt.Key.Key_Escape)


@pytest.fixture
def somebody(qtbot: QtBot, template: Path, tmp_path: Path) -> Person:
    return at_the_window(qtbot, practices.copied(template, tmp_path / "p"), Memory(tmp_path / "memory"))


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.sweep(200)
@pytest.mark.parametrize("who", ["s-desk", "s-books"])
def test_nothing_that_can_be_pressed_shows_a_clinical_word(
    somebody: Person, printed: list[bytes], who: str, rounds: int, dice: random.Random
) -> None:
    somebody.sign_in(who)
    for where, read in walk(somebody, rounds, dice):
        assert [mark for mark in MARKS if mark in read.lower()] == [], where
    for pages in printed:
        assert [mark for mark in MARKS if mark in words_of(pages).lower()] == []
    assert somebody.bugs == []


def test_whoever_treats_meets_the_words_on_the_same_walk(somebody: Person) -> None:
    """Were they not there to be met, nothing would be tried above."""
    somebody.sign_in("owner")
    somebody.shell.go("clients", "c-own")
    assert MARKS[0] in somebody.everything().lower()
