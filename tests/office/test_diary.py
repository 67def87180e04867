"""The calendar's days from the office: what is read, for whom, and how visits move, stretch and are copied."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from clinic.office import booking, diary, moving, openings
from clinic.office.moving import Seen
from clinic.values import AppointmentId, BlockKind, Refusal, RoomId, Span, StaffId, State
from tests import practices
from tests.practices import a_letter, a_line, an_appointment, an_invoice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.office.diary import Entry, Spread

TODAY = "2026-11-18"
SUNDAY, SATURDAY = date(2026, 11, 15), date(2026, 11, 21)
HERE = date(2026, 11, 18)


def a_day() -> dict[str, Any]:
    document = practices.a_document(
        letters=[a_letter(max_visits=3)],
        appointments=[
            an_appointment("a-done", f"{TODAY}T09:00", staff="owner", client="c-other"),
            an_appointment("a-ten", f"{TODAY}T16:00", state="confirmed", room="r-hearth"),
            an_appointment("a-own", f"{TODAY}T16:00", staff="owner", client="c-other", state="confirmed"),
            an_appointment("a-gone", f"{TODAY}T11:00", client="c-other", state="no_show"),
            an_appointment("a-on", f"{TODAY}T13:30", staff="owner", client="c-other", state="in_treatment"),
            an_appointment("a-late", "2026-11-14T23:30", staff="owner", client="c-other"),
            an_appointment("a-next", "2026-11-25T10:00", staff="owner", client="c-other", state="confirmed"),
        ],
        notes=[
            {
                "id": "n-1",
                "appointment": "a-done",
                "written_by": "owner",
                "soap": {"s": "", "o": "", "a": "", "p": "again"},
            }
        ],
        invoices=[an_invoice("i-1", TODAY, a_line("x-1", appointment="a-done"), client="c-other")],
    )
    for treatment in document["treatments"]:
        treatment["buffer_before"], treatment["buffer_after"] = 5, 15
    return document


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("diary"), a_day())


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return practices.copied(template, tmp_path / "p")


@pytest.fixture
def owner(path: Path) -> Iterator[Desk]:
    desk = practices.sit_down(path)
    yield desk
    desk.close()


def week(desk: Desk) -> Spread:
    return desk.reading(partial(diary.spread, first=SUNDAY, last=SATURDAY))


def entry(desk: Desk, key: str) -> Entry:
    return next(each for each in week(desk).entries if each.id == key)


def at(hour: int, minute: int = 0, day: int = 18) -> datetime:
    return datetime(2026, 11, day, hour, minute)


# Reading


def test_a_week_has_its_visits_with_their_buffers_and_the_one_that_reaches_in(owner: Desk) -> None:
    shown = week(owner)
    assert [each.id for each in shown.entries] == ["a-late", "a-done", "a-gone", "a-on", "a-own", "a-ten"]
    done = entry(owner, "a-done")
    assert (done.name, done.treatment, done.before, done.after) == (
        "Odile Marchetti",
        "Therapeutic massage",
        5,
        15,
    )
    assert shown.me == "owner"
    assert [person.name for person in shown.people] == ["Maren Okafor", "Tomás Rivera"]
    assert [place.name for place in shown.places] == ["Hearth", "Willow"]
    assert shown.hours[StaffId("owner"), HERE] == (Span(at(9), at(19)),)
    assert shown.house[SUNDAY] == ()


def test_a_therapist_sees_that_others_are_taken_and_nothing_else(path: Path) -> None:
    desk = practices.sit_down(path, "s-therapist")
    shown = week(desk)
    marks = desk.reading(partial(diary.marks_of, first=SUNDAY, last=SATURDAY))
    counted = desk.reading(partial(diary.busy_days, first=SUNDAY, last=SATURDAY))
    desk.close()
    assert shown.own_only
    assert {each.id: each.name for each in shown.entries} == {
        "a-late": "",
        "a-done": "",
        "a-gone": "Odile Marchetti",
        "a-on": "",
        "a-own": "",
        "a-ten": "Hạnh Nguyễn",
    }
    for other in (each for each in shown.entries if each.staff == "owner"):
        assert (other.client, other.treatment, other.technique, other.state) == (
            None,
            "",
            None,
            State.CONFIRMED,
        )
        assert other.busy
    assert set(marks) == {"a-gone", "a-ten"}
    assert counted == {HERE: 1}


def test_the_bookkeeper_has_no_calendar(path: Path) -> None:
    desk = practices.sit_down(path, "s-books")
    with pytest.raises(Refusal, match="not_allowed"):
        week(desk)
    desk.close()


def test_marks_say_what_is_paid_noted_and_which_visit_of_the_letter_it_is(owner: Desk) -> None:
    marks = owner.reading(partial(diary.marks_of, first=SUNDAY, last=SATURDAY))
    done, letter = marks[AppointmentId("a-done")], marks[AppointmentId("a-ten")]
    assert (done.charged, done.open.cents, done.noted, done.signed) == (True, 12500, True, False)
    assert (letter.visit, letter.visits) == (1, 3)
    assert marks[AppointmentId("a-gone")].visit is None


def test_days_are_counted_for_everybody_or_for_those_named(owner: Desk) -> None:
    count = partial(diary.busy_days, first=SUNDAY, last=date(2026, 11, 30))
    assert owner.reading(count) == {HERE: 4, date(2026, 11, 25): 1}
    assert owner.reading(partial(count, staff=[StaffId("s-therapist")])) == {HERE: 1}


def test_blocks_are_shown_with_their_reason_and_a_colleagues_reason_stays_theirs(
    owner: Desk, path: Path
) -> None:
    for staff, reason in (("owner", "Dentist"), ("s-therapist", "Course")):
        task = partial(
            openings.add_block,
            begins=at(12),
            ends=at(13),
            kind=BlockKind.TRAINING,
            staff=StaffId(staff),
            reason=reason,
        )
        owner.writing(task)
    assert {each.staff: each.reason for each in week(owner).blocks} == {
        "owner": "Dentist",
        "s-therapist": "Course",
    }
    owner.close()
    desk = practices.sit_down(path, "s-therapist")
    assert {each.staff: (each.kind, each.reason) for each in week(desk).blocks} == {
        "owner": (None, ""),
        "s-therapist": (BlockKind.TRAINING, "Course"),
    }
    desk.close()


def test_reading_a_week_takes_few_statements_however_many_visits_there_are(owner: Desk) -> None:
    asked: list[str] = []

    def read(work: Any) -> None:
        event.listen(
            work.session.connection(),
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_rest: asked.append(statement),
        )
        diary.spread(work, SUNDAY, SATURDAY)

    owner.reading(read)
    assert sum(statement.startswith("SELECT appointments") for statement in asked) == 1
    assert len(asked) <= 5


# Moving


def free(refused: pytest.ExceptionInfo[Refusal]) -> tuple[datetime, ...]:
    times = refused.value.facts["free"]
    assert isinstance(times, tuple)
    return times


def move(desk: Desk, key: str, **facts: Any) -> Any:
    return desk.writing(partial(moving.move, appointment=AppointmentId(key), **facts))[0]


def test_a_visit_moves_with_its_buffers_and_is_put_back_whole(owner: Desk) -> None:
    before = move(owner, "a-own", at=at(10, 30), staff=StaffId("s-therapist"), room=RoomId("r-willow"))
    moved = entry(owner, "a-own")
    assert (moved.at, moved.staff, moved.room, moved.after) == (at(10, 30), "s-therapist", "r-willow", 15)
    owner.writing(partial(booking.put_back, before=before))
    back = entry(owner, "a-own")
    assert (back.at, back.staff, back.room, back.minutes) == (at(16), "owner", None, 60)


def test_a_visit_is_stretched_and_put_back(owner: Desk) -> None:
    before = move(owner, "a-on", at=at(13, 30), minutes=90)
    assert entry(owner, "a-on").minutes == 90
    owner.writing(partial(booking.put_back, before=before))
    assert entry(owner, "a-on").minutes == 60


def test_a_taken_time_is_refused_with_who_when_and_the_next_free_times(owner: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        move(owner, "a-own", at=at(14))
    facts = refused.value.facts
    assert (refused.value.code, refused.value.at) == ("slot_taken", "staff")
    assert (facts["by"], facts["start"], facts["end"]) == ("staff", at(13, 30), at(14, 30))
    assert free(refused) == (at(15), at(16), at(17))
    for each in free(refused):
        move(owner, "a-own", at=each)


def test_a_move_onto_a_buffer_is_refused(owner: Desk) -> None:
    with pytest.raises(Refusal, match="slot_taken"):
        move(owner, "a-own", at=at(14, 40))


def test_the_last_free_time_may_end_when_the_house_closes(owner: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        move(owner, "a-own", at=at(13, 30))
    assert at(19) - timedelta(hours=1) not in free(refused)
    move(owner, "a-own", at=at(18))
    with pytest.raises(Refusal) as refused:
        move(owner, "a-ten", at=at(18), staff=StaffId("owner"))
    assert free(refused)[0] == at(9, 0, 19)


def test_a_block_refuses_a_move_and_no_free_time_lies_in_it(owner: Desk) -> None:
    block = partial(
        openings.add_block, begins=at(17), ends=at(19), kind=BlockKind.MEETING, staff=StaffId("owner")
    )
    owner.writing(block)
    with pytest.raises(Refusal) as refused:
        move(owner, "a-own", at=at(17))
    assert refused.value.code == "blocked"
    assert free(refused)[0] == at(9, 0, 19)


def test_an_hour_that_the_clocks_skip_is_refused(owner: Desk) -> None:
    with pytest.raises(Refusal, match="time_skipped"):
        move(owner, "a-own", at=datetime(2027, 3, 14, 2, 30))


def test_who_takes_hold_of_a_visit_that_went_elsewhere_meanwhile_is_told(owner: Desk) -> None:
    seen = Seen(at(16), StaffId("owner"))
    move(owner, "a-own", at=at(17, 15), seen=seen)
    with pytest.raises(Refusal, match="changed_meanwhile"):
        move(owner, "a-own", at=at(18), seen=seen)


@pytest.mark.parametrize("facts", [{"at": at(18)}, {"at": at(13, 30), "staff": StaffId("s-therapist")}])
def test_a_visit_under_way_keeps_its_time_and_its_therapist(owner: Desk, facts: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="wrong_state"):
        move(owner, "a-on", **facts)


def test_a_visit_that_is_over_stays(owner: Desk) -> None:
    with pytest.raises(Refusal, match="wrong_state"):
        move(owner, "a-done", at=at(9), minutes=75)


def test_nobody_is_moved_to_the_desk(owner: Desk) -> None:
    with pytest.raises(Refusal, match="not_a_therapist"):
        move(owner, "a-own", at=at(18), staff=StaffId("s-desk"))


def test_a_copy_is_booked_beside_the_visit_and_refused_where_it_is_taken(owner: Desk) -> None:
    copy = partial(moving.copy, appointment=AppointmentId("a-done"))
    made, _topics = owner.writing(partial(copy, at=at(10, 30)))
    copied = entry(owner, made.appointment)
    assert (copied.name, copied.minutes, copied.staff) == ("Odile Marchetti", 60, "owner")
    assert entry(owner, "a-done").at == at(9)
    with pytest.raises(Refusal) as refused:
        owner.writing(partial(copy, at=at(13)))
    assert free(refused)


def test_the_next_free_times_of_a_visit_are_named(owner: Desk) -> None:
    found = owner.reading(partial(moving.openings_for, appointment=AppointmentId("a-own")))
    assert [each.at for each in found] == [at(15), at(16), at(17)]
    assert {each.name for each in found} == {"Maren Okafor"}
    later = owner.reading(partial(moving.openings_for, appointment=AppointmentId("a-own"), after=at(18, 30)))
    assert later[0].at == at(9, 0, 19)
