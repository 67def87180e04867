"""Spelling: how far a word as typed is from a name, where a finger slipped."""

from __future__ import annotations

from functools import lru_cache

SHORT = 4
"""Words shorter than this are taken as they are: one slip makes another word of them."""
LONG = 7


def slips_allowed(word: str) -> int:
    """Say how many slips a word of this length may have."""
    if len(word) < SHORT:
        return 0
    return 1 if len(word) < LONG else 2


@lru_cache(maxsize=4096)  # many people share a name
def slips(typed: str, name: str) -> int:
    """Count the slips between what was typed and the beginning of a name.

    A slip is a letter too many, one too few, another one, or two that changed places.
    """
    longest = len(typed) + 2
    name = name[:longest]
    before: list[int] = []
    row = list(range(len(name) + 1))
    for at, letter in enumerate(typed, 1):
        older, before = before, row
        row = [at]
        for place, other in enumerate(name, 1):
            least = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != other))
            if at > 1 and place > 1 and letter == name[place - 2] and typed[at - 2] == other:
                least = min(least, older[place - 2] + 1)
            row.append(least)
    return min(row)


def beginnings(word: str, letters: int = 3) -> tuple[str, ...]:
    """Give the ways in which a name may begin of which this was typed with a letter too many or two changed round."""
    if len(word) < SHORT:
        return (word,)
    near = word[: letters + 1]
    without = [near[:at] + near[at + 1 :] for at in range(letters + 1)]
    turned = [near[:at] + near[at + 1] + near[at] + near[at + 2 :] for at in range(letters)]
    return tuple(dict.fromkeys(each[:letters] for each in (near, *without, *turned)))


def alike(typed: str, names: str) -> int | None:
    """Count the slips of several words against a person's names; None where a word is like none of them."""
    known = [name for name in names.split() if not name.isdigit()]
    whole = 0
    for word in typed.split():
        fewest = min((slips(word, name) for name in known), default=len(word))
        if fewest > slips_allowed(word):
            return None
        whole += fewest
    return whole


def same_name(one: str, other: str) -> bool:
    """Tell whether two names could be one person's: the same words in any order, or one slip apart."""
    mine, theirs = sorted(one.split()), sorted(other.split())
    if len(mine) != len(theirs) or not mine:
        return False
    apart = [max(slips(a, b), slips(b, a)) for a, b in zip(mine, theirs, strict=True) if a != b]
    return not apart or (len(apart) == 1 and apart[0] == 1)
