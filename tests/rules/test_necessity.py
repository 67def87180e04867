"""What a letter says: its days, what it lacks, whom it is for, whose word it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules import necessity
from clinic.rules.necessity import Diagnosis, Frequency, Standing, Window
from clinic.values import LetterKind, LetterSource, Relation, Technique
from tests.makers_money import a_letter, a_patient, a_signer

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def window(**letter: Any) -> Window | None:
    return necessity.window(a_letter(**{"ends_on": None} | letter))


# --- days (domain C2) ---


def test_c01_without_a_duration_a_letter_speaks_for_twelve_months() -> None:
    assert window(signed_on=date(2026, 1, 15)) == Window(date(2026, 1, 15), date(2027, 1, 14))


def test_c04_a_letter_for_life_ends_after_twelve_months() -> None:
    assert window(signed_on=date(2025, 6, 1), lifetime=True) == Window(date(2025, 6, 1), date(2026, 5, 31))


def test_a_letter_signed_on_leap_day_ends_on_the_27th() -> None:
    assert window(signed_on=date(2024, 2, 29)) == Window(date(2024, 2, 29), date(2025, 2, 27))


def test_a_letter_begins_when_it_says_if_that_is_later_than_its_signature() -> None:
    signed = date(2026, 1, 15)
    assert window(signed_on=signed, starts_on=date(2026, 2, 1)) == Window(date(2026, 2, 1), date(2027, 1, 14))
    assert window(signed_on=signed, starts_on=date(2026, 1, 1)) == Window(signed, date(2027, 1, 14))


def test_a_stated_end_is_kept_within_twelve_months() -> None:
    assert window(signed_on=date(2026, 1, 15), ends_on=date(2026, 4, 30)) == Window(
        date(2026, 1, 15), date(2026, 4, 30)
    )
    late = window(signed_on=date(2026, 1, 15), starts_on=date(2026, 2, 1), ends_on=date(2028, 1, 1))
    assert late == Window(date(2026, 2, 1), date(2027, 1, 31))


def test_a_revoked_letter_ends_the_day_before() -> None:
    revoked = window(revoked_on=date(2026, 5, 1))
    assert revoked is not None
    assert revoked.covers(date(2026, 4, 30))
    assert not revoked.covers(date(2026, 5, 1))


def test_an_undated_letter_speaks_for_no_day() -> None:
    assert window(signed_on=None, starts_on=date(2026, 1, 1)) is None


def test_a_payers_approval_is_dated_by_its_own_start() -> None:
    approval = {"signed_on": None, "starts_on": date(2026, 3, 1)}
    assert window(kind=LetterKind.AUTHORISATION, **approval) == Window(date(2026, 3, 1), date(2027, 2, 28))
    assert window(kind=LetterKind.REFERRAL, signed_on=None) is None


@pytest.mark.parametrize(
    ("retro", "starts_on", "begins"),
    [
        (0, None, date(2026, 1, 15)),
        (10, None, date(2026, 1, 5)),
        (10, date(2026, 1, 10), date(2026, 1, 10)),
        (10, date(2025, 12, 1), date(2026, 1, 5)),
        (10, date(2026, 2, 1), date(2026, 2, 1)),
    ],
)
def test_a_practice_may_let_letters_reach_back(retro: int, starts_on: date | None, begins: date) -> None:
    reaching = necessity.window(a_letter(starts_on=starts_on), retro)
    assert reaching == Window(begins, date(2026, 12, 31))


def test_no_letter_ends_before_it_could_speak() -> None:
    signed, day = date(2026, 5, 10), timedelta(days=1)
    assert not necessity.ends_too_early(signed, None, None)
    assert not necessity.ends_too_early(None, None, signed)
    assert not necessity.ends_too_early(signed, None, signed)
    assert necessity.ends_too_early(signed, None, signed - day)
    assert not necessity.ends_too_early(signed, None, signed - day, retro_days=1)
    assert necessity.ends_too_early(signed, signed + 2 * day, signed + day, retro_days=30)


@given(days, st.none() | days, st.none() | days)
def test_no_letter_speaks_for_more_than_twelve_months(
    signed_on: date, starts_on: date | None, ends_on: date | None
) -> None:
    found = window(signed_on=signed_on, starts_on=starts_on, ends_on=ends_on)
    assert found is not None
    assert found.start >= signed_on
    assert found.end < found.start + relativedelta(months=12)


@given(days, st.integers(0, 400))
def test_both_ends_of_the_days_are_included(signed_on: date, length: int) -> None:
    ends_on = signed_on + timedelta(days=min(length, 300))
    found = window(signed_on=signed_on, ends_on=ends_on)
    assert found is not None
    assert found.covers(signed_on)
    assert found.covers(ends_on)
    assert not found.covers(signed_on - timedelta(days=1))
    assert not found.covers(ends_on + timedelta(days=1))


# --- completeness (domain C2, C3) ---


@pytest.mark.parametrize(
    ("lacking", "named"),
    [
        ({"patient_name": None}, "patient_name"),
        ({"patient_name": "  "}, "patient_name"),
        ({"diagnoses": ()}, "diagnoses"),
        ({"diagnoses": (Diagnosis(" "),)}, "diagnoses"),
        ({"treatment": None}, "treatment"),
        ({"treatment": " "}, "treatment"),
        ({"signer": None}, "signer"),
        ({"signer": a_signer(name=" ")}, "signer"),
        ({"signed": False}, "signed"),
        ({"signed_on": None}, "signed_on"),
    ],
)
def test_the_short_list_decides_what_a_letter_lacks(lacking: dict[str, Any], named: str) -> None:
    assert necessity.missing(a_letter(**lacking)) == (named,)


def test_a_letter_with_the_short_list_lacks_nothing() -> None:
    bare = a_letter(ends_on=None, minutes=None, max_visits=None)
    assert necessity.missing(bare) == ()


def test_techniques_are_a_treatment_and_a_code_is_a_diagnosis() -> None:
    letter = a_letter(
        treatment=None, techniques=(Technique.MYOFASCIAL,), diagnoses=(Diagnosis("", "M54.31"),)
    )
    assert necessity.missing(letter) == ()


def test_only_a_strict_practice_wants_a_duration() -> None:
    silent = a_letter(ends_on=None)
    assert necessity.missing(silent, strict_duration=True) == ("ends_on",)
    assert necessity.missing(a_letter(ends_on=None, lifetime=True), strict_duration=True) == ()
    assert necessity.missing(a_letter(), strict_duration=True) == ()


def test_what_administrators_like_to_see_is_told_and_stops_nothing() -> None:
    bare = a_letter(ends_on=None, minutes=None, max_visits=None, signer=None)
    assert necessity.missing(a_letter(ends_on=None, minutes=None, max_visits=None)) == ()
    assert necessity.wanting(bare) == (
        "necessity_statement",
        "frequency",
        "minutes",
        "max_visits",
        "ends_on",
        "npi",
        "exam_on",
    )
    full = a_letter(
        necessity_statement=True,
        frequency=Frequency(2, "week"),
        signer=a_signer(npi="1234567893"),
        exam_on=date(2026, 1, 10),
    )
    assert necessity.wanting(full) == ()


# --- names (contract, section 2) ---


@pytest.mark.parametrize(
    ("written", "patient"),
    [
        ("Ann Meadows", {}),
        ("MEADOWS, ANN", {}),
        ("ann louise meadows", {}),
        ("Mrs. Ann Meadows", {}),
        ("Nan Meadows", {"preferred_name": "Nan"}),
        ("Zoe Garcia", {"given_name": "Zoë", "family_name": "García"}),
        ("Łukasz Żółć", {"given_name": "Lukasz", "family_name": "Zolc"}),
        ("Sean ONeil", {"given_name": "Seán", "family_name": "O'Neil"}),
        ("Maria Lopez", {"given_name": "Maria del Carmen", "family_name": "López"}),
        ("Ana de la Cruz", {"given_name": "Ana", "family_name": "De la Cruz"}),
        ("Ana Delacruz", {"given_name": "Ana", "family_name": "De la Cruz"}),
        ("Straße Anna", {"given_name": "Anna", "family_name": "Strasse"}),
        ("王小明", {"given_name": "小明", "family_name": "王"}),
        ("小明 王", {"given_name": "小明", "family_name": "王"}),
        ("राम शर्मा", {"given_name": "राम", "family_name": "शर्मा"}),
        ("Suharto", {"given_name": "", "family_name": "Suharto"}),
        ("Cher", {"given_name": "Cher", "family_name": ""}),
        ("James James", {"given_name": "James", "family_name": "James"}),
    ],
)
def test_a_name_is_the_clients_whatever_its_case_accents_and_order(
    written: str, patient: dict[str, str]
) -> None:
    assert necessity.names(written, a_patient(**patient))


@pytest.mark.parametrize(
    ("written", "patient"),
    [
        ("Eve Meadows", {}),
        ("Ann Hill", {}),
        ("Ann", {}),
        ("Meadows", {}),
        ("", {}),
        ("A. Meadows", {}),
        ("James", {"given_name": "James", "family_name": "James"}),
        ("रीता शर्मा", {"given_name": "राम", "family_name": "शर्मा"}),
        ("王小红", {"given_name": "小明", "family_name": "王"}),
    ],
)
def test_c30_another_persons_name_is_not_the_clients(written: str, patient: dict[str, str]) -> None:
    assert not necessity.names(written, a_patient(**patient))


# --- signers (domain C4, rows 7 to 10) ---


def standing(credential: str, **signer: Any) -> Standing:
    return necessity.standing(a_signer(credential, **signer), a_patient(), {"Dana Reyes"})


@pytest.mark.parametrize(
    "credential", ["MD", "M.D.", "md", "DO", "D.O.", "MD, PhD", "MD MPH", "MBBS", "MD, CMT"]
)
def test_c4_7_a_physicians_signature_counts_everywhere(credential: str) -> None:
    assert standing(credential) == Standing(physician=True, warned=False, fsa=True)


@pytest.mark.parametrize("credential", ["NP", "FNP-C", "APRN", "DNP, FNP-BC", "PA", "PA-C", "P.A."])
def test_c4_8_an_assistants_signature_counts_and_is_no_physicians(credential: str) -> None:
    assert standing(credential) == Standing(physician=False, warned=False, fsa=True)


@pytest.mark.parametrize(
    "credential", ["DC", "PT", "DPT", "OT", "L.Ac.", "PsyD", "DPM", "DDS", "PT, LMT", "DC, CMT", "RN", ""]
)
def test_c4_9_other_clinicians_are_the_plans_decision(credential: str) -> None:
    assert standing(credential) == Standing(physician=False, warned=True, fsa=False)


def test_a_practice_may_know_that_a_plan_takes_other_signers() -> None:
    weighed = necessity.standing(a_signer("D.C."), a_patient(), (), ("MD", "DC"))
    assert weighed == Standing(physician=False, warned=True, fsa=True)
    assert not necessity.standing(a_signer("NP"), a_patient(), (), ("MD",)).fsa
    assert necessity.standing(a_signer("MBBS"), a_patient(), (), ("MD",)).fsa


@pytest.mark.parametrize("credential", ["CMT", "LMT", "CMT, BCTMB", "Massage Therapist"])
def test_c27_a_massage_therapists_signature_counts_nowhere(credential: str) -> None:
    assert standing(credential) == Standing(anywhere=False, physician=False)


@pytest.mark.parametrize("name", ["Dana Reyes", "Reyes, Dana", "Dr. Dana Reyes, MD"])
def test_c27_nor_does_that_of_a_therapist_of_the_practice(name: str) -> None:
    assert standing("MD", name=name) == Standing(anywhere=False, physician=False)


@pytest.mark.parametrize("relation", list(Relation))
def test_c4_10_nor_does_that_of_the_client_or_a_relative(relation: Relation) -> None:
    assert standing("MD", relation=relation) == Standing(anywhere=False, related=True, physician=False)


@pytest.mark.parametrize("name", ["Ann Meadows", "Dr. Ann Meadows, MD", "MEADOWS Ann"])
def test_c4_10_a_signer_with_the_clients_own_name_is_the_client(name: str) -> None:
    assert not standing("MD", name=name).anywhere


def test_a_namesake_with_more_names_is_somebody_else() -> None:
    assert standing("MD", name="Ann Hill Meadows").anywhere


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("self", Relation.SELF),
        ("Spouse", Relation.SPOUSE),
        ("wife", Relation.SPOUSE),
        ("parent", Relation.PARENT),
        ("child", Relation.CHILD),
        ("other", Relation.OTHER),
        ("sister-in-law", Relation.OTHER),
        ("massage therapist", Relation.OTHER),
        ("none", None),
        ("", None),
        ("Treating physician", None),
        ("her doctor", None),
    ],
)
def test_how_a_signer_stands_to_the_client_is_read_from_words(words: str, relation: Relation | None) -> None:
    assert necessity.relation_in(words) is relation


# --- diagnoses, techniques, warnings ---


@pytest.mark.parametrize("named", ["sciatica right side", "SCIATICA, RIGHT SIDE", "M54.31", "m5431"])
def test_a_visits_diagnosis_is_found_by_words_or_code(named: str) -> None:
    assert necessity.has_diagnosis(a_letter(), named)


@pytest.mark.parametrize("named", ["sciatica", "M54.32", "M54", "-"])
def test_another_diagnosis_is_not(named: str) -> None:
    assert not necessity.has_diagnosis(a_letter(), named)


def test_a_letter_without_techniques_leaves_them_to_the_therapist() -> None:
    assert necessity.allows(a_letter(), Technique.SWEDISH)
    assert necessity.allows(a_letter(techniques=()), Technique.SWEDISH)
    assert necessity.allows(a_letter(techniques=(Technique.SWEDISH,)), Technique.SWEDISH)
    assert not necessity.allows(a_letter(techniques=(Technique.MYOFASCIAL,)), Technique.SWEDISH)


def test_c29_a_bought_letter_without_an_examination_is_warned_of() -> None:
    bought = {"source": LetterSource.ONLINE_QUESTIONNAIRE}
    assert necessity.warnings(a_letter(**bought)) == {"W-LMN-SELFREPORT"}
    assert necessity.warnings(a_letter(**bought, exam_on=date(2026, 1, 2))) == frozenset()
    assert necessity.warnings(a_letter(source=LetterSource.CLINICIAN)) == frozenset()


@pytest.mark.parametrize("text", ["stress", "Back pain", "TENSION", "pain.", "wellness"])
def test_c40_a_vague_diagnosis_is_warned_of(text: str) -> None:
    assert necessity.warnings(a_letter(diagnoses=(Diagnosis(text),))) == {"W-DX-VAGUE"}


def test_one_specific_diagnosis_is_enough() -> None:
    both = (Diagnosis("stress"), Diagnosis("Cervicalgia", "M54.2"))
    assert necessity.warnings(a_letter(diagnoses=both)) == frozenset()


def test_c4_6b_silence_on_duration_is_warned_of() -> None:
    assert necessity.warnings(a_letter(ends_on=None)) == {"W-LMN-NODURATION"}
    assert necessity.warnings(a_letter(ends_on=None, lifetime=True)) == frozenset()
