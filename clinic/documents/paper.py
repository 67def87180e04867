"""A paper in the making: its pages, where the next line goes, and the language it speaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents.imprint import Bookmark
from clinic.documents.page import Page
from clinic.documents.style import (
    LARGE_FACES,
    MARGIN,
    NOTICE,
    SIZES,
    SMALL,
    SMALL_FACES,
    SMALL_STRONG,
    Faces,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from clinic.documents.sheets import Format, Letterhead

FOOT = 57.0

_day, _short_day = (lru_cache(maxsize=4096)(written) for written in (wording.day, wording.short_day))


@dataclass(slots=True)
class Paper:
    """A paper in the making: its pages, where the next line goes, and the language it speaks."""

    practice: Letterhead
    title: str
    number: str
    language: str
    format: Format
    pages: list[Page] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    y: float = 0
    foot_note: int = 0
    tight: float = 0
    dense: float = 0
    """How high many lines stand in small type, so that they stay on one page; 0 where they need not."""

    def __post_init__(self) -> None:
        self._open_page()

    @property
    def page(self) -> Page:
        """The page being written."""
        return self.pages[-1]

    @property
    def left(self) -> float:
        """Where lines begin."""
        return MARGIN

    @property
    def right(self) -> float:
        """Where lines end."""
        return self.page.width - MARGIN

    @property
    def width(self) -> float:
        """How long a line can be."""
        return self.right - self.left

    @property
    def faces(self) -> Faces:
        """What the lines of its tables are set in."""
        return SMALL_FACES if self.dense else LARGE_FACES

    def row(self, height: float) -> float:
        """How high a line of a table stands that would have this height if there were room."""
        return self.dense or height - self.tight / 3

    def say(self, sentence: str) -> str:
        """Say it in the paper's language."""
        return wording._(sentence, language=self.language)

    def count(self, one: str, many: str, n: int) -> str:
        """Say it for one or for many."""
        return wording.ngettext(one, many, n, language=self.language).format(n=n)

    def day(self, on: date) -> str:
        """Write a day."""
        return _day(on, language=self.language)

    def short_day(self, on: date) -> str:
        """Write a day of a known year."""
        return _short_day(on, language=self.language)

    def moment(self, at: datetime) -> str:
        """Write a day and a time."""
        return f"{self.day(at.date())}, {wording.clock(at)}"

    def appointment(self, at: datetime) -> str:
        """Write a day and a time as people keep them."""
        return wording.appointment(at, language=self.language)

    def _open_page(self) -> None:
        width, height = SIZES[self.format]
        self.pages.append(Page(width, height))
        self.y = height - MARGIN + self.tight

    def turn(self) -> None:
        """Go on with a new page that says whose paper it is."""
        self._open_page()
        self.y -= 6
        self.page.text(self.left, self.y, self.practice.name, SMALL_STRONG)
        self.page.text(self.right, self.y, f"{self.title} {self.number}", SMALL, "right")
        self.y -= 9
        self.page.rule(self.left, self.y, self.right)
        self.y -= 24

    @property
    def foot(self) -> float:
        """Where the foot's hairline lies."""
        return FOOT - self.tight

    @property
    def lowest(self) -> float:
        """Where the last line of a table may stand, above the foot and its note."""
        return self.foot + 14 + self.foot_note * NOTICE.leading

    def room(self, height: float) -> None:
        """Turn the page unless that much still fits."""
        if self.y - height < self.lowest:
            self.turn()

    def bookmark(self, title: str, level: int = 0) -> None:
        """Let the reader of the file jump here."""
        self.bookmarks.append(Bookmark(title, len(self.pages) - 1, level))
