"""Minutes of hands-on work become units the way payers count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules import diagnoses, units
from clinic.rules.units import Procedure, UnitRule

CMS, AMA = UnitRule.CMS_8MIN, UnitRule.AMA_SPM
days = st.dictionaries(st.sampled_from(sorted(units.TIMED)), st.integers(0, 150))


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        *[(7, 0), (8, 1), (22, 1), (23, 2), (60, 4), (68, 5)],  # D01 itself
        *[(0, 0), (30, 2), (37, 2), (38, 3), (52, 3), (53, 4), (67, 4), (75, 5), (82, 5)],
        *[(83, 6), (90, 6), (97, 6), (98, 7), (120, 8)],
    ],
)
def test_d01_eight_minutes_begin_a_unit(minutes: int, expected: int) -> None:
    assert units.units({"97124": minutes}, CMS) == {"97124": expected}


def test_d22_half_an_hour_is_two_units_by_the_midpoint_rule() -> None:
    assert units.units({"97124": 30}, AMA) == {"97124": 2}


@pytest.mark.parametrize(
    ("minutes", "together", "apart"),
    [
        ((33, 7), (2, 1), (2, 0)),
        ((24, 23), (2, 1), (2, 2)),
        ((20, 20), (2, 1), (1, 1)),
        ((18, 13), (1, 1), (1, 1)),
        ((7, 7), (1, 0), (0, 0)),
        ((8, 8), (1, 0), (1, 1)),
        ((30, 0), (2, 0), (2, 0)),
    ],
)
def test_two_codes_of_a_day_share_their_minutes_or_stand_alone(
    minutes: tuple[int, int], together: tuple[int, int], apart: tuple[int, int]
) -> None:
    spent = dict(zip(("97140", "97124"), minutes, strict=True))
    assert tuple(units.units(spent, CMS).values()) == together
    assert tuple(units.units(spent, AMA).values()) == apart


@given(days)
def test_the_units_of_a_day_are_those_of_its_minutes(spent: dict[str, int]) -> None:
    counted = units.units(spent, CMS)
    assert sum(counted.values()) == units.of_minutes(sum(spent.values()))
    assert all(counted[code] in {minutes // 15, minutes // 15 + 1} for code, minutes in spent.items())


@given(days)
def test_no_code_has_units_for_minutes_nobody_gave(spent: dict[str, int]) -> None:
    for rule in UnitRule:
        assert all(minutes > 0 or not units.units(spent, rule)[code] for code, minutes in spent.items())


def test_an_untimed_code_is_one_unit_and_takes_nothing_from_the_others() -> None:
    for rule in UnitRule:
        assert units.units({"97010": 15, "97124": 60}, rule) == {"97010": 1, "97124": 4}


def test_d19_deleted_codes_are_not_taken() -> None:
    assert diagnoses.is_deleted_cpt("97001")
    assert diagnoses.is_deleted_cpt("97002")
    assert not diagnoses.is_deleted_cpt("97124")


NECK, BACK = frozenset({"neck"}), frozenset({"lower_back"})


@pytest.mark.parametrize(
    "codes",
    [
        (Procedure("97124", areas=NECK), Procedure("97140", areas=NECK)),
        (Procedure("97140", areas=NECK), Procedure("97124", areas=BACK)),
        (Procedure("97124"), Procedure("97140")),
        (Procedure("97124", "59", NECK | BACK), Procedure("97140", areas=NECK)),
        (Procedure("97010"), Procedure("97124"), Procedure("97140")),
    ],
)
def test_d21_massage_beside_manual_therapy_draws_a_warning(codes: tuple[Procedure, ...]) -> None:
    assert units.warnings(codes) == {"W-NCCI"}


@pytest.mark.parametrize(
    "codes",
    [
        (Procedure("97124", "59", NECK), Procedure("97140", areas=BACK)),
        (Procedure("97124", areas=NECK), Procedure("97140", "XS", BACK)),
        (Procedure("97124"), Procedure("97140", "59")),
        (Procedure("97124"), Procedure("97124")),
        (Procedure("97124"), Procedure("97010")),
        (),
    ],
)
def test_distinct_work_under_a_modifier_draws_none(codes: tuple[Procedure, ...]) -> None:
    assert units.warnings(codes) == frozenset()
