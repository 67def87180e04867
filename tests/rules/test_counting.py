"""Under which letter a visit stands, and which of the letter's visits it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules import counting
from clinic.rules.counting import Policy, Stand, Usage, Visit
from clinic.rules.necessity import Diagnosis, Frequency, Letter
from clinic.values import (
    AppointmentId,
    ClientId,
    LetterId,
    LetterKind,
    PlanType,
    Purpose,
    State,
    Technique,
)
from tests.makers_money import a_letter, a_patient, a_permit, a_signer, a_visit, these

JANUARY = date(2026, 1, 15)
OTHER = LetterId("other")


def placed(
    visits: list[Visit], *letters: Letter, policy: Policy | None = None, as_booked: bool = False
) -> list[Stand]:
    stands = counting.stand(
        visits, letters, a_patient(), {"Dana Reyes"}, policy or Policy(), as_booked=as_booked
    )
    return [stands[visit.id] for visit in visits]


def one(visit: Visit, *letters: Letter, policy: Policy | None = None) -> Stand:
    (stand,) = placed([visit], *letters, policy=policy)
    return stand


def weekly(count: int, first: date = JANUARY, **changes: Any) -> list[Visit]:
    return [a_visit(first + timedelta(weeks=week), **changes) for week in range(count)]


# --- choosing the letter (contract, section 2) ---


def test_c06_without_any_letter_there_is_none_to_stand_under() -> None:
    assert one(a_visit()) == Stand(bars=these("E-NOLMN"))


def test_the_covering_letter_is_chosen() -> None:
    ended = a_letter(id=OTHER, signed_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    chosen = one(a_visit(), ended, a_letter())
    assert chosen.letter == a_letter()
    assert chosen.bars == these()


def test_of_covering_letters_the_one_that_names_the_diagnosis_is_chosen() -> None:
    neck = a_letter(id=OTHER, diagnoses=(Diagnosis("Cervicalgia", "M54.2"),), ends_on=date(2026, 8, 1))
    assert one(a_visit(diagnosis="M54.31"), neck, a_letter()).letter == a_letter()
    assert one(a_visit(diagnosis="Cervicalgia"), neck, a_letter()).letter == neck


def test_then_one_with_visits_left_then_the_earlier_end() -> None:
    used_up = a_letter(id=OTHER, max_visits=3, used_before=3, ends_on=date(2026, 8, 1))
    assert one(a_visit(), used_up, a_letter()).letter == a_letter()
    soon = a_letter(id=OTHER, ends_on=date(2026, 8, 1))
    assert one(a_visit(), a_letter(), soon).letter == soon


def test_a_letter_that_is_good_for_nothing_is_no_choice_beside_one_that_is() -> None:
    for fault in (
        {"signed": False},
        {"signer": None},
        {"signer": a_signer("LMT")},
        {"patient_name": "Eve Hill"},
    ):
        faulty = a_letter(id=OTHER, ends_on=date(2026, 8, 1), **fault)
        assert one(a_visit(), faulty, a_letter()).letter == a_letter()
        assert one(a_visit(), faulty).letter == faulty


def test_a_letter_for_another_technique_is_the_second_choice_and_no_reason() -> None:
    fascia = a_letter(id=OTHER, techniques=(Technique.MYOFASCIAL,), ends_on=date(2026, 8, 1))
    assert one(a_visit(), fascia, a_letter()).letter == a_letter()
    assert one(a_visit(), fascia).bars == these()


def test_the_visits_own_letter_is_not_chosen_for_it() -> None:
    soon = a_letter(id=OTHER, ends_on=date(2026, 8, 1))
    assert one(a_visit(letter=LetterId("letter")), soon, a_letter()).letter == a_letter()


def test_a_visit_linked_to_no_supporting_letter_gets_the_covering_one() -> None:
    assert one(a_visit(letter=LetterId("a referral")), a_letter()).letter == a_letter()


def test_the_letter_whose_end_was_missed_is_named_before_one_to_come() -> None:
    ended = a_letter(id=OTHER, ends_on=date(2026, 3, 1))
    older = a_letter(id=LetterId("older"), signed_on=date(2025, 1, 1), ends_on=date(2025, 12, 1))
    coming = a_letter(signed_on=date(2026, 9, 1))
    missed = one(a_visit(), coming, ended, older)
    assert (missed.letter, missed.bars) == (ended, these("E-LMN-EXPIRED"))


def test_of_letters_to_come_the_first_is_named() -> None:
    coming = a_letter(signed_on=date(2026, 9, 1))
    later = a_letter(id=OTHER, signed_on=date(2026, 10, 1))
    early = one(a_visit(), later, coming)
    assert (early.letter, early.bars) == (coming, these("E-LMN-FUTURE"))


def test_an_undated_letter_is_named_where_there_is_no_other() -> None:
    undated = one(a_visit(), a_letter(signed_on=None, id=OTHER), a_letter(signed_on=None))
    assert undated.letter == a_letter(signed_on=None)
    assert undated.bars == these("E-LMN-INCOMPLETE")
    assert undated.visit is None


def test_c30_another_clients_letter_is_for_somebody_else() -> None:
    mothers = a_letter(client=ClientId("mother"))
    assert one(a_visit(), mothers).bars == these("E-NOLMN")
    assert one(a_visit(letter=mothers.id), mothers).bars == these("E-LMN-PATIENT")
    assert one(a_visit(), a_letter(patient_name="Eve Meadows")).bars == these("E-LMN-PATIENT")


# --- what the letter makes of the visit ---


def test_c02_before_the_letter() -> None:
    letter = a_letter(signed_on=date(2026, 3, 10))
    assert one(a_visit(date(2026, 3, 9)), letter).bars == these("E-LMN-FUTURE")
    assert one(a_visit(date(2026, 3, 10)), letter).bars == these()


def test_c01_after_the_letter() -> None:
    letter = a_letter(ends_on=None)
    last, after = placed([a_visit(date(2027, 1, 14)), a_visit(date(2027, 1, 15))], letter)
    assert (last.bars, last.warnings) == (these(), these("W-LMN-NODURATION"))
    assert after.bars == these("E-LMN-EXPIRED")
    assert after.visit is None


def test_c04_after_the_twelve_months_of_a_letter_for_life() -> None:
    letter = a_letter(signed_on=date(2025, 6, 1), ends_on=None, lifetime=True)
    last, after = placed([a_visit(date(2026, 5, 31)), a_visit(date(2026, 6, 1))], letter)
    assert last.bars == these()
    assert after.bars == these("E-LMN-EXPIRED")


def test_from_the_day_of_its_revocation_a_letter_has_ended() -> None:
    letter = a_letter(revoked_on=date(2026, 5, 1))
    before, on = placed([a_visit(date(2026, 4, 30)), a_visit(date(2026, 5, 1))], letter)
    assert (before.bars, on.bars) == (these(), these("E-LMN-EXPIRED"))


def test_c31_an_unsigned_letter_is_incomplete() -> None:
    assert one(a_visit(), a_letter(signed=False)).bars == these("E-LMN-INCOMPLETE")


def test_c4_6b_a_strict_practice_takes_a_letter_without_duration_for_incomplete() -> None:
    strict = one(a_visit(), a_letter(ends_on=None), policy=Policy(strict_duration=True))
    assert strict.bars == these("E-LMN-INCOMPLETE")


def test_a_letter_without_a_signer_is_incomplete_and_no_more() -> None:
    assert one(a_visit(), a_letter(signer=None)).bars == these("E-LMN-INCOMPLETE")


def test_a_visit_for_another_diagnosis_does_not_count_for_the_letter() -> None:
    other, named, silent = placed(
        [
            a_visit(date(2026, 2, 1), diagnosis="Headache"),
            a_visit(date(2026, 2, 2), diagnosis="M54.31"),
            a_visit(date(2026, 2, 3)),
        ],
        a_letter(),
    )
    assert (other.bars, other.visit) == (these("E-DX"), None)
    assert (named.bars, named.visit) == (these(), 1)
    assert (silent.bars, silent.visit) == (these(), 2)


def test_signers_bar_everywhere_or_for_an_fsa_or_warn() -> None:
    therapist = one(a_visit(), a_letter(signer=a_signer("CMT")))
    assert (therapist.bars, therapist.fsa_bars) == (these("E-LMN-SIGNER"), these())
    kin = one(a_visit(), a_letter(signer=a_signer(name="Ann Meadows")))
    assert kin.bars == these("E-LMN-SIGNER", "E-RELATED")
    chiropractor = one(a_visit(), a_letter(signer=a_signer("DC")))
    assert (chiropractor.bars, chiropractor.fsa_bars) == (these(), these("E-LMN-SIGNER"))
    assert chiropractor.warnings == these("W-LMN-SIGNER")
    assert not chiropractor.physician
    nurse = one(a_visit(), a_letter(signer=a_signer("NP")))
    assert nurse == Stand(a_letter(signer=a_signer("NP")), visit=1, prescribed_minutes=60)
    assert one(a_visit(), a_letter()).physician


def test_an_administrators_approval_gates_an_fsa_alone() -> None:
    letter = a_letter(admin_approved_on=date(2026, 2, 1))
    early, on_the_day = placed([a_visit(date(2026, 1, 31)), a_visit(date(2026, 2, 1))], letter)
    assert (early.bars, early.fsa_bars) == (these(), these("E-LMN-FUTURE"))
    assert (on_the_day.bars, on_the_day.fsa_bars) == (these(), these())


# --- counting (domain C5) ---


def test_c08_the_twelfth_visit_counts_and_the_thirteenth_is_one_too_many() -> None:
    stands = placed(weekly(13), a_letter())
    assert [stand.visit for stand in stands] == list(range(1, 14))
    assert [stand.bars for stand in stands] == [these()] * 12 + [these("E-COUNT")]


def test_visits_before_this_program_are_counted_along() -> None:
    stands = placed(weekly(3), a_letter(used_before=10))
    assert [(stand.visit, bool(stand.bars)) for stand in stands] == [(11, False), (12, False), (13, True)]


@pytest.mark.parametrize("state", sorted(set(State) - {State.DONE}))
def test_c13_what_did_not_take_place_is_not_counted(state: State) -> None:
    first, second = placed([a_visit(state=state), a_visit(date(2026, 7, 2))], a_letter())
    assert first.visit is None
    assert second.visit == 1


def test_a_visit_whose_charges_were_all_voided_is_given_back() -> None:
    first, second = placed([a_visit(returned=True), a_visit(date(2026, 7, 2))], a_letter())
    assert (first.visit, second.visit) == (None, 1)


def test_a_visit_for_relaxation_uses_nothing_up() -> None:
    first, second = placed([a_visit(purpose=Purpose.RELAXATION), a_visit(date(2026, 7, 2))], a_letter())
    assert (first.visit, second.visit) == (None, 1)


def test_visits_outside_the_letters_days_use_nothing_up() -> None:
    early, first = placed([a_visit(date(2026, 1, 14)), a_visit(date(2026, 1, 15))], a_letter())
    assert (early.visit, first.visit) == (None, 1)


def test_a_letter_without_a_number_of_visits_counts_none() -> None:
    assert {stand.visit for stand in placed(weekly(20), a_letter(max_visits=None))} == {None}


def test_c4_14_the_third_visit_in_a_week_is_over_the_frequency_and_used_up_all_the_same() -> None:
    letter = a_letter(frequency=Frequency(2, "week"))
    days = [JANUARY, JANUARY + timedelta(days=3), JANUARY + timedelta(days=6), JANUARY + timedelta(days=7)]
    stands = placed([a_visit(day) for day in days], letter)
    assert [stand.bars for stand in stands] == [these(), these(), these("E-FREQ"), these()]
    assert [stand.visit for stand in stands] == [1, 2, 3, 4]


def test_weeks_run_from_the_letters_first_day_and_not_from_monday() -> None:
    letter = a_letter(signed_on=date(2026, 1, 7), starts_on=date(2026, 1, 15), frequency=Frequency(1, "week"))
    days = [date(2026, 1, 21), date(2026, 1, 22)]  # a Wednesday and a Thursday
    assert [stand.bars for stand in placed([a_visit(day) for day in days], letter)] == [these()] * 2


def test_months_are_the_calendars() -> None:
    letter = a_letter(frequency=Frequency(1, "month"))
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28)]
    stands = placed([a_visit(day) for day in days], letter)
    assert [stand.bars for stand in stands] == [these(), these(), these("E-FREQ")]


def test_two_visits_of_a_day_are_counted_in_their_order() -> None:
    morning = a_visit(id=AppointmentId("z"), at=datetime.fromisoformat("2026-07-01T09:00"))
    evening = a_visit(id=AppointmentId("a"), at=datetime.fromisoformat("2026-07-01T18:00"))
    stands = placed([evening, morning], a_letter())
    assert [stand.visit for stand in stands] == [2, 1]


@given(
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from(State), st.booleans()), max_size=30),
    st.randoms(use_true_random=False),
)
def test_visit_counts_never_go_back_in_time(told: list[tuple[int, State, bool]], dice: Any) -> None:
    visits = [
        a_visit(JANUARY + timedelta(days=days), state=state, returned=returned, id=AppointmentId(f"{n:02d}"))
        for n, (days, state, returned) in enumerate(told)
    ]
    letters = [a_letter(), a_letter(id=OTHER, signed_on=date(2026, 5, 1), frequency=Frequency(1, "week"))]
    stands = counting.stand(visits, letters, a_patient(), (), Policy())
    for letter in letters:
        ordered = sorted(visits, key=lambda visit: (visit.at, visit.id))
        counts = [
            count
            for visit in ordered
            if stands[visit.id].letter == letter and (count := stands[visit.id].visit) is not None
        ]
        assert counts == list(range(1, len(counts) + 1))
    dice.shuffle(visits)
    assert counting.stand(visits, letters[::-1], a_patient(), (), Policy()) == stands


# --- looking ahead ---


def test_booked_visits_are_counted_to_see_the_gap_before_it_comes() -> None:
    booked = weekly(14, state=State.CONFIRMED)
    stands = placed(booked, a_letter(), as_booked=True)
    assert [stand.visit for stand in stands][-2:] == [13, 14]
    assert [bool(stand.bars) for stand in stands][-3:] == [False, True, True]


def used(visits: list[Visit], letter: Letter) -> Usage:
    stands = counting.stand(visits, [letter], a_patient(), (), Policy(), as_booked=True)
    return counting.usage(letter, visits, stands)


def test_a_letter_tells_what_is_used_planned_and_left() -> None:
    visits = [
        *weekly(3),
        a_visit(date(2026, 8, 1), state=State.CONFIRMED),
        a_visit(date(2026, 8, 8), state=State.CANCELLED),
        a_visit(date(2026, 8, 9), purpose=Purpose.RELAXATION),
        a_visit(date(2026, 8, 10), diagnosis="Headache"),
        a_visit(date(2026, 8, 11), returned=True),
        a_visit(date(2027, 8, 1)),
    ]
    assert used(visits, a_letter(used_before=2)) == Usage(used=5, planned=1, left=7)
    assert used(visits, a_letter(max_visits=None)).left is None


def test_what_is_left_is_never_less_than_nothing() -> None:
    assert used(weekly(14), a_letter()) == Usage(used=14, planned=0, left=0)


def test_a_visit_nobody_placed_or_of_another_letter_uses_nothing_up() -> None:
    assert counting.usage(a_letter(), weekly(2), {}) == Usage(0, 0, 12)
    bare = {visit.id: Stand() for visit in weekly(2)}
    assert counting.usage(a_letter(), weekly(2), bare) == Usage(0, 0, 12)
    other = {visit.id: Stand(a_letter(id=OTHER)) for visit in weekly(2)}
    assert counting.usage(a_letter(), weekly(2), other) == Usage(0, 0, 12)


# --- a health plan's leave (E-AUTH) ---


def let(visits: list[Visit], *permits: Letter, plan: PlanType | None = PlanType.HMO) -> list[bool]:
    permitted = counting.permitted(visits, permits, plan)
    return [visit.id in permitted for visit in visits]


def test_c33_an_hmo_wants_a_referral() -> None:
    assert let([a_visit()]) == [False]
    assert let([a_visit()], a_letter()) == [False]
    assert let([a_visit()], a_permit()) == [True]
    assert let([a_visit()], a_permit(LetterKind.AUTHORISATION)) == [True]


def test_another_plan_wants_nothing_until_it_gave_an_authorisation() -> None:
    for plan in (None, PlanType.PPO, PlanType.NONE):
        assert let([a_visit()], plan=plan) == [True]
        assert let([a_visit()], a_permit(), plan=plan) == [True]
    ended = a_permit(LetterKind.AUTHORISATION, ends_on=date(2026, 6, 30))
    assert let([a_visit()], ended, plan=PlanType.PPO) == [False]


def test_a_permit_is_good_for_its_days_and_units() -> None:
    assert let(weekly(3), a_permit(units=2)) == [True, True, False]
    assert let(weekly(2), a_permit(ends_on=JANUARY)) == [True, False]
    assert let([a_visit()], a_permit(signed_on=None)) == [False]
    more = a_permit(id=LetterId("more"), units=1)
    assert let(weekly(4), a_permit(units=2), more) == [True, True, True, False]


def test_units_are_used_by_visits_that_took_place() -> None:
    visits = [
        a_visit(date(2026, 2, 1), state=State.NO_SHOW),
        a_visit(date(2026, 2, 2), returned=True),
        a_visit(date(2026, 2, 3)),
        a_visit(date(2026, 2, 4)),
    ]
    assert let(visits, a_permit(units=1)) == [True, True, True, False]
