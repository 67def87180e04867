"""Blocks and hours, from the cabinet up: what they keep away, what they leave to be moved, and the way back."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import booking, diary, openings, practice
from clinic.office.proposals import foresee
from clinic.storage.work import Actor, Work
from clinic.values import (
    BlockId,
    BlockKind,
    ClientId,
    Refusal,
    Role,
    RoomId,
    Span,
    StaffId,
    State,
    TreatmentId,
)
from clinic.wording.refusals import sentence
from tests import practices
from tests.office.counter import book

if TYPE_CHECKING:
    from clinic.office.desk import Desk

TUESDAY = date(2026, 12, 1)
NOON, ONE = datetime(2026, 12, 1, 12), datetime(2026, 12, 1, 13)
HER = StaffId("s-therapist")


def block(desk: Desk, **facts: Any) -> openings.Blocked:
    asked: dict[str, Any] = {"begins": NOON, "ends": ONE, "kind": BlockKind.BREAK, "staff": HER} | facts
    return desk.writing(partial(openings.add_block, **asked))[0]


def refused(desk: Desk, at: datetime, **facts: Any) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        book(desk, at, **facts)
    return refusal.value


def test_a_visit_on_a_block_is_refused_with_who_why_and_when(desk: Desk) -> None:
    block(desk)
    refusal = refused(desk, NOON.replace(minute=30))
    assert refusal.code == "blocked"
    assert sentence(refusal) == "The therapist can't be booked then. Break: Dec 1, 2026, 12:00 pm to 1:00 pm."


def test_a_visit_beside_a_block_or_with_somebody_else_is_booked(desk: Desk) -> None:
    block(desk)
    book(desk, ONE)
    book(desk, NOON, staff=StaffId("owner"))


def test_a_block_that_comes_back_is_there_years_later(desk: Desk) -> None:
    block(desk, rule="FREQ=WEEKLY;BYDAY=TU")
    assert refused(desk, datetime(2031, 12, 2, 12)).code == "blocked"
    book(desk, datetime(2031, 12, 3, 12))


def test_a_closed_room_takes_nobody_and_another_room_does(desk: Desk) -> None:
    closed = block(desk, staff=None, room=RoomId("r-hearth"), kind=BlockKind.REPAIR, ends=None)
    assert closed.to_move == ()
    refusal = refused(desk, datetime(2027, 3, 1, 10), room=RoomId("r-hearth"))
    assert (
        sentence(refusal) == "The room can't be booked then. Repair: from Dec 1, 2026 until further notice."
    )
    book(desk, datetime(2027, 3, 1, 10), room=RoomId("r-willow"))


def test_a_day_on_which_the_house_is_closed_is_closed_for_everybody(desk: Desk) -> None:
    block(
        desk,
        staff=None,
        begins=datetime(2026, 12, 25),
        ends=datetime(2026, 12, 26),
        kind=BlockKind.CLOSED,
    )
    refusal = refused(desk, datetime(2026, 12, 25, 10), staff=StaffId("owner"))
    assert sentence(refusal) == "The practice can't be booked then. Closed: all day Dec 25, 2026."


def test_a_block_over_visits_names_those_to_be_moved_and_leaves_them_their_day(desk: Desk) -> None:
    visit = book(desk, NOON).appointment
    book(desk, datetime(2026, 12, 1, 16))
    made = block(desk)
    assert [(each.appointment, each.client_name) for each in made.to_move] == [(visit, "Hạnh Nguyễn")]
    arrived, _ = desk.writing(partial(booking.advance, appointment=visit, to=State.ARRIVED))
    desk.writing(partial(booking.put_back, before=arrived))
    with pytest.raises(Refusal, match="blocked"):
        desk.writing(partial(booking.move, appointment=visit, at=NOON.replace(minute=15)))
    desk.writing(partial(booking.move, appointment=visit, at=datetime(2026, 12, 1, 15)))


def test_a_visit_does_not_come_back_under_a_block(desk: Desk) -> None:
    visit = book(desk, NOON).appointment
    off, _ = desk.writing(partial(booking.advance, appointment=visit, to=State.CANCELLED))
    block(desk)
    with pytest.raises(Refusal, match="blocked"):
        desk.writing(partial(booking.put_back, before=off))


def test_what_is_done_to_a_block_can_be_undone(desk: Desk) -> None:
    made = block(desk, rule="FREQ=DAILY", reason="lunch").before
    key = made.block

    def seen() -> list[Span]:
        return [each.span for each in desk.reading(partial(openings.blocks, first=TUESDAY, last=TUESDAY))]

    lunch = [Span(NOON, ONE)]
    assert seen() == lunch
    left_out, _ = desk.writing(partial(openings.leave_out, block=key, on=TUESDAY))
    assert seen() == []
    desk.writing(partial(openings.put_block_back, before=left_out))
    assert seen() == lunch
    later: dict[str, Any] = {"begins": ONE, "ends": ONE.replace(hour=14), "kind": BlockKind.MEETING}
    changed, _ = desk.writing(partial(openings.change_block, block=key, **later))
    assert seen() == [Span(ONE, ONE.replace(hour=14))]
    desk.writing(partial(openings.put_block_back, before=changed.before))
    assert seen() == lunch
    removed, _ = desk.writing(partial(openings.remove_block, block=key))
    assert seen() == []
    desk.writing(partial(openings.put_block_back, before=removed))
    assert seen() == lunch
    details = desk.reading(partial(openings.block_details, block=key))
    assert (details.rule, details.reason, details.left_out) == ("FREQ=DAILY", "lunch", ())
    desk.writing(partial(openings.put_block_back, before=made))
    assert seen() == []


def test_a_block_is_about_one_thing(desk: Desk) -> None:
    with pytest.raises(Refusal, match="one_or_the_other"):
        block(desk, room=RoomId("r-hearth"))


def as_therapist(desk: Desk) -> Work:
    return Work(desk.vault, Actor(HER, Role.THERAPIST, practices.NOW), practices.NOW)


def test_a_therapist_blocks_her_own_time_and_nobody_elses(desk: Desk) -> None:
    asked: dict[str, Any] = {"begins": NOON, "ends": ONE, "kind": BlockKind.TIME_OFF}
    with as_therapist(desk) as work:
        mine = openings.add_block(work, **asked, staff=HER).before.block
    strangers: list[dict[str, Any]] = [{"staff": StaffId("owner")}, {"room": RoomId("r-hearth")}, {}]
    for stranger in strangers:
        with pytest.raises(Refusal, match="not_allowed"), as_therapist(desk) as work:
            openings.add_block(work, **asked, **stranger)
    owners = block(desk, staff=StaffId("owner"), reason="the dentist").before.block
    with pytest.raises(Refusal, match="not_allowed"), as_therapist(desk) as work:
        openings.remove_block(work, owners)
    with as_therapist(desk) as work:
        shown = {each.block: each for each in openings.blocks(work, TUESDAY, TUESDAY)}
        assert (shown[mine].kind, shown[mine].may_change) == (BlockKind.TIME_OFF, True)
        assert (shown[owners].kind, shown[owners].reason, shown[owners].may_change) == (None, None, False)


def test_hours_follow_the_week_the_special_days_and_the_day_somebody_leaves(desk: Desk) -> None:
    def hours() -> dict[date, int]:
        found = desk.reading(partial(diary.spread, first=TUESDAY, last=date(2026, 12, 3))).hours
        return {
            on: sum(span.minutes for span in spans) for (whose, on), spans in found.items() if whose == HER
        }

    assert list(hours().values()) == [600, 600, 600]
    facts: dict[str, Any] = {
        "special_days": [{"on": "2026-12-02", "hours": []}],
        "left_on": date(2026, 12, 3),
    }
    desk.writing(partial(practice.change_colleague, staff=HER, changes=facts, version=1, reason="as agreed"))
    assert list(hours().values()) == [600, 0, 0]
    assert book(desk, datetime(2026, 12, 2, 10)).warnings[0] == "W-HOURS"
    assert refused(desk, datetime(2026, 12, 3, 10)).code == "has_left"


def test_hours_that_make_no_sense_are_refused_at_their_day(desk: Desk) -> None:
    senseless: list[tuple[dict[str, Any], str]] = [
        ({"hours": {"tue": [["12:00", "09:00"]]}}, "hours/tue"),
        ({"special_days": [{"on": "2026-12-02", "hours": [["12:00", "12:00"]]}]}, "special_days/2026-12-02"),
    ]
    for facts, at in senseless:
        with pytest.raises(Refusal, match="impossible_hours") as refusal:
            desk.writing(
                partial(practice.change_colleague, staff=HER, changes=facts, version=1, reason="as agreed")
            )
        assert refusal.value.at == at


def test_the_panel_foresees_a_block(desk: Desk) -> None:
    block(desk)
    asked: dict[str, Any] = {"treatment": TreatmentId("t-60"), "staff": HER, "client": ClientId("c-own")}
    seen = desk.reading(partial(foresee, at=NOON, **asked)).blocked
    assert seen is not None
    assert (seen.by, seen.kind, seen.span) == ("staff", BlockKind.BREAK, Span(NOON, ONE))
    assert desk.reading(partial(foresee, at=ONE, **asked)).blocked is None


def test_an_unknown_block_is_not_found(desk: Desk) -> None:
    with pytest.raises(Refusal, match="not_found"):
        desk.writing(partial(openings.remove_block, block=BlockId("nothing")))
