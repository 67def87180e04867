"""Wishes: the areas a visit is for and the products it is to be given with, as they are asked for at booking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.office.door import clean
from clinic.rules.areas import AREAS, expand
from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

MOST = 40
"""Products named for one visit; more is a mistake."""


def areas(sites: Collection[str], *, at: str = "sites") -> list[str]:
    """Read the areas asked for; a mistyped one must never pass for an area that nothing speaks against."""
    try:
        wanted = expand(sites)
    except ValueError:
        raise Refusal("unknown_area", at=at) from None
    return [area for area in AREAS if area in wanted]


def goods(products: Sequence[str], *, at: str = "products") -> list[str]:
    """Read the products asked for, each once."""
    if len(products) > MOST:
        raise Refusal("too_long", at=at, longest=MOST)
    named = [clean(product, at=at) for product in products]
    return list(dict.fromkeys(name for name in named if name is not None))
