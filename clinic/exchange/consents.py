"""Reading the consent texts, and writing one out in the exact words that are signed."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from clinic.exchange.resources import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Mapping

MINOR = "minor"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One consent as somebody reads it before signing."""

    version: str
    language: str
    title: str
    short: str
    paragraphs: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """Take the digest of the exact words."""
        return hashlib.sha256("\n\n".join((self.title, *self.paragraphs)).encode()).hexdigest()


@cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads((CATALOGUE / "consents.toml").read_text("utf-8"))


def wanted(kind: str) -> tuple[str, ...]:
    """Name what must be filled into a text before it can be signed."""
    return tuple(_texts()[kind].get("fill", ()))


def consent_text(
    kind: str, language: str, facts: Mapping[str, str], *, for_minor: bool = False
) -> ConsentText:
    """Write a text out with its facts; a guardian reads what concerns a minor as well."""
    row = _texts()[kind]
    paragraphs = [*row[language], *(_texts()[MINOR][language] if for_minor else ())]
    return ConsentText(
        _texts()["version"],
        language,
        row["title"][language],
        row["short"][language],
        tuple(paragraph.format_map(facts) for paragraph in paragraphs),
    )
