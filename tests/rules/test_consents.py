"""Who signs, what stands on a day, what opens an area, and how near a guardian has to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from clinic.rules.consents import (
    ConsentKind,
    Given,
    Presence,
    SignerRole,
    locked,
    presence,
    refused_signer,
    standing,
    stands,
)
from clinic.values import LetterId, LetterKind
from tests.makers_money import a_letter

if TYPE_CHECKING:
    from clinic.rules.necessity import Letter

DAY = date(2026, 11, 23)
TEEN = date(2009, 11, 24)
"""Sixteen on the day, and eighteen a year and a day later."""
CONSENT = Given(ConsentKind.TREATMENT, date(2026, 1, 10), SignerRole.CLIENT)
BREAST = Given(ConsentKind.BREAST, date(2026, 11, 1), SignerRole.CLIENT, referral="l-1")


def a_referral(**facts: Any) -> Letter:
    return replace(
        a_letter(), id=LetterId("l-1"), kind=LetterKind.REFERRAL, signed=True, signed_on=date(2026, 10, 20),
        starts_on=None, ends_on=None, revoked_on=None, **facts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "on", "speaks"),
    [
        (CONSENT, date(2026, 1, 9), False),
        (CONSENT, date(2026, 1, 10), True),
        (replace(CONSENT, ends_on=DAY), DAY, True),
        (replace(CONSENT, ends_on=DAY), date(2026, 11, 24), False),
        (replace(CONSENT, withdrawn_on=DAY), date(2026, 11, 22), True),
        (replace(CONSENT, withdrawn_on=DAY), DAY, False),
        (replace(CONSENT, role=SignerRole.GUARDIAN), date(2027, 11, 23), True),
        (replace(CONSENT, role=SignerRole.GUARDIAN), date(2027, 11, 24), False),
    ],
)
def test_a_consent_speaks_from_its_day_until_it_ends(given: Given, on: date, *, speaks: bool) -> None:
    assert stands(given, on, TEEN) is speaks


def test_a_birthday_nobody_knows_ends_nothing() -> None:
    assert stands(replace(CONSENT, role=SignerRole.GUARDIAN), DAY, None)


def test_the_newest_of_a_kind_counts() -> None:
    later = replace(CONSENT, on=date(2026, 6, 1))
    assert standing([later, CONSENT, BREAST], ConsentKind.TREATMENT, DAY, TEEN) == later
    assert standing([BREAST], ConsentKind.PHOTO, DAY, TEEN) is None


@pytest.mark.parametrize(
    ("role", "born", "why"),
    [
        (SignerRole.CLIENT, TEEN, "guardian_must_sign"),
        (SignerRole.GUARDIAN, TEEN, None),
        (SignerRole.CLIENT, date(1980, 1, 1), None),
        (SignerRole.GUARDIAN, date(1980, 1, 1), "client_is_of_age"),
        (SignerRole.REPRESENTATIVE, date(1940, 1, 1), None),
        (SignerRole.CLIENT, None, None),
    ],
)
def test_a_minor_never_signs_alone_and_a_guardian_never_for_an_adult(
    role: SignerRole, born: date | None, why: str | None
) -> None:
    assert refused_signer(role, born, DAY) == why


@pytest.mark.parametrize(
    ("born", "near"),
    [
        (date(2011, 1, 1), Presence.IN_THE_ROOM),
        (TEEN, Presence.ON_THE_PREMISES),
        (date(2000, 1, 1), Presence.NOT_NEEDED),
        (None, Presence.NOT_NEEDED),
    ],
)
def test_a_guardian_is_as_near_as_the_age_asks(born: date | None, near: Presence) -> None:
    assert presence(born, DAY) is near


def test_a_practice_may_ask_for_more() -> None:
    assert presence(TEEN, DAY, in_room=18) is Presence.IN_THE_ROOM


def test_the_breast_opens_to_consent_and_the_referral_it_names() -> None:
    assert locked([BREAST], [a_referral()], DAY, None) == frozenset()


@pytest.mark.parametrize(
    ("given", "letters"),
    [
        ([], [a_referral()]),
        ([BREAST], []),
        ([replace(BREAST, on=date(2026, 11, 24))], [a_referral()]),
        ([replace(BREAST, referral="l-2")], [a_referral()]),
        ([BREAST], [replace(a_referral(), kind=LetterKind.PRESCRIPTION)]),
        ([BREAST], [replace(a_referral(), signed=False)]),
        ([BREAST], [replace(a_referral(), signed_on=None)]),
        ([BREAST], [replace(a_referral(), signed_on=date(2026, 11, 24))]),
        ([BREAST], [replace(a_referral(), starts_on=date(2026, 11, 24))]),
        ([BREAST], [replace(a_referral(), ends_on=date(2026, 11, 22))]),
        ([BREAST], [replace(a_referral(), revoked_on=DAY)]),
    ],
)
def test_one_without_the_other_leaves_it_locked(given: list[Given], letters: list[Letter]) -> None:
    """Case A54: consent yes, referral none."""
    assert locked(given, letters, DAY, None) == {"breast"}
