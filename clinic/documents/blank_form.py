"""The form on paper, to be filled in by hand: two columns of questions, and lists over the whole width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.documents import form_questions, form_rows, house
from clinic.documents.form_questions import Print, is_wide
from clinic.documents.form_rows import LEAST, LINE, QUIET, Row
from clinic.documents.paper import Paper
from clinic.documents.signed import feet
from clinic.documents.style import ACCENT, HAIR, HAIRLINE, TINT, Style, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clinic.documents.form_sheets import BlankSheet
    from clinic.rules.forms import Asked, Page

BETWEEN = 22.0
"""Between the two columns."""
AFTER = 6.0
"""Under a question."""
BAND = 18.0
TITLE = Style(11, ACCENT, "SemiBold")
SIGNING = 104.0
EDGE = 40.0
STEP = 4.0
"""Points by which columns grow until all of it fits."""


class FormPaper(Paper):
    """Paper with narrower margins than a letter's: a form is written on, not read."""

    @property
    def left(self) -> float:
        """Where lines begin."""
        return EDGE

    @property
    def right(self) -> float:
        """Where lines end."""
        return self.page.width - EDGE

    @property
    def foot(self) -> float:
        """Where the foot's hairline lies."""
        return EDGE + 2

    @property
    def lowest(self) -> float:
        """Where the last row may end."""
        return self.foot + 6

    def turn(self) -> None:
        """Go on with a new page that says whose form it is, in one line."""
        self._open_page()
        self.y = self.page.height - EDGE
        self.page.text(self.left, self.y, self.practice.name, QUIET)
        self.page.text(self.right, self.y, self.title, QUIET, "right")
        self.y -= 7
        self.page.rule(self.left, self.y, self.right, ink=HAIR, thick=HAIRLINE)
        self.y -= 12


@dataclass(frozen=True, slots=True)
class Item:
    """A row in its place within a question: whether it holds on to the next, and what opens a column before it."""

    row: Row
    keep: bool
    last: bool
    again: Row | None

    @property
    def high(self) -> float:
        """How much of a column it takes, with the air under its question."""
        return self.row.high + (AFTER if self.last else 0.0)


def pdf(sheet: BlankSheet) -> bytes:
    """Print the blank form."""
    paper = FormPaper(sheet.practice, sheet.title, "", sheet.language, sheet.format)
    house.letterhead(paper, [sheet.labels["edition"].format(version=sheet.version)])
    paper.y += 4
    _who(paper, sheet)
    by = Print(sheet.language, sheet.labels, sheet.figures, brief=sheet.brief)
    for part in sheet.pages:
        _part(paper, part, by)
    if not sheet.brief:  # of today one puts one's initials to the plan, and signs nothing
        _sign(paper, sheet)
    feet(paper, sheet.labels["page_of"], QUIET)
    return house.printed(paper, dated=sheet.on, subject=sheet.title)


def _who(paper: Paper, sheet: BlankSheet) -> None:
    born = paper.day(sheet.born) if sheet.born else ""
    paper.y -= 8
    for share, label, value, end in (
        (0.0, sheet.labels["client"], sheet.client, 0.5),
        (0.53, sheet.labels["born"], born, 0.75),
        (0.78, sheet.labels["day"], "", 1.0),
    ):
        x, to = paper.left + share * paper.width, paper.left + end * paper.width
        paper.page.text(x, paper.y - 2, value, LINE)
        paper.page.rule(x, paper.y - 6, to, ink=HAIR, thick=HAIRLINE)
        paper.page.text(x, paper.y - 17, label, QUIET)
    paper.y -= 31
    for line in () if sheet.brief else wrap(sheet.labels["how"], QUIET, paper.width):
        paper.page.text(paper.left, paper.y, line, QUIET)
        paper.y -= 12
    paper.y += 2


