"""A series from the first look to the last undo."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import booking, openings, series
from clinic.records import Appointment
from clinic.values import (
    BlockKind,
    ClientId,
    Holiday,
    Refusal,
    RoomId,
    Scope,
    StaffId,
    State,
    TreatmentId,
)
from tests import practices

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.desk import Desk

HER, HEARTH, WILLOW = StaffId("s-therapist"), RoomId("r-hearth"), RoomId("r-willow")
ORDER = series.Order(ClientId("c-own"), TreatmentId("t-60"), HER, HEARTH)
FIRST = datetime(2026, 11, 24, 16)


def preview(desk: Desk, order: series.Order = ORDER, **facts: Any) -> tuple[series.Planned, ...]:
    asked: dict[str, Any] = {"first": FIRST, "per_week": 1, "every": 1, "count": 6} | facts
    return desk.reading(partial(series.preview, order=order, **asked))


def book(desk: Desk, count: int = 4) -> series.Made:
    visits = [(FIRST + timedelta(weeks=n), HEARTH) for n in range(count)]
    return desk.writing(partial(series.book, order=ORDER, visits=visits))[0]


def standing(desk: Desk, made: series.Made) -> list[tuple[str, State]]:
    def look(work: Any) -> list[tuple[str, State]]:
        visits = [work.get(Appointment, key) for key in made.appointments]
        return [(f"{visit.at:%m-%d %H}", visit.state) for visit in visits]

    return desk.reading(look)


@pytest.fixture
def lettered(tmp_path: Path) -> Any:
    """A client whose letter is good for twelve visits, two a week, until the end of the year; four are used."""
    letter = practices.a_letter(used_before=4, frequency={"times": 2, "per": "week"})
    desk = practices.sit_down(practices.make(tmp_path, practices.a_document(letters=[letter])))
    yield desk
    desk.close()


def test_a_series_begins_as_the_letter_says(lettered: Desk) -> None:
    suggested = lettered.reading(partial(series.suggest, client=ORDER.client))
    assert (suggested.per_week, suggested.every, suggested.count) == (2, 1, 8)
    assert (suggested.left, suggested.until) == (8, date(2026, 12, 31))
    other = lettered.reading(partial(series.suggest, client=ClientId("c-other")))
    assert other == series.Suggestion(1, 1, 6)


def test_the_preview_counts_along_the_letter_and_says_where_it_ends(lettered: Desk) -> None:
    planned = preview(lettered, per_week=2, count=14)
    assert [(each.visit, each.visits) for each in planned][:8] == [(n, 12) for n in range(5, 13)]
    assert [each.beyond for each in planned] == [False] * 8 + [True] * 6
    assert planned[8].codes == ("E-COUNT",)
    assert "E-LMN-EXPIRED" in planned[-1].codes


def test_the_preview_names_clashes_blocks_and_holidays_and_what_would_do_instead(desk: Desk) -> None:
    desk.writing(
        partial(
            booking.book,
            client=ClientId("c-other"),
            treatment=TreatmentId("t-60"),
            staff=HER,
            at=datetime(2026, 12, 1, 15, 30),
        )
    )
    away: dict[str, Any] = {"begins": datetime(2026, 12, 7), "ends": datetime(2026, 12, 12), "staff": HER}
    desk.writing(partial(openings.add_block, kind=BlockKind.TIME_OFF, **away))
    planned = preview(desk, first=datetime(2026, 11, 26, 16), count=3, per_week=1)
    assert planned[0].holiday is Holiday.THANKSGIVING
    assert planned[0].free
    planned = preview(desk, count=4)
    assert [each.free for each in planned] == [True, False, False, True]
    side, span = planned[1].taken or ("", None)
    assert side == "staff"
    assert span is not None
    assert span.start == datetime(2026, 12, 1, 15, 30)
    assert planned[1].instead == datetime(2026, 12, 1, 16, 30)
    assert planned[2].blocked is not None
    assert planned[2].blocked[:2] == ("staff", BlockKind.TIME_OFF)
    assert planned[2].instead is None


def test_where_the_room_is_taken_another_is_found(desk: Desk) -> None:
    desk.writing(
        partial(
            booking.book,
            client=ClientId("c-other"),
            treatment=TreatmentId("t-60"),
            staff=StaffId("owner"),
            room=HEARTH,
            at=FIRST,
        )
    )
    assert [each.room for each in preview(desk, count=2)] == [WILLOW, HEARTH]
    assert [
        each.room for each in preview(desk, series.Order(ORDER.client, ORDER.treatment, HER), count=1)
    ] == [None]


def test_a_series_is_booked_as_a_whole_or_not_at_all(desk: Desk) -> None:
    desk.writing(partial(booking.book, client=ORDER.client, treatment=ORDER.treatment, staff=HER, at=FIRST))
    with pytest.raises(Refusal, match="slot_taken"):
        book(desk)
    assert desk.reading(lambda work: work.session.query(Appointment).count()) == 1


def test_a_series_is_taken_back_as_a_whole(desk: Desk) -> None:
    made = book(desk)
    assert [at for at, _ in standing(desk, made)] == ["11-24 16", "12-01 16", "12-08 16", "12-15 16"]
    desk.writing(partial(series.take_back, made=made))
    assert {state for _, state in standing(desk, made)} == {State.CANCELLED}


@pytest.mark.parametrize(
    ("scope", "days"),
    [
        (Scope.ONE, ["11-24", "12-02", "12-08", "12-15"]),
        (Scope.FOLLOWING, ["11-24", "12-02", "12-09", "12-16"]),
        (Scope.ALL, ["11-25", "12-02", "12-09", "12-16"]),
    ],
)
def test_one_the_following_or_all_are_moved_and_put_back(desk: Desk, scope: Scope, days: list[str]) -> None:
    made = book(desk)
    second = made.appointments[1]
    before, _ = desk.writing(
        partial(series.move, appointment=second, scope=scope, at=datetime(2026, 12, 2, 10))
    )
    assert [at[:5] for at, _ in standing(desk, made)] == days
    desk.writing(partial(series.put_back, before=before))
    assert [at for at, _ in standing(desk, made)] == ["11-24 16", "12-01 16", "12-08 16", "12-15 16"]


@pytest.mark.parametrize("weeks", [1, -1])
def test_each_may_be_moved_onto_where_the_next_one_was(desk: Desk, weeks: int) -> None:
    visits = [(FIRST + timedelta(weeks=n), HEARTH) for n in range(1, 4)]
    made = desk.writing(partial(series.book, order=ORDER, visits=visits))[0]
    to = FIRST + timedelta(weeks=1 + weeks)
    before, _ = desk.writing(partial(series.move, appointment=made.appointments[0], scope=Scope.ALL, at=to))
    assert len(before) == 3
    desk.writing(partial(series.put_back, before=before))
    assert [at for at, _ in standing(desk, made)] == ["12-01 16", "12-08 16", "12-15 16"]


def test_a_move_that_clashes_once_moves_nothing(desk: Desk) -> None:
    made = book(desk)
    desk.writing(
        partial(
            booking.book,
            client=ORDER.client,
            treatment=ORDER.treatment,
            staff=HER,
            at=datetime(2026, 12, 9, 10),
        )
    )
    with pytest.raises(Refusal, match="slot_taken"):
        desk.writing(
            partial(
                series.move,
                appointment=made.appointments[0],
                scope=Scope.ALL,
                at=datetime(2026, 11, 25, 10),
            )
        )
    assert [at for at, _ in standing(desk, made)] == ["11-24 16", "12-01 16", "12-08 16", "12-15 16"]


def test_the_rest_of_a_series_is_cancelled_and_brought_back(desk: Desk) -> None:
    made = book(desk)
    cancelled, _ = desk.writing(
        partial(series.cancel, appointment=made.appointments[2], scope=Scope.FOLLOWING, reason="moving away")
    )
    states = [state for _, state in standing(desk, made)]
    assert states == [State.CONFIRMED] * 2 + [State.CANCELLED] * 2
    assert len(desk.reading(partial(series.standing, appointment=made.appointments[0])).ahead) == 2
    desk.writing(partial(series.put_back, before=cancelled))
    assert {state for _, state in standing(desk, made)} == {State.CONFIRMED}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"count": 0}, "no_series"),
        ({"per_week": 8}, "no_series"),
        ({"first": datetime(2026, 11, 1, 9)}, "past"),
    ],
)
def test_what_is_no_series_is_refused(desk: Desk, facts: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        preview(desk, **facts)


def test_nothing_is_no_series(desk: Desk) -> None:
    with pytest.raises(Refusal, match="no_series"):
        desk.writing(partial(series.book, order=ORDER, visits=[]))


@pytest.mark.parametrize(
    ("frequency", "begins"),
    [
        ({"times": 1, "per": "month"}, (1, 4)),
        ({"times": 2, "per": "month"}, (1, 2)),
        ({"times": 9, "per": "week"}, (7, 1)),
        (None, (1, 1)),
    ],
)
def test_a_letter_by_the_month_is_a_series_every_so_many_weeks(
    tmp_path: Path, frequency: dict[str, Any] | None, begins: tuple[int, int]
) -> None:
    letter = (
        practices.a_letter(max_visits=None) if frequency is None else practices.a_letter(frequency=frequency)
    )
    if frequency is None:
        del letter["max_visits"]
    old = practices.a_letter("l-old", number="L-1", signed_on="2025-01-01", ends_on="2025-06-30")
    desk = practices.sit_down(practices.make(tmp_path, practices.a_document(letters=[letter, old])))
    suggested = desk.reading(partial(series.suggest, client=ORDER.client))
    assert (suggested.per_week, suggested.every) == begins
    assert suggested.letter == "L-2026-014"
    desk.close()


def test_a_visit_that_stands_alone_is_its_own_series(desk: Desk) -> None:
    task = partial(booking.book, client=ORDER.client, treatment=ORDER.treatment, staff=HER, at=FIRST)
    alone = desk.writing(task)[0].appointment
    standing_ = desk.reading(partial(series.standing, appointment=alone))
    assert (standing_.at, standing_.ahead) == (FIRST, (FIRST,))
