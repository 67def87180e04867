"""Everybody's own window: what each role sees and does not see, and what a locked window still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox

from tests import practices
from tests.journeys.person import ALT, CTRL_SHIFT, at_the_window
from ui.memory import Memory
from ui.screens import there_are
from ui.screens.clients import Clients
from ui.screens.welcome.sign_in import SignIn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.journeys.person import Person

OWN, OTHER, PHONE = "Hạnh Nguyễn", "Odile Marchetti", "(510) 555-0168"
CLINICAL = ("Cervicalgia", "M54.2", "Firmknot", "Bolstered")
"""The diagnosis of the letter, and words of a note."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with clinical words in every place that takes them, and a receipt."""
    document = practices.a_full_document()
    document["notes"][0]["soap"] = {"s": "Firmknot", "o": "Firmknot", "a": "Firmknot", "p": "Bolstered"}
    document["appointments"].append(
        practices.an_appointment("a-now", "2026-11-18T14:00", state="arrived"),
    )
    return practices.make(tmp_path_factory.mktemp("people"), document)


@pytest.fixture
def somebody(qtbot: QtBot, template: Path, tmp_path: Path) -> Person:
    """Somebody in front of the window, not signed in yet."""
    return at_the_window(qtbot, practices.copied(template, tmp_path / "p"), Memory(tmp_path / "memory"))


def every_place(person: Person) -> Iterator[str]:
    """Open every screen and what it offers, a receipt, and every client's page, and read out all that is there."""
    for number, place in enumerate(there_are(), 1):
        person.chord(Qt.Key(Qt.Key.Key_0 + number), ALT)
        yield person.everything()
        if not isinstance(QApplication.focusWidget(), QAbstractButton):
            person.key(Qt.Key.Key_Space)  # the card of a visit in focus
        yield person.everything()
        for offer in place.offers():
            person.shell.go(place.key, offer.what)
            yield person.everything()
            person.shell.hide_panel()
    person.shell.go("till")
    person.open_row("Receipts", "Nguyễn")
    yield person.everything()
    for client in ("c-own", "c-other"):
        for do in ("Take payment", "Book visit", "Add letter"):
            person.shell.go("clients", client)
            if person.sees(do):
                person.press(do)
            yield person.everything()


def disturbances(person: Person) -> list[str]:
    """Tell what went wrong, and what asked for an answer in a box of its own."""
    boxes = (box for box in person.window.findChildren(QMessageBox) if box.isVisible())
    return [*map(repr, person.bugs), *(box.informativeText() for box in boxes)]


@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [
        ("owner", (OWN, OTHER, PHONE, "Cervicalgia"), ()),
        ("s-therapist", (OWN, PHONE, "Cervicalgia", "Bolstered"), (OTHER, "Marchetti")),
        ("s-desk", (OWN, OTHER, PHONE), CLINICAL),
        ("s-books", (OWN, OTHER), (PHONE, *CLINICAL)),
    ],
)
def test_each_role_sees_what_it_may_and_stumbles_nowhere(
    somebody: Person, role: str, seen: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    somebody.sign_in(role)
    read = "\n".join(every_place(somebody))
    assert [word for word in seen if word not in read] == []
    assert [word for word in hidden if word in read] == []
    assert disturbances(somebody) == []


def test_what_a_bookkeeper_may_not_open_says_so_calmly(somebody: Person) -> None:
    somebody.sign_in("s-books")
    somebody.shell.go("today")
    assert somebody.reads("Your role does not see the calendar.")
    somebody.shell.go("clients", "c-own")
    assert not any(map(somebody.sees, ("Book visit", "Add letter", "Take payment")))
    somebody.shell.go("till", "a-2")
    assert somebody.reads("Your role does not allow this.")
    assert not somebody.sees("Take payment")


def test_the_desk_is_told_that_the_years_papers_are_not_its_own(somebody: Person) -> None:
    somebody.sign_in("s-desk")
    somebody.shell.go("year_end")
    assert somebody.reads("Your role does not allow this.")
    assert not somebody.find(QAbstractButton, "Export").isEnabled()


def test_anything_is_found_and_opens_the_chart(owner: Person) -> None:
    owner.chord(Qt.Key.Key_K)
    owner.type_here("march", enter=True)
    assert owner.interactions == 2
    assert owner.screen(Clients).chart.heading.name.text() == OTHER


def test_a_locked_window_holds_nothing_of_a_client(owner: Person) -> None:
    owner.chord(Qt.Key.Key_N, CTRL_SHIFT)
    owner.fill("Given name", "Solenne")
    owner.shell.go("clients", "c-own")
    assert OWN in owner.everything()
    owner.chord(Qt.Key.Key_L)
    owner.qtbot.waitUntil(lambda: OWN not in owner.everything())
    assert owner.window.shell is None
    held = owner.everything()
    assert [word for word in ("Nguyễn", "Marchetti", "Solenne", *CLINICAL) if word in held] == []
    assert QGuiApplication.clipboard().text() == ""
    assert isinstance(owner.window.welcome.card, SignIn)
    owner.sign_in("owner")
    assert owner.screen(Clients).isVisible()
