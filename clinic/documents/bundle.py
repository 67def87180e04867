"""A client's receipts of a year in one file, each with its bookmark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import house, receipt
from clinic.documents.press import Bookmark, Imprint, print_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.documents.page import Page
    from clinic.documents.sheets import ReceiptSheet


def bundle_of_receipts(sheets: Sequence[ReceiptSheet]) -> bytes:
    """Print the pages of each receipt, in the order given, into one file."""
    pages: list[Page] = []
    bookmarks: list[Bookmark] = []
    for sheet in sheets:
        paper = receipt.written(sheet)
        bookmarks += (Bookmark(mark.title, mark.page + len(pages), mark.level) for mark in paper.bookmarks)
        pages += paper.pages
    last = sheets[-1]
    title = wording._("Receipts of {name}", language=last.language)
    subject = wording._("Receipts for services rendered", language=last.language)
    imprint = Imprint(
        title.format(name=last.client.name),
        last.practice.name,
        subject,
        house.locale(last.language),
        max(sheet.issued_at for sheet in sheets),
    )
    return print_pages(pages, bookmarks, imprint)
