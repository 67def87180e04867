"""The after-care sheet: one page that a client takes home, in the language they read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.documents import house
from clinic.documents.paper import Paper
from clinic.documents.style import ACCENT, NOTICE, SECTION, TINT, Style, wrap

if TYPE_CHECKING:
    from datetime import date

    from clinic.documents.sheets import Format, Letterhead

READ = Style(11)
"""Larger than a receipt: it is read at home, perhaps without glasses."""


@dataclass(frozen=True, slots=True)
class AftercareSheet:
    """What a client is told after a visit."""

    made_on: date
    practice: Letterhead
    title: str
    treatment: str
    described: str
    technique: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    foot: str
    language: str = "en"
    format: Format = "letter"


def pdf(sheet: AftercareSheet) -> bytes:
    """Print the sheet; it names no client, so that it may lie on any table."""
    paper = Paper(sheet.practice, sheet.title, "", sheet.language, sheet.format)
    paper.bookmark(sheet.title)
    house.letterhead(paper, [paper.day(sheet.made_on)])
    _box(
        paper,
        f"{sheet.described}: {sheet.treatment}" if sheet.treatment else sheet.described,
        sheet.technique,
    )
    for heading, lines in sheet.parts:
        paper.room(60)
        paper.y -= 26
        paper.page.text(paper.left, paper.y, heading, SECTION)
        paper.y -= 20
        for line in lines:
            paper.page.box(paper.left + 2, paper.y + 2.5, 4, 4, ACCENT, radius=2)
            paper.y = paper.page.paragraph(paper.left + 16, paper.y, line, READ, paper.width - 16) - 4
    reach = " · ".join(part for part in (sheet.practice.phone, sheet.practice.email) if part)
    foot = [*wrap(sheet.foot, NOTICE, paper.width), *([reach] if reach else [])]
    house.foot_note(paper, paper.page, foot)
    return house.printed(house.footed(paper, ""), dated=sheet.made_on, subject=sheet.title)


def _box(paper: Paper, heading: str, text: str) -> None:
    lines = wrap(text, READ, paper.width - 36)
    high = 40 + READ.leading * len(lines)
    paper.page.box(paper.left, paper.y - high, paper.width, high, TINT, radius=5)
    paper.page.text(paper.left + 18, paper.y - 22, heading, Style(11, ACCENT, "SemiBold"))
    y = paper.y - 40
    for line in lines:
        paper.page.text(paper.left + 18, y, line, READ)
        y -= READ.leading
    paper.y -= high