def _part(paper: Paper, part: Page, by: Print) -> None:
    asked = [question for question in part.questions if question.id != "M01"]
    kinds = (is_wide(asked[0]), not is_wide(asked[0]))
    runs = [
        (
            wide,
            [item for each in asked if is_wide(each) is wide for item in _items(paper, each, by)],
        )
        for wide in kinds
    ]
    paper.room(BAND + 9 + sum(item.high for item in runs[0][1][:4]))
    _band(paper, part.title[by.language])
    for wide, run in runs:
        _flow(paper, run, 1 if wide else 2)
    paper.y -= 2


def _items(paper: Paper, asked: Asked, by: Print) -> Iterator[Item]:
    """Part a question into rows; neither its head nor a single row of it stands alone."""
    width = paper.width if is_wide(asked) else _column(paper)
    rows = tuple(form_questions.rows(asked, width, by))
    again = form_questions.again(asked, width, by)
    held = 3 if asked.part.hint else 2
    for at, row in enumerate(rows):
        keep = at < min(held, len(rows) - 1) or at == len(rows) - 2
        yield Item(row, keep, at == len(rows) - 1, again if at else None)


def _column(paper: Paper) -> float:
    return (paper.width - BETWEEN) / 2


def _band(paper: Paper, title: str) -> None:
    paper.bookmark(title)
    paper.page.box(paper.left, paper.y - BAND, paper.width, BAND, TINT, radius=4)
    paper.page.text(paper.left + 9, paper.y - BAND + 5.4, title, TITLE)
    paper.y -= BAND + 7


def _flow(paper: Paper, items: Sequence[Item], columns: int) -> None:
    """Fill the columns as evenly as they go; what does not fit goes on over the page."""
    start = 0
    while start < len(items):
        free = paper.y - paper.lowest
        ends = _evenly(items, start, columns, free)
        if ends[-1] == start:
            paper.turn()
            continue
        lows = [paper.y]
        for at, end in enumerate(ends):
            x = paper.left + at * (_column(paper) + BETWEEN)
            lows.append(_drawn(paper, items, start, end, x))
            start = end
        paper.y = min(lows)
        if start < len(items):
            paper.turn()


def _evenly(items: Sequence[Item], start: int, columns: int, free: float) -> list[int]:
    """Say where each column ends: as low as it takes for all to fit, or down to the foot."""
    high = min(free, sum(item.high for item in items[start:]) / columns)
    while True:
        ends, at = [], start
        for _each in range(columns):
            at = _filled(items, at, high)
            ends.append(at)
        if at == len(items) or high >= free:
            return ends
        high = min(free, high + STEP)


def _filled(items: Sequence[Item], start: int, high: float) -> int:
    """Say which item no longer fits under the others; what holds on to the next is not parted from it."""
    used = _opening(items, start)
    end = start
    for at in range(start, len(items)):
        used += items[at].high
        if used - (AFTER if items[at].last else 0.0) > high:
            break
        if not items[at].keep:
            end = at + 1
    return end


def _opening(items: Sequence[Item], start: int) -> float:
    again = items[start].again if start < len(items) else None
    return again.high if again else 0.0


def _drawn(paper: Paper, items: Sequence[Item], start: int, end: int, x: float) -> float:
    y = paper.y
    again = items[start].again if start < end else None
    if again is not None:
        again.draw(paper.page, x, y)
        y -= again.high
    for item in items[start:end]:
        item.row.draw(paper.page, x, y)
        y -= item.high
    return y


def _sign(paper: Paper, sheet: BlankSheet) -> None:
    declared = form_rows.tick(sheet.declaration, paper.width)
    paper.room(declared.high + SIGNING)
    paper.y -= 6
    declared.draw(paper.page, paper.left, paper.y)
    paper.y -= declared.high + 42
    half = paper.left + paper.width * 0.55
    paper.page.rule(paper.left, paper.y, half)
    paper.page.rule(half + 24, paper.y, paper.right)
    paper.page.text(paper.left, paper.y - 12, sheet.labels["signature"], QUIET)
    paper.page.text(half + 24, paper.y - 12, sheet.labels["day"], QUIET)
    paper.y -= 28
    for line in wrap(sheet.labels["guardian"], QUIET, paper.width):
        paper.page.text(paper.left, paper.y, line, QUIET)
        paper.y -= LEAST * 1.3
