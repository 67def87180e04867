"""The catalogue's oils and lotions, opened when first asked."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING

from clinic.exchange.resources import CATALOGUE
from clinic.rules.notes import Product

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def known() -> Mapping[str, Product]:
    """Give the products by their folded names."""
    with (CATALOGUE / "products.toml").open("rb") as file:
        rows = tomllib.load(file)["product"]
    return {row["name"].casefold(): Product(row["name"], tuple(row["tags"])) for row in rows}
