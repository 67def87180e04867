"""Scans of letters as one file: pages that came as PDF stay as they are, pictures get a page each."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from clinic.documents.style import MARGIN, SIZES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.documents.sheets import Format

PDF = "application/pdf"


def one_file(scans: Sequence[tuple[str, bytes]], *, size: Format = "letter") -> bytes:
    """Put scans, each with its media type, into one file in their order; what can't be read is left out."""
    writer = PdfWriter()
    for kind, content in scans:
        try:
            pages = content if kind == PDF else _page(content, size)
            for page in PdfReader(BytesIO(pages)).pages:
                writer.add_page(page)
        except (PyPdfError, OSError, ValueError):
            continue
    if not len(writer.pages):
        return b""
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _page(content: bytes, size: Format) -> bytes:
    """Set a picture on a page of its own, as large as fits."""
    width, height = SIZES[size]
    file = BytesIO()
    canvas = Canvas(file, pagesize=(width, height), invariant=1)
    picture = ImageReader(BytesIO(content))
    wide, high = picture.getSize()
    scale = min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high)
    shown = (wide * scale, high * scale)
    canvas.drawImage(picture, (width - shown[0]) / 2, height - MARGIN - shown[1], *shown)
    canvas.save()
    return file.getvalue()
