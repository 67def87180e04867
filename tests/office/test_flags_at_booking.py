"""The rules meet the booking: what they hold is held, what they put off is refused, and every decision is kept."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text

from clinic.office import booking, flags
from clinic.records import Appointment, AuditRow, ClearanceRequest, Decision, Standing
from clinic.rules.contraindications import Override, OverrideReason
from clinic.storage.work import Work
from clinic.values import AppointmentId, ClientId, Refusal, StaffId, State, TreatmentId
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

HANH = ClientId("c-own")
AT = datetime(2026, 11, 25, 10)
EARLIER = datetime(2026, 11, 18, 12)
PREGNANT: dict[str, Any] = {"F01": "yes", "F02": {"due": "2027-06-20", "high_risk": "no", "conditions": []},
            "F03": {"any": "no", "signs": []}}  # fmt: skip
PRESSURE: dict[str, Any] = {
    "D01": {
        "diagnosed": "yes",
        "treated": "yes",
        "controlled": "yes",
        "readings": [{"at": "2026-11-18T08:00", "systolic": 164, "diastolic": 96}],
        "symptoms": [],
    }
}
GASTRO: dict[str, Any] = {"respiratory": "no", "gastro": "yes", "contact": "no", "diagnosed": []}
SURGERY: dict[str, Any] = {
    "I02": [{"what": "knee", "major": True, "on": "2026-11-16", "sites": ["left_knee"]}]
}
CHEST: dict[str, Any] = {"D02": [{"what": "chest_pain_now", "new": "yes"}]}
OTHER = OverrideReason.OTHER


@pytest.fixture
def sit(fresh_practice: Path, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Sit down at one practice as several people."""
    path, desks = practices.copied(fresh_practice, tmp_path / "fresh"), []

    def sitting(person: str = "owner") -> Desk:
        desks.append(practices.sit_down(path, person))
        return desks[-1]

    yield sitting
    for desk in desks:
        desk.close()


def book(desk: Desk, at: datetime = AT, **facts: Any) -> booking.Booked:
    wanted: dict[str, Any] = {
        "client": HANH,
        "treatment": TreatmentId("t-rest"),
        "staff": StaffId("s-therapist"),
        "at": at,
    }
    return desk.writing(partial(booking.book, **(wanted | facts)))[0]


def kept(desk: Desk, kind: Any) -> list[SimpleNamespace]:
    columns = select(*kind.__table__.columns)
    return desk.reading(lambda work: [SimpleNamespace(**row) for row in work.run(columns).mappings()])


def state_of(desk: Desk, visit: AppointmentId) -> State:
    return desk.reading(lambda work: work.get(Appointment, visit).state)


def test_nothing_to_report_is_booked_and_leaves_no_decision(sit: Callable[..., Desk]) -> None:
    desk = sit()
    booked = book(desk)
    assert (booked.state, booked.flags["outcome"], booked.asked) == (State.CONFIRMED, "S0", False)
    assert kept(desk, Decision) == kept(desk, Standing) == []


def test_what_a_doctor_must_clear_is_held_and_asked_for_once(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, **PRESSURE)
    first, second = book(desk), book(desk, AT.replace(hour=13))
    assert (first.state, first.flags["decision"], first.asked) == (State.TENTATIVE, "tentative", True)
    assert second.state is State.TENTATIVE
    (request,) = kept(desk, ClearanceRequest)
    assert (request.rules, request.appointment) == (["CVD-10"], first.appointment)
    decision = kept(desk, Decision)[0]
    assert (decision.outcome, decision.decided_by, decision.role.value) == ("S3", "owner", "owner")
    assert decision.ruleset == first.flags["ruleset"]
    assert decision.findings == first.flags["findings"]


