"""When a client may be treated, how, and where: the rule book, read over one visit."""

from .book import Policy, RuleBook
from .case import Case, Clearance, Request
from .engine import judge, judge_read, screening_ends_on
from .outcome import Fault, Finding, Outcome, asks_client, desk_needs
from .overriding import (
    Override,
    OverrideReason,
    left_of,
    may_override,
    needs_password,
    needs_reason,
    overridden,
    to_apply,
)
from .vocabulary import Language, Moment, Severity

__all__ = [
    "Case",
    "Clearance",
    "Fault",
    "Finding",
    "Language",
    "Moment",
    "Outcome",
    "Override",
    "OverrideReason",
    "Policy",
    "Request",
    "RuleBook",
    "Severity",
    "asks_client",
    "desk_needs",
    "judge",
    "judge_read",
    "left_of",
    "may_override",
    "needs_password",
    "needs_reason",
    "overridden",
    "screening_ends_on",
    "to_apply",
]
