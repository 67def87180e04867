"""What is done to a printed paper later: a copy's number, a void mark, a password; the original stays as it is."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents.imprint import Imprint, print_pages
from clinic.documents.page import Page
from clinic.documents.style import ACCENT, FAINT, MARGIN, SMALL, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pypdf import PdfReader, PdfWriter

_LABEL = Style(9, ACCENT, "SemiBold", air=0.8)
_ACROSS = Style(190, FAINT, "SemiBold")
_ANY_DAY = date(2000, 1, 1)  # a stamp's own file is thrown away


def stamp_copy(pdf: bytes, n: int, *, language: str = "en") -> bytes:
    """Give the same pages, each stamped with the copy's number."""
    label = wording._("Copy {n}", language=language).format(n=n).upper()
    return _stamped(pdf, lambda page: _label(page, label), over=True)


def mark_void(pdf: bytes, on: date, reason: str, replaced_by: str = "", *, language: str = "en") -> bytes:
    """Give the same pages with VOID across them, and when and why; the printed original is kept beside it."""
    word = wording._("Void", language=language).upper()
    told = f"{wording.day(on, language=language)} · {reason}"
    if replaced_by:
        replaced = wording._("replaced by {number}", language=language)
        told += f" · {replaced.format(number=replaced_by)}"

    def draw(page: Page) -> None:
        page.across(word, _ACROSS)
        _label(page, word)
        page.text(page.width - MARGIN - _LABEL.width(word) - 20, page.height - 31, told, SMALL, "right")

    return _stamped(pdf, draw, over=False)


def with_password(pdf: bytes, password: str) -> bytes:
    """Give the same pages, to be opened with the password alone (AES-256)."""
    writer = _writer(pdf)
    writer.encrypt(password, algorithm="AES-256")
    return _written(writer)


def one_after_another(pdfs: Sequence[bytes]) -> bytes:
    """Give the pages of several papers as one file."""
    if len(pdfs) == 1:
        return pdfs[0]
    writer = _writer()
    for pdf in pdfs:
        writer.append(_reader(pdf))
    return _written(writer)


def _label(page: Page, label: str) -> None:
    wide = _LABEL.width(label) + 14
    page.frame(page.width - MARGIN - wide, page.height - 36, wide, 16, ink=ACCENT)
    page.text(page.width - MARGIN - 7, page.height - 31.2, label, _LABEL, "right")


def _stamped(pdf: bytes, draw: Callable[[Page], None], *, over: bool) -> bytes:
    writer = _writer(pdf)
    for page in writer.pages:
        stamp = Page(float(page.mediabox.width), float(page.mediabox.height))
        draw(stamp)
        printed = print_pages([stamp], [], Imprint("", "", "", "en-US", _ANY_DAY))
        page.merge_page(_reader(printed).pages[0], over=over)
        page.compress_content_streams()
    return _written(writer)


def _reader(pdf: bytes) -> PdfReader:
    from pypdf import PdfReader  # noqa: PLC0415 - heavy, and few papers are stamped

    return PdfReader(BytesIO(pdf))


def _writer(pdf: bytes | None = None) -> PdfWriter:
    """Begin a file, empty or with the pages of another."""
    from pypdf import PdfWriter  # noqa: PLC0415 - as above

    return PdfWriter() if pdf is None else PdfWriter(clone_from=_reader(pdf))


def _written(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.pdf_header = "%PDF-1.7"
    writer.write(file)
    return file.getvalue()
