"""The words of the ICD-10-CM table turned round: in which codes each stands, so that every key finds quickly."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# The columns of a row of the table; it stays one line of text until somebody asks for its code.
CODE, BILLABLE, FROM, TO, RELEASE, EXCLUDES, LABEL = range(7)
LIKELY = "GM"
"""The chapters of nerves, and of muscles and joints, stand before all others."""
_LAST = "\U0010ffff"
_IN_A_CODE = re.compile(r"(?=.*[0-9.]|.{1,4}$)[a-z0-9.]{1,8}")
"""What may stand in a code: it has a figure or a point, or is as short as the letters at a code's end."""
_ALWAYS = ("", "")


@dataclass(frozen=True, slots=True)
class Words:
    """All that was ever billable, the likeliest first, and where each word of a label stands in it."""

    rows: tuple[str, ...]
    lines: tuple[str, ...]
    """Code and label of each row, in small letters."""
    parts: tuple[tuple[int, int], ...]
    """The stretches of rows that are each in the order of their codes."""
    codes: str
    """All codes in small letters, a line each."""
    code_starts: Sequence[int]
    """Where each of them begins."""
    by_label: Sequence[int]
    """The rows by their labels."""
    windows: dict[int, tuple[str, str]]
    """Since when and until when a row could be billed, where a day is known."""
    stands_in: dict[str, Sequence[int]]
    """The rows in whose labels a word stands."""


def turned_round(table: Iterable[str]) -> Words:
    """Make ready to find the rows of a table by words."""
    billable = [row for row in table if row.split("\t", 2)[BILLABLE] == "1"]
    chapters = [[row for row in billable if row[0] == letter] for letter in LIKELY]
    chapters.append([row for row in billable if row[0] not in LIKELY])
    rows = tuple(chain.from_iterable(chapters))
    ends = [sum(map(len, chapters[: n + 1])) for n in range(len(chapters))]
    lines, labels, code_starts = [], [], array("I", [0])
    windows: dict[int, tuple[str, str]] = {}
    stands_in: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for place, row in enumerate(rows):
        code, _billable, since, until, _release, _excludes, label = row.lower().split("\t")
        lines.append(f"{code} {label}")
        labels.append(label)
        code_starts.append(code_starts[-1] + len(code) + 1)
        if since or until:
            windows[place] = since, until
        for word in label.split():
            stands_in[word].append(place)
    return Words(
        rows=rows,
        lines=tuple(lines),
        parts=tuple(zip([0, *ends], ends, strict=False)),
        codes="".join(f"{line.partition(' ')[0]}\n" for line in lines),
        code_starts=code_starts,
        by_label=array("I", sorted(range(len(rows)), key=labels.__getitem__)),
        windows=windows,
        stands_in=dict(stands_in),
    )


def find(words: Words, typed: str, day: str, limit: int) -> list[str]:
    """Find the rows billable that day whose code or label holds every word typed, the likeliest first.

    Likeliest are those whose label begins with what was typed, then whose code does, then those with a word that
    does; among them the chapters a massage is for, then the order of codes.
    """
    found: dict[int, None] = {}

    def fits(row: int) -> bool:
        since, until = words.windows.get(row, _ALWAYS)
        return row not in found and since <= day and (not until or day <= until)

    for alike in _kinds(words, typed.lower().split()):
        first = sorted({row for rows in alike for row in islice(filter(fits, rows), limit)})
        found.update(dict.fromkeys(first[: limit - len(found)]))
        if len(found) == limit:
            break
    return [words.rows[row] for row in found]


def _kinds(words: Words, tokens: list[str]) -> Iterator[Iterable[Iterable[int]]]:
    """Give the rows that hold all that was typed, kind after kind; each kind as lists that are in order."""
    if not tokens:
        return
    phrase = " ".join(tokens)
    yield [_labels_begun(words, phrase)]
    yield _codes_begun(words, phrase)
    if len(tokens) == 1:
        yield (rows for word, rows in words.stands_in.items() if word.startswith(phrase))
        yield _holding(words, phrase)
    else:
        all_of_it = _holding_all(words, tokens)
        yield [[row for row in all_of_it if f" {phrase}" in words.lines[row]]]
        yield [all_of_it]


def _labels_begun(words: Words, phrase: str) -> list[int]:
    """Give the rows whose label begins so."""

    def label(row: int) -> str:
        return words.lines[row].partition(" ")[2]

    first, end = (bisect_left(words.by_label, edge, key=label) for edge in (phrase, phrase + _LAST))
    return sorted(words.by_label[first:end])


def _codes_begun(words: Words, phrase: str) -> Iterator[range]:
    """Give the rows whose code begins so, and their label goes on with what is left of it."""
    for part in words.parts:
        first, end = (bisect_left(words.lines, edge, *part) for edge in (phrase, phrase + _LAST))
        yield range(first, end)


def _holding(words: Words, token: str) -> Iterator[Iterable[int]]:
    """Give the rows that hold a piece of a word anywhere."""
    yield from (rows for word, rows in words.stands_in.items() if token in word)
    if _IN_A_CODE.fullmatch(token):
        yield _codes_with(words, token)


def _codes_with(words: Words, token: str) -> Iterator[int]:
    at = words.codes.find(token)
    while at >= 0:
        row = bisect_right(words.code_starts, at) - 1
        yield row
        at = words.codes.find(token, words.code_starts[row + 1])


def _holding_all(words: Words, tokens: Sequence[str]) -> list[int]:
    """Give the rows that hold every piece, looked for only where the rarest of them stands."""
    rarest, *others = sorted(set(tokens), key=lambda token: _how_many(words, token))
    lines = words.lines
    rows = set(chain.from_iterable(_holding(words, rarest)))
    for token in others:
        rows = {row for row in rows if token in lines[row]}
    return sorted(rows)


def _how_many(words: Words, token: str) -> int:
    """Count the places of a piece, without going to them."""
    in_labels = sum(len(rows) for word, rows in words.stands_in.items() if token in word)
    return in_labels + (words.codes.count(token) if _IN_A_CODE.fullmatch(token) else 0)
