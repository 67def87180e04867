"""Finding a time and filling a freed one, through the real window, each press counted."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic.office import today, waiting
from ui.screens.booking.panel import BookingPanel
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.person import Person


@pytest.fixture(params=[100, 200])
def percent(request: pytest.FixtureRequest) -> Iterator[int]:
    """Text as it comes, and twice as large."""
    theme.choose(percent=request.param)
    yield request.param
    theme.choose(percent=100)


def panel_of(person: Person) -> BookingPanel:
    return next(each for each in person.window.findChildren(BookingPanel) if each.isVisible())


def booked_at(person: Person, at: datetime) -> list[str]:
    day = person.look_up(partial(today.day, on=at.date()))
    return [visit.client_name for visit in day.visits if visit.at == at]


def test_an_opening_is_found_in_two_presses(owner: Person) -> None:
    owner.chord(Qt.Key.Key_N)
    owner.type_here("odile", enter=True)
    owner.interactions = 0
    owner.press("Next free")
    owner.press("Wed, Nov 18")
    assert owner.interactions == 2
    assert panel_of(owner).at == datetime(2026, 11, 18, 14, 15)


def test_a_visit_is_booked_by_words_and_keys_alone(owner: Person, percent: int) -> None:
    """A client, a few words, Enter: four interactions from nothing, whatever the size of text."""
    assert percent
    owner.chord(Qt.Key.Key_N)
    owner.type_here("odile", enter=True)
    line = panel_of(owner).finder.line
    while owner.window.focusWidget() is not line:
        QTest.keyClick(owner.window.focusWidget(), Qt.Key.Key_Backtab)
    owner.type_here("60 therapeutic thu after 4 tomas", enter=True)
    owner.key(Qt.Key.Key_Return)
    assert owner.interactions == 4
    assert booked_at(owner, datetime(2026, 11, 19, 16)) == ["Odile Marchetti"]
    owner.chord(Qt.Key.Key_Z)
    owner.wait()
    assert booked_at(owner, datetime(2026, 11, 19, 16)) == []


def test_who_waits_is_put_on_the_list_from_the_booking_panel(owner: Person) -> None:
    before = len(owner.look_up(waiting.listing))
    owner.chord(Qt.Key.Key_N)
    owner.type_here("hanh", enter=True)
    owner.press("Waiting list")
    owner.press("Put on the waiting list")
    assert len(owner.look_up(waiting.listing)) == before + 1
    owner.chord(Qt.Key.Key_Z)
    owner.wait()
    assert len(owner.look_up(waiting.listing)) == before
