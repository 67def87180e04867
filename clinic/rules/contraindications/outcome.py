"""What the rules say of a visit: each finding, and what they come to together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from clinic.values import Technique

from .book import Effect, Texts
from .vocabulary import (
    NO_TECHNIQUE,
    NOWHERE,
    ClearsBy,
    Hit,
    Kind,
    Language,
    Moment,
    Pressure,
    Referral,
    Severity,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

UNASKED = frozenset({"SYS-INCOMPLETE", "SYS-STALE"})
"""What the rules say of questions that nobody asked yet, or not for long."""
_DECISIONS = {
    Moment.BOOKING: ("book", "book_with_note", "book_with_note", "tentative", "refuse", "emergency"),
    Moment.CHECK_IN: ("proceed", "proceed_modified", "proceed_modified", "hold", "refuse", "emergency"),
}


def asks_client(rules: Iterable[str]) -> bool:
    """Whether only the client's own answers are missing, and no clinician's word."""
    named = frozenset(rules)
    return bool(named) and named <= UNASKED


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that applies to the visit, with the reason it can be acted on."""

    rule: str
    severity: Severity
    kind: Kind
    clears_by: ClearsBy
    effect: Effect
    denied: frozenset[Technique] = NO_TECHNIQUE
    cap: Pressure | None = None
    sites: frozenset[str] = NOWHERE
    positions: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    minutes: int | None = None
    referral: Referral = Referral.NONE
    earliest: date | datetime | None = None
    source: tuple[str, ...] = ()
    found: Severity = Severity.S0
    cleared_by: str | None = None
    cleared: bool = False
    raised: Effect | None = None
    contagious: bool = False
    chronic: bool = False
    about: str = ""
    hits: tuple[Hit, ...] = ()

    def texts(self, language: Language) -> Texts:
        """Give its three sentences in that language."""
        texts, about = self.effect.texts[language], self.about
        if self.raised is not None:
            texts, about = self.raised.texts[language], texts.therapist
        if not about:
            return texts
        return Texts(*(each.format(about=about) for each in (texts.therapist, texts.desk, texts.client)))

    def as_json(self, language: Language) -> dict[str, Any]:
        """Write it as the contract has it."""
        texts = self.texts(language)
        return {
            "rule": self.rule,
            "severity": self.severity.name,
            "kind": self.kind.value,
            "techniques_denied": [each.value for each in Technique if each in self.denied],
            "pressure_cap": None if self.cap is None else self.cap.name,
            "sites_avoided": sorted(self.sites),
            "therapist_text": texts.therapist,
            "desk_text": texts.desk,
            "client_text": texts.client,
            "clears_by": self.clears_by.value,
            "source": "".join(f"[{each}]" for each in self.source),
        }


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the rule book or the answers that could not be read; for the log, so it holds no answer."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rules' whole answer about one visit."""

    severity: Severity
    moment: Moment
    findings: tuple[Finding, ...]
    technique_change_required: bool
    techniques_allowed: tuple[Technique, ...]
    pressure_cap: Pressure | None
    sites_avoided: frozenset[str]
    earliest_ok: date | datetime | None
    minutes_cap: int | None
    positions: tuple[str, ...]
    products_blocked: tuple[str, ...]
    needs: tuple[str, ...]
    referral: Referral
    ruleset: str
    faults: tuple[Fault, ...] = ()
    silenced: tuple[str, ...] = field(default=())

    @property
    def decision(self) -> str:
        """What to do with the visit."""
        return _DECISIONS[self.moment][self.severity]

    def as_json(self, language: Language = Language.ENGLISH) -> dict[str, Any]:
        """Write it as the contract has it."""
        return {
            "outcome": self.severity.name,
            "decision": self.decision,
            "technique_change_required": self.technique_change_required,
            "techniques_allowed": [each.value for each in self.techniques_allowed],
            "pressure_cap": None if self.pressure_cap is None else self.pressure_cap.name,
            "sites_avoided": sorted(self.sites_avoided),
            "earliest_ok": written(self.earliest_ok),
            "minutes_cap": self.minutes_cap,
            "positions": list(self.positions),
            "products_blocked": list(self.products_blocked),
            "needs": list(self.needs),
            "referral": self.referral.name,
            "findings": [each.as_json(language) for each in self.findings],
            "ruleset": self.ruleset,
        }


def desk_needs(needs: Iterable[str]) -> tuple[str, ...]:
    """Tell the desk what it can arrange; one that would give a condition away is a word with the therapist."""
    return tuple(sorted({need if need in _DESK_ARRANGES else "THERAPIST" for need in needs}))


_DESK_ARRANGES = frozenset(
    {
        "QUICK_CHECK",
        "FULL_SCREENING",
        "CLEARANCE",
        "GUARDIAN_CONSENT",
        "GUARDIAN_IN_ROOM",
        "GUARDIAN_ON_PREMISES",
    }
)


def written(when: date | datetime | None) -> str | None:
    """Write a day, or a wall time to the minute."""
    if isinstance(when, datetime):
        return when.isoformat(timespec="minutes")
    return None if when is None else when.isoformat()


def latest(*moments: date | datetime | None) -> date | datetime | None:
    """Give the latest of several days and times; a day begins at midnight."""
    known = [each for each in moments if each is not None]
    return max(known, key=_instant, default=None)


def _instant(when: date | datetime) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, time.min)
