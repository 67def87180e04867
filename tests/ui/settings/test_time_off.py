"""Time off, breaks and closures in the settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from clinic.office import booking, openings, practice
from clinic.values import BlockKind, ClientId, Refusal, Span
from tests.ui.settings.the_owner import MARCH_5, THERAPIST, Owner
from ui.screens.booking.stranded import StrandedPanel
from ui.screens.settings.block import BlockPanel
from ui.screens.settings.time_off import TimeOff


def test_time_off_is_kept_free_and_the_visits_on_it_are_listed(owner: Owner) -> None:
    page = owner.open(TimeOff)
    visit, _ = owner.desk.writing(
        partial(
            booking.book,
            client=ClientId("c-own"),
            treatment=owner.desk.reading(practice.treatments)[0].id,
            staff=THERAPIST,
            at=datetime(2030, 3, 5, 12, 15),
        )
    )
    page.new.click()
    panel = owner.panel
    assert isinstance(panel, BlockPanel)
    panel.whose.choose(("staff", THERAPIST))
    panel.kind.choose(BlockKind.TRAINING)
    for line, words in (
        (panel.first, "mar 5 2030"),
        (panel.last, "mar 5 2030"),
        (panel.start, "noon"),
        (panel.end, "2pm"),
    ):
        owner.type(line, words)
    panel.keep.click()
    owner.settle()
    assert isinstance(owner.panel, StrandedPanel)
    assert [row.stranded.visit.appointment for row in owner.panel.rows] == [visit.appointment]
    with pytest.raises(Refusal):
        owner.desk.writing(
            partial(
                booking.book,
                client=ClientId("c-other"),
                treatment=owner.desk.reading(practice.treatments)[0].id,
                staff=THERAPIST,
                at=datetime(2030, 3, 5, 13, 15),
            )
        )
    owner.undo()
    assert owner.desk.reading(partial(openings.blocks, first=MARCH_5, last=MARCH_5)) == ()


def test_whole_days_off_are_changed_and_taken_away(owner: Owner) -> None:
    page = owner.open(TimeOff)
    page.new.click()
    panel = owner.panel
    panel.whose.choose(("house", None))
    panel.whole.setChecked(True)
    owner.type(panel.first, "t")
    owner.type(panel.last, "+2d")
    panel.keep.click()
    owner.settle()
    (row,) = page.table.model.rows
    column = page.table.model.columns[0]
    assert column.under is not None
    said, hours = column.text, column.under
    july = datetime(2030, 7, 4)
    assert said(replace(row, span=Span(july, datetime(2030, 7, 5)))) == "Jul 4"
    assert said(replace(row, span=Span(july, datetime(2030, 7, 7)))) == "Jul 4 to Jul 6"
    lunch = Span(datetime(2030, 7, 4, 12), datetime(2030, 7, 4, 12, 30))
    assert (said(replace(row, span=lunch)), hours(replace(row, span=lunch))) == (
        "Jul 4",
        "12:00 pm to 12:30 pm",
    )
    assert not hours(row)
    page.table.opened.emit(row)
    owner.settle()
    panel = owner.panel
    assert panel.whole.isChecked()
    assert (panel.last.day - panel.first.day).days == 2
    owner.type(panel.last, "jan 1 2020")
    panel.keep.click()
    owner.settle()
    assert panel.form["ends"].message
    panel.remove.click()
    owner.settle()
    assert page.table.model.rows == ()


def test_a_time_off_without_a_time_says_what_is_missing(owner: Owner) -> None:
    page = owner.open(TimeOff)
    page.new.click()
    owner.type(owner.panel.start, "")
    owner.panel.keep.click()
    assert owner.panel.form["start"].message == "Type a time."


def test_one_time_of_what_comes_back_is_left_out_and_put_back(owner: Owner) -> None:
    page = owner.open(TimeOff)
    page.new.click()
    panel = owner.panel
    panel.whose.choose(("house", None))
    panel.whole.setChecked(True)
    panel.again.choose("FREQ=WEEKLY")
    owner.type(panel.first, "+1d")
    owner.type(panel.last, "+1d")
    panel.keep.click()
    owner.settle()
    (row,) = page.table.model.rows
    page.table.opened.emit(row)
    owner.settle()
    owner.panel.skip.click()
    owner.settle()
    (next_one,) = page.table.model.rows
    assert next_one.span.start - row.span.start == timedelta(weeks=1)
    owner.undo()
    assert page.table.model.rows == (row,)
