"""The form on paper, to be filled in by hand: boxes to tick, lines to write on, a place to sign."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clinic.documents import house
from clinic.documents.form_sheets import FormLine
from clinic.documents.paper import Paper
from clinic.documents.signed import feet
from clinic.documents.style import (
    BODY,
    CAPTION,
    HAIR,
    HAIRLINE,
    SECTION,
    SMALL,
    SMALL_INK,
    SOFT,
    STRONG,
    wrap,
)

if TYPE_CHECKING:
    from clinic.documents.form_sheets import BlankSheet, FormPart, FormQuestion

BOX, GAP = 8.0, 5.0
SET_IN = 12.0
STEPS = 11
ROWS = 2
"""Empty rows of a list; whoever has more writes on the back."""
HAND = 14.5
"""From one line to write on to the next."""
ASKED = replace(STRONG, size=9)
LINE = replace(BODY, size=8.5)


def pdf(sheet: BlankSheet) -> bytes:
    """Print the blank form."""
    paper = Paper(sheet.practice, sheet.title, "", sheet.language, sheet.format)
    house.letterhead(paper, [sheet.labels["edition"].format(version=sheet.version)])
    paper.y += 6
    _who(paper, sheet)
    for part in sheet.parts:
        _part(paper, part)
    _sign(paper, sheet)
    feet(paper, sheet.labels["page_of"])
    return house.printed(paper, dated=sheet.on, subject=sheet.title)


def _who(paper: Paper, sheet: BlankSheet) -> None:
    born = paper.day(sheet.born) if sheet.born else ""
    for share, label, value, end in (
        (0.0, sheet.labels["client"], sheet.client, 0.5),
        (0.53, sheet.labels["born"], born, 0.75),
        (0.78, sheet.labels["day"], "", 1.0),
    ):
        x, to = paper.left + share * paper.width, paper.left + end * paper.width
        paper.page.text(x, paper.y, label, CAPTION)
        paper.page.text(x, paper.y - 16, value, BODY)
        paper.page.rule(x, paper.y - 20, to, ink=HAIR, thick=HAIRLINE)
    paper.y -= 34
    paper.y = paper.page.paragraph(paper.left, paper.y, sheet.labels["how"], SMALL, paper.width) - 6


def _part(paper: Paper, part: FormPart) -> None:
    paper.room(90)
    paper.y -= 5
    paper.bookmark(part.title)
    paper.page.text(paper.left, paper.y, part.title, SECTION)
    paper.y -= 6
    paper.page.rule(paper.left, paper.y, paper.right)
    paper.y -= 13
    for question in part.questions:
        _question(paper, question)


def _question(paper: Paper, question: FormQuestion) -> None:
    paper.room(18 + _height(paper, question.lines[0] if question.lines else None))
    mark = " *" if question.must else ""
    for said in wrap(question.text + mark, ASKED, paper.width):
        paper.page.text(paper.left, paper.y, said, ASKED)
        paper.y -= ASKED.leading
    if question.hint:
        paper.page.text(paper.left, paper.y, question.hint, SMALL)
        paper.y -= SMALL.leading
    for line in question.lines:
        paper.room(_height(paper, line))
        _DRAWN[line.kind](paper, line)
    paper.y -= 4


def _height(paper: Paper, line: FormLine | None) -> float:
    if line is None:
        return HAND
    if line.kind == "table":
        return 14 + ROWS * HAND
    if line.kind == "boxes":
        return 14 + 14 * len(_flowed(line.words, paper.width))
    return HAND


def _left(paper: Paper, line: FormLine) -> float:
    return paper.left + (SET_IN if line.further else 0)


def _box(paper: Paper, x: float, y: float) -> None:
    paper.page.frame(x, y - 1.5, BOX, BOX, ink=SOFT, radius=1.5)


def _yes_no(paper: Paper, line: FormLine) -> None:
    x = paper.right
    for word in reversed(line.words):
        x -= SMALL_INK.width(word)
        paper.page.text(x, paper.y, word, SMALL_INK)
        x -= BOX + 3
        _box(paper, x, paper.y)
        x -= 12
    left = _left(paper, line)
    said = wrap(line.text, LINE, x - left)
    for at, each in enumerate(said):
        paper.page.text(left, paper.y - at * LINE.leading, each, LINE)
    paper.y -= max(12.5, len(said) * LINE.leading + 1)


def _flowed(words: tuple[str, ...], width: float) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    reach = 0.0
    for word in words:
        wide = BOX + 3 + SMALL_INK.width(word) + 12
        if rows[-1] and reach + wide > width:
            rows.append([])
            reach = 0
        rows[-1].append(word)
        reach += wide
    return rows


def _boxes(paper: Paper, line: FormLine) -> None:
    left = _left(paper, line)
    if line.text:
        paper.page.text(left, paper.y, line.text, LINE)
        paper.y -= 13.5
    for words in _flowed(line.words, paper.right - left):
        x = left
        for word in words:
            _box(paper, x, paper.y)
            paper.page.text(x + BOX + 3, paper.y, word, SMALL_INK)
            x += BOX + 3 + SMALL_INK.width(word) + 12
        paper.y -= 14
    paper.y -= 2


def _write(paper: Paper, line: FormLine) -> None:
    left = _left(paper, line)
    said = wrap(line.text, LINE, paper.width * 0.62)
    for at, each in enumerate(said):
        paper.page.text(left, paper.y - at * LINE.leading, each, LINE)
    paper.y -= (len(said) - 1) * LINE.leading
    start = min(left + LINE.width(said[-1]) + 8, paper.right - 90) if said else left
    paper.page.rule(start, paper.y - 3, paper.right, ink=HAIR, thick=HAIRLINE)
    paper.y -= HAND


def _scale(paper: Paper, line: FormLine) -> None:
    left = _left(paper, line)
    paper.page.text(left, paper.y, line.text, LINE)
    step = 22.0
    x = paper.right - STEPS * step
    for n in range(STEPS):
        paper.page.frame(x + n * step + 3, paper.y - 4, 15, 15, ink=SOFT, radius=7.5)
        paper.page.text(x + n * step + 10.5, paper.y, str(n), SMALL_INK, "middle")
    paper.y -= 19


def _table(paper: Paper, line: FormLine) -> None:
    left = _left(paper, line)
    shares = [2.0 if not at else 1.0 for at in range(len(line.words))]
    width, x = paper.right - left, left
    heads = [
        wrap(word, CAPTION, width * share / sum(shares) - 8)
        for share, word in zip(shares, line.words, strict=True)
    ]
    deepest = max(map(len, heads))
    for share, head in zip(shares, heads, strict=True):
        for at, said in enumerate(head):
            paper.page.text(x, paper.y - (deepest - len(head) + at) * CAPTION.leading, said, CAPTION)
        x += width * share / sum(shares)
    paper.y -= 6 + (deepest - 1) * CAPTION.leading
    for _row in range(ROWS):
        paper.y -= HAND
        paper.page.rule(left, paper.y + 4, paper.right, ink=HAIR, thick=HAIRLINE)
    paper.y -= 10


def _tick(paper: Paper, line: FormLine) -> None:
    _box(paper, paper.left, paper.y)
    paper.y = paper.page.paragraph(paper.left + BOX + 6, paper.y, line.text, LINE, paper.width - BOX - 6) - 4


_DRAWN = {
    "yes_no": _yes_no,
    "boxes": _boxes,
    "write": _write,
    "scale": _scale,
    "table": _table,
    "tick": _tick,
}


def _sign(paper: Paper, sheet: BlankSheet) -> None:
    paper.room(110)
    paper.y -= 8
    _tick(paper, FormLine("tick", sheet.declaration))
    paper.y -= 44
    half = paper.left + paper.width * 0.55
    paper.page.rule(paper.left, paper.y, half)
    paper.page.rule(half + 24, paper.y, paper.right)
    paper.page.text(paper.left, paper.y - 12, sheet.labels["signature"], CAPTION)
    paper.page.text(half + 24, paper.y - 12, sheet.labels["day"], CAPTION)
    paper.y -= 26
    paper.y = paper.page.paragraph(paper.left, paper.y, sheet.labels["guardian"], SMALL, paper.width)
