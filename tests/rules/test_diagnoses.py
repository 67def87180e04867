"""What may be said of codes and numbers on a letter."""

from __future__ import annotations

from datetime import date

import pytest

from clinic.rules.diagnoses import (
    Code,
    Side,
    excluded_pair,
    is_billable,
    is_deleted_cpt,
    is_npi,
    is_other_side,
    is_vague,
    side_of,
)


def a_code(
    code: str = "M54.50",
    *,
    label: str = "Low back pain, unspecified",
    billable: bool = True,
    since: date | None = None,
    until: date | None = None,
    excludes: tuple[str, ...] = (),
) -> Code:
    return Code(code, label, billable, since, until, excludes, "2026-04")


def test_d04_a_heading_is_not_billable() -> None:
    assert not is_billable(a_code("M54", billable=False), date(2026, 1, 1))
    assert not is_billable(a_code("M54", billable=False), None)


def test_a_code_nobody_knows_is_not_billable() -> None:
    assert not is_billable(None, None)


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2021, 9, 30), False),
        (date(2021, 10, 1), True),
        (date(2024, 9, 30), True),
        (date(2024, 10, 1), False),
        (None, True),
    ],
)
def test_a_code_is_billable_from_its_first_day_to_its_last(day: date | None, *, answer: bool) -> None:
    code = a_code(since=date(2021, 10, 1), until=date(2024, 9, 30))
    assert is_billable(code, day) is answer


@pytest.mark.parametrize(
    ("excludes", "excluded"),
    [
        (("M54.4",), True),
        (("M54.41",), True),
        (("M54.42",), False),
        (("M54.4-M54.6",), False),  # it names the code's own family too
        (("M54.40-M54.41",), True),
        (("M54.42-M54.49",), False),
        (("A00-B99", "F45.41"), False),
        ((), False),
    ],
)
def test_d05_a_note_excludes_a_code_with_all_below_it_or_a_range(
    excludes: tuple[str, ...], *, excluded: bool
) -> None:
    known = {"M54.50": a_code(excludes=excludes), "M54.41": a_code("M54.41"), "G47.00": a_code("G47.00")}
    assert (excluded_pair(["G47.00", "M54.41", "M54.50"], known.get) == (1, 2)) is excluded
    assert (excluded_pair(["M54.50", "G47.00", "M54.41"], known.get) == (0, 2)) is excluded


def test_a_code_nobody_knows_excludes_nothing() -> None:
    assert excluded_pair(["M54.50", "X"], {"M54.50": a_code(excludes=("X",))}.get) is None


@pytest.mark.parametrize("text", ["stress", "Back pain", " back  PAIN. ", "tension", "wellness", "pain"])
def test_c40_empty_words_are_no_diagnosis(text: str) -> None:
    assert is_vague(text)


@pytest.mark.parametrize("text", ["chronic low back pain", "post-traumatic stress disorder", ""])
def test_a_diagnosis_that_says_more_is_not_vague(text: str) -> None:
    assert not is_vague(text)


@pytest.mark.parametrize(
    ("label", "side"),
    [
        ("Pain in right shoulder", Side.RIGHT),
        ("Sciatica, left side", Side.LEFT),
        ("Low back pain, unspecified", None),
        ("Bilateral carpal tunnel syndrome", None),
        ("Right and left something", None),
        ("Upright posture", None),
    ],
)
def test_the_label_tells_the_side(label: str, side: Side | None) -> None:
    assert side_of(label) is side


@pytest.mark.parametrize(
    ("areas", "warned"),
    [
        (["left_shoulder"], True),
        (["right_shoulder"], False),
        (["left_shoulder", "right_shoulder"], False),
        (["shoulder"], False),
        (["left_shoulder", "shoulder"], False),
        (["left_shoulder", "right_knee"], True),
        (["left_shoulder", "low_back"], True),
        (["left_knee"], True),
        (["right_knee"], False),
        (["low_back"], False),
        ([], False),
    ],
)
def test_d20_treating_only_the_other_side_draws_a_warning(areas: list[str], *, warned: bool) -> None:
    assert is_other_side("Pain in right shoulder", areas) is warned


def test_a_diagnosis_without_a_side_draws_no_warning() -> None:
    assert not is_other_side("Low back pain, unspecified", ["left_hip"])


@pytest.mark.parametrize("npi", ["1234567893", "1245319599"])
def test_a_provider_number_ends_in_its_check_digit(npi: str) -> None:
    assert is_npi(npi)
    assert not is_npi(npi[:-1] + str((int(npi[-1]) + 1) % 10))


@pytest.mark.parametrize(
    "text", ["", "123456789", "12345678933", "123456789３", "x234567893", "1234567893\n"]
)
def test_other_text_is_no_provider_number(text: str) -> None:
    assert not is_npi(text)


def test_d19_procedures_deleted_from_the_list_are_known() -> None:
    assert is_deleted_cpt("97001")
    assert not is_deleted_cpt("97124")
