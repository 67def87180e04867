"""What a booking starts from, what would become of it, and what a visit's card shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import booking, cards, openings, proposals, today
from clinic.values import (
    AppointmentId,
    BlockKind,
    ClientId,
    Money,
    Refusal,
    RoomId,
    StaffId,
    State,
    TreatmentId,
)
from tests import practices
from tests.practices import a_letter, an_appointment
from tests.ui.screens.a_day import a_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

HANH, ODILE = ClientId("c-own"), ClientId("c-other")
T60, OWNER, TOMAS = TreatmentId("t-60"), StaffId("owner"), StaffId("s-therapist")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("day"), a_document())


@pytest.fixture
def at_desk(day: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = practices.sit_down(practices.copied(day, tmp_path / "day"))
    yield opened
    opened.close()


def opened(tmp_path: Path, **lists: Any) -> Desk:
    return practices.sit_down(practices.make(tmp_path, practices.a_document(**lists)))


def foreseen(desk: Desk, when: str, **facts: Any) -> proposals.Foreseen:
    request: dict[str, Any] = {"client": HANH, "treatment": T60, "staff": TOMAS, "at": at(when)} | facts
    return desk.reading(partial(proposals.foresee, **request))


def test_somebody_never_seen_has_nothing_usual(at_desk: Desk) -> None:
    usual = at_desk.reading(partial(proposals.usual, client=ClientId("c-ar")))
    assert usual.name == "نادية حداد"
    fresh = at_desk.writing(
        partial(
            booking.book_first,
            given_name="Idris",
            family_name="",
            phone="1",
            treatment=T60,
            staff=OWNER,
            at=at("2026-11-20T10:00"),
        )
    )[0][0]
    assert at_desk.reading(partial(proposals.usual, client=fresh)).next == at("2026-11-20T10:00")


def test_the_hour_is_proposed_again_as_far_on_as_the_last_two_visits_were_apart(tmp_path: Path) -> None:
    desk = opened(
        tmp_path,
        appointments=[
            an_appointment("a-1", "2026-10-28T16:00"),
            an_appointment("a-2", "2026-11-18T10:00"),
        ],
    )
    assert desk.reading(partial(proposals.usual, client=HANH)).again == at("2026-12-09T10:00")
    desk.close()


def test_a_taken_week_is_passed_over(tmp_path: Path) -> None:
    desk = opened(
        tmp_path,
        appointments=[
            an_appointment("a-1", "2026-11-18T10:00"),
            an_appointment("a-2", "2026-12-02T10:30", client="c-other", state="confirmed"),
        ],
    )
    assert desk.reading(partial(proposals.usual, client=HANH)).again == at("2026-12-09T10:00")
    desk.close()


def test_where_the_hour_is_never_free_the_nearest_free_time_is_proposed(tmp_path: Path) -> None:
    desk = opened(tmp_path, appointments=[an_appointment("a-1", "2026-11-18T10:00")])
    noon = partial(
        openings.add_block,
        begins=at("2026-11-19T10:15"),
        ends=at("2026-11-19T10:45"),
        kind=BlockKind.BREAK,
        staff=TOMAS,
        rule="FREQ=DAILY",
    )
    desk.writing(noon)
    assert desk.reading(partial(proposals.usual, client=HANH)).again == at("2026-12-02T09:15")
    desk.close()


def test_an_old_visit_is_proposed_for_a_day_to_come(tmp_path: Path) -> None:
    desk = opened(tmp_path, appointments=[an_appointment("a-1", "2026-06-03T10:00")])
    again = desk.reading(partial(proposals.usual, client=HANH)).again
    assert again == at("2026-11-25T10:00")
    desk.close()


def test_a_treatment_no_longer_offered_is_not_proposed(tmp_path: Path) -> None:
    document = practices.a_document(appointments=[an_appointment("a-1", "2026-11-04T10:00")])
    document["treatments"][0]["active"] = False
    desk = practices.sit_down(practices.make(tmp_path, document))
    usual = desk.reading(partial(proposals.usual, client=HANH))
    assert (usual.treatment, usual.staff) == (None, TOMAS)
    assert T60 not in {offered.id for offered in desk.reading(proposals.choices).treatments}
    desk.close()


def test_who_has_the_time_is_named_with_when(at_desk: Desk) -> None:
    taken = foreseen(at_desk, "2026-11-18T16:30", client=ODILE).taken
    assert taken == proposals.Taken(
        "staff", "Tomás Rivera", at("2026-11-18T16:00"), at("2026-11-18T17:00"), "Hạnh Nguyễn"
    )
    room = foreseen(at_desk, "2026-11-18T16:30", client=ODILE, staff=OWNER, room=RoomId("r-hearth")).taken
    assert room is not None
    assert (room.side, room.name) == ("room", "Hearth")


def test_a_therapist_is_not_told_whose_visit_of_another_is_in_the_way(tmp_path: Path) -> None:
    document = a_document()
    document["appointments"].append(
        an_appointment(
            "a-x", "2026-11-20T10:00", client="c-other", staff="owner", room="r-hearth", state="confirmed"
        )
    )
    desk = practices.sit_down(practices.make(tmp_path, document), "s-therapist")
    taken = foreseen(desk, "2026-11-20T10:00", room=RoomId("r-hearth")).taken
    assert taken is not None
    assert taken.client_name == ""
    desk.close()


def test_the_visit_is_counted_with_those_already_booked(at_desk: Desk) -> None:
    under = foreseen(at_desk, "2026-11-25T10:00")
    assert (under.letter, under.visit, under.visits) == ("L-2026-014", 3, 3)
    beyond = foreseen(at_desk, "2026-12-09T10:00")
    assert (beyond.letter, beyond.codes) == ("", ("E-COUNT",))


def test_what_is_foreseen_comes_true(at_desk: Desk) -> None:
    under = foreseen(at_desk, "2026-11-25T10:00")
    request = partial(booking.book, client=HANH, treatment=T60, staff=TOMAS, at=at("2026-11-25T10:00"))
    booked, _topics = at_desk.writing(request)
    assert booked.warnings == under.warnings
    card = at_desk.reading(partial(cards.of_visit, appointment=booked.appointment))
    assert card.visit == under.visit


def test_without_a_client_there_is_no_letter(at_desk: Desk) -> None:
    assert foreseen(at_desk, "2026-11-25T10:00", client=None).codes == ("E-NOLMN",)


def test_a_letter_without_a_number_of_visits_stands_behind_a_visit_all_the_same(tmp_path: Path) -> None:
    letter = a_letter()
    del letter["max_visits"]
    desk = opened(
        tmp_path,
        letters=[letter],
        appointments=[an_appointment("a-1", "2026-11-18T16:00", state="confirmed")],
    )
    under = foreseen(desk, "2026-11-25T10:00")
    assert (under.letter, under.visit, under.visits) == ("L-2026-014", None, None)
    assert [visit.letter for visit in desk.reading(today.day).visits] == ["L-2026-014"]
    desk.close()


def test_nobody_new_is_kept_where_the_time_is_taken(at_desk: Desk) -> None:
    with pytest.raises(Refusal, match="slot_taken"):
        at_desk.writing(
            partial(
                booking.book_first,
                given_name="Idris",
                family_name="Okonjo",
                phone="",
                treatment=T60,
                staff=TOMAS,
                at=at("2026-11-18T16:00"),
            )
        )
    with at_desk.vault.connect(reading=True) as connection:
        asked = "SELECT count(*) FROM clients WHERE family_name = 'Okonjo'"
        assert connection.exec_driver_sql(asked).scalar_one() == 0


def test_a_booking_taken_back_is_not_listed_any_more(at_desk: Desk) -> None:
    request = partial(booking.book, client=ODILE, treatment=T60, staff=OWNER, at=at("2026-11-18T18:00"))
    booked, _topics = at_desk.writing(request)
    at_desk.writing(partial(booking.take_back, appointment=booked.appointment))
    assert booked.appointment not in {visit.id for visit in at_desk.reading(today.day).visits}


def test_a_card_knows_the_last_plan_the_money_and_the_next_visit(at_desk: Desk) -> None:
    card = at_desk.reading(partial(cards.of_visit, appointment=AppointmentId("a-next")))
    assert (card.plan, card.visit, card.room) == ("Bolster under the knees.", 2, "Hearth")
    assert card.letter is not None
    assert card.last == at("2026-11-04T16:00")
    assert card.next == at("2026-12-02T16:00")
    assert card.balance == Money(0)
    owing = at_desk.reading(partial(cards.of_visit, appointment=AppointmentId("a-done")))
    assert owing.balance == Money(12500)


def test_a_therapist_gets_no_card_of_another_ones_visit(day: Path, tmp_path: Path) -> None:
    desk = practices.sit_down(practices.copied(day, tmp_path / "copy"), "s-therapist")
    with pytest.raises(Refusal, match="not_allowed"):
        desk.reading(partial(cards.of_visit, appointment=AppointmentId("a-done")))
    desk.close()


def test_tomorrow_in_three_numbers(at_desk: Desk) -> None:
    ahead = at_desk.reading(cards.day_ahead)
    assert (ahead.visits, ahead.first, ahead.unconfirmed) == (1, at("2026-11-19T10:00"), 1)
    assert ahead.on - timedelta(days=1) == at_desk.reading(today.day).on


def test_a_visit_moves_through_its_day_and_back(at_desk: Desk) -> None:
    visit = AppointmentId("a-next")
    steps = [State.ARRIVED, State.IN_TREATMENT]
    before = [at_desk.writing(partial(booking.advance, appointment=visit, to=to))[0] for to in steps]
    with pytest.raises(Refusal, match="not_yet"):
        at_desk.writing(partial(booking.advance, appointment=visit, to=State.DONE))
    for step in reversed(before):
        at_desk.writing(partial(booking.put_back, before=step))
    states = {row.id: row.state for row in at_desk.reading(today.day).visits}
    assert states[visit] is State.CONFIRMED