def test_a_held_time_is_not_confirmed_past_the_rules(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, at=EARLIER, **PRESSURE)
    visit = book(desk).appointment
    with pytest.raises(Refusal, match="rules_hold"):
        desk.writing(partial(booking.advance, appointment=visit, to=State.CONFIRMED))
    calm = dict(PRESSURE["D01"])
    calm["readings"] = [{"at": "2026-11-18T08:00", "systolic": 138, "diastolic": 84}]
    practices.ask_fully(desk, D01=calm)
    desk.writing(partial(booking.advance, appointment=visit, to=State.CONFIRMED))
    assert state_of(desk, visit) is State.CONFIRMED


def test_what_has_to_wait_is_refused_with_the_first_day_and_stays_in_the_trail(
    sit: Callable[..., Desk],
) -> None:
    desk = sit()
    practices.ask_fully(desk, **SURGERY)
    with pytest.raises(Refusal) as refused:
        book(desk)
    assert (refused.value.code, str(refused.value.facts["first"])) == ("rules_refuse", "2026-11-30")
    actions = desk.reading(lambda work: list(work.session.scalars(select(AuditRow.action))))
    assert "turned_down" in actions
    assert kept(desk, Decision) == []


def test_an_emergency_is_never_booked(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, **CHEST)
    at = datetime(2026, 11, 18, 16)
    with pytest.raises(Refusal, match="rules_emergency"):
        book(desk, at)
    with pytest.raises(Refusal, match="override_not_allowed"):
        book(desk, at, overrides=[Override("CVD-15", OTHER, "it has passed")])


def test_a_therapist_goes_against_what_is_held_and_says_why(sit: Callable[..., Desk]) -> None:
    practices.ask_fully(sit(), **PRESSURE)
    desk = sit("s-therapist")
    booked = book(desk, overrides=[Override("CVD-10", OverrideReason.MEASURE_RECHECKED)])
    assert (booked.state, booked.asked) == (State.CONFIRMED, False)
    (decision,) = kept(desk, Decision)
    assert decision.overrides == [{"rule": "CVD-10", "reason": "MEASURE_RECHECKED", "text": ""}]
    assert decision.decided_by == "s-therapist"
    (standing,) = kept(desk, Standing)
    assert (standing.outcome, standing.left, standing.held) == ("S3", "S0", False)


@pytest.mark.parametrize(
    ("override", "code"),
    [
        (Override("CVD-10", OTHER), "override_text_missing"),
        (Override("CVD-14", OTHER, "why not"), "override_unknown"),
    ],
)
def test_an_override_needs_its_rule_and_its_words(
    sit: Callable[..., Desk], override: Override, code: str
) -> None:
    desk = sit()
    practices.ask_fully(desk, **PRESSURE)
    with pytest.raises(Refusal, match=code):
        book(desk, overrides=[override])


@pytest.mark.parametrize("rule", ["CVD-10", "CVD-14"])
def test_the_desk_may_override_nothing_and_learns_nothing_by_trying(
    sit: Callable[..., Desk], rule: str
) -> None:
    practices.ask_fully(sit(), **PRESSURE)
    with pytest.raises(Refusal, match="override_not_allowed"):
        book(sit("s-desk"), overrides=[Override(rule, OTHER, "the client insists")])


def test_only_the_owner_with_a_fresh_password_goes_against_what_has_to_wait(sit: Callable[..., Desk]) -> None:
    owner = sit()
    practices.ask_fully(owner, **SURGERY)
    override = [Override("MSK-03a", OTHER, "cleared by the surgeon on the phone")]
    with pytest.raises(Refusal, match="override_not_allowed"):
        book(sit("s-therapist"), overrides=override)
    stale = owner.actor
    owner.actor = type(stale)(stale.staff, stale.role, None)
    with pytest.raises(Refusal, match="password_again"):
        book(owner, overrides=override)
    owner.confirm()
    assert book(owner, overrides=override).state is State.CONFIRMED


