"""The words of the rule book: how grave, what kind, how deep, who must see it, and what makes it go away."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from clinic.values import Technique


class Severity(IntEnum):
    """The ladder from *proceed* to *call for help*; compare by the greater."""

    S0 = 0
    S1 = 1
    S2 = 2
    S3 = 3
    S4 = 4
    S5 = 5


class Kind(StrEnum):
    """Systemic, at one site only, a precaution, or needing a clinician's word."""

    SYSTEMIC = "SYS"
    LOCAL = "LOC"
    PRECAUTION = "MOD"
    CLEARANCE = "CLR"


class Pressure(IntEnum):
    """From a resting hand to deep work; compare by the smaller."""

    P0 = 0
    P1 = 1
    P2 = 2
    P3 = 3
    P4 = 4
    P5 = 5


class ClearsBy(StrEnum):
    """What ends a finding."""

    CLEARANCE = "CLEARANCE"
    DATE = "DATE"
    MEASURE = "MEASURE"
    RESOLVE = "RESOLVE"
    NEVER = "NEVER"


class Referral(IntEnum):
    """How soon someone medical should look."""

    NONE = 0
    ROUTINE = 1
    SAME_DAY = 2
    ER = 3


class Moment(StrEnum):
    """When the rules are asked: ahead, or with the client at the door."""

    BOOKING = "booking"
    CHECK_IN = "check_in"


class Language(StrEnum):
    """The languages in which the rule book speaks."""

    ENGLISH = "en"
    SPANISH = "es"


FIRES = "fires"
"""The band of a rule that has only one."""

NOWHERE: frozenset[str] = frozenset()
NO_TECHNIQUE: frozenset[Technique] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that applies: in which band, where, until when, and what would settle it.

    A silent hit is no finding; it only keeps areas out or asks for something.
    """

    band: str = FIRES
    sites: frozenset[str] = NOWHERE
    there: frozenset[str] = NOWHERE
    earliest: date | datetime | None = None
    needs: tuple[str, ...] = ()
    referral: Referral | None = None
    positions: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    silent: bool = False
