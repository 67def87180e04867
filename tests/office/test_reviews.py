"""When answers change, the visits ahead are judged again, and the worklist says what is to be done."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import attention, booking, clients, diary, flag_cards, practice, reviews, today
from clinic.office.attention import Why
from clinic.records import Appointment, ClearanceRequest, Client, Decision, Standing
from clinic.rules.contraindications import Override, OverrideReason
from clinic.values import AppointmentId, ClientId, Refusal, StaffId, State, TreatmentId
from clinic.wording.flags import severity
from tests import practices
from tests.office.test_flags_at_booking import (
    AT,
    CHEST,
    EARLIER,
    HANH,
    PREGNANT,
    PRESSURE,
    SURGERY,
    book,
    kept,
    sit,
    state_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.desk import Desk

__all__ = ["sit"]


def told(desk: Desk) -> list[tuple[Why, AppointmentId | None]]:
    flags = [item for item in desk.reading(attention.items) if item.why.value.startswith(("flag", "quest"))]
    return [(item.why, item.appointment) for item in flags]


@pytest.mark.parametrize(
    ("answers", "why", "word"),
    [
        (PRESSURE, Why.FLAG_HOLDS, "Ask the doctor"),
        (SURGERY, Why.FLAG_REFUSES, "Not today"),
        ({"D04": None}, Why.QUESTIONS_OPEN, "Ask the client"),
        ({"D04": None, **PRESSURE}, Why.FLAG_HOLDS, "Ask the doctor"),
        ({"K01": [{"name": "apixaban"}]}, None, "Adapt"),
    ],
)
def test_new_answers_put_a_booked_visit_on_the_worklist_and_its_flag_on_the_lists(
    sit: Callable[..., Desk], answers: dict[str, Any], why: Why | None, word: str
) -> None:
    desk = sit()
    visit = book(desk).appointment
    assert told(desk) == []
    said = {key: value for key, value in answers.items() if value is not None}
    full = practices.a_screening("", **said)["answers"]
    for key in answers.keys() - said.keys():
        del full[key]
    practices.answer(desk, "c-own", full)
    assert told(desk) == ([(why, visit)] if why else [])
    (row,) = desk.reading(partial(today.day, on=AT.date())).visits
    mark = desk.reading(partial(diary.marks_of, first=AT.date(), last=AT.date()))[visit]
    assert [severity(one.flag, asks=one.asks) for one in (row, mark)] == [word, word]


def renewals(desk: Desk) -> list[tuple[Why, AppointmentId | None, date | None]]:
    found = [item for item in desk.reading(attention.items) if item.why.value.startswith("history")]
    return [(item.why, item.appointment, item.since) for item in found]


def somebody_asked(desk: Desk, at: datetime) -> ClientId:
    """Take on somebody who was asked everything on that day."""

    def take_on(work: Any) -> ClientId:
        client = clients.create(work, given_name="Ana", family_name="Ferreira", phone="")
        work.flush()
        work.get(Client, client).born = date(1980, 2, 3)
        return client

    client: ClientId = desk.writing(take_on)[0]
    practices.ask_fully(desk, client, at=at)
    return client


def test_a_history_that_ends_before_a_visit_of_these_weeks_is_to_be_renewed(sit: Callable[..., Desk]) -> None:
    desk = sit()
    ana = somebody_asked(desk, datetime(2025, 11, 27, 9))
    book(desk, datetime(2026, 11, 27, 10), client=ana)
    assert renewals(desk) == []  # a year to the day: it still speaks
    later = book(desk, datetime(2026, 11, 28, 10), client=ana).appointment
    book(desk, datetime(2027, 3, 4, 10), client=ana)
    assert renewals(desk) == [(Why.HISTORY_ENDS, later, date(2025, 11, 27))]
    assert told(desk) == []
    assert renewals(sit("s-desk")) == renewals(desk)
    practices.ask_fully(desk, ana)
    assert renewals(desk) == []
    assert told(desk) == [(Why.FLAG_SETTLED, later)]


def test_somebody_who_was_away_for_half_a_year_is_asked_anew(sit: Callable[..., Desk]) -> None:
    desk = sit()
    ana = somebody_asked(desk, datetime(2026, 5, 20, 9))
    visit = book(desk, datetime(2026, 11, 20, 10), client=ana).appointment
    assert renewals(desk) == []  # asked, and never here: the history alone says until when
    before = book(desk, datetime(2026, 5, 21, 10), client=ana).appointment

    def been_here(work: Any) -> None:
        work.get(Appointment, before).state = State.DONE

    desk.writing(been_here)
    assert renewals(desk) == [(Why.HISTORY_AWAY, visit, date(2026, 5, 21))]
    practices.ask_fully(desk, ana)
    assert renewals(desk) == []


def test_an_emergency_told_today_stands_first(sit: Callable[..., Desk]) -> None:
    desk = sit()
    visit = book(desk, AT.replace(month=11, day=18, hour=16)).appointment
    practices.ask_fully(desk, **CHEST)
    assert told(desk) == [(Why.FLAG_EMERGENCY, visit)]
    seen = desk.reading(partial(flag_cards.of_booked, appointment=visit))
    assert (seen.left, seen.may_override, seen.first) == ("S5", False, None)


def test_a_confirmed_visit_is_held_and_the_doctor_asked_and_that_is_undone(
    sit: Callable[..., Desk],
) -> None:
    desk = sit()
    visit = book(desk).appointment
    practices.ask_fully(desk, **PRESSURE)
    before, _topics = desk.writing(partial(reviews.hold, appointment=visit))
    assert state_of(desk, visit) is State.TENTATIVE
    assert [row.rules for row in kept(desk, ClearanceRequest)] == [["CVD-10"]]
    assert told(desk) == []
    with pytest.raises(Refusal, match="wrong_state"):
        desk.writing(partial(reviews.hold, appointment=visit))
    desk.writing(partial(booking.put_back, before=before))
    assert told(desk) == [(Why.FLAG_HOLDS, visit)]


def test_a_visit_is_let_through_with_a_reason_until_it_gets_graver(sit: Callable[..., Desk]) -> None:
    desk = sit()
    visit = book(desk).appointment
    practices.ask_fully(desk, at=EARLIER, **PRESSURE)
    override = Override("CVD-10", OverrideReason.MEASURE_RECHECKED, "150/90 by the nurse")
    desk.writing(partial(reviews.let_through, appointment=visit, overrides=[override]))
    assert told(desk) == []
    assert kept(desk, Decision)[-1].overrides[0]["text"] == "150/90 by the nurse"
    graver = {"readings": [{"at": "2026-11-18T08:00", "systolic": 190, "diastolic": 100}]}
    practices.ask_fully(desk, D01={**PRESSURE["D01"], **graver})
    assert told(desk) == [(Why.FLAG_REFUSES, visit)]


def test_what_is_not_gone_against_still_stops(sit: Callable[..., Desk]) -> None:
    desk = sit()
    visit = book(desk).appointment
    practices.ask_fully(desk, **PRESSURE)
    with pytest.raises(Refusal, match="rules_hold"):
        desk.writing(partial(reviews.let_through, appointment=visit, overrides=[]))
    desk.writing(partial(booking.advance, appointment=visit, to=State.CANCELLED))
    assert told(desk) == []
    for task in (
        partial(reviews.let_through, appointment=visit, overrides=[]),
        partial(reviews.hold, appointment=visit),
    ):
        with pytest.raises(Refusal, match="wrong_state"):
            desk.writing(task)


def test_a_held_visit_that_nothing_holds_any_more_is_named(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER, **PRESSURE)
    visit = book(desk).appointment
    practices.ask_fully(desk)
    assert told(desk) == [(Why.FLAG_SETTLED, visit)]


def test_a_birthday_a_certificate_and_a_setting_are_read_again(sit: Callable[..., Desk]) -> None:
    desk = sit()
    visit = book(desk).appointment

    def born(year: int) -> None:
        details = desk.reading(partial(clients.details, client=HANH))
        day = practices.NOW.date().replace(year=year)
        desk.writing(partial(clients.edit, client=HANH, changes={"born": day}, version=details.version))

    born(2010)
    assert told(desk) == [(Why.FLAG_HOLDS, visit)]
    born(1980)
    assert told(desk) == []
    practices.ask_fully(desk, **PREGNANT)
    found = {f["rule"] for row in kept(desk, Standing) for f in row.findings}
    assert "PRG-09" in found
    (tomas,) = (one for one in desk.reading(practice.colleagues) if one.id == "s-therapist")
    change = partial(
        practice.change_colleague, staff=StaffId("s-therapist"), version=tomas.version, reason="trained"
    )
    desk.confirm()
    desk.writing(partial(change, changes={"prenatal_certified": True}))
    found = {f["rule"] for row in kept(desk, Standing) for f in row.findings}
    assert "PRG-09" not in found


def test_colleagues_trained_for_the_work_are_named(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, **PREGNANT)
    (me,) = (one for one in desk.reading(practice.colleagues) if one.id == "owner")
    desk.confirm()
    desk.writing(
        partial(
            practice.change_colleague,
            staff=StaffId("owner"),
            changes={"prenatal_certified": True},
            version=me.version,
            reason="trained",
        )
    )
    seen = desk.reading(
        partial(
            flag_cards.of_wish,
            client=HANH,
            treatment=TreatmentId("t-rest"),
            staff=StaffId("s-therapist"),
            at=AT,
        )
    )
    assert seen.instead == ((StaffId("owner"), "Maren Okafor"),)
