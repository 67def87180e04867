"""Papers that bear a signature: a form as it was answered, and a consent in the words that were read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clinic.documents import house
from clinic.documents.paper import Paper
from clinic.documents.style import (
    ACCENT,
    ACCENT_STRONG,
    BODY,
    HAIR,
    HAIRLINE,
    NOTICE,
    SECTION,
    SMALL,
    SMALL_STRONG,
    Style,
    wrap,
)

if TYPE_CHECKING:
    from clinic.documents.form_sheets import SignedSheet, Told, ToldPart

QUESTION = 0.40
"""Share of the width in which a question stands; its answer stands beside it."""
EMPTY = "\N{EN DASH}"
SIGNING = 110.0
LARGE = replace(BODY, size=10.5)


def pdf(sheet: SignedSheet) -> bytes:
    """Print what was signed."""
    paper = Paper(sheet.practice, sheet.title, sheet.number, sheet.language, sheet.format)
    paper.bookmark(sheet.title)
    house.letterhead(paper, [paper.moment(sheet.at), sheet.number])
    born = [paper.day(sheet.born)] if sheet.born else [EMPTY]
    house.blocks(
        paper,
        [
            (0.0, sheet.labels["client"], sheet.client, []),
            (0.4, sheet.labels["born"], "", born),
            (0.7, sheet.labels["filled_in"], "", [paper.moment(sheet.at)]),
        ],
    )
    for part in sheet.parts:
        _part(paper, part, sheet.labels["changed_mark"])
    *first, last = sheet.paragraphs
    for paragraph in first:
        _paragraph(paper, paragraph)
    # The signature never stands on a page without words above it.
    paper.room(LARGE.leading * len(wrap(last, LARGE, paper.width)) + SIGNING)
    _paragraph(paper, last)
    house.signature(paper, sheet.signature, (sheet.signed_as, sheet.signature.name), air=48)
    digest = sheet.labels["digest"].format(digest=sheet.text_sha256[:16])
    paper.room(NOTICE.leading)
    house.foot_note(paper, paper.page, (digest,))
    feet(paper, sheet.labels["page_of"])
    return house.printed(paper, dated=sheet.at, subject=sheet.title)


def feet(paper: Paper, words: str, style: Style = NOTICE) -> None:
    """Write the foot of every page, in the words of the form."""
    for number, page in enumerate(paper.pages, start=1):
        page.rule(paper.left, paper.foot, paper.right, ink=HAIR, thick=HAIRLINE)
        y = paper.foot - 13.5
        page.text(paper.left, y, words.format(n=number, of=len(paper.pages)), style)
        page.text(paper.right, y, paper.number, style, "right")


def _part(paper: Paper, part: ToldPart, changed: str) -> None:
    paper.room(70)
    paper.y -= 6
    paper.page.text(paper.left, paper.y, part.title, SECTION)
    if part.remark:
        paper.page.text(paper.right, paper.y, part.remark, SMALL, "right")
    paper.y -= 8
    paper.page.rule(paper.left, paper.y, paper.right, ink=HAIR, thick=HAIRLINE)
    paper.y -= 14
    for told in part.told:
        _told(paper, told, changed)
    paper.y -= 8


def _told(paper: Paper, told: Told, changed: str) -> None:
    across = paper.width * QUESTION
    marked = SMALL_STRONG.width(changed) + 10 if told.changed else 0
    asked = wrap(told.question, SMALL, across - 14 - marked)
    lines = [line for each in told.lines or (EMPTY,) for line in wrap(each, BODY, paper.width - across)]
    height = max(len(asked) * SMALL.leading, len(lines) * BODY.leading)
    paper.room(min(height, 200) + 6)
    top = paper.y
    for at, line in enumerate(asked):
        paper.page.text(paper.left, top - at * SMALL.leading, line, SMALL)
    if told.changed:
        width = SMALL_STRONG.width(changed)
        paper.page.text(paper.left + across - 14 - width, top, changed, ACCENT_STRONG)
        paper.page.box(paper.left + across - 8, top - height + 9, 2, height - 1, ACCENT, radius=1)
    for line in lines:
        paper.room(BODY.leading)
        paper.page.text(paper.left + across, paper.y, line, BODY)
        paper.y -= BODY.leading
    if paper.y < top:  # still the page it began on
        paper.y = min(paper.y, top - len(asked) * SMALL.leading)
    paper.y -= 4


def _paragraph(paper: Paper, words: str) -> None:
    lines = wrap(words, LARGE, paper.width)
    paper.room(LARGE.leading * min(len(lines), 3))
    for line in lines:
        paper.room(LARGE.leading)
        paper.page.text(paper.left, paper.y, line, LARGE)
        paper.y -= LARGE.leading
    paper.y -= 7
