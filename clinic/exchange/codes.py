"""The ICD-10-CM table, opened when first asked."""

from __future__ import annotations

import gzip
from bisect import bisect_left
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from clinic.exchange import code_words
from clinic.exchange.code_words import BILLABLE, CODE, EXCLUDES, FROM, LABEL, RELEASE, TO
from clinic.exchange.resources import CATALOGUE
from clinic.rules.diagnoses import Code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.exchange.code_words import Words

_CATEGORY = 3  # characters before the dot

SHIPPED = "2026-04"
"""The release that comes with the program."""
_newer: list[str] = []
"""Rows that take the place of others, or come new, by the releases that were loaded since."""


def use(newer: Sequence[str]) -> None:
    """Look codes up as newer releases leave them; without any, as the program came."""
    if list(newer) != _newer:
        _newer[:] = newer
        for cached in (_rows, _words, look_up):
            cached.cache_clear()


def table() -> tuple[str, ...]:
    """Give every row there is, in the order of the codes."""
    return tuple(_rows())


@cache
def _rows() -> list[str]:
    shipped = gzip.decompress((CATALOGUE / "icd10cm.tsv.gz").read_bytes()).decode().strip("\n").split("\n")
    if not _newer:
        return shipped
    by_code = {line.partition("\t")[0]: line for line in (*shipped, *_newer)}
    return [by_code[code] for code in sorted(by_code)]


@cache
def _words() -> Words:
    return code_words.turned_round(_rows())


def _row(code: str) -> list[str] | None:
    rows = _rows()
    place = bisect_left(rows, f"{code}\t")
    row = rows[place].split("\t") if place < len(rows) else [""]
    return row if row[CODE] == code else None


@lru_cache(maxsize=4096)
def look_up(code: str) -> Code | None:
    """Find a code as letters write it, such as ``M54.50``; None if no release knows it."""
    row = _row(code)
    return None if row is None else _entry(row)


def _entry(row: list[str]) -> Code:
    code = row[CODE]
    family = filter(None, (_row(code[:length]) for length in range(_CATEGORY, len(code) + 1)))
    excludes = (named for member in family for named in member[EXCLUDES].split(",") if named)
    return Code(
        code=code,
        label=row[LABEL],
        billable=row[BILLABLE] == "1",
        effective_from=date.fromisoformat(row[FROM]) if row[FROM] else None,
        effective_to=date.fromisoformat(row[TO]) if row[TO] else None,
        excludes=tuple(dict.fromkeys(excludes)),
        release=row[RELEASE],
    )


def search(words: str, on: date, limit: int = 20) -> tuple[Code, ...]:
    """Find the codes billable that day whose code or label holds every word typed, the likeliest first."""
    found = code_words.find(_words(), words, on.isoformat(), limit)
    return tuple(_entry(row.split("\t")) for row in found)
