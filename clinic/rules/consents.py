"""Consent: who may sign, how long it stands, what it opens, and when a guardian has to be near."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from clinic.rules.areas import LOCKED
from clinic.rules.screening import age_on, birthday
from clinic.values import LetterKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from clinic.rules.necessity import Letter

OF_AGE = 18
IN_THE_ROOM_UNDER = 16
ON_THE_PREMISES_UNDER = 18
"""`domain.md` B6; both are settings of the practice."""
LONGEST_RELEASE_DAYS = 365
"""A release of information ends within a year unless a longer time is asked for (`domain.md` G6)."""


class ConsentKind(StrEnum):
    """What somebody can agree to; each is agreed to, and withdrawn, for itself."""

    TREATMENT = "treatment"
    MESSAGES = "messages"
    PHOTO = "photo"
    MARKETING = "marketing"
    RELEASE = "release"
    BREAST = "breast"


class SignerRole(StrEnum):
    """As whom somebody signs."""

    CLIENT = "client"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"


class SignedHow(StrEnum):
    """How a signature was given."""

    DRAWN = "drawn"
    TYPED = "typed"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Given:
    """A consent as the rules see it."""

    kind: ConsentKind
    on: date
    role: SignerRole
    ends_on: date | None = None
    withdrawn_on: date | None = None
    referral: str | None = None
    """The letter it names as its referral, where it needs one."""


class Presence(StrEnum):
    """How near a guardian has to be while a minor is treated."""

    IN_THE_ROOM = "in_the_room"
    ON_THE_PREMISES = "on_the_premises"
    NOT_NEEDED = "not_needed"


def stands(given: Given, on: date, born: date | None) -> bool:
    """Whether a consent speaks on a day; what a guardian signed ends when the client comes of age."""
    if on < given.on or (given.withdrawn_on is not None and on >= given.withdrawn_on):
        return False
    if given.ends_on is not None and on > given.ends_on:
        return False
    came_of_age = birthday(born, OF_AGE) if born else None
    return given.role is not SignerRole.GUARDIAN or came_of_age is None or on < came_of_age


def standing(given: Iterable[Given], kind: ConsentKind, on: date, born: date | None) -> Given | None:
    """Find the newest consent of a kind that speaks on a day."""
    speaking = [each for each in given if each.kind is kind and stands(each, on, born)]
    return max(speaking, key=lambda each: each.on, default=None)


def refused_signer(role: SignerRole, born: date | None, on: date) -> str | None:
    """Say why somebody may not sign: a minor never alone, a guardian never for an adult."""
    minor = born is not None and age_on(born, on) < OF_AGE
    if minor and role is SignerRole.CLIENT:
        return "guardian_must_sign"
    if role is SignerRole.GUARDIAN and born is not None and not minor:
        return "client_is_of_age"
    return None


def presence(
    born: date | None, on: date, *, in_room: int = IN_THE_ROOM_UNDER, premises: int = ON_THE_PREMISES_UNDER
) -> Presence:
    """Say how near the guardian has to be."""
    if born is None:
        return Presence.NOT_NEEDED
    age = age_on(born, on)
    if age < in_room:
        return Presence.IN_THE_ROOM
    return Presence.ON_THE_PREMISES if age < premises else Presence.NOT_NEEDED


def locked(given: Iterable[Given], letters: Iterable[Letter], on: date, born: date | None) -> frozenset[str]:
    """Give the areas nobody works that day: the breast opens only to consent and the referral it names."""
    consent = standing(given, ConsentKind.BREAST, on, born)
    if consent is not None and any(_refers(letter, consent, on) for letter in letters):
        return frozenset()
    return LOCKED


def _refers(letter: Letter, consent: Given, on: date) -> bool:
    return (
        letter.id == consent.referral
        and letter.kind is LetterKind.REFERRAL
        and letter.signed
        and letter.signed_on is not None
        and letter.signed_on <= on
        and (letter.starts_on is None or letter.starts_on <= on)
        and (letter.ends_on is None or on <= letter.ends_on)
        and (letter.revoked_on is None or on < letter.revoked_on)
    )
