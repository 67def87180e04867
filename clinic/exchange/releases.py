"""A newer release of ICD-10-CM, read from the order file that CMS publishes, and what it changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

# As CMS describes it: columns 1-5 a number, 7-13 the code without its dot, 15 whether it can be billed,
# 17-76 a short label, from 78 on the long one.
LINE = re.compile(r"(\d{5}) ([A-Z][0-9A-Z]{2,6}) *([01]) (.{60}) (.+)")
CATEGORY = 3
MOST_ENDED = 0.05
"""A release ends some hundred codes; one that would end more of them than this is only a part of one."""
LARGEST = 40 * 1024 * 1024
BILLABLE, FROM, TO, RELEASE, LABEL = 1, 2, 3, 4, 6
"""The columns of a row of the table that a release changes."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the order file."""

    code: str
    billable: bool
    label: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a release changes: rows of the table that take the place of others or come new."""

    rows: tuple[str, ...]
    added: int
    ended: int


def read(content: bytes) -> tuple[Listed, ...]:
    """Read an order file; a line that is none is refused by its number, and nothing is taken."""
    if len(content) > LARGEST:
        raise Refusal("file_too_large", at="file")
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Refusal("not_utf8", at="file", byte=error.start + 1) from None
    found = tuple(_listed(number, line) for number, line in enumerate(lines, 1) if line.strip())
    if not found:
        raise Refusal("no_codes", at="file")
    return found


def _listed(number: int, line: str) -> Listed:
    match = LINE.fullmatch(line.rstrip())
    if match is None:
        raise Refusal("no_code_line", at="file", row=number)
    if int(match[1]) != number:
        raise Refusal("code_line_missing", at="file", row=number)
    bare = match[2]
    code = bare if len(bare) <= CATEGORY else f"{bare[:CATEGORY]}.{bare[CATEGORY:]}"
    label = " ".join(match[5].split())
    return Listed(code, match[3] == "1", label)


def changes(table: Sequence[str], listed: Sequence[Listed], release: str, since: date) -> Changes:
    """Hold a release against the table: what is new begins on its day, what it drops ends the day before.

    An old code stays in the table with the days on which it could be billed, so that an old letter stays readable.
    """
    new = {each.code: each for each in listed}
    known: set[str] = set()
    rows: list[str] = []
    added = ended = standing = 0
    for line in table:
        row = line.split("\t")
        known.add(row[0])
        billable = row[BILLABLE] == "1" and (not row[TO] or row[TO] >= since.isoformat())
        standing += billable
        changed = _changed(row, new.get(row[0]), release, since, billable=billable)
        if changed is not None:
            ended += billable and bool(changed[TO])
            rows.append("\t".join(changed))
    if standing and ended > standing * MOST_ENDED:
        raise Refusal("codes_incomplete", at="file", ended=ended)
    for each in _unknown(listed, known):
        added += each.billable
        begins = since.isoformat() if each.billable else ""
        flag = "1" if each.billable else "0"
        rows.append(f"{each.code}\t{flag}\t{begins}\t\t{release}\t\t{each.label}")
    return Changes(tuple(rows), added, ended)


def _changed(
    row: list[str], now: Listed | None, release: str, since: date, *, billable: bool
) -> list[str] | None:
    """Give a row as the release leaves it; None where nothing is changed."""
    after = list(row)
    if billable and (now is None or not now.billable):
        after[TO] = (since - timedelta(days=1)).isoformat()
    elif now is not None and now.billable and not billable:
        if row[BILLABLE] != "1":
            after[FROM] = since.isoformat()
        after[BILLABLE], after[TO] = "1", ""
    if now is not None:
        after[LABEL] = now.label
    if after == row:
        return None
    after[RELEASE] = release
    return after


def _unknown(listed: Sequence[Listed], known: set[str]) -> Iterator[Listed]:
    for each in listed:
        if each.code not in known:
            known.add(each.code)
            yield each
