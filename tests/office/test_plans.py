"""Plans on file: written, changed, ended, counted, and told to whom may know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import booking, measures, notes, plans, proposals
from clinic.office.notes import Content, Measure
from clinic.office.plans import Advice, Facts, Goal, GoalKind, Hint, Side
from clinic.records import Note
from clinic.storage.work import Actor, Work
from clinic.values import AppointmentId, ClientId, LetterId, Refusal, Role, StaffId, TreatmentId
from clinic.workroom import noting
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

OWN = ClientId("c-own")
FACTS = Facts(
    begins_on=date(2026, 11, 1),
    visits=6,
    times=1,
    weeks=2,
    minutes=60,
    condition="Cervicalgia",
    goals=(Goal(GoalKind.FUNCTION, "Reverse the car", "NDI", 20.0), Goal(GoalKind.SLEEP)),
    letter=LetterId("l-1"),
    treatment=TreatmentId("t-60"),
    review_every=2,
    pt_days=("mon", "wed"),
    pt_side=Side.AFTER,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("plans"), practices.a_full_document())


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = practices.sit_down(practices.copied(template, tmp_path), "s-therapist")
    yield opened
    opened.close()


def written(desk: Desk, facts: Facts = FACTS) -> plans.PlanCard:
    desk.writing(partial(plans.write, client=OWN, facts=facts))
    card = desk.reading(partial(plans.current, client=OWN))
    assert card is not None
    return card


def test_a_plan_is_kept_as_it_was_written(desk: Desk) -> None:
    card = written(desk)
    assert card.facts == FACTS
    assert (card.letter, card.treatment) == ("L-2026-014", "Therapeutic massage")


def test_visits_done_and_booked_are_counted(desk: Desk) -> None:
    progress = written(desk).progress
    assert (progress.done, progress.ahead, progress.left) == (1, 1, 4)


def test_the_review_follows_what_was_measured(desk: Desk) -> None:
    assert written(desk).progress.review_at == 2
    measured = Content(s="x", measures=(Measure("NDI", 40, "before"),))
    with Work(desk.vault, desk.actor, practices.NOW) as work:
        work.add(Note(id="n-9", appointment="a-1", written_by="s-therapist", soap={}))
        work.flush()
        noting.write_down(work.get(Note, "n-9"), measured)
    card = desk.reading(partial(plans.current, client=OWN))
    assert card is not None
    assert card.progress.review_at == 3


def test_a_new_plan_takes_the_place_of_the_old(desk: Desk) -> None:
    first = written(desk).id
    second = written(desk).id
    assert first != second
    desk.writing(partial(plans.end, plan=second))
    assert desk.reading(partial(plans.current, client=OWN)) is None
    desk.writing(partial(plans.revive, plan=second))
    card = desk.reading(partial(plans.current, client=OWN))
    assert card is not None
    assert card.id == second


def test_a_change_is_answered_with_what_was_before(desk: Desk) -> None:
    card = written(desk)
    other = Facts(begins_on=date(2026, 11, 2), visits=8, times=2, weeks=1, minutes=45)
    before, _ = desk.writing(partial(plans.rewrite, plan=card.id, facts=other, version=card.version))
    assert before == FACTS
    with pytest.raises(Refusal, match="changed_meanwhile"):
        desk.writing(partial(plans.rewrite, plan=card.id, facts=FACTS, version=card.version))
    newest = desk.reading(partial(plans.version, plan=card.id))
    desk.writing(partial(plans.rewrite, plan=card.id, facts=FACTS, version=newest))
    again = desk.reading(partial(plans.current, client=OWN))
    assert again is not None
    assert again.facts == FACTS


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"visits": 0}, "out_of_range"),
        ({"minutes": 500}, "out_of_range"),
        ({"review_every": 7}, "out_of_range"),
        ({"pt_days": ("someday",)}, "unknown_field"),
        ({"treatment": TreatmentId("t-none")}, "not_found"),
    ],
)
def test_what_no_plan_can_say_is_refused(desk: Desk, changes: dict[str, object], code: str) -> None:
    facts = replace(FACTS, letter=None, **changes)  # type: ignore[arg-type]  # each of its field's kind
    with pytest.raises(Refusal, match=code):
        desk.writing(partial(plans.write, client=OWN, facts=facts))


def test_a_letter_of_somebody_else_is_refused(desk: Desk) -> None:
    owner = Actor(StaffId("owner"), Role.OWNER)
    with pytest.raises(Refusal, match="other_client"), Work(desk.vault, owner, practices.NOW) as work:
        plans.write(work, ClientId("c-other"), FACTS)


def test_the_condition_is_offered_as_the_letter_gives_it(desk: Desk) -> None:
    (letter,) = desk.reading(partial(plans.letters, client=OWN))
    assert (letter.condition, letter.visits) == ("Cervicalgia", 12)


def test_hints_hold_nothing_up(desk: Desk) -> None:
    short = Facts(
        begins_on=date(2026, 11, 1), visits=20, times=1, weeks=4, minutes=30, condition="Cervicalgia"
    )
    found = desk.reading(partial(plans.hints, client=OWN, facts=short))
    assert {Hint.SHORT_FOR_NECK, Hint.FAR_APART, Hint.NO_GOAL, Hint.NO_REVIEW} <= set(found)
    assert set(written(desk, short).hints) == set(found)


def test_f03_half_an_hour_twice_a_week_for_a_chronic_neck_is_hinted_at_and_kept(desk: Desk) -> None:
    goal = Goal(GoalKind.PAIN, "chronic neck pain")
    facts = replace(FACTS, minutes=30, times=2, weeks=1, condition="Chronic neck pain", goals=(goal,))
    assert Hint.SHORT_FOR_NECK in desk.reading(partial(plans.hints, client=OWN, facts=facts))
    assert written(desk, facts).facts == facts
    longer = replace(facts, minutes=60)
    assert Hint.SHORT_FOR_NECK not in desk.reading(partial(plans.hints, client=OWN, facts=longer))


def test_physical_therapy_that_day_is_told_and_to_the_desk_only_the_order(desk: Desk) -> None:
    written(desk)
    monday = datetime(2026, 12, 7, 10)
    found = desk.reading(partial(plans.with_pt, client=OWN, at=monday, minutes=60))
    assert found is not None
    assert (found.side, found.advice) == (Side.AFTER, (Advice.EASE, Advice.ONE_CODE))
    front = Actor(StaffId("s-desk"), Role.FRONT_DESK)
    with Work(desk.vault, front, practices.NOW, reading=True) as work:
        told = plans.with_pt(work, OWN, monday, 60)
        assert told is not None
        assert (told.advice, told.whole) == ((), False)
        assert plans.with_pt(work, OWN, datetime(2026, 12, 8, 10), 60) is None
        with pytest.raises(Refusal, match="not_allowed"):
            plans.current(work, OWN)


def test_measures_of_notes_become_lines_through_time(desk: Desk) -> None:
    said = (Measure("NRS", 6, "before"), Measure("NRS", 3, "after"), Measure("Mood", "good", "after"))
    desk.writing(partial(notes.put_down, appointment=AppointmentId("a-3"), content=Content(measures=said)))
    (line,) = desk.reading(partial(measures.of_client, client=OWN))
    assert [(point.before, point.after) for point in line.points] == [(6, 3)]
    assert line.change is None


def ndi(typed: str) -> Content:
    value = measures.read(measures.Tool.NDI, typed)
    assert value is not None
    return Content(s="x", measures=(Measure("NDI", value, "before"),))


@pytest.mark.parametrize(("typed", "matters"), [("16/50", True), ("17/50", True), ("18/50", False)])
def test_f04_five_points_of_fifty_on_the_neck_index_are_a_change_that_matters(
    desk: Desk, typed: str, *, matters: bool
) -> None:
    first, last = (ndi(said) for said in ("22/50", typed))
    with Work(desk.vault, desk.actor, practices.NOW) as work:
        work.add(Note(id="n-9", appointment="a-1", written_by="s-therapist", soap={}))
        work.flush()
        noting.write_down(work.get(Note, "n-9"), first)
    desk.writing(partial(notes.put_down, appointment=AppointmentId("a-3"), content=last))
    (line,) = desk.reading(partial(measures.of_client, client=OWN))
    assert line.change is not None
    assert (line.change.better, line.change.matters) == (True, matters)


def test_f06_a_massage_before_physical_therapy_is_booked_with_a_word_on_the_codes(desk: Desk) -> None:
    written(desk, replace(FACTS, pt_days=("mon",), pt_side=Side.BEFORE))
    at = datetime(2026, 12, 7, 14)
    visit: dict[str, Any] = {
        "client": OWN,
        "treatment": TreatmentId("t-60"),
        "staff": StaffId("s-therapist"),
        "at": at,
    }
    pt = desk.reading(partial(proposals.foresee, **visit)).pt
    assert pt is not None
    assert pt.side is Side.BEFORE
    assert Advice.ONE_CODE in pt.advice
    done, _ = desk.writing(partial(booking.book, **visit))
    assert done.appointment
