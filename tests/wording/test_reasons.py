"""Every reason is named in a few words and explained in full, and no words promise or deny a deduction."""

from __future__ import annotations

import pytest

from clinic.wording.reasons import codes, meaning, phrase

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


def test_there_are_words_for_exactly_the_codes_there_are() -> None:
    assert codes() == set(EVERY)


@pytest.mark.parametrize("code", EVERY)
def test_every_code_has_a_phrase_short_enough_for_a_list(code: str) -> None:
    assert phrase(code) != code
    assert len(phrase(code)) <= 60
    assert not phrase(code).endswith(".")


@pytest.mark.parametrize("code", EVERY)
def test_every_code_says_in_full_what_it_means_and_what_to_do(code: str) -> None:
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
