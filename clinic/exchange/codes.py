"""The ICD-10-CM table, opened when first asked."""

from __future__ import annotations

import gzip
import re
from bisect import bisect_left, bisect_right
from datetime import date
from functools import cache, lru_cache
from heapq import nsmallest
from itertools import accumulate
from typing import TYPE_CHECKING

from clinic.exchange.resources import CATALOGUE
from clinic.rules.diagnoses import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

# The columns of a row; it stays one line of text until somebody asks for its code.
_CODE, _BILLABLE, _FROM, _TO, _RELEASE, _EXCLUDES, _LABEL = range(7)
_CATEGORY = 3  # characters before the dot
_LIKELY = "MG"  # the chapters of muscles and joints, and of nerves


@cache
def _rows() -> list[str]:
    return gzip.decompress((CATALOGUE / "icd10cm.tsv.gz").read_bytes()).decode().strip("\n").split("\n")


@cache
def _haystack() -> tuple[str, list[int]]:
    """Give all rows as one text in small letters, and where each begins: one look goes through all of them."""
    rows = _rows()
    begins = [0, *accumulate(len(row) + 1 for row in rows)]
    return "\n".join(rows).lower(), begins


def _row(code: str) -> list[str] | None:
    rows = _rows()
    place = bisect_left(rows, f"{code}\t")
    row = rows[place].split("\t") if place < len(rows) else [""]
    return row if row[_CODE] == code else None


@lru_cache(maxsize=4096)
def look_up(code: str) -> Code | None:
    """Find a code as letters write it, such as ``M54.50``; None if no release knows it."""
    row = _row(code)
    return None if row is None else _entry(row)


def _entry(row: list[str]) -> Code:
    code = row[_CODE]
    family = filter(None, (_row(code[:length]) for length in range(_CATEGORY, len(code) + 1)))
    excludes = (named for member in family for named in member[_EXCLUDES].split(",") if named)
    return Code(
        code=code,
        label=row[_LABEL],
        billable=row[_BILLABLE] == "1",
        effective_from=date.fromisoformat(row[_FROM]) if row[_FROM] else None,
        effective_to=date.fromisoformat(row[_TO]) if row[_TO] else None,
        excludes=tuple(dict.fromkeys(excludes)),
        release=row[_RELEASE],
    )


def canonical(text: str) -> str:
    """Write a typed code the way letters do: ``m5450`` is ``M54.50``."""
    bare = re.sub(r"[\s.]", "", text).upper()
    return bare if len(bare) <= _CATEGORY else f"{bare[:_CATEGORY]}.{bare[_CATEGORY:]}"


def search(words: str, on: date, limit: int = 20) -> tuple[Code, ...]:
    """Find the codes billable that day whose code or label holds every word typed, the likeliest first."""
    tokens = sorted(words.lower().split(), key=len, reverse=True)
    if not tokens:
        return ()
    phrase = " ".join(words.lower().split())
    likeliest = nsmallest(limit, _matches(tokens, on.isoformat()), key=lambda row: _distance(row, phrase))
    return tuple(_entry(row) for row in likeliest)


def _distance(row: list[str], phrase: str) -> tuple[bool, bool, bool, str]:
    """Tell how far a row is from what was typed: words begun in order, then what a massage is for."""
    shown = f"{row[_CODE]} {row[_LABEL]}".lower()
    return (
        not shown.startswith(phrase) and not row[_LABEL].lower().startswith(phrase),
        f" {phrase}" not in shown,
        row[_CODE][0] not in _LIKELY,
        row[_CODE],
    )


def _matches(tokens: list[str], day: str) -> Iterator[list[str]]:
    text, begins = _haystack()
    rows, rarest = _rows(), tokens[0]
    at = text.find(rarest)
    while at >= 0:
        place = bisect_right(begins, at) - 1
        row = rows[place].split("\t")
        in_force = row[_BILLABLE] == "1" and row[_FROM] <= day and (not row[_TO] or day <= row[_TO])
        if in_force:
            shown = f"{row[_CODE]} {row[_LABEL]}".lower()
            if all(token in shown for token in tokens):
                yield row
        at = text.find(rarest, begins[place + 1])
