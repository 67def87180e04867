"""Reading the after-care sheet: what a client is told after a visit, in the language they read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from clinic.exchange.resources import CATALOGUE
from clinic.values import Technique

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("en", "es")
DEEP = frozenset({Technique.DEEP_TISSUE, Technique.TRIGGER_POINT, Technique.CUPPING, Technique.SPORTS})
"""Techniques whose work goes deep enough for advice of its own (`domain.md` A0: pressure 4 and 5)."""


@dataclass(frozen=True, slots=True)
class Advice:
    """The sheet in one language: its words for the frame, its parts, and the treatment in plain words."""

    title: str
    subject: str
    mail: str
    foot: str
    described: str
    technique: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def _book() -> Mapping[str, Any]:
    return tomllib.loads((CATALOGUE / "aftercare.toml").read_text("utf-8"))


def advice(technique: Technique, language: str) -> Advice:
    """Put together what a client is told after this technique."""
    book = _book()
    parts = tuple(
        (part["title"][language], tuple(line[language] for line in part["lines"]))
        for part in book["parts"]
        if part.get("only") != "deep" or technique in DEEP
    )
    return Advice(
        book["title"][language],
        book["subject"][language],
        book["mail"][language],
        book["foot"][language],
        book["described"][language],
        book["techniques"][technique.value][language],
        parts,
    )
