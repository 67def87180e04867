"""Pictures of a page of each paper, made from what a real practice has on file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pypdfium2

from clinic.office import (
    access,
    aftercare,
    attention,
    clearances,
    coverage,
    day_sheets,
    form_papers,
    handouts,
    note_list,
    note_papers,
    papers,
    receipts,
    requests,
    today,
    years,
)
from clinic.office.handouts import Handout, Wanted
from clinic.values import Refusal, RequestKind, ScreeningKind
from ui.widgets.paper import page_image

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from clinic.values import ClientId
    from ui.front import Desk

    Printed = Callable[[Any], bytes]

STAMP = "Documented as medically necessary"
SHARPNESS = 1.5
"""Pixels to the point."""


def take(folder: Path, desk: Desk) -> None:
    """Print each paper there is something for, and keep a picture of its first page."""
    for name, printed in _papers(desk):
        try:
            pages, _touched = desk.writing(printed)  # that something was printed goes into the trail
        except Refusal:
            continue  # this practice has nothing of the kind
        page_image(pages, 0, SHARPNESS).save(str(folder / f"paper_{name}.png"))


def _papers(desk: Desk) -> Iterator[tuple[str, Printed]]:
    day = desk.reading(today.day)
    for language in ("en", "es"):
        yield f"form_{language}", partial(form_papers.blank, kind=ScreeningKind.FULL, language=language)
    yield "day_sheet", day_sheets.print_day
    yield "closing_sheet_of_a_year", partial(years.closing_sheet, year=day.on.year)
    yield from _of_the_till(desk)
    lettered = next((visit.client for visit in day.visits if visit.letter is not None), None)
    if lettered is not None:
        yield from _of_a_client(desk, lettered, day.on)
    yield from _to_clear(desk)


def _to_clear(desk: Desk) -> Iterator[tuple[str, Printed]]:
    for item in desk.reading(attention.items):
        asked = desk.reading(partial(clearances.of_client, client=item.client)).rows if item.client else ()
        for row in [row for row in asked if row.open][:1]:
            yield (
                "request_clearance",
                partial(clearances.preview, request=row.id, clinician=row.clinician),
            )
            return


def _of_the_till(desk: Desk) -> Iterator[tuple[str, Printed]]:
    newest = desk.reading(receipts.recent)
    standing = [row.number for row in newest if not (row.void or row.credit_note)]
    for number in _with(desk, standing, stamped=True):
        yield "receipt", partial(papers.preview, number=number)
        yield "superbill", partial(papers.superbill_of, number=number)
    for number in _with(desk, standing, stamped=False):
        yield "receipt_unmarked", partial(papers.preview, number=number)
    for number in [row.number for row in newest if row.void][:1]:
        yield "receipt_void", partial(papers.preview, number=number)
    for number in [
        row.number for row in desk.reading(partial(receipts.recent, words="C-")) if row.credit_note
    ][:1]:
        yield "credit_note", partial(papers.preview, number=number)


def _with(desk: Desk, numbers: list[str], *, stamped: bool) -> Iterator[str]:
    """Find the first receipt that has the stamp, or has not."""
    for number in numbers:
        if stamped == (STAMP in _words_of(desk.reading(partial(papers.preview, number=number)))):
            yield number
            return


def _words_of(pages: bytes) -> str:
    document = pypdfium2.PdfDocument(pages)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def _of_a_client(desk: Desk, client: ClientId, on: date) -> Iterator[tuple[str, Printed]]:
    for name, what in (("statement", Handout.STATEMENT), ("estimate", Handout.ESTIMATE)):
        yield name, partial(_handout, wanted=Wanted(client, what, on.replace(month=1, day=1), on))
    yield "coverage_check", partial(coverage.paper, client=client)
    for kind in (RequestKind.LMN, RequestKind.REFERRAL, RequestKind.RECORDS, RequestKind.PROGRESS):
        yield f"request_{kind.value}", partial(requests.preview, client=client, kind=kind)
    for language in ("en", "es"):
        yield f"aftercare_{language}", partial(aftercare.sheet, client=client, language=language)
    for row in [row for row in desk.writing(partial(note_list.of_client, client=client))[0] if row.signed][
        -1:
    ]:
        yield "note", partial(note_papers.print_note, note=row.id)
    yield "whole_file", partial(_whole_file, client=client)


def _handout(work: Any, *, wanted: Wanted) -> bytes:
    return handouts.make(work, wanted).pages


def _whole_file(work: Any, *, client: ClientId) -> bytes:
    return access.whole(work, client, reason="A picture of the paper")[1]
