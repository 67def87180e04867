"""Reminders: whom to call for which days, who is due to come again, and words without anything about health."""

from __future__ import annotations

import re
import string
from datetime import timedelta
from typing import TYPE_CHECKING

from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

WORKING_DAYS = 2
"""How many working days ahead somebody is reminded."""
LOOK_AHEAD = 14
"""A practice that opens on none of so many days calls nobody."""
EVERY_DAYS = 21
"""How often somebody comes where no plan says it: the longest of the one to three weeks between visits."""
GONE_DAYS = 120
"""Somebody who has not come for so long has left, and is not called."""

KNOWN = frozenset({"name", "when", "day", "time", "practice", "phone", "therapist"})
"""What a template may ask for; a treatment, a letter or a reason is not among it."""
# Beginnings of words that say something of a body or of a paper about it, in both languages of the house.
_CLINICAL = re.compile(
    r"\b("
    "diagnos|sympt|injur|surger|patholog|cancer|tumou?r|chemo|oncolog|diabet|pregnan|prenatal|postnatal|"
    "arthrit|fibromyal|sciati|migrain|headach|hernia|fractur|scolio|lympho?ede?ma|thrombo|seizur|epilep|"
    "depressi|anxiet|blood|pressure|disease|disorder|illness|sickness|painful|soreness|medic|prescri|"
    "referral|clearance|necessit|contraindic|treatment|deep tissue|trigger point|myofasc|lymphatic|"
    r"pains?\b|sore\b|sick\b|patients?\b|"
    "diagnóst|síntom|lesi[oó]n|cirug|c[aá]ncer|embaraz|dolor|receta|tratamiento|enferm|paciente"
    r")\w*",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b[A-TV-Z][0-9][0-9A-Z]\.[0-9A-Z]{1,4}\b")
"""A diagnosis code as letters write it."""


def days_to_call(today: date, is_open: Callable[[date], bool]) -> tuple[date, ...]:
    """Name the next working days, whose visits are confirmed now."""
    ahead = (today + timedelta(days=days) for days in range(1, LOOK_AHEAD + 1))
    return tuple(day for day in ahead if is_open(day))[:WORKING_DAYS]


def every(times: int, weeks: int) -> int:
    """Say how many days lie between two visits of a plan."""
    return max(1, weeks * 7 // times)


def is_due(last: date, every_days: int, today: date) -> bool:
    """Tell whether somebody should come again, and has not stayed away for good."""
    return last + timedelta(days=every_days) <= today <= last + timedelta(days=GONE_DAYS)


def check_words(text: str, *, at: str) -> None:
    """Refuse words about health, and placeholders nobody fills in: a message may be read by anybody."""
    found = _CLINICAL.search(text) or _CODE.search(text)
    if found is not None:
        raise Refusal("clinical_word", at=at, word=found[0])
    try:
        asked = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        raise Refusal("unknown_placeholder", at=at, name="{") from None
    unknown = sorted(asked - KNOWN)
    if unknown:
        raise Refusal("unknown_placeholder", at=at, name=unknown[0])


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Fill a template in."""
    return text.format_map(facts)
