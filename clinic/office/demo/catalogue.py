"""What the demo is made of: lists that a person can read and change, and chance that can be thrown again."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from clinic.exchange.resources import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
Item = dict[str, Any]
"""One thing as the portable file writes it, or as the lists of the demo describe it."""


@cache
def listed(name: str) -> Item:
    """Open one of the demo's lists."""
    return tomllib.loads((CATALOGUE / f"demo_{name}.toml").read_text("utf-8"))


def dice(seed: int, what: str) -> Random:
    """Take the dice for one part of the practice; the same seed throws the same, whatever other parts throw."""
    return Random(f"{seed} {what}")  # noqa: S311 - made-up people are no secret, and have to come again


class Urn(Generic[T]):
    """Things of which some are drawn more often than others."""

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        self._things = things
        self._weights = list(accumulate(weights))

    @staticmethod
    def of(items: Sequence[Item]) -> Urn[Item]:
        """Fill it with items of a list that say their own weight."""
        return Urn(items, [item["weight"] for item in items])

    def draw(self, dice: Random) -> T:
        """Draw one, and put it back."""
        return dice.choices(self._things, cum_weights=self._weights)[0]
