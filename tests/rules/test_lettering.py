"""How a letter stands, told from its facts and a day; and that nothing becomes of it that may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules import lettering
from clinic.rules.counting import Policy
from clinic.rules.lettering import Decision, Event, Standing, leads_to, may_follow, rung
from clinic.rules.necessity import Diagnosis, Letter, Signer
from clinic.values import ClientId, LetterId, LetterKind

SIGNED = date(2026, 1, 5)
POLICY = Policy()


def a_letter(**facts: object) -> Letter:
    """Make a complete letter of twelve visits that speaks for the year."""
    whole = Letter(
        LetterId("l"),
        ClientId("c"),
        LetterKind.LMN,
        signed_on=SIGNED,
        ends_on=date(2026, 12, 31),
        patient_name="Robin Wren",
        signer=Signer("Dr. Ibis", "MD"),
        signed=True,
        diagnoses=(Diagnosis("Cervicalgia", "M54.2"),),
        treatment="massage therapy",
        max_visits=12,
    )
    return replace(whole, **facts)  # type: ignore[arg-type]


def stands(letter: Letter, on: date = date(2026, 6, 1), left: int | None = 9) -> Standing:
    return lettering.standing(letter, left, on, POLICY)


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({}, Standing.ACTIVE),
        ({"diagnoses": ()}, Standing.INCOMPLETE),
        ({"signed_on": None}, Standing.INCOMPLETE),
        ({"starts_on": date(2026, 8, 1)}, Standing.COMING),
        ({"ends_on": date(2026, 5, 31)}, Standing.EXPIRED),
        ({"ends_on": date(2026, 7, 1)}, Standing.EXPIRING),
        ({"revoked_on": date(2026, 6, 1)}, Standing.REVOKED),
        ({"revoked_on": date(2026, 6, 2)}, Standing.EXPIRING),
        ({"superseded_on": date(2026, 6, 1)}, Standing.SUPERSEDED),
    ],
)
def test_a_letter_stands_as_its_facts_say(facts: dict[str, object], standing: Standing) -> None:
    assert stands(a_letter(**facts)) is standing


def test_a_letter_expires_with_the_day_after_its_last() -> None:
    letter = a_letter()
    assert stands(letter, date(2026, 12, 31)) is Standing.EXPIRING
    assert stands(letter, date(2027, 1, 1)) is Standing.EXPIRED


@pytest.mark.parametrize(
    ("left", "standing"), [(3, "active"), (2, "expiring"), (1, "expiring"), (0, "used_up")]
)
def test_the_last_two_visits_are_told_of(left: int, standing: str) -> None:
    assert stands(a_letter(), left=left).value == standing


@pytest.mark.parametrize(
    ("days", "step"), [(31, None), (30, 30), (15, 30), (14, 14), (4, 14), (3, 3), (0, 3)]
)
def test_the_ladder_has_three_rungs(days: int, step: int | None) -> None:
    assert rung(SIGNED + timedelta(days), None, SIGNED) == step


def test_few_visits_are_a_rung_of_their_own() -> None:
    assert rung(date(2027, 1, 1), 2, SIGNED) == 0


@pytest.mark.parametrize(
    ("decision", "standing"),
    [
        ("requested", Standing.REQUESTED),
        ("pending", Standing.PENDING),
        ("denied", Standing.DENIED),
        ("cancelled", Standing.CANCELLED),
        ("approved", Standing.ACTIVE),
        ("partial", Standing.ACTIVE),
        ("", Standing.ACTIVE),
    ],
)
def test_a_referral_waits_for_the_plan(decision: str, standing: Standing) -> None:
    assert stands(a_letter(kind=LetterKind.REFERRAL, decision=decision)) is standing


def test_a_clearance_is_asked_for_received_verified_and_voided() -> None:
    asked = Letter(LetterId("l"), ClientId("c"), LetterKind.CLEARANCE)
    received = replace(asked, signed=True, signed_on=SIGNED)
    verified = replace(received, verified=True)
    voided = replace(verified, revoked_on=SIGNED, revoked_for=lettering.Closed.VOIDED_BY_CHANGE)
    assert [stands(each, left=None) for each in (asked, received, verified, voided)] == [
        Standing.REQUESTED,
        Standing.RECEIVED,
        Standing.ACTIVE,
        Standing.VOIDED,
    ]


def test_a_refusal_may_be_turned_by_an_appeal_and_an_approval_is_not_asked_for_again() -> None:
    assert may_follow(Decision.DENIED, Decision.APPROVED)
    assert not may_follow(Decision.APPROVED, Decision.PENDING)
    assert all(may_follow(Decision.REQUESTED, decision) for decision in Decision)


def test_a_letter_taken_back_is_not_followed_by_another() -> None:
    assert not leads_to(Standing.REVOKED, Event.SUPERSEDED)
    assert leads_to(Standing.REVOKED, Event.REINSTATED)
    assert not leads_to(Standing.ACTIVE, Event.REINSTATED)
    assert leads_to(Standing.EXPIRED, Event.REVOKED) == {Standing.REVOKED, Standing.VOIDED}


KINDS = st.sampled_from(
    [LetterKind.LMN, LetterKind.PRESCRIPTION, LetterKind.AUTHORISATION, LetterKind.CLEARANCE]
)


@given(
    kind=KINDS,
    complete=st.booleans(),
    begins=st.integers(0, 40),
    lasts=st.integers(0, 60),
    visits=st.integers(1, 5),
    events=st.lists(st.sampled_from(list(Event)), max_size=40),
    later=st.integers(0, 20),
)
def test_whatever_happens_a_letter_goes_only_where_the_table_leads(  # noqa: PLR0917 - a letter's life
    kind: LetterKind,
    complete: bool,  # noqa: FBT001
    begins: int,
    lasts: int,
    visits: int,
    events: list[Event],
    later: int,
) -> None:
    starts = SIGNED + timedelta(begins)
    letter = a_letter(
        kind=kind,
        starts_on=starts,
        ends_on=starts + timedelta(lasts),
        max_visits=visits,
        diagnoses=(Diagnosis("Cervicalgia"),) if complete else (),
        decision="requested" if kind is LetterKind.AUTHORISATION else "",
    )
    on, used = SIGNED, 0
    for event in events:
        before = stands(letter, on, visits - used)
        allowed = leads_to(before, event)
        if not allowed:
            continue
        match event:
            case Event.DAY_PASSED:
                on += timedelta(1)
            case Event.VISIT_TAKEN:
                used = min(visits, used + 1)
            case Event.VISIT_RETURNED:
                used = max(0, used - 1)
            case Event.COMPLETED:
                letter = replace(letter, diagnoses=(Diagnosis("Cervicalgia"),))
            case Event.DECIDED:
                letter = replace(letter, decision=("approved", "denied", "pending", "")[later % 4])
            case Event.VERIFIED:
                letter = replace(letter, verified=True)
            case Event.SUPERSEDED:
                letter = replace(letter, superseded_on=on + timedelta(later))
            case Event.REVOKED:
                letter = replace(letter, revoked_on=on)
            case Event.REINSTATED:
                letter = replace(letter, revoked_on=None)
        after = stands(letter, on, visits - used)
        assert after in allowed, f"{before} --{event}--> {after}"
