"""Which questions of the quick check a client is asked, after what their history says."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from clinic.rules.answers import said_no
from clinic.rules.areas import GROUPS, expand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

ALWAYS = frozenset({"Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q8", "Q12", "Q13", "Q14"})
SOMETIMES = frozenset({"Q7", "Q9", "Q10", "Q11"})
_BACK_AND_NECK = GROUPS["spine"] | GROUPS["neck"]


def quick_asks(full: Mapping[str, Any] | None) -> frozenset[str]:
    """Choose the questions of the day; with no history at hand every one of them is asked (`domain.md` B2)."""
    if full is None:
        return ALWAYS | SOMETIMES
    left_out = set()
    if full.get("F01") == "not_applicable":
        left_out.add("Q7")
    if said_no(full.get("D01", {}).get("diagnosed")):
        left_out.add("Q9")
    if full.get("J02", {}).get("diabetes") == "none":
        left_out.add("Q10")
    hurts = full.get("B02", {}).get("sites")
    if hurts is not None and expand(hurts).isdisjoint(_BACK_AND_NECK):
        left_out.add("Q11")
    return (ALWAYS | SOMETIMES) - left_out


SOON_DAYS = 30
GAP_DAYS = 180
"""After so long without a visit a client is asked anew (`domain.md` B4)."""


class Renewal(StrEnum):
    """Whether the full history is to be asked again."""

    NEVER_ASKED = "never_asked"
    OVERDUE = "overdue"
    SOON = "soon"
    CURRENT = "current"


def renewal(answered: date | None, ends: date | None, last_visit: date | None, today: date) -> Renewal:
    """Say whether a history still speaks; a long absence asks for a new one before the next visit."""
    if answered is None or ends is None:
        return Renewal.NEVER_ASKED
    away = last_visit is not None and (today - max(last_visit, answered)) > timedelta(days=GAP_DAYS)
    if ends < today or away:
        return Renewal.OVERDUE
    return Renewal.SOON if (ends - today).days <= SOON_DAYS else Renewal.CURRENT
