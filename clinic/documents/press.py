"""The press: pages go in, one PDF file comes out, with its type, its bookmarks and what it says of itself."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from clinic.documents.embed import embed, house_says
from clinic.documents.faces import face
from clinic.documents.style import resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from clinic.documents.imprint import Bookmark, Imprint
    from clinic.documents.page import Page

rl_config.useA85 = 0  # streams as they are: a quarter shorter, and written in a fraction of the time

# Told to reportlab as the first face of every page, or it brings one of its own that lacks half the letters.
_MAIN = "Inter-Regular"
pdfmetrics.registerFont(SimpleNamespace(fontName=_MAIN, face=face(_MAIN), _dynamicFont=1, _multiByte=0))


class _Press(Canvas):
    _doc: Any

    def date(self, day: date) -> None:
        """Let the file carry the day of its paper, not of its printing."""
        self._doc.setDateFormatter(lambda *_: day.strftime("D:%Y%m%d%H%M%S"))

    def set_type(self, pages: Iterable[Page]) -> None:
        """Cut and embed the type that the pages use."""
        used: set[str] = set()
        own: dict[str, dict[int, str]] = {}
        for run in (run for page in pages for line in page.lines for run in line.runs):
            if run.house:
                used.add(run.face.name)
            else:
                says = own.setdefault(run.face.name, {})
                for glyph in run.glyphs:
                    says[glyph.index] = says.get(glyph.index) or glyph.says
        for name in sorted(used):
            embed(self._doc, resource(name, house=True), name, house_says(name))
        for name, says in own.items():
            embed(self._doc, resource(name, house=False), name, tuple(sorted(says.items())))

    def let_go(self) -> None:
        """Part with the file's objects, which hold each other, before a year of them fills the memory."""
        vars(self._doc).clear()
        vars(self).clear()


def print_pages(pages: Sequence[Page], bookmarks: Iterable[Bookmark], imprint: Imprint) -> bytes:
    """Print the pages into one file: the same pages, the same bytes."""
    file = BytesIO()
    press = _Press(
        file,
        invariant=1,
        pageCompression=1,
        pdfVersion=(1, 7),
        initialFontName=_MAIN,  # type: ignore[arg-type]  # the stubs take a name for a number
        lang=imprint.language,
    )
    press.date(imprint.dated)
    press.setTitle(imprint.title)
    press.setAuthor(imprint.author)
    press.setSubject(imprint.subject)
    press.setCreator("Effleurage")
    press.setViewerPreference("DisplayDocTitle", "true")
    marked: dict[int, list[Bookmark]] = {}
    for mark in bookmarks:
        marked.setdefault(mark.page, []).append(mark)
    for number, page in enumerate(pages):
        press.setPageSize((page.width, page.height))
        for at, mark in enumerate(marked.get(number, ())):
            press.bookmarkPage(f"p{number}.{at}")
            press.addOutlineEntry(mark.title, f"p{number}.{at}", mark.level)
        press.addLiteral("\n".join(page.drawn))
        press.showPage()
    press.set_type(pages)
    press.save()
    press.let_go()
    return file.getvalue()
