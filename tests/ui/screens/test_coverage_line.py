"""The coverage line: booked visits that are more than their letter allows are seen before they happen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from clinic.office import charts
from clinic.values import ClientId
from tests import practices
from ui.screens.clients import coverage

if TYPE_CHECKING:
    from pathlib import Path


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
