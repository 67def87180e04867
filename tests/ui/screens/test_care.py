"""The plan, the measures and the notes on a client's page, and physical therapy at a booking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from clinic.office import note_list, notes, plans, proposals
from clinic.office.notes import Content, Measure
from clinic.office.plans import Facts, Goal, GoalKind, Side
from clinic.values import AppointmentId, ClientId, StaffId, TreatmentId
from ui.screens.booking.before import Before
from ui.screens.booking.series import SeriesPanel
from ui.screens.booking.series_of_plan import rhythm_of
from ui.screens.clients.care import CareCards
from ui.screens.clients.plan_panel import PlanPanel
from ui.screens.note import Note, OfVisit
from ui.screens.note.paper import NotePaper

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from clinic.office.plans import PlanCard
    from tests.ui.screens.a_day import AtTheCounter

OTHER = ClientId("c-other")
FACTS = Facts(
    begins_on=date(2026, 11, 1),
    visits=6,
    times=1,
    weeks=2,
    minutes=60,
    goals=(Goal(GoalKind.FUNCTION, "Reverse the car", "NDI", 20.0),),
    review_every=2,
    pt_days=("wed",),
    pt_side=Side.AFTER,
)


def on_view(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def press(widget: QWidget, words: str) -> None:
    next(b for b in widget.findChildren(QAbstractButton) if b.text() == words and not b.isHidden()).click()


def cards(counter: AtTheCounter) -> CareCards:
    counter.shell.go("clients", OTHER)
    counter.settle()
    return next(iter(counter.shell.findChildren(CareCards)))


def plan(counter: AtTheCounter) -> PlanCard | None:
    return counter.desk.reading(partial(plans.current, client=OTHER))


def test_a_plan_is_written_hinted_at_and_ended_with_undo(counter: AtTheCounter) -> None:
    care = cards(counter)
    press(care, "Write a plan")
    counter.settle()
    panel = counter.panel
    assert isinstance(panel, PlanPanel)
    panel.goals[GoalKind.FUNCTION].show_goal(Goal(GoalKind.FUNCTION, "Look over the shoulder", "NDI", 20.0))
    panel.condition.setText("Cervicalgia")
    panel.minutes.setText("30")
    panel._pause.timeout.emit()
    counter.settle()
    assert "visits of 60 minutes helped" in on_view(panel)
    panel.keep()
    counter.settle()
    kept = plan(counter)
    assert kept is not None
    assert kept.facts.goals == (Goal(GoalKind.FUNCTION, "Look over the shoulder", "NDI", 20.0),)
    assert "of 6 visits" in on_view(care)
    counter.shell._undo.undo()
    counter.settle()
    assert plan(counter) is None


def test_a_plan_is_changed_and_a_wrong_number_is_refused_at_its_field(counter: AtTheCounter) -> None:
    counter.desk.writing(partial(plans.write, client=OTHER, facts=FACTS))
    press(cards(counter), "Open plan")
    counter.settle()
    panel = counter.panel
    assert isinstance(panel, PlanPanel)
    assert panel.facts(date(2026, 11, 18)) == FACTS
    panel.visits.setText("0")
    panel.keep()
    counter.settle()
    assert panel.form["visits"].message
    panel.visits.setText("8")
    panel.keep()
    counter.settle()
    changed = plan(counter)
    assert changed is not None
    assert changed.facts.visits == 8
    counter.shell._undo.undo()
    counter.settle()
    again = plan(counter)
    assert again is not None
    assert again.facts == FACTS
    press(cards(counter), "Open plan")
    counter.settle()
    press(counter.panel or panel, "End plan")
    counter.settle()
    assert plan(counter) is None


def test_a_plan_is_booked_as_a_series_as_often_as_it_says(counter: AtTheCounter) -> None:
    counter.desk.writing(partial(plans.write, client=OTHER, facts=replace(FACTS, visits=4, weeks=2)))
    kept = plan(counter)
    assert kept is not None
    press(cards(counter), "Book the series")
    counter.settle()
    panel = counter.panel
    assert isinstance(panel, SeriesPanel)
    assert (panel.per_week.currentData(), panel.every.currentData()) == (1, 2)
    assert len(panel.rows) == kept.progress.left > 0
    assert panel.order.minutes == FACTS.minutes
    days = [row.planned.at.date() for row in panel.rows]
    assert all((later - earlier).days == 14 for earlier, later in pairwise(days))
    before = len(counter.booked(OTHER))
    ticked = len(panel.chosen)
    panel.button.click()
    counter.settle()
    assert len(counter.booked(OTHER)) == before + ticked


@pytest.mark.parametrize(
    ("times", "weeks", "rhythm"), [(2, 1, (2, 1)), (1, 3, (1, 3)), (2, 4, (1, 2)), (3, 2, (1, 1))]
)
def test_a_plan_says_how_many_come_in_a_week(times: int, weeks: int, rhythm: tuple[int, int]) -> None:
    assert rhythm_of(times, weeks) == rhythm


def test_measures_and_words_of_notes_stand_on_the_page(counter: AtTheCounter) -> None:
    said = Content(s="Long hikes.", measures=(Measure("NRS", 6, "before"), Measure("NRS", 3, "after")))
    counter.desk.writing(partial(notes.put_down, appointment=AppointmentId("a-gap"), content=said))
    care = cards(counter)
    assert "Pain now" in care.plot.accessibleName()
    care.search.setText("hikes")
    care._pause.timeout.emit()
    counter.settle()
    assert "long hikes." in on_view(care)
    care.search.setText("nothing of it")
    care._pause.timeout.emit()
    counter.settle()
    assert "None of your notes" in on_view(care)


@pytest.mark.parametrize("person", ["s-desk", "s-books"])
def test_who_reads_no_notes_sees_no_care(sit: Callable[[str], AtTheCounter], person: str) -> None:
    counter = sit(person)
    assert not cards(counter).isVisible()


def test_a_booking_on_a_day_of_physical_therapy_says_what_it_asks_for(counter: AtTheCounter) -> None:
    counter.desk.writing(partial(plans.write, client=OTHER, facts=FACTS))
    before = Before()
    for day, said in ((9, "after physical therapy"), (10, "")):
        foreseen = counter.desk.reading(
            partial(
                proposals.foresee,
                client=OTHER,
                treatment=TreatmentId("t-60"),
                staff=StaffId("owner"),
                at=datetime(2026, 12, day, 10),
            )
        )
        before.show_foreseen(foreseen, None)
        assert any(said in line for line in before.said)
        assert ("hysical therapy" in " ".join(before.said)) is bool(said)
    before.deleteLater()


def test_a_signed_note_is_shown_on_paper(counter: AtTheCounter) -> None:
    visit = AppointmentId("a-on")
    counter.desk.writing(partial(notes.sign, appointment=visit, content=Content(s="Neck stiff.")))
    counter.shell.go("note", OfVisit(visit))
    counter.settle()
    counter.shell.findChildren(Note)[0].foot.print.click()
    counter.settle()
    assert isinstance(counter.panel, NotePaper)
    assert counter.desk.reading(note_list.begun) == ()
