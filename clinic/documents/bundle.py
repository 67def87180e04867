"""Several papers of one client in one file, each with its bookmark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import house, receipt, superbill
from clinic.documents.imprint import Bookmark, Imprint, print_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clinic.documents.page import Page
    from clinic.documents.paper import Paper
    from clinic.documents.sheets import ReceiptSheet


def bundle_of_receipts(sheets: Sequence[ReceiptSheet]) -> bytes:
    """Print the pages of each receipt, in the order given, into one file."""
    language = sheets[-1].language
    title = wording._("Receipts of {name}", language=language)
    subject = wording._("Receipts for services rendered", language=language)
    return _together(sheets, receipt.written, title, subject)


def bundle_of_superbills(sheets: Sequence[ReceiptSheet]) -> bytes:
    """Print a superbill for each receipt, in the order given, into one file."""
    language = sheets[-1].language
    title = wording._("Superbills of {name}", language=language)
    subject = wording._("Itemised bills for a health insurer", language=language)
    return _together(sheets, superbill.written, title, subject)


def _together(
    sheets: Sequence[ReceiptSheet], write: Callable[[ReceiptSheet], Paper], title: str, subject: str
) -> bytes:
    pages: list[Page] = []
    bookmarks: list[Bookmark] = []
    for sheet in sheets:
        paper = write(sheet)
        bookmarks += (Bookmark(mark.title, mark.page + len(pages), mark.level) for mark in paper.bookmarks)
        pages += paper.pages
    last = sheets[-1]
    imprint = Imprint(
        title.format(name=last.client.name),
        last.practice.name,
        subject,
        house.locale(last.language),
        max(sheet.issued_at for sheet in sheets),
    )
    return print_pages(pages, bookmarks, imprint)
