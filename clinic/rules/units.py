"""Units of timed procedure codes, as payers count minutes of hands-on work."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# domain D3: codes billed per quarter of an hour; any other code is one unit however long it took.
TIMED = frozenset({"97110", "97112", "97124", "97140"})
UNIT = 15
"""Minutes of one unit."""
LEAST = 8
"""Minutes from which a begun unit counts."""

# domain D3: the pair that payers deny side by side unless a modifier says that they were distinct.
CLASHING = {"97124", "97140"}
DISTINCT = frozenset({"59", "XS"})


class UnitRule(StrEnum):
    """How a payer counts several timed codes of one day: all minutes together, or each code by itself."""

    CMS_8MIN = "CMS_8MIN"
    AMA_SPM = "AMA_SPM"


def of_minutes(minutes: int) -> int:
    """Count the units of one timed code: a quarter each, and one more once eight minutes are begun."""
    return (minutes - LEAST) // UNIT + 1 if minutes >= LEAST else 0


def units(minutes: Mapping[str, int], rule: UnitRule) -> dict[str, int]:
    """Count the units of each code of a day.

    Where two codes have the same minutes left over, the one named first gets the unit.
    """
    timed = {code: spent for code, spent in minutes.items() if code in TIMED}
    counted = _together(timed) if rule is UnitRule.CMS_8MIN else _apart(timed)
    return {code: counted.get(code, 1) for code in minutes}


def _apart(minutes: Mapping[str, int]) -> dict[str, int]:
    return {code: of_minutes(spent) for code, spent in minutes.items()}


def _together(minutes: Mapping[str, int]) -> dict[str, int]:
    whole = Counter({code: spent // UNIT for code, spent in minutes.items()})
    leftover = of_minutes(sum(minutes.values())) - whole.total()
    by_remainder = sorted(minutes, key=lambda code: minutes[code] % UNIT, reverse=True)
    whole.update(by_remainder[:leftover])
    return dict(whole)


@dataclass(frozen=True, slots=True)
class Procedure:
    """One code of a visit with its modifier and the body areas it was for; no areas means not recorded."""

    code: str
    modifier: str = ""
    areas: frozenset[str] = frozenset()


def warnings(procedures: Sequence[Procedure]) -> frozenset[str]:
    """Warn of codes that payers deny side by side: W-NCCI until a modifier says they were distinct.

    A modifier is no help where both codes name the same area.
    """
    pairs = [pair for pair in combinations(procedures, 2) if {each.code for each in pair} == CLASHING]
    if any(not _distinct(one, other) for one, other in pairs):
        return frozenset({"W-NCCI"})
    return frozenset()


def _distinct(one: Procedure, other: Procedure) -> bool:
    return not DISTINCT.isdisjoint({one.modifier, other.modifier}) and one.areas.isdisjoint(other.areas)
