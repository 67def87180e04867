"""What the clocks, a buffer, a closed room or a leaving therapist do to a visit: an answer, from the file up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import diary, moving, openings, practice
from clinic.records import Appointment
from clinic.rules import calendar
from clinic.values import AppointmentId, BlockKind, ClientId, Refusal, RoomId, StaffId
from tests import practices
from tests.office import counter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

HER, OWNER = StaffId("s-therapist"), StaffId("owner")
HEARTH, WILLOW = RoomId("r-hearth"), RoomId("r-willow")
FALL = datetime(2027, 11, 7, 0, 30)
"""Half past midnight, before the hour from one to two is there twice in Oakland."""
SPRING = datetime(2027, 3, 14, 1, 30)
"""Half an hour before the clocks go from two to three."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = practices.a_document()
    document["treatments"][0]["buffer_after"] = 15
    return practices.make(tmp_path_factory.mktemp("answers"), document)


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = practices.sit_down(practices.copied(template, tmp_path / "copy"))
    yield opened
    opened.close()


def book(desk: Desk, at: datetime, **facts: Any) -> AppointmentId:
    return counter.book(desk, at, **facts).appointment


def past_the_office(desk: Desk, visit: AppointmentId, at: datetime, minutes: int) -> str:
    """Put a visit somewhere without asking the office, and tell what the file itself says."""
    with pytest.raises(Refusal) as refusal:
        desk.writing(partial(_shift, visit=visit, at=at, minutes=minutes))
    return refusal.value.code


def _shift(work: Any, *, visit: AppointmentId, at: datetime, minutes: int) -> None:
    record, held = work.get(Appointment, visit), calendar.held(at, minutes, 0, 15, work.zone)
    record.at, record.held_from, record.held_to = at, held.start, held.end
    work.flush()


def test_a_visit_across_the_night_the_clocks_go_back_holds_the_hours_it_really_takes(desk: Desk) -> None:
    """Two hours from half past twelve end at half past one, the second one; by the wall it looks like one hour."""
    book(desk, FALL, minutes=120)
    for at in (datetime(2027, 11, 7, 1), datetime(2027, 11, 7, 1, 30)):
        with pytest.raises(Refusal) as refusal:
            book(desk, at, minutes=15)
        assert (refusal.value.code, refusal.value.facts["start"]) == ("slot_taken", FALL)
    visit = book(desk, datetime(2027, 11, 7, 2), minutes=60)
    assert past_the_office(desk, visit, datetime(2027, 11, 7, 1, 30), 30) == "slot_taken"
    (shown,) = (
        entry
        for entry in desk.reading(partial(diary.spread, first=FALL.date(), last=FALL.date())).entries
        if entry.at == FALL
    )
    assert (shown.minutes, shown.after) == (120, 15)


def test_a_visit_across_the_night_the_clocks_go_on_ends_an_hour_later_on_the_wall(desk: Desk) -> None:
    book(desk, SPRING, minutes=60)
    with pytest.raises(Refusal, match="time_skipped"):
        book(desk, SPRING + timedelta(hours=1))
    with pytest.raises(Refusal) as refusal:
        book(desk, datetime(2027, 3, 14, 3, 30))
    assert (refusal.value.code, refusal.value.facts["end"]) == ("slot_taken", datetime(2027, 3, 14, 3, 30))
    visit = book(desk, datetime(2027, 3, 14, 3, 45))
    assert past_the_office(desk, visit, datetime(2027, 3, 14, 3, 30), 60) == "slot_taken"


def test_a_move_onto_a_buffer_is_refused_by_office_and_file(desk: Desk) -> None:
    ten = datetime(2026, 12, 1, 10)
    book(desk, ten)
    visit = book(desk, ten.replace(hour=13), client=ClientId("c-other"))
    onto = ten.replace(hour=11)
    with pytest.raises(Refusal) as refusal:
        desk.writing(partial(moving.move, appointment=visit, at=onto))
    assert (refusal.value.code, refusal.value.facts["by"]) == ("slot_taken", "staff")
    assert (refusal.value.facts["start"], refusal.value.facts["end"]) == (ten, ten.replace(hour=11))
    free: Any = refusal.value.facts["free"]
    assert onto.replace(minute=15) in free
    assert past_the_office(desk, visit, onto, 60) == "slot_taken"
    desk.writing(partial(moving.move, appointment=visit, at=onto.replace(minute=15)))


def test_a_room_that_is_closed_takes_no_visit_and_names_those_it_has(desk: Desk) -> None:
    ten = datetime(2026, 12, 1, 10)
    visit = book(desk, ten, room=HEARTH)
    closed: dict[str, Any] = {"begins": ten, "ends": ten.replace(hour=18), "room": HEARTH}
    kept, _topics = desk.writing(partial(openings.add_block, kind=BlockKind.REPAIR, **closed))
    assert [each.appointment for each in kept.to_move] == [visit]
    with pytest.raises(Refusal) as refusal:
        book(desk, ten.replace(hour=14), room=HEARTH)
    said = refusal.value
    assert (said.code, said.at, said.facts["kind"]) == ("blocked", "room", "repair")
    assert (said.facts["start"], said.facts["end"]) == (ten, ten.replace(hour=18))
    later = book(desk, ten.replace(hour=14), room=WILLOW)
    with pytest.raises(Refusal, match="blocked"):
        desk.writing(partial(moving.move, appointment=later, at=ten.replace(hour=14), room=HEARTH))
    desk.writing(partial(moving.move, appointment=visit, at=ten, no_room=True))
    spread = desk.reading(partial(diary.spread, first=ten.date(), last=ten.date()))
    assert {entry.id: entry.room for entry in spread.entries if entry.id in {visit, later}} == {
        visit: None,
        later: WILLOW,
    }


def test_with_a_therapist_who_left_nothing_is_booked_or_moved_and_nobody_shows_their_column(
    desk: Desk,
) -> None:
    ten = datetime(2026, 12, 1, 10)
    visit = book(desk, ten - timedelta(days=1))
    version = next(each.version for each in desk.reading(practice.colleagues) if each.id == HER)
    gone = partial(practice.change_colleague, staff=HER, changes={"left_on": date(2026, 12, 1)})
    desk.writing(partial(gone, version=version, reason="moved away"))
    with pytest.raises(Refusal) as refusal:
        book(desk, ten)
    assert (refusal.value.code, refusal.value.facts["left"]) == ("has_left", date(2026, 12, 1))
    with pytest.raises(Refusal, match="has_left"):
        desk.writing(partial(moving.move, appointment=visit, at=ten))
    for day, there in ((30, True), (1, False)):
        on = date(2026, 11 if day == 30 else 12, day)
        spread = desk.reading(partial(diary.spread, first=on, last=on))
        assert (HER in {person.id for person in spread.people}) is there
