"""When a client may be treated, how, and where: the rule book, read over one visit."""

from .book import Policy, RuleBook
from .case import Case, Clearance, Request
from .engine import judge
from .outcome import Fault, Finding, Outcome, desk_needs
from .overriding import OverrideReason, may_override, needs_password, needs_reason
from .vocabulary import Language, Moment, Severity

__all__ = [
    "Case",
    "Clearance",
    "Fault",
    "Finding",
    "Language",
    "Moment",
    "Outcome",
    "OverrideReason",
    "Policy",
    "Request",
    "RuleBook",
    "Severity",
    "desk_needs",
    "judge",
    "may_override",
    "needs_password",
    "needs_reason",
]
