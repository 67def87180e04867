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
days = st.integers(0, 700).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def letters(draw: st.DrawFn) -> tuple[Letter, ...]:
    found = []
    for number in range(draw(st.integers(0, 4))):
        signed = draw(days)
        found.append(
            Letter(
                LetterId(f"l{number}"),
                CLIENT,
                LetterKind.LMN,
                signed_on=signed,
                ends_on=signed + timedelta(days=draw(st.integers(1, 400))),
                patient_name="Hạnh Nguyễn",
                signer=Signer("Dr. Adeyemi", "MD"),
                signed=True,
                diagnoses=(Diagnosis("Cervicalgia", "M54.2"),),
                treatment="massage therapy",
                max_visits=draw(st.none() | st.integers(1, 6)),
            )
        )
    return tuple(found)


@st.composite
def visits(draw: st.DrawFn) -> tuple[Visit, ...]:
    found = []
    for number, on in enumerate(sorted(draw(st.lists(days, max_size=14, unique=True)))):
        named = draw(st.sampled_from([None, None, None, "l0", "l1"]))
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


@settings(max_examples=150, deadline=None)
@given(letters(), visits(), days, st.integers(0, 40))
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
