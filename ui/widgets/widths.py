"""How wide the columns of a table stand: as their words need, where there is room for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE, LONGEST = 120, 24
"""How many rows are looked at, and how many of a column's words are then measured."""
WIDE_SCRIPTS = "\N{HANGUL CHOSEONG KIYEOK}"
"""From here on most signs are twice as wide as a Latin letter."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column asks for: its usual width, what its words need, and what it can stand on at the least."""

    usual: int
    needed: int
    least: int
    shares: bool = False
    """It takes what is left; its usual width is what it needs."""
    fixed: bool = False
    """Somebody drew it to this width by hand."""


def longest(words: Sequence[str]) -> list[str]:
    """Pick the few words that come out widest, without measuring them all."""
    return sorted(set(words), key=_weight, reverse=True)[:LONGEST]


def _weight(words: str) -> int:
    return len(words) + sum(sign >= WIDE_SCRIPTS for sign in words)


def sampled(rows: Sequence[object]) -> Sequence[object]:
    """Take rows from all over, so that a long table is not read through."""
    return rows[:: max(1, -(-len(rows) // SAMPLE))]


def shared(wishes: Sequence[Wish], room: int) -> list[int]:
    """Divide the room: usual widths where they fit, then what is needed; then words are cut short.

    Those columns give way first that would have taken what is left, then the widest.
    """
    widths = [
        wish.usual if wish.fixed else max(wish.needed, 0 if wish.shares else wish.usual) for wish in wishes
    ]
    spare = room - sum(widths)
    sharing = [at for at, wish in enumerate(wishes) if wish.shares and not wish.fixed]
    if spare >= 0:
        for nth, at in enumerate(sharing):
            widths[at] += spare // len(sharing) + (nth < spare % len(sharing))
        return widths
    needed = [wish.usual if wish.fixed else wish.needed for wish in wishes]
    loose = [width - need for width, need in zip(widths, needed, strict=True)]
    if sum(loose) + spare >= 0:
        return _taken_off(widths, loose, -spare)
    softer = [max(0, needed[at] - wishes[at].least) if at in sharing else 0 for at in range(len(wishes))]
    short = sum(needed) - room
    if sum(softer) >= short:
        return _taken_off(needed, softer, short)
    needed = [need - soft for need, soft in zip(needed, softer, strict=True)]
    return _levelled(needed, wishes, room)


def _taken_off(widths: Sequence[int], loose: Sequence[int], short: int) -> list[int]:
    """Take what is short from the columns that have more than they need, in proportion."""
    given, kept = 0, list(widths)
    total = sum(loose)
    for at, more in enumerate(loose):
        upto = sum(loose[: at + 1]) * short // total
        kept[at] -= min(more, upto - given)
        given = upto
    return kept


def _levelled(needed: Sequence[int], wishes: Sequence[Wish], room: int) -> list[int]:
    """Lower the widest columns to one level, none below its least; past that the table is scrolled."""
    floors = [
        need if wish.fixed else min(need, wish.least) for need, wish in zip(needed, wishes, strict=True)
    ]
    low, high = 0, max(needed, default=0)
    while low < high:
        level = (low + high + 1) // 2
        if sum(_at_level(needed, floors, level)) <= room:
            low = level
        else:
            high = level - 1
    widths = _at_level(needed, floors, low)
    for at, need in enumerate(needed):  # the last few pixels go to those who miss them
        more = min(need - widths[at], max(0, room - sum(widths)))
        widths[at] += more
    return widths


def _at_level(needed: Sequence[int], floors: Sequence[int], level: int) -> list[int]:
    return [max(floor, min(need, level)) for need, floor in zip(needed, floors, strict=True)]
