"""Who cannot use a mouse, and who needs letters twice as large on a small screen, gets everywhere too."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from clinic.office import charts, clients, today
from clinic.values import NOTHING, State
from tests import practices
from tests.documents.reading import words_of
from tests.journeys.person import CTRL_SHIFT, Person
from ui.panel import Panel
from ui.screens import there_are
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOKS = 20
"""A second until everything has found its place, even on a busy machine."""


def test_a_new_client_is_booked_treated_and_charged_by_keys_alone(
    owner: Person, printed: list[bytes]
) -> None:
    owner.chord(Qt.Key.Key_N, CTRL_SHIFT)
    owner.type_here("Solenne")
    owner.key(Qt.Key.Key_Tab)
    owner.type_here("Baptiste", enter=True)
    (client,) = owner.look_up(partial(clients.search, typed="Solenne"))
    practices.know(owner.shell.seat.desk, client.id)
    owner.chord(Qt.Key.Key_N)
    owner.type_here("solen", enter=True)
    owner.type_here("1pm", enter=True)
    chart = owner.look_up(partial(charts.chart, client=client.id))
    assert [(str(entry.at)[:16], entry.state) for entry in chart.entries] == [
        ("2026-11-18 13:00", State.CONFIRMED)
    ]
    owner.chord(Qt.Key.Key_T)
    owner.key(Qt.Key.Key_A)
    owner.key(Qt.Key.Key_Tab)
    for _step in ("begin", "done", "take payment", "take it and print the receipt"):
        owner.key(Qt.Key.Key_Space)
    (visit,) = (row for row in owner.look_up(today.day).visits if row.client == client.id)
    assert (visit.state, visit.charged, visit.open) == (State.DONE, True, NOTHING)
    (paper,) = printed
    assert "Solenne Baptiste" in words_of(paper)


def every_place(person: Person) -> Iterator[str]:
    """Open every screen, and what stands in front of it or beside it, and name where one is."""
    for place in there_are():
        person.shell.go(place.key, place.home)
        yield place.key
        for offer in place.offers():
            person.shell.go(place.key, offer.what)
            yield offer.words
            person.shell.hide_panel()
    person.shell.go("till")
    person.open_row("Receipts", "Nguyễn")
    yield "receipt"
    person.shell.go("till", "a-2")
    yield "checkout"
    person.shell.go("clients", "c-own")
    yield "chart"
    for panel in ("Add letter", "Edit", "Book visit"):
        person.press(panel)
        yield panel
        person.shell.hide_panel()  # with large letters it stands in place of the page


def cut_off(person: Person) -> list[int]:
    """Tell how many pixels lie where nobody gets to, or what a screen with nothing beside it is too wide."""
    person.wait()  # what has come changes how wide a screen must be, and parts make room for one another
    for _look in range(LOOKS):
        over = too_wide(person)
        if not over:
            break
        person.qtbot.wait(50)
    return over


def too_wide(person: Person) -> list[int]:
    """Measure the screens as they stand now."""
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    beside = person.shell.findChildren(Panel)[0].isVisible()
    return [
        over
        for area in person.window.findChildren(QScrollArea)
        if area.isVisible() and (area.horizontalScrollBarPolicy() is never or not beside)
        if (over := area.horizontalScrollBar().maximum())
    ]


def test_every_place_opens_on_a_small_screen_with_letters_twice_as_large(owner: Person) -> None:
    theme.choose(percent=200)
    owner.window.resize(1024, 640)
    owner.wait()
    assert (owner.window.width(), owner.window.height()) == (1024, 640)
    over = {place: cut for place in every_place(owner) if (cut := cut_off(owner))}
    assert over == {}
    assert owner.bugs == []
