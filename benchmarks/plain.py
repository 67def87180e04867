"""The anchor of every paper: the same words at the same places, written as reportlab does by itself."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from reportlab import rl_config
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from clinic.documents.faces import SHELF
from clinic.documents.page import Page
from clinic.documents.paper import Paper
from clinic.documents.style import BODY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Words = list[tuple[float, float, str, str, float]]


@contextmanager
def noted() -> Iterator[list[Words]]:
    """Take down what each page says, where and how large, to write the same again."""
    pages: list[Words] = []
    write, turn = Page.text, Paper._open_page  # noqa: SLF001 - a listener behind the curtain

    def note_words(page: Page, x: float, y: float, text: str, *look: Any) -> None:
        style = look[0] if look else BODY
        pages[-1].append((x, y, text, f"Plain-{style.weight}", style.size))
        write(page, x, y, text, *look)

    def note_page(paper: Paper) -> None:
        pages.append([])
        turn(paper)

    with patch.object(Page, "text", note_words), patch.object(Paper, "_open_page", note_page):
        yield pages


@cache
def _fonts() -> None:
    for weight in ("Regular", "SemiBold"):
        pdfmetrics.registerFont(TTFont(f"Plain-{weight}", SHELF / f"Inter-{weight}.ttf"))


def write(pages: list[Words], file: Path) -> None:
    """Write pages of words as reportlab does by itself, its own settings included."""
    _fonts()
    ours, rl_config.useA85 = rl_config.useA85, 1
    canvas = Canvas(str(file), pagesize=LETTER, pageCompression=1, initialFontName="Plain-Regular")  # type: ignore[arg-type]  # the stubs take a name for a number
    for words in pages:
        for x, y, text, font, points in words:
            canvas.setFont(font, points)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    rl_config.useA85 = ours
