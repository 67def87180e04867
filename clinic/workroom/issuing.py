"""Issuing: a paper gets its number last, in the transaction it belongs to, and its sheet is frozen then."""

from __future__ import annotations

import hashlib
import hmac
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from clinic.documents.frozen import from_json, in_fours, sheet_hash, to_json
from clinic.documents.sheets import CreditNoteSheet, ReceiptSheet
from clinic.records import Counter, Paper, PaperKind
from clinic.rules import books

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy import Row

    from clinic.rules.books import Book, Number
    from clinic.storage.work import Work

S = TypeVar("S", ReceiptSheet, CreditNoteSheet)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and figures nobody mistakes for each other when a code is read out."""
CODE_LENGTH = 16


def take_number(work: Work, book: Book, on: date) -> Number:
    """Take the next number of the year; it is lost only together with the whole transaction."""
    counters = {(c.series, c.year): c for c in work.session.scalars(select(Counter))}
    series = books.current(book, (known for known, _ in counters))
    counter = counters.get((series, on.year)) or _opened(work, series, on.year)
    number = books.next_number(series, on.year, counter.last)
    _advance(work, counter, number.sequence)
    return number


def _opened(work: Work, series: str, year: int) -> Counter:
    """Open a book for a year, so that the next number taken in the same work finds it."""
    counter = work.add(Counter(series=series, year=year, last=0))
    work.flush()
    return counter


def take_numbers(
    work: Work,
    book: Book,
    papers: Iterable[tuple[date, str]],
    given: Iterable[Number],
) -> Mapping[str, Number]:
    """Give many papers their numbers, by day and then id, above the numbers that others came with."""
    counters = {(c.series, c.year): c for c in work.session.scalars(select(Counter))}
    series = books.current(book, (known for known, _ in counters))
    last = {key: counter.last for key, counter in counters.items()}
    before = dict(last)
    brought: dict[tuple[str, int], set[int]] = {}
    for number in given:
        key = (number.series, number.year)
        brought.setdefault(key, set()).add(number.sequence)
        last[key] = max(last.get(key, 0), number.sequence)
    numbers = books.number_all(papers, series, last)
    for key, highest in (last | books.highest(numbers.values())).items():
        if highest > before.get(key, 0):
            counter = counters.get(key) or work.add(Counter(series=key[0], year=key[1], last=0))
            _advance(work, counter, highest)
    _explain_gaps(work, brought, before)
    return numbers


def _explain_gaps(
    work: Work,
    brought: Mapping[tuple[str, int], set[int]],
    before: Mapping[tuple[str, int], int],
) -> None:
    """Note the numbers that papers from elsewhere left out, so that no check takes them for lost ones."""
    for (series, year), sequences in brought.items():
        taken = sequences | set(range(1, before.get((series, year), 0) + 1))
        for gap in books.gaps(taken, max(sequences)):
            facts = {"from": gap.start, "to": gap.stop - 1}
            work.note("numbers_skipped", f"counters/{series}/{year}", facts)


def _advance(work: Work, counter: Counter, last: int) -> None:
    counter.last = last
    work.issued[counter.series, counter.year] = last


def code_of(work: Work, number: str, digest: str) -> str:
    """Make the code that is printed on a paper: only this practice's file can make it."""
    mac = hmac.new(work.practice.verification_key, f"{number}\n{digest}".encode(), hashlib.sha256).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in mac[:CODE_LENGTH])


def frozen(
    work: Work,
    sheet: ReceiptSheet | CreditNoteSheet,
    kind: PaperKind,
    *,
    invoice: str | None = None,
    payment: str | None = None,
    refund: str | None = None,
) -> dict[str, Any]:
    """Freeze a sheet with its hash and its code, as the values of a paper to be kept."""
    digest = sheet_hash(sheet)
    coded = replace(sheet, verification=in_fours(code_of(work, sheet.number, digest)))
    own = books.parse(sheet.number)
    return {
        "number": sheet.number,
        "kind": kind,
        "series": own.series if own else None,
        "year": own.year if own else None,
        "sequence": own.sequence if own else None,
        "invoice": invoice,
        "payment": payment,
        "refund": refund,
        "issued_at": work.now,
        "sheet": zlib.compress(to_json(coded).encode()),
        "sheet_hash": digest,
        "copies": 0,
    }


def issue(
    work: Work,
    sheet: ReceiptSheet | CreditNoteSheet,
    kind: PaperKind,
    **about: str,
) -> Paper:
    """Keep a frozen paper."""
    return work.add(Paper(**frozen(work, sheet, kind, **about)))


def sheet_of(paper: Paper | Row[Any], kind: type[S]) -> S:
    """Read a kept paper's sheet back."""
    return from_json(kind, zlib.decompress(paper.sheet).decode())
