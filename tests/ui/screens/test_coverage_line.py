"""The coverage line: booked visits that are more than their letter allows are seen before they happen."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from clinic.office import charts
from clinic.values import AppointmentId, ClientId
from tests import practices
from tests.ui.makers import put_on
from ui.screens.clients import coverage
from ui.screens.clients.coverage import Dot, Line
from ui.screens.clients.coverage_card import CoverageLine

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def test_booked_visits_beyond_what_the_letter_allows_stand_in_red_and_are_counted(tmp_path: Path) -> None:
    document = practices.a_document(
        letters=[practices.a_letter(max_visits=1)],
        appointments=[
            practices.an_appointment("a-1", "2026-11-04T16:00"),
            practices.an_appointment("a-2", "2026-11-11T16:00"),
            practices.an_appointment("a-3", "2026-12-02T16:00", state="confirmed"),
        ],
    )
    desk = practices.sit_down(practices.make(tmp_path, document))
    line = coverage.line_of(desk.reading(partial(charts.chart, client=ClientId("c-own"))))
    desk.close()
    assert line is not None
    assert [(dot.number, dot.gap) for dot in line.dots] == [("1", False), ("-", False), ("!", True)]
    assert coverage.warning(line) == "1 booked visit is more than the letter allows"
    assert line.gap is None


def test_visits_close_together_are_all_told_apart_and_each_is_found_where_it_stands(qtbot: QtBot) -> None:
    first = date(2026, 11, 1)
    days = [first + timedelta(days=n) for n in (2, 3, 4, 20)]
    dots = tuple(
        Dot(on, str(n), done=True, gap=False, today=False, told="", visit=AppointmentId(f"a-{n}"))
        for n, on in enumerate(days)
    )
    drawn = CoverageLine()
    put_on(qtbot, drawn, size=(360, 200))
    drawn.show_line(Line(first, date(2026, 12, 31), first, (), dots, None, 0))
    places = drawn._places()
    assert places[1].top() > places[0].top()
    assert places[3].top() == places[0].top()
    found = [
        drawn._dot_at(place.center().x(), place.bottom() - 1) for place in (places[0], places[1], places[3])
    ]
    assert found == [dots[0], dots[1], dots[3]]
    assert drawn._dot_at(places[3].right() + 20, places[3].center().y()) is None
    drawn.grab()
