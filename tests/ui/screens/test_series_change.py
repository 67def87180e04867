"""Changing a series from the card of one of its visits."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from clinic.office import openings
from clinic.office import series as office_series
from clinic.office.series import Order
from clinic.values import BlockKind, ClientId, StaffId, TreatmentId
from ui.screens.booking.series_change import SeriesChange

if TYPE_CHECKING:
    from tests.ui.screens.a_day import AtTheCounter

HER = StaffId("s-therapist")


def said(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def series_booked(counter: AtTheCounter) -> None:
    at = datetime(2026, 11, 18, 18, 45)
    visits = [(at + timedelta(weeks=n), None) for n in range(3)]
    order = Order(ClientId("c-other"), TreatmentId("t-60"), HER)
    counter.desk.writing(partial(office_series.book, order=order, visits=visits))
    counter.today.reload()
    counter.settle()


def change(counter: AtTheCounter) -> SeriesChange:
    key = next(key for key, line in counter.today.list.lines.items() if line.visit.at.hour == 18)
    counter.go_to(key)
    counter.press(Qt.Key.Key_Space)
    card = counter.panel
    assert card is not None
    next(each for each in card.findChildren(QPushButton) if each.text() == "Series of 3").click()
    counter.settle()
    assert isinstance(counter.panel, SeriesChange)
    return counter.panel


def later_visits(counter: AtTheCounter) -> list[str]:
    times = [at for at, state in counter.booked("c-other") if state == "confirmed"]
    return sorted(at for at in times if at > "2026-11-18 18")


def test_one_the_following_or_all_of_a_series_are_moved_from_the_card_and_put_back(
    counter: AtTheCounter,
) -> None:
    series_booked(counter)
    panel = change(counter)
    before = later_visits(counter)
    assert not panel.button.isEnabled()
    panel.scope.choose("all")
    panel.time.setText("7:45pm")
    panel.day.set_day(datetime(2026, 11, 19).date())
    assert panel.button.text() == "Move 3 visits"
    assert "the others 1 day later too" in said(panel)
    panel.button.click()
    counter.settle()
    assert counter.panel is None
    moved = {"2026-11-19 19:45", "2026-11-26 19:45", "2026-12-03 19:45"}
    assert moved <= set(later_visits(counter))
    counter.shell._undo.undo()
    counter.settle()
    assert later_visits(counter) == before


def test_a_series_that_meets_a_block_stays_whole_and_says_why(counter: AtTheCounter) -> None:
    series_booked(counter)
    noon = datetime(2026, 11, 26)
    away: dict[str, Any] = {"begins": noon, "ends": noon.replace(hour=23), "staff": HER}
    counter.desk.writing(partial(openings.add_block, kind=BlockKind.CLOSED, **away))
    panel = change(counter)
    before = later_visits(counter)
    panel.scope.choose("following")
    panel.day.set_day(datetime(2026, 11, 19).date())
    panel.button.click()
    counter.settle()
    assert panel.form["at"].message.startswith("The therapist can't be booked then. Closed:")
    assert later_visits(counter) == before
    panel.cancel.click()
    counter.settle()
    assert counter.shell._toast.words == "3 visits cancelled."
