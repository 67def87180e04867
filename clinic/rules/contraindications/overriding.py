"""Who may act against a finding, and the reasons that count (`domain.md` A0, A4)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from clinic.values import Role

from .vocabulary import Severity

if TYPE_CHECKING:
    from .outcome import Finding


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
