"""The figure of the body map, read from the resource that draws it."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING

from clinic.exchange.resources import RESOURCES
from clinic.rules.body import figures

if TYPE_CHECKING:
    from clinic.rules.body import Figure
    from clinic.rules.notes import View


@cache
def drawn() -> dict[View, Figure]:
    """Give the body seen from the front, the back and both sides."""
    return figures(tomllib.loads((RESOURCES / "body" / "figures.toml").read_text("utf-8")))
