"""A day's visits are counted by what bears on them alone, and come out as if everything were gone through."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.rules import counting
from clinic.rules.counting import Policy, Visit
from clinic.rules.necessity import Diagnosis, Letter, Patient, Signer
from clinic.values import (
    AppointmentId,
    ClientId,
    LetterId,
    LetterKind,
    Purpose,
    StaffId,
    State,
    Technique,
)

CLIENT = ClientId("c")
PATIENT = Patient(CLIENT, "Hạnh", "Nguyễn", "")
FIRST = date(2025, 1, 1)
days = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))


def a_letter(key: str, begins: date, ends: date, most: int | None = None) -> Letter:
    return Letter(
        LetterId(key),
        CLIENT,
        LetterKind.LMN,
        signed_on=begins,
        ends_on=ends,
        patient_name="Hạnh Nguyễn",
        signer=Signer("Dr. Adeyemi", "MD"),
        signed=True,
        diagnoses=(Diagnosis("Cervicalgia", "M54.2"),),
        treatment="massage therapy",
        max_visits=most,
    )


def a_visit(key: str, on: date) -> Visit:
    at = datetime(on.year, on.month, on.day, 10)
    therapeutic = Purpose.THERAPEUTIC, Technique.THERAPEUTIC
    return Visit(AppointmentId(key), CLIENT, at, State.DONE, StaffId("s"), *therapeutic, 60)


def test_a_letter_used_up_before_bears_on_the_next_ones_count() -> None:
    told = (
        a_letter("l0", date(2026, 1, 1), date(2026, 2, 28), 1),
        a_letter("l1", date(2026, 2, 1), date(2026, 4, 30), 5),
    )
    came = tuple(a_visit(str(on), on) for on in (date(2026, 1, 5), date(2026, 2, 10), date(2026, 3, 10)))
    since = counting.bears_since(told, date(2026, 3, 10), Policy())
    assert since == date(2026, 1, 1)
    near = tuple(visit for visit in came if visit.day >= since)
    stands = counting.stand(near, told, PATIENT, (), Policy(), as_booked=True)
    assert stands[came[-1].id].visit == 2


@st.composite
def letters(draw: st.DrawFn) -> tuple[Letter, ...]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        signed = draw(days)
        ends = signed + timedelta(days=draw(st.integers(8, 45)))
        found.append(a_letter(f"l{number}", signed, ends, draw(st.sampled_from([None, 1, 2, 3]))))
    return tuple(found)


@st.composite
def visits(draw: st.DrawFn) -> tuple[Visit, ...]:
    found = []
    for number, on in enumerate(sorted(draw(st.lists(days, min_size=4, max_size=14, unique=True)))):
        named = draw(st.sampled_from([None] * 9 + ["l0"]))
        found.append(
            Visit(
                AppointmentId(f"a{number}"),
                CLIENT,
                datetime(on.year, on.month, on.day, 10),
                draw(st.sampled_from([State.DONE, State.DONE, State.CONFIRMED, State.CANCELLED])),
                StaffId("s"),
                Purpose.THERAPEUTIC,
                Technique.THERAPEUTIC,
                60,
                letter=LetterId(named) if named else None,
            )
        )
    return tuple(found)


@settings(max_examples=100, deadline=None)
@given(letters(), visits(), days, st.sampled_from([0, 0, 10]))
def test_what_bears_on_a_day_gives_the_same_stands_as_everything(
    told: tuple[Letter, ...], came: tuple[Visit, ...], on: date, retro: int
) -> None:
    policy = Policy(lmn_retro_days=retro)
    since = counting.bears_since(told, on, policy)
    whole = counting.stand(came, told, PATIENT, (), policy, as_booked=True)
    if since is None:
        assert all(whole[v.id].bars or v.letter for v in came if v.day == on)
        return
    near = tuple(visit for visit in came if visit.day >= since)
    bearing = counting.bearing(told, near, since, policy)
    part = counting.stand(near, bearing, PATIENT, (), policy, as_booked=True)
    for visit in came:
        if visit.day == on:
            assert part[visit.id] == whole[visit.id]


def test_without_a_day_every_letter_bears() -> None:
    letter = Letter(LetterId("l"), CLIENT, LetterKind.LMN, signed_on=FIRST)
    assert counting.bearing((letter,), (), None, Policy()) == (letter,)
