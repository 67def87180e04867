"""Who may act against a finding, and the reasons that count (`domain.md` A0, A4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from clinic.values import Refusal, Role

from .vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from .outcome import Finding, Outcome


class OverrideReason(StrEnum):
    """Why somebody acted against a finding; OTHER asks for words."""

    CLEARANCE_ON_FILE = "CLEARANCE_ON_FILE"
    MEASURE_RECHECKED = "MEASURE_RECHECKED"
    CLIENT_CORRECTED_ANSWER = "CLIENT_CORRECTED_ANSWER"
    OUT_OF_SCOPE_SITE = "OUT_OF_SCOPE_SITE"
    OTHER = "OTHER"


_LADDER = {
    Severity.S0: frozenset(Role),
    Severity.S1: frozenset({Role.THERAPIST, Role.OWNER}),
    Severity.S2: frozenset({Role.THERAPIST, Role.OWNER}),
    Severity.S3: frozenset({Role.THERAPIST, Role.OWNER}),
    Severity.S4: frozenset({Role.OWNER}),
    Severity.S5: frozenset[Role](),
}


def may_override(finding: Finding, role: Role) -> bool:
    """Whether somebody in this role may act against it: an emergency nobody, contagion put off nobody."""
    if finding.contagious and finding.severity >= Severity.S4:
        return False
    return role in _LADDER[finding.severity]


def needs_reason(finding: Finding) -> bool:
    """Whether acting against it has to be explained."""
    return finding.severity >= Severity.S2


def needs_password(finding: Finding) -> bool:
    """Whether acting against it takes the owner's password and a text of their own."""
    return finding.severity >= Severity.S4


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody's word that a visit goes ahead although a rule speaks against it."""

    rule: str
    reason: OverrideReason
    text: str = ""


def overridden(outcome: Outcome, overrides: Sequence[Override], role: Role) -> tuple[Finding, ...]:
    """Give the findings that somebody in this role goes against; what the ladder does not allow is refused."""
    found = {finding.rule: finding for finding in outcome.findings}
    gone_against = []
    for override in overrides:
        if override.rule not in found:
            # Who may override nothing is not told either whether there was something to override.
            code = "override_unknown" if role in _LADDER[Severity.S3] else "override_not_allowed"
            raise Refusal(code, at="override")
        finding = found[override.rule]
        if not may_override(finding, role):
            raise Refusal("override_not_allowed", at="override")
        if not override.text and (override.reason is OverrideReason.OTHER or needs_password(finding)):
            raise Refusal("override_text_missing", at="override")
        gone_against.append(finding)
    return tuple(gone_against)


def to_apply(outcome: Outcome) -> tuple[str, ...]:
    """Name the rules that ask for a modification, which the therapist ticks before the hands are laid on."""
    return tuple(finding.rule for finding in outcome.findings if finding.severity is Severity.S1)


def left_of(outcome: Outcome, gone_against: Collection[str]) -> Severity:
    """Say how grave the visit still is, apart from the rules that somebody went against."""
    left = (finding.severity for finding in outcome.findings if finding.rule not in gone_against)
    return max(left, default=Severity.S0)