def test_contagion_is_put_off_by_nobody(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, C02=GASTRO)
    with pytest.raises(Refusal, match="override_not_allowed"):
        book(desk, datetime(2026, 11, 18, 16), overrides=[Override("INF-04", OTHER, "feels fine")])


def test_a_decision_can_not_be_rewritten(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, **PRESSURE)
    book(desk)
    for statement in ("UPDATE decisions SET outcome = 'S0'", "DELETE FROM decisions"):
        with pytest.raises(Exception, match="trail_is_final"):
            desk.writing(partial(Work.run, statement=text(statement)))


def test_a_rule_that_throws_holds_the_booking_and_is_logged(
    sit: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    from clinic.rules.contraindications import families  # noqa: PLC0415 - broken for this test alone

    def broken(*_given: object) -> list[object]:
        raise ZeroDivisionError

    monkeypatch.setitem(families.READINGS, "CVD-10", broken)
    desk = sit()
    booked = book(desk)
    assert (booked.state, booked.flags["findings"][0]["rule"]) == (State.TENTATIVE, "SYS-FAULT")
    faults = desk.reading(
        lambda work: list(work.run(select(AuditRow.object).where(AuditRow.action == "rule_fault")))
    )
    assert faults[0].object == "rules/CVD-10"


def test_a_fault_is_logged_even_where_the_visit_is_refused(
    sit: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    from clinic.rules.contraindications import families  # noqa: PLC0415 - broken for this test alone

    desk = sit()
    practices.ask_fully(desk, **SURGERY)
    monkeypatch.delitem(families.READINGS, "CVD-10")
    with pytest.raises(Refusal, match="rules_refuse"):
        book(desk)
    faults = desk.reading(
        lambda work: list(work.run(select(AuditRow.object).where(AuditRow.action == "rule_fault")))
    )
    assert "rules/CVD-10" in {row.object for row in faults}


def test_moving_is_judged_for_the_new_day(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, **SURGERY)
    visit = book(desk, datetime(2027, 3, 1, 10)).appointment
    assert state_of(desk, visit) is State.CONFIRMED
    with pytest.raises(Refusal, match="rules_refuse"):
        desk.writing(partial(booking.move, appointment=visit, at=AT))
    moved, _topics = desk.writing(partial(booking.move, appointment=visit, at=datetime(2026, 12, 7, 10)))
    assert state_of(desk, visit) is State.TENTATIVE
    desk.writing(partial(booking.put_back, before=moved))
    assert state_of(desk, visit) is State.CONFIRMED


# At the door


def arrive(desk: Desk) -> AppointmentId:
    visit = book(desk, datetime(2026, 11, 18, 14)).appointment
    desk.writing(partial(booking.advance, appointment=visit, to=State.ARRIVED))
    return visit


def begin(desk: Desk, visit: AppointmentId, *overrides: Override) -> None:
    desk.writing(
        partial(booking.advance, appointment=visit, to=State.IN_TREATMENT, overrides=list(overrides))
    )


def test_without_a_quick_check_of_the_day_nobody_is_treated(sit: Callable[..., Desk]) -> None:
    desk = sit()
    visit = arrive(desk)
    with pytest.raises(Refusal, match="quick_check_missing"):
        begin(desk, visit)
    with pytest.raises(Refusal, match="quick_check_missing"):
        desk.writing(partial(booking.advance, appointment=visit, to=State.DONE))
    practices.check_quickly(desk)
    begin(desk, visit)
    (decision,) = kept(desk, Decision)
    assert (decision.moment, decision.outcome, decision.full) == ("check_in", "S0", "h-c-own")
    assert decision.quick is not None


def test_fever_at_the_door_stops_the_visit(sit: Callable[..., Desk]) -> None:
    desk = sit()
    visit = arrive(desk)
    practices.check_quickly(desk, Q1={"feverish": "no", "temp_f": 101})
    with pytest.raises(Refusal) as refused:
        begin(desk, visit)
    assert refused.value.code == "rules_refuse"
    with pytest.raises(Refusal, match="override_not_allowed"):
        begin(desk, visit, Override("INF-01", OTHER, "it is only a little"))


def test_low_sugar_of_the_first_check_has_to_climb_before_the_visit_begins(sit: Callable[..., Desk]) -> None:
    desk = sit()
    visit = arrive(desk)
    for minute, sugar in ((40, 64), (50, 85)):
        at = EARLIER.replace(hour=13, minute=minute)
        glucose = {"mg_dl": sugar, "at": at.isoformat(timespec="minutes")}
        practices.check_quickly(desk, at=at, Q10={"glucose": glucose, "hypo_signs_now": "no"})
        with pytest.raises(Refusal, match="rules_refuse"):
            begin(desk, visit)
    practices.check_quickly(desk, Q10={"glucose": {"mg_dl": 112, "at": "2026-11-18T14:00"}})
    begin(desk, visit)


def test_what_is_to_be_adapted_is_ticked_by_the_therapist_before_it_begins(sit: Callable[..., Desk]) -> None:
    desk, front = sit(), sit("s-desk")
    visit = arrive(desk)
    practices.ask_fully(desk, at=EARLIER, K01=[{"name": "apixaban"}])
    practices.check_quickly(desk)
    with pytest.raises(Refusal, match="modifications_open"):
        begin(desk, visit)
    wrong = partial(booking.advance, appointment=visit, to=State.IN_TREATMENT, applied=["HEM-02"])
    with pytest.raises(Refusal, match="modifications_open"):
        desk.writing(wrong)
    right = partial(booking.advance, appointment=visit, to=State.IN_TREATMENT, applied=["HEM-01"])
    with pytest.raises(Refusal, match="therapist_begins"):
        front.writing(right)
    go = partial(booking.advance, appointment=visit, to=State.IN_TREATMENT, applied=["HEM-01", "CVD-01"])
    before, _ = desk.writing(go)
    assert [decision.applied for decision in kept(desk, Decision)] == [["HEM-01"]]
    # Taken back and begun again on the same check of the day, what was ticked still counts: even at the desk.
    desk.writing(partial(booking.put_back, before=before))
    begin(front, visit)
    assert [decision.applied for decision in kept(desk, Decision)] == [["HEM-01"], ["HEM-01"]]


def test_a_therapist_goes_ahead_against_a_hold_at_the_door(sit: Callable[..., Desk]) -> None:
    visit = arrive(sit())
    desk = sit("s-therapist")
    reading = {"at": "2026-11-18T14:05", "systolic": 165, "diastolic": 98}
    practices.check_quickly(desk, Q9={"readings": [reading], "symptoms": []})
    with pytest.raises(Refusal, match="rules_hold"):
        begin(desk, visit)
    begin(desk, visit, Override("CVD-10", OverrideReason.MEASURE_RECHECKED, "158/94 after ten minutes"))
    assert [decision.outcome for decision in kept(desk, Decision)] == ["S3"]


# The panel's question


def test_looking_again_and_again_stands_in_the_trail_once(sit: Callable[..., Desk]) -> None:
    desk = sit()
    for _keystroke in range(5):
        desk.writing(partial(flags.of_visit, client=HANH, treatment=TreatmentId("t-rest"), at=AT))
    actions = desk.reading(lambda work: list(work.session.scalars(select(AuditRow.action))))
    assert actions.count("read_flags") == 1


def test_the_same_client_is_judged_the_same_however_many_are_judged(sit: Callable[..., Desk]) -> None:
    desk = sit()
    practices.ask_fully(desk, **PRESSURE)
    visit = book(desk).appointment
    alone = desk.writing(partial(flags.of_visit, client=HANH, treatment=TreatmentId("t-rest"), at=AT))[0]
    (standing,) = kept(desk, Standing)
    assert standing.appointment == visit
    assert [f["rule"] for f in standing.findings] == [f["rule"] for f in alone["findings"]]
