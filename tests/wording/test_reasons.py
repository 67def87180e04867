"""Every reason has words for paper and words for the desk, and none of them promises or denies a deduction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from clinic import wording
from clinic.values import Money
from clinic.wording.reasons import codes, meaning, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

# domain C3, in its order.
OF_A_LINE = [
    "E-NOLMN",
    "E-LMN-FUTURE",
    "E-LMN-EXPIRED",
    "E-LMN-INCOMPLETE",
    "E-LMN-SIGNER",
    "E-LMN-PATIENT",
    "E-PURPOSE",
    "E-DX",
    "E-COUNT",
    "E-FREQ",
    "E-MINUTES",
    "E-UNPAID",
    "E-INSPAID",
    "E-TENDER-GIFT",
    "E-ITEM-TIP",
    "E-ITEM-FEE",
    "E-ITEM-PRODUCT",
    "E-NOTPROVIDED",
    "E-CONTRA",
    "E-PROVIDER",
    "E-RELATED",
    "E-LPFSA",
    "E-HSA-DATE",
    "E-PLANYEAR",
    "E-RUNOUT",
    "E-DOUBLE",
    "E-MEDICARE",
    "E-AUTH",
    "W-LMN-SELFREPORT",
    "W-DX-VAGUE",
    "W-LMN-NODURATION",
    "W-LMN-SIGNER",
    "W-NOFUNCTION",
]
OF_A_BOOKING = [
    *("W-PAST", "W-HOURS", "W-SKILL", "W-ENOUGH"),
    *("W-CERTIFICATE-EXPIRED", "W-CERTIFICATE-MISSING", "W-INS-EXPIRED", "W-INS-MISSING"),
]
OF_A_BILL = ["W-NCCI"]
EVERY = [*OF_A_LINE, *OF_A_BOOKING, *OF_A_BILL]

NO_LETTER = "no letter of medical necessity on file for this date"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    before = wording.language()
    wording.speak("en")
    yield
    wording.speak(before)


def test_there_are_words_for_exactly_the_codes_there_are() -> None:
    assert codes() == set(EVERY)


@pytest.mark.parametrize("code", EVERY)
def test_every_code_has_a_phrase_short_enough_for_the_small_print(code: str) -> None:
    assert phrase(code) != code
    assert len(phrase(code)) <= 60
    assert not phrase(code).endswith(".")


@pytest.mark.parametrize("code", EVERY)
def test_every_code_says_at_the_desk_what_it_means_and_what_to_do(code: str) -> None:
    said = meaning(code)
    assert said.count(".") >= 2
    assert said.endswith(".")
    assert code not in said


@pytest.mark.parametrize("code", EVERY)
def test_no_words_promise_or_deny_what_others_decide(code: str) -> None:
    said = f"{phrase(code)} {meaning(code)}".casefold()
    assert not any(word in said for word in ("deductible", "covered by insurance", "licensed", "certified"))


def test_a_code_without_words_is_named_as_it_is() -> None:
    assert phrase("E-UNHEARD-OF") == "E-UNHEARD-OF"
    assert meaning("E-UNHEARD-OF") == "E-UNHEARD-OF"


@pytest.mark.parametrize("code", ["E-NOLMN", "E-LMN-FUTURE", "E-LMN-EXPIRED"])
def test_c06_a_day_without_a_letter_is_told_in_the_agreed_words(code: str) -> None:
    assert phrase(code) == NO_LETTER


@pytest.mark.parametrize(
    ("code", "facts", "said"),
    [
        ("E-COUNT", {"visits": 12}, "All 12 visits of the letter were used"),
        ("E-COUNT", {"visits": 1}, "The one visit of the letter was used"),
        ("E-FREQ", {"times": 2, "per": "week"}, "The letter prescribes 2 visits a week"),
        ("E-FREQ", {"times": 1, "per": "week"}, "The letter prescribes one visit a week"),
        ("E-FREQ", {"times": 4, "per": "month"}, "The letter prescribes 4 visits a month"),
        ("E-FREQ", {"times": 1, "per": "month"}, "The letter prescribes one visit a month"),
        ("E-MINUTES", {"minutes": 60, "given": 90}, "90 minutes given, 60 prescribed"),
        ("E-LMN-FUTURE", {"valid_from": date(2026, 3, 10)}, f"{NO_LETTER}: it begins on Mar 10, 2026"),
        ("E-LMN-EXPIRED", {"valid_to": date(2026, 5, 31)}, f"{NO_LETTER}: it ended on May 31, 2026"),
        ("E-LMN-EXPIRED", {"revoked_on": date(2026, 5, 1)}, f"{NO_LETTER}: revoked on May 1, 2026"),
        ("E-INSPAID", {"paid": Money.of("90.00")}, "An insurer paid $90.00"),
        ("E-COUNT", {"visits": None}, "All visits of the letter were used"),
        ("E-MINUTES", {"minutes": 60}, "Longer than prescribed; the minutes beyond are left out"),
        ("E-FREQ", {"times": 2, "per": "year"}, "More visits than the letter prescribes for the time"),
    ],
)
def test_facts_make_a_phrase_exact(code: str, facts: dict[str, object], said: str) -> None:
    assert phrase(code, **facts) == said


def test_facts_make_the_meaning_exact_and_leave_the_remedy() -> None:
    assert meaning("E-COUNT", visits=12) == (
        "All 12 visits of the letter were used. "
        "Ask the clinician for a new letter; it covers visits from its own first day."
    )
    assert meaning("E-LMN-EXPIRED", valid_to=date(2026, 5, 31)).startswith("No letter of medical necessity")


def test_another_language_is_asked_for_its_own_words() -> None:
    english = phrase("E-PURPOSE")
    wording.speak("es")
    assert phrase("E-PURPOSE")
    wording.speak("en")
    assert phrase("E-PURPOSE") == english
