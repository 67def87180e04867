"""The rule book as values: what each rule does in each of its bands, and what the owner made of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.rules.answers import Question
    from clinic.values import Technique

    from .vocabulary import ClearsBy, Kind, Language, Pressure, Referral, Severity


@dataclass(frozen=True, slots=True)
class Texts:
    """One thing said to three readers; the desk's sentence never tells the condition."""

    therapist: str
    desk: str
    client: str


@dataclass(frozen=True, slots=True)
class Place:
    """What is denied or capped only where the work touches these areas; no areas: where the answers say."""

    named: tuple[str, ...]
    areas: frozenset[str]
    denied: frozenset[Technique]
    cap: Pressure | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule asks for at one severity."""

    severity: Severity
    kind: Kind
    denied: frozenset[Technique]
    cap: Pressure | None
    places: tuple[Place, ...]
    sites: frozenset[str]
    positions: tuple[str, ...]
    minutes: int | None
    needs: tuple[str, ...]
    referral: Referral
    clears_by: ClearsBy
    clearance_lowers: bool
    texts: Mapping[Language, Texts]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the catalogue."""

    id: str
    family: str
    condition: str
    trigger: str
    clears: str
    bands: Mapping[str, Effect]
    numbers: Mapping[str, float]
    clearance_days: int
    clearance_until: str | None
    chronic: bool
    founding: bool
    contagious: bool
    source: tuple[str, ...]
    reviewed: bool
    reviewer: str | None
    reviewed_on: str | None


@dataclass(frozen=True, slots=True)
class Manner:
    """How deep a technique goes, and below which pressure it is pointless."""

    nominal: Pressure
    least: Pressure


@dataclass(frozen=True, slots=True)
class Policy:
    """What the owner changed: stricter, tighter, off. Every change stands on the decisions it touches."""

    strict_contraindications: bool = False
    first_trimester_end_weeks: int | None = None
    guardian_in_room_under: int | None = None
    guardian_on_premises_under: int | None = None
    tightened: Mapping[str, Severity] = field(default_factory=dict)
    switched_off: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything the rules need besides the case: the catalogue, the forms, the medicines, the owner's policy."""

    version: str
    rules: Mapping[str, Rule]
    system: Mapping[str, Effect]
    raised: Mapping[Severity, Effect]
    techniques: Mapping[Technique, Manner]
    full: Mapping[str, Question]
    quick: Mapping[str, Question]
    medicines: Mapping[str, frozenset[str]]
    intervals: Mapping[str, float]
    sources: Mapping[str, str]
    policy: Policy = field(default_factory=Policy)

    def under(self, policy: Policy) -> RuleBook:
        """The same book as this owner wants it kept."""
        return replace(self, policy=policy)
