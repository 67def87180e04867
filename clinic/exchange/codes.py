"""The ICD-10-CM table, opened when first asked."""

from __future__ import annotations

import gzip
import re
from bisect import bisect_left, bisect_right
from datetime import date
from functools import cache, lru_cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from clinic.exchange.resources import CATALOGUE
from clinic.rules.diagnoses import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# The columns of a row; it stays one line of text until somebody asks for its code.
_CODE, _BILLABLE, _FROM, _TO, _RELEASE, _EXCLUDES, _LABEL = range(7)
_CATEGORY = 3  # characters before the dot
FEW = 300
"""So many codes are put in order by themselves; of more, the likeliest are looked for kind by kind."""
_LIKELY_IN_ORDER = ("G", "M")  # the chapters of nerves, and of muscles and joints


SHIPPED = "2026-04"
"""The release that comes with the program."""
_newer: list[str] = []
"""Rows that take the place of others, or come new, by the releases that were loaded since."""


def use(newer: Sequence[str]) -> None:
    """Look codes up as newer releases leave them; without any, as the program came."""
    if list(newer) != _newer:
        _newer[:] = newer
        for cached in (_rows, _haystack, _parts, look_up):
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
def _haystack() -> tuple[str, list[int], list[list[str]]]:
    """Give all that was ever billable as one text in small letters, where each line begins, and its row."""
    rows = [row for row in (line.split("\t") for line in _rows()) if row[_BILLABLE] == "1"]
    lines = [f"{row[_CODE]} {row[_LABEL]}".lower() for row in rows]
    begins = [0, *accumulate(len(line) + 1 for line in lines)]
    return "\n".join(lines), begins, rows


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
    """Find the codes billable that day whose code or label holds every word typed, the likeliest first.

    Likeliest are those that begin with what was typed, then those with a word that does, then the chapters a
    massage is for, then the order of codes. Each kind is looked for by itself until enough are found.
    """
    tokens = sorted(words.lower().split(), key=len, reverse=True)
    if not tokens:
        return ()
    phrase, day = " ".join(words.lower().split()), on.isoformat()
    whole = (0, len(_haystack()[0]))
    few = list(islice(_hits(tokens[0], phrase, tokens, day, whole, begins=False), FEW + 1))
    if len(few) <= FEW:
        return tuple(_entry(row) for row in sorted(few, key=lambda row: _distance(row, phrase))[:limit])
    found: dict[str, list[str]] = {}
    for needle, begins in ((f" {phrase}", True), (phrase, True), (f" {phrase}", False), (tokens[0], False)):
        for part in _parts():
            for row in _hits(needle, phrase, tokens, day, part, begins=begins):
                found.setdefault(row[_CODE], row)
                if len(found) == limit:
                    return tuple(map(_entry, found.values()))
    return tuple(map(_entry, found.values()))


def _distance(row: list[str], phrase: str) -> tuple[bool, bool, bool, str]:
    """Tell how far a row is from what was typed: words begun in order, then what a massage is for."""
    shown = f"{row[_CODE]} {row[_LABEL]}".lower()
    return (
        not shown.startswith(phrase) and not row[_LABEL].lower().startswith(phrase),
        f" {phrase}" not in shown,
        row[_CODE][0] not in _LIKELY_IN_ORDER,
        row[_CODE],
    )


@cache
def _parts() -> tuple[tuple[int, int], ...]:
    """Where in the text the likely chapters stand, and then all the others."""
    text, begins, rows = _haystack()
    places = [
        bisect_left(rows, [letter]) for letter in (*_LIKELY_IN_ORDER, chr(ord(_LIKELY_IN_ORDER[-1]) + 1))
    ]
    nerves, joints = _LIKELY_IN_ORDER
    first, after_first = begins[places[0]], begins[bisect_left(rows, [chr(ord(nerves) + 1)])]
    second, after_second = begins[places[1]], begins[bisect_left(rows, [chr(ord(joints) + 1)])]
    return (
        (first, after_first),
        (second, after_second),
        (0, first),
        (after_first, second),
        (after_second, len(text)),
    )


def _hits(
    needle: str, phrase: str, tokens: list[str], day: str, part: tuple[int, int], *, begins: bool
) -> Iterator[list[str]]:
    """Go through the places where something stands in a part; `begins` wants it first in code or label."""
    text, starts, rows = _haystack()
    at = text.find(needle, *part)
    while at >= 0:
        place = bisect_right(starts, at) - 1
        row, start, end = rows[place], starts[place], starts[place + 1] - 1
        first = text.startswith(phrase, start) or text.startswith(phrase, start + len(row[_CODE]) + 1)
        fits = first if begins else all(text.find(token, start, end) >= 0 for token in tokens)
        if fits and row[_FROM] <= day and (not row[_TO] or day <= row[_TO]):
            yield row
        at = text.find(needle, end, part[1])
