"""What may be said of a diagnosis code a clinician wrote down, and of the other numbers on a letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

# domain C2: one administrator turns "back pain" away; the other words are as empty.
VAGUE = frozenset({"back pain", "stress", "tension", "pain", "wellness"})

# domain D3: physical therapy evaluations, deleted; no massage was ever billed with them.
DELETED_CPT = frozenset({"97001", "97002"})


@dataclass(frozen=True, slots=True)
class Code:
    """One ICD-10-CM code: what it says, when it could be billed, and which codes it can't stand beside."""

    code: str
    label: str
    billable: bool
    effective_from: date | None
    effective_to: date | None
    excludes: tuple[str, ...]
    """Excludes1, those of its parents included: a code with all below it, or a range of them."""
    release: str


class Side(StrEnum):
    """The side of the body a code or an area names."""

    LEFT = "left"
    RIGHT = "right"


Lookup = Callable[[str], Code | None]


def is_billable(code: Code | None, on: date | None) -> bool:
    """Tell whether a code could be billed that day; without a day, whether it ever could."""
    if code is None or not code.billable:
        return False
    return on is None or (
        (code.effective_from is None or code.effective_from <= on)
        and (code.effective_to is None or on <= code.effective_to)
    )


def excluded_pair(codes: Sequence[str], look_up: Lookup) -> tuple[int, int] | None:
    """Find the first two codes that can't both be true of one person (Excludes1), by their places."""
    entries = [look_up(code) for code in codes]
    for later, second in enumerate(entries):
        for earlier, first in enumerate(entries[:later]):
            if first and second and (_excludes(first, second.code) or _excludes(second, first.code)):
                return earlier, later
    return None


def _excludes(code: Code, other: str) -> bool:
    # A note on a whole chapter may name a part of it; inside that part it says nothing.
    return any(_covers(named, other) and not _covers(named, code.code) for named in code.excludes)


def _covers(named: str, code: str) -> bool:
    first, is_range, last = named.partition("-")
    if is_range:
        return first <= code[: len(first)] and code[: len(last)] <= last
    return code.startswith(first)


def is_vague(text: str) -> bool:
    """Tell a diagnosis that administrators call not specific enough (W-DX-VAGUE)."""
    return " ".join(re.findall(r"\w+", text.casefold())) in VAGUE


def side_of(label: str) -> Side | None:
    """Read from a code's label the one side it speaks of."""
    words = set(re.findall(r"\w+", label.casefold()))
    sides = [side for side in Side if side in words]
    return sides[0] if len(sides) == 1 else None


def is_other_side(label: str, areas: Collection[str]) -> bool:
    """Tell that the paired areas treated all lie on the side the diagnosis does not name (a warning).

    Where the label names one of the areas, such as the shoulder, only that pair counts. An area written
    without its side means both.
    """
    side = side_of(label)
    if side is None:
        return False
    paired = [area for area in areas if area.startswith(("left_", "right_"))]
    words = label.casefold()
    bare = {area: area.split("_", 1)[1].replace("_", " ") for area in paired}
    named = [area for area in paired if bare[area] in words] or paired
    both = any(area.replace("_", " ") in words for area in areas if area not in paired)
    return bool(named) and not both and not any(area.startswith(side) for area in named)


def is_npi(text: str) -> bool:
    """Check the ten digits of a National Provider Identifier by their check digit."""
    # domain D1: Luhn over the number with the prefix 80840, which adds 24 to the sum.
    if not re.fullmatch(r"[0-9]{10}", text):
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in text[-2::-2])
    return (24 + sum(map(int, text[-1::-2])) + sum(doubled)) % 10 == 0


def is_deleted_cpt(code: str) -> bool:
    """Tell a procedure code that no payer knows any more."""
    return code in DELETED_CPT
