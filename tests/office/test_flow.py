"""Visits given up or missed: when each step happened, what is asked, and the free pass."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from clinic.office import attention, booking, charges, flow, reversals, till, today
from clinic.office.attention import Why
from clinic.office.charges import Charge
from clinic.office.flow import Asked, Reason, Terms
from clinic.records import Appointment, Line, Owed, Step
from clinic.values import AppointmentId, ClientId, LineKind, Method, Money, Refusal, State
from tests import practices
from tests.practices import an_appointment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.storage.work import Work

SOON, LATER = AppointmentId("a-soon"), AppointmentId("a-later")
TERMS = {"notice_hours": 24, "late_cancel": {"percent": 50}, "no_show": {"amount_cents": 8000}}


@pytest.fixture(scope="module")
def flowing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = practices.a_document(
        appointments=[
            an_appointment("a-soon", "2026-11-18T16:00", state="confirmed"),
            an_appointment("a-later", "2026-11-20T16:00", state="confirmed"),
            an_appointment("a-gone", "2026-11-18T11:00", state="confirmed", client="c-other"),
            an_appointment("a-here", "2026-11-18T14:00", state="arrived", client="c-other", staff="owner"),
        ]
    )
    document["screenings"].append(practices.a_quick_check("k-1", "c-other"))
    document["practice"]["settings"] = {"missed": TERMS}
    return practices.make(tmp_path_factory.mktemp("flow"), document)


@pytest.fixture
def desk(flowing: Path, tmp_path: Path) -> Iterator[Desk]:
    seated = practices.sit_down(practices.copied(flowing, tmp_path / "copy"))
    yield seated
    seated.close()


def state(desk: Desk, visit: AppointmentId) -> tuple[State, str | None, str | None]:
    asked = select(Appointment.state, Appointment.reason, Appointment.fee_waived)
    row = desk.reading(lambda work: work.run(asked.where(Appointment.id == visit)).one())
    return row.state, row.reason, row.fee_waived


def steps(desk: Desk, visit: AppointmentId) -> list[tuple[State, str | None]]:
    asked = select(Step.state, Step.by).where(Step.appointment == visit).order_by(Step.at)
    # All of it happens in one instant here, so what tells the steps apart is the state.
    found = desk.reading(lambda work: work.run(asked).all())
    return sorted((tuple(row) for row in found), key=lambda row: list(State).index(row[0]))


def give_up(desk: Desk, visit: AppointmentId, reason: str, **more: Any) -> booking.Moved:
    before, _ = desk.writing(partial(flow.give_up, appointment=visit, reason=reason, **more))
    return before


def row(desk: Desk, visit: str) -> today.VisitRow:
    return next(each for each in desk.reading(today.day).visits if each.id == visit)


def test_a_visit_given_up_within_the_notice_is_late_and_half_of_it_is_asked(desk: Desk) -> None:
    facts = desk.reading(partial(flow.before_giving_up, appointment=SOON))
    assert (facts.late, facts.hours, facts.fee) == (True, 24, Money.of("62.50"))
    give_up(desk, SOON, Reason.NO_TIME)
    assert state(desk, SOON) == (State.LATE_CANCEL, "no_time", None)
    assert row(desk, SOON).fee == Money.of("62.50")


def test_a_visit_given_up_in_time_costs_nothing(desk: Desk) -> None:
    facts = desk.reading(partial(flow.before_giving_up, appointment=LATER))
    assert (facts.late, facts.fee) == (False, Money(0))
    give_up(desk, LATER, "moving house")
    assert state(desk, LATER) == (State.CANCELLED, "moving house", None)


def test_what_is_the_practices_own_doing_is_never_late(desk: Desk) -> None:
    give_up(desk, SOON, Reason.THERAPIST_AWAY)
    assert state(desk, SOON)[0] is State.CANCELLED


def test_giving_up_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(Refusal, match="reason_missing"):
        give_up(desk, SOON, "  ")


def test_a_free_pass_with_the_cancellation_asks_nothing_and_undo_takes_both_back(desk: Desk) -> None:
    before = give_up(desk, SOON, Reason.UNWELL, free=True)
    assert state(desk, SOON) == (State.LATE_CANCEL, "unwell", "unwell")
    assert (row(desk, SOON).fee, row(desk, SOON).waived) == (Money(0), True)
    desk.writing(partial(booking.put_back, before=before))
    assert state(desk, SOON) == (State.CONFIRMED, None, None)
    assert steps(desk, SOON) == []


def test_every_step_is_kept_with_its_time_and_taken_away_by_undo(desk: Desk) -> None:
    gone = AppointmentId("a-gone")
    for to in (State.ARRIVED, State.DONE):
        before, _ = desk.writing(partial(booking.advance, appointment=gone, to=to))
    wall = desk.reading(lambda work: work.wall)
    assert steps(desk, gone) == [(State.ARRIVED, "owner"), (State.DONE, "owner")]
    assert row(desk, gone).since == wall
    desk.writing(partial(booking.put_back, before=before))
    assert steps(desk, gone) == [(State.ARRIVED, "owner")]


def test_paying_closes_the_visit_with_a_step(desk: Desk) -> None:
    here = AppointmentId("a-here")
    charge = Charge(LineKind.TREATMENT, "Massage", Money(12500), appointment=here)
    tender = till.Tender(Method.CARD, Money(12500))
    desk.writing(
        partial(till.check_out, operation="o", client=ClientId("c-other"), charges=[charge], tenders=[tender])
    )
    assert steps(desk, here)[-1][0] is State.DONE


def missed(desk: Desk) -> AppointmentId:
    gone = AppointmentId("a-gone")
    desk.writing(partial(booking.advance, appointment=gone, to=State.NO_SHOW))
    return gone


def test_the_till_proposes_the_fee_as_a_fee_and_never_as_care(desk: Desk) -> None:
    proposal = desk.reading(partial(charges.propose, appointment=missed(desk)))
    (charge,) = proposal.charges
    assert (charge.kind, charge.price, charge.text) == (
        LineKind.FEE,
        Money.of("80.00"),
        "Fee for a missed visit",
    )


def needs(desk: Desk) -> set[Why]:
    return {item.why for item in desk.reading(attention.items)}


def test_a_fee_needs_attention_until_it_is_charged_or_let_go(desk: Desk) -> None:
    gone = missed(desk)
    assert Why.FEE_OPEN in needs(desk)
    desk.writing(partial(flow.waive, appointment=gone, reason="first time"))
    assert Why.FEE_OPEN not in needs(desk)
    assert desk.reading(partial(charges.propose, appointment=gone)).charges == ()
    reason, _ = desk.writing(partial(flow.ask_after_all, appointment=gone))
    assert (reason, row(desk, gone).fee) == ("first time", Money.of("80.00"))


def test_only_what_was_missed_can_be_waived(desk: Desk) -> None:
    with pytest.raises(Refusal, match="wrong_state"):
        desk.writing(partial(flow.waive, appointment=SOON, reason="kind"))


def test_somebody_sent_home_untreated_is_asked_nothing(desk: Desk) -> None:
    here = AppointmentId("a-here")
    desk.writing(partial(flow.decline, appointment=here, reason=Reason.NOT_SAFE))
    assert state(desk, here)[:2] == (State.DECLINED, "not_safe")
    assert row(desk, here).fee == Money(0)


def test_the_desk_reads_no_typed_reason_of_a_visit_declined(desk: Desk) -> None:
    desk.writing(partial(flow.decline, appointment=AppointmentId("a-here"), reason="calf is hot"))
    assert row(desk, "a-here").reason == "calf is hot"
    front = practices.sit_down(desk.vault.path, "s-desk")
    try:
        assert row(front, "a-here").reason == ""
    finally:
        front.close()


def test_terms_change_and_change_back(desk: Desk) -> None:
    wanted = Terms(48, Asked(amount=Money(3000)), Asked(percent=100))
    before, _ = desk.writing(partial(flow.change_terms, terms=wanted))
    assert desk.reading(flow.terms) == wanted
    desk.writing(partial(flow.change_terms, terms=before))
    assert desk.reading(flow.terms).notice_hours == 24


def owed(work: Work) -> tuple[set[str], set[str]]:
    """What the file keeps as owed, and what going through everything finds."""
    kept = set(work.session.scalars(select(Owed.line)))
    raw = work.session.connection().exec_driver_sql("SELECT line FROM owing").scalars()
    return kept, set(raw)


def test_what_is_owed_is_what_going_through_all_lines_finds(desk: Desk) -> None:
    """Charged, paid in part, paid, voided: the list the file keeps is never behind."""
    desk.confirm()
    for number, (paid, void) in enumerate(((0, False), (4000, False), (12500, False), (4000, True))):
        charge = Charge(LineKind.PRODUCT, "Arnica gel", Money(12500))
        tenders = [till.Tender(Method.CASH, Money(paid))] if paid else []
        done, _ = desk.writing(
            partial(
                till.check_out,
                operation=f"o{number}",
                client=ClientId("c-own"),
                charges=[charge],
                tenders=tenders,
            )
        )
        if void:
            desk.writing(partial(reversals.void, invoice=done.invoice, reason="mistake"))
    kept, found = desk.reading(owed)
    assert kept == found
    lines = desk.reading(lambda work: work.session.scalars(select(Line.id)).all())
    assert (len(lines), len(kept)) == (4, 2)
