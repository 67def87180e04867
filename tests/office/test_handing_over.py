"""Visits of somebody who leaves, or in a room that closes: who is free instead, and the way back."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import attention, booking, handing_over, openings, practice, series
from clinic.office.attention import Why
from clinic.office.handing_over import Instead, Side
from clinic.records import Appointment
from clinic.storage.work import Actor, Work
from clinic.values import AppointmentId, BlockKind, ClientId, Refusal, Role, RoomId, StaffId
from tests import practices
from tests.office import counter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

HER, OWNER = StaffId("s-therapist"), StaffId("owner")
HEARTH, WILLOW = RoomId("r-hearth"), RoomId("r-willow")
TUESDAY = datetime(2026, 12, 1, 12)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("leaving"), practices.a_document())


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = practices.sit_down(practices.copied(template, tmp_path / "copy"))
    yield opened
    opened.close()


def book(desk: Desk, at: datetime, **facts: Any) -> AppointmentId:
    return counter.book(desk, at, **({"room": HEARTH} | facts)).appointment


def room_of(desk: Desk, visit: AppointmentId) -> str | None:
    return desk.reading(lambda work: work.get(Appointment, visit).room)


def leave(desk: Desk, on: date | None) -> None:
    version = next(each.version for each in desk.reading(practice.colleagues) if each.id == HER)
    task = partial(
        practice.change_colleague, staff=HER, changes={"left_on": on}, version=version, reason="gone"
    )
    desk.writing(task)


def left(desk: Desk) -> tuple[handing_over.Stranded, ...]:
    return desk.reading(partial(handing_over.left_behind, staff=HER))


def test_whoever_leaves_is_told_of_with_the_visits_after_and_nobody_else(desk: Desk) -> None:
    before, first, later = (book(desk, TUESDAY.replace(day=day)) for day in (1, 2, 9))
    assert desk.reading(handing_over.leaving) == ()
    assert left(desk) == ()
    leave(desk, date(2026, 12, 2))
    (told,) = desk.reading(handing_over.leaving)
    assert (told.staff, told.visits, told.on, told.first) == (HER, 2, date(2026, 12, 2), date(2026, 12, 2))
    assert [each.visit.appointment for each in left(desk)] == [first, later]
    assert before not in {each.visit.appointment for each in left(desk)}
    (item,) = (item for item in desk.reading(attention.items) if item.why is Why.LEAVES)
    assert (item.staff, item.count) == (HER, 2)


def test_only_somebody_who_is_free_there_and_then_is_proposed(desk: Desk) -> None:
    book(desk, TUESDAY)
    book(desk, TUESDAY.replace(day=2))
    book(desk, TUESDAY.replace(day=2, minute=30), staff=OWNER, client=ClientId("c-other"), room=WILLOW)
    leave(desk, date(2026, 12, 1))
    free, taken = left(desk)
    assert [key for key, _name in free.colleagues] == [OWNER]
    assert (taken.colleagues, free.rooms, free.near) == ((), (), ())
    assert {near.staff for near in taken.near} == {OWNER}
    assert all(near.at.date() == date(2026, 12, 2) for near in taken.near)
    ids = [each.visit.appointment for each in (free, taken)]
    rooms = desk.reading(partial(handing_over.stranded, appointments=ids, side=Side.ROOM))
    assert [[key for key, _name in each.rooms] for each in rooms] == [[WILLOW], []]
    neither = desk.reading(partial(handing_over.stranded, appointments=ids, side=Side.BOTH))
    assert [(each.rooms, each.colleagues) for each in neither] == [((), ()), ((), ())]
    near = taken.near[0]
    instead = Instead(taken.visit.appointment, near.staff, near.room, near.at)
    desk.writing(partial(handing_over.hand_over, changes=[instead]))
    assert [each.visit.at.day for each in left(desk)] == [1]


@pytest.mark.parametrize("why", ["off", "asleep"])
def test_nobody_is_proposed_who_does_not_work_then(desk: Desk, why: str) -> None:
    if why == "off":
        away: dict[str, Any] = {"begins": TUESDAY, "ends": TUESDAY.replace(hour=18), "staff": OWNER}
        desk.writing(partial(openings.add_block, kind=BlockKind.TIME_OFF, **away))
    book(desk, TUESDAY if why == "off" else TUESDAY.replace(hour=22))
    leave(desk, date(2026, 12, 1))
    assert left(desk)[0].colleagues == ()


def test_all_are_handed_over_at_once_and_come_back_by_one_undo(desk: Desk) -> None:
    ids = [book(desk, TUESDAY.replace(day=day)) for day in (1, 2)]
    leave(desk, date(2026, 12, 1))
    changes = [Instead(each, staff=OWNER) for each in ids]
    moved, _topics = desk.writing(partial(handing_over.hand_over, changes=changes))
    assert left(desk) == ()
    assert desk.reading(handing_over.leaving) == ()
    leave(desk, None)
    desk.writing(partial(series.put_back, before=moved))
    leave(desk, date(2026, 12, 1))
    assert len(left(desk)) == 2


def test_one_that_can_no_longer_be_had_hands_over_none(desk: Desk) -> None:
    ids = [book(desk, TUESDAY.replace(day=day)) for day in (1, 2)]
    leave(desk, date(2026, 12, 1))
    book(desk, TUESDAY.replace(day=2), staff=OWNER, client=ClientId("c-other"), room=WILLOW)
    with pytest.raises(Refusal, match="slot_taken"):
        desk.writing(partial(handing_over.hand_over, changes=[Instead(each, staff=OWNER) for each in ids]))
    assert [each.visit.staff for each in left(desk)] == [HER, HER]


def test_a_room_that_closes_names_its_visits_and_the_rooms_that_are_free(desk: Desk) -> None:
    visit = book(desk, TUESDAY)
    closed: dict[str, Any] = {"begins": TUESDAY, "ends": TUESDAY.replace(hour=18), "room": HEARTH}
    blocked, _topics = desk.writing(partial(openings.add_block, kind=BlockKind.REPAIR, **closed))
    ids = [each.appointment for each in blocked.to_move]
    assert ids == [visit]
    (found,) = desk.reading(partial(handing_over.stranded, appointments=ids, side=Side.ROOM))
    assert [key for key, _name in found.rooms] == [WILLOW]
    moved, _topics = desk.writing(partial(handing_over.hand_over, changes=[Instead(visit, room=WILLOW)]))
    assert room_of(desk, visit) == WILLOW
    desk.writing(partial(series.put_back, before=moved))  # it waits there again, as before
    assert room_of(desk, visit) == HEARTH


def test_an_undo_goes_back_only_onto_time_that_was_closed_before(desk: Desk) -> None:
    visit = book(desk, TUESDAY)
    moved, _topics = desk.writing(partial(booking.move, appointment=visit, at=TUESDAY.replace(hour=15)))
    closed: dict[str, Any] = {"begins": TUESDAY, "ends": TUESDAY.replace(hour=13), "staff": HER}
    desk.writing(partial(openings.add_block, kind=BlockKind.TIME_OFF, **closed))
    with pytest.raises(Refusal, match="blocked"):
        desk.writing(partial(booking.put_back, before=moved))


def test_after_somebody_left_nothing_is_booked_with_them(desk: Desk) -> None:
    leave(desk, date(2026, 12, 1))
    with pytest.raises(Refusal, match="has_left"):
        book(desk, TUESDAY)
    assert book(desk, TUESDAY.replace(month=11, day=30))


def test_a_therapist_sees_who_leaves_only_in_the_mirror(desk: Desk) -> None:
    book(desk, TUESDAY)
    leave(desk, date(2026, 12, 1))
    for person, told in ((HER, 1), (StaffId("s-other"), 0)):
        with Work(
            desk.vault, Actor(person, Role.THERAPIST, practices.NOW), practices.NOW, reading=True
        ) as work:
            assert len(handing_over.leaving(work)) == told
