"""Products: oils and lotions as they are typed, with the allergens they are known to hold."""

from __future__ import annotations

import re

from clinic.exchange.products import known
from clinic.rules.notes import Product

_WITH_TAGS = re.compile(r"(?P<name>[^()]+)\((?P<tags>[^()]*)\)\s*")


def names() -> tuple[str, ...]:
    """List the products of the catalogue."""
    return tuple(product.name for product in known().values())


def read(typed: str) -> tuple[Product, ...]:
    """Read products as typed, a semicolon between them; what the catalogue does not know may say its tags."""
    found = []
    for part in (piece.strip() for piece in typed.split(";")):
        told = _WITH_TAGS.fullmatch(part)
        if part.casefold() in known():
            found.append(known()[part.casefold()])
        elif told:
            tags = tuple(tag for tag in (piece.strip() for piece in told["tags"].split(",")) if tag)
            found.append(Product(told["name"].strip(), tags))
        elif part:
            found.append(Product(part))
    return tuple(found)


def written(products: tuple[Product, ...]) -> str:
    """Write products as they are typed."""
    return "; ".join(
        product.name
        if product == known().get(product.name.casefold()) or not product.tags
        else f"{product.name} ({', '.join(product.tags)})"
        for product in products
    )
