"""The rule book in the window: on the phone, at the door, in the doctor's letter, and in the wrong hands."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import select

from clinic.office import booking, clearances
from clinic.office.clearances import Stage
from clinic.records import Appointment, Decision, Screening
from clinic.values import ClientId, ScreeningKind, StaffId, State, TreatmentId
from tests import practices
from tests.documents.reading import words_of
from tests.office.test_flags_at_booking import EARLIER, PREGNANT, PRESSURE, SURGERY
from ui.screens.today.adapting import Adapting

if TYPE_CHECKING:
    import pytest

    from clinic.values import AppointmentId
    from tests.journeys.person import Person

HANH = ClientId("c-own")
TODAY_AT_TWO = datetime(2026, 11, 18, 14)


def told(person: Person, **answers: Any) -> None:
    """Let Hạnh have answered the health questions this way, this noon."""
    practices.ask_fully(person.shell.seat.desk, at=EARLIER, **answers)
    person.wait()


def visits(person: Person) -> dict[str, State]:
    def look(work: Any) -> dict[str, State]:
        asked = select(Appointment.id, Appointment.state).where(Appointment.client == HANH)
        return {row.id: row.state for row in work.run(asked)}

    return person.look_up(look)


def book_by_phone(person: Person, at: str) -> None:
    """Put a visit of Hạnh's together, as with the phone at one ear."""
    person.chord(Qt.Key.Key_N)
    person.type_here("hanh", enter=True)
    person.fill("Day", "+1w")
    person.fill("Time", at)


def arrived(person: Person) -> AppointmentId:
    """Let Hạnh stand at the counter for a visit at two."""
    desk = person.shell.seat.desk
    book = partial(
        booking.book,
        client=HANH,
        treatment=TreatmentId("t-rest"),
        staff=StaffId("owner"),
        at=TODAY_AT_TWO,
    )
    visit: AppointmentId = desk.writing(book)[0].appointment
    desk.writing(partial(booking.advance, appointment=visit, to=State.ARRIVED))
    person.chord(Qt.Key.Key_T)
    person.wait()
    return visit


def test_a_pregnant_client_is_booked_on_the_phone_by_the_front_desk(somebody: Person) -> None:
    somebody.sign_in("s-desk")
    told(somebody, **PREGNANT)
    before = visits(somebody)
    book_by_phone(somebody, "10am")
    somebody.reads_soon("The therapist must review this before the visit is confirmed.")
    assert not somebody.sees("Override")
    assert "regnan" not in somebody.everything()
    somebody.press("Hold the time and ask the doctor")
    (new,) = visits(somebody).keys() - before.keys()
    assert visits(somebody)[new] is State.TENTATIVE
    page = somebody.look_up(partial(clearances.of_client, client=HANH))
    assert [(row.stage, row.conditions) for row in page.rows] == [(Stage.TO_ASK, ())]
    assert "regnan" not in somebody.everything()


def test_fever_at_the_door_sends_the_client_home(owner: Person) -> None:
    visit = arrived(owner)
    owner.press("Begin: Hạnh")
    owner.press("Yes or not sure: Do you have a fever, or feel ill today?")
    owner.press("No to the others, keep, begin")
    assert owner.reads("Say what the yes is about, or take it back.")
    owner.press("I feel feverish or ill today: Yes")
    owner.fill("Temperature", "101.2")
    owner.press("I had a fever in the last 24 hours: Not sure")
    owner.press("No to the others, keep, begin")
    owner.reads_soon("Not treated as it stands")
    assert owner.reads("Fever")
    assert visits(owner)[visit] is State.ARRIVED
    owner.press("Send home untreated")
    owner.press("Not safe to treat today")
    assert visits(owner)[visit] is State.DECLINED
    assert "Begin: Hạnh" not in owner.everything()


