"""Reading a printed paper back, as its reader's program does."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from pypdf import PdfReader


def words_of(pdf: bytes) -> str:
    """All text of a file, in reading order, each run of blanks as one."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        return " ".join(text.replace("\u200b", "").split())
    finally:
        document.close()


def opened(pdf: bytes) -> PdfReader:
    """Open a file that must be without fault."""
    return PdfReader(BytesIO(pdf), strict=True)


def bookmarks_of(pdf: bytes) -> list[str]:
    """Name the bookmarks at the first level."""
    return [str(mark.title) for mark in opened(pdf).outline if not isinstance(mark, list)]


def fonts_of(pdf: bytes) -> set[str]:
    """Name the faces embedded in a file, without the tags of their cuts."""
    fonts = {name for page in opened(pdf).pages for name in page._get_fonts()[0]}
    return {name.split("+")[-1] for name in fonts}