def test_pressure_is_measured_again_after_a_rest(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = arrived(owner)
    owner.press("Begin: Hạnh")
    owner.press("Blood pressure today")
    owner.type_here("165")
    owner.fill("Lower", "98")
    owner.press("No to all of these, begin")
    owner.reads_soon("165/98")
    assert owner.reads("a second blood pressure reading")
    monkeypatch.setattr(practices, "NOW", practices.NOW + timedelta(minutes=10))
    owner.press("Ask and measure again")
    assert owner.reads("Measured before: 165/98, 2:10 pm")
    owner.type_here("142")
    owner.fill("Lower", "88")
    owner.press("No to all of these, begin")
    owner.reads_soon("Tick what you have adapted")
    assert not owner.screen(Adapting).button.isEnabled()
    owner.tick("Modification applied, Adapt: Raised or controlled blood pressure, 154/93")
    owner.press("Begin the treatment")
    assert visits(owner)[visit] is State.IN_TREATMENT

    def ticked(work: Any) -> Any:
        return work.session.scalar(select(Decision.applied).where(Decision.appointment == visit))

    assert owner.look_up(ticked) == ["CVD-11"]
    newest = select(Screening.answers).where(Screening.kind == ScreeningKind.QUICK)
    by_time = newest.order_by(Screening.answered_at.desc()).limit(1)
    readings = owner.look_up(lambda work: work.session.scalar(by_time))["Q9"]["readings"]
    assert [(each["at"][-5:], each["systolic"]) for each in readings] == [("14:10", 165), ("14:20", 142)]


def test_a_clearance_is_asked_for_received_verified_and_the_visit_confirmed(
    owner: Person, printed: list[bytes]
) -> None:
    told(owner, **PRESSURE)
    before = visits(owner)
    book_by_phone(owner, "10am")
    owner.press("Hold the time and ask the doctor")
    (new,) = visits(owner).keys() - before.keys()
    owner.chord(Qt.Key.Key_T)
    owner.reads_soon("A doctor is to be asked")
    owner.press("Print the request")
    owner.fill("Clinician", "Dr. Miriam Adeyemi")
    owner.press("Print the request")
    assert "Uncontrolled high blood pressure" in words_of(printed[-1])
    owner.press("Record the answer")
    assert owner.find(QLineEdit, "Signed by").text() == "Dr. Miriam Adeyemi"
    owner.fill("Signed on", "nov 18")
    owner.fill("Ends on", "+90d")
    owner.tick("Signature")
    owner.press("Put on file")
    (row,) = owner.look_up(partial(clearances.of_client, client=HANH)).rows
    assert row.stage is Stage.RECEIVED
    owner.press("Today")
    owner.reads_soon("A clearance is to be verified")
    owner.press("Verify by phone")
    owner.fill("Confirmed on the phone by", "Nurse Ito")
    owner.press("Verified by phone")
    (row,) = owner.look_up(partial(clearances.of_client, client=HANH)).rows
    assert (row.stage, row.verified_by) == (Stage.VERIFIED, "Nurse Ito")
    owner.press("Today")
    owner.reads_soon("Nothing holds this visit any more")
    owner.press("Confirm it")
    owner.press("Confirm the visit")
    assert visits(owner)[new] is State.CONFIRMED


def test_a_rule_that_is_switched_off_is_silent_and_on_the_record(owner: Person) -> None:
    told(owner, **PRESSURE)
    book_by_phone(owner, "10am")
    owner.reads_soon("Uncontrolled high blood pressure, 164/96")
    owner.key(Qt.Key.Key_Escape)
    owner.press("Settings")
    owner.press("Rules of the screening")
    owner.fill("Reason, kept with each change", "reviewed by our own physician")
    owner.type_in(owner.find(QLineEdit, "Your password"), practices.PASSWORD)
    owner.press("Allow changes")
    owner.type_in(owner.find(QLineEdit, "Condition or rule"), "CVD-10")
    owner.open_row("Rules", "high blood pressure")
    owner.key(Qt.Key.Key_Return)
    owner.press("Switch this rule off")
    before = visits(owner)
    book_by_phone(owner, "10am")
    owner.press("Book the visit")
    (new,) = visits(owner).keys() - before.keys()
    assert visits(owner)[new] is State.CONFIRMED

    def policy(work: Any) -> Any:
        return work.session.scalar(select(Decision.policy).where(Decision.appointment == new))

    assert owner.look_up(policy)["silenced"] == ["CVD-10"]


def test_an_override_is_offered_to_nobody_who_may_not(somebody: Person) -> None:
    somebody.sign_in("s-therapist")
    told(somebody, **SURGERY)
    before = visits(somebody)
    book_by_phone(somebody, "10am")
    somebody.reads_soon("Major surgery less than 14 days ago")
    assert not somebody.sees("Override")
    somebody.press("First possible day")
    assert visits(somebody) == before
    somebody.reads_soon("Major surgery 14 to 41 days ago")
    assert somebody.sees("Override")
    somebody.key(Qt.Key.Key_Escape)
    assert visits(somebody) == before
