"""The rows of the form on paper: what is asked, with boxes to tick, lines to write on and scales to ring."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clinic.documents import body_map
from clinic.documents.style import BODY, HAIR, HAIRLINE, SOFT, STRONG, Style, wrap

if TYPE_CHECKING:
    from clinic.documents.page import Page
    from clinic.rules.body import Figure

Draw = Callable[["Page", float, float], None]

LEAST = 9.0
"""Points: nothing somebody has to read in order to answer is set smaller."""
ASKED, LINE, QUIET = replace(STRONG, size=9.8), replace(BODY, size=LEAST), Style(LEAST, SOFT)
LEADING = 11.2
BOX = 9.0
SET_IN = 11.0
HAND = 17.5
"""From one line to write on to the next."""
STEPS = 11
LINES = 2
"""Empty rows of a list; whoever has more writes on the back."""
FIGURE_HIGH = 104.0


@dataclass(frozen=True, slots=True)
class Row:
    """How high a row stands, and how it is drawn with its upper left corner at a place."""

    high: float
    draw: Draw


def sentence(text: str, style: Style, width: float, *, under: float = 2.0) -> Row:
    """Lay out a sentence over as many lines as it takes."""
    lines = wrap(text, style, width)

    def draw(page: Page, x: float, y: float) -> None:
        for at, line in enumerate(lines):
            page.text(x, y - LEADING * at - style.size, line, style)

    return Row(LEADING * len(lines) + under, draw)


def _columns(answers: Sequence[str]) -> list[float]:
    """Give the middles of the columns of boxes, counted from the right edge."""
    middles, reach = [], 0.0
    for word in reversed(answers):
        wide = max(BOX, QUIET.width(word)) + 9
        middles.append(reach + wide / 2)
        reach += wide
    return [*reversed(middles), reach]


def head(text: str, width: float, answers: Sequence[str], style: Style = ASKED) -> Row:
    """Lay out what is asked, and at the right which box is which answer."""
    *middles, reach = _columns(answers) if answers else [0.0]
    lines = wrap(text, style, width - reach)

    def draw(page: Page, x: float, y: float) -> None:
        for at, line in enumerate(lines):
            page.text(x, y - 12.4 * at - ASKED.size, line, style)
        for word, middle in zip(answers, middles, strict=True):
            page.text(x + width - middle, y - 12.4 * (len(lines) - 1) - ASKED.size, word, QUIET, "middle")

    return Row(12.4 * len(lines) + 3, draw)


def _box(page: Page, x: float, y: float) -> None:
    page.frame(x, y, BOX, BOX, ink=SOFT, radius=1.8)


def yes_no(text: str, width: float, answers: Sequence[str], inset: float) -> Row:
    """Lay out a statement with a box for each answer, and a hairline to lead the eye."""
    *middles, reach = _columns(answers)
    lines = wrap(text, LINE, width - reach - inset)
    high = LEADING * len(lines) + 2.8

    def draw(page: Page, x: float, y: float) -> None:
        for at, line in enumerate(lines):
            page.text(x + inset, y - LEADING * at - LEAST, line, LINE)
        for middle in middles:
            _box(page, x + width - middle - BOX / 2, y - LEAST - 1)
        page.rule(x + inset, y - high + 2, x + width, ink=HAIR, thick=0.35)

    return Row(high, draw)


def boxes(text: str, words: Sequence[str], width: float, inset: float) -> Iterator[Row]:
    """Lay out words to tick: in one line where they fit, else in columns."""
    room = width - inset
    flat = sum(BOX + 4 + LINE.width(word) + 12 for word in words) - 12
    beside = LINE.width(text) + 14 if text else 0.0
    if flat + beside <= room:
        yield _in_a_line(text, words, inset, beside)
        return
    below = _in_a_line("", words, inset, 0.0) if flat <= room else _in_columns(words, room, inset)
    yield _under(sentence(text, LINE, room, under=1), inset, below) if text else below


def _under(first: Row, inset: float, second: Row) -> Row:
    """Stand a row under another that names it; the two are not parted."""

    def draw(page: Page, x: float, y: float) -> None:
        first.draw(page, x + inset, y)
        second.draw(page, x, y - first.high)

    return Row(first.high + second.high, draw)


def _in_a_line(text: str, words: Sequence[str], inset: float, beside: float) -> Row:
    def draw(page: Page, x: float, y: float) -> None:
        x += inset
        if text:
            page.text(x, y - LEAST, text, LINE)
        x += beside
        for word in words:
            _box(page, x, y - LEAST - 1)
            page.text(x + BOX + 4, y - LEAST, word, LINE)
            x += BOX + 4 + LINE.width(word) + 12

    return Row(LEADING + 4, draw)


def _in_columns(words: Sequence[str], room: float, inset: float) -> Row:
    """Stand the boxes in columns, read downwards; a long word goes on in the next line."""
    count = max(2, int(room / 122))
    wide = room / count
    each = -(-len(words) // count)
    cells = [wrap(word, LINE, wide - BOX - 8) for word in words]
    columns = [cells[at : at + each] for at in range(0, len(cells), each)]

    def high(cell: Sequence[str]) -> float:
        return LEADING * len(cell) + 2.6

    def draw(page: Page, x: float, y: float) -> None:
        for at, column in enumerate(columns):
            left, top = x + inset + at * wide, y
            for cell in column:
                _box(page, left, top - LEAST - 1)
                for n, line in enumerate(cell):
                    page.text(left + BOX + 4, top - LEADING * n - LEAST, line, LINE)
                top -= high(cell)

    return Row(max(sum(map(high, column)) for column in columns) + 2, draw)


def write(text: str, width: float, inset: float) -> Row:
    """Lay out what is asked with a line to write on."""
    lines = wrap(text, LINE, width - inset)
    start = LINE.width(lines[-1]) + 6 if lines and lines[-1] else 0.0
    below = start > width - inset - 84
    high = LEADING * (len(lines) - 1) + HAND + (HAND - 4 if below else 0)

    def draw(page: Page, x: float, y: float) -> None:
        y -= HAND - LEADING - 2
        for at, line in enumerate(lines):
            page.text(x + inset, y - LEADING * at - LEAST, line, LINE)
        foot = y - LEADING * (len(lines) - 1) - LEAST - 2
        left = x + inset + (0.0 if below else start)
        page.rule(left, foot - (HAND - 4 if below else 0), x + width, ink=HAIR, thick=HAIRLINE)

    return Row(high, draw)


def scale(text: str, width: float) -> Row:
    """Lay out the figures from none to the worst, to be ringed."""
    first = 94.0
    step = (width - first) / STEPS

    def draw(page: Page, x: float, y: float) -> None:
        page.text(x, y - 12, text, LINE)
        for n in range(STEPS):
            middle = x + first + step * (n + 0.5)
            page.frame(middle - 6.9, y - 15.7, 13.8, 13.8, ink=HAIR, radius=6.9)
            page.text(middle, y - 12, str(n), LINE, "middle")

    return Row(19.5, draw)


def table(named: Sequence[str], others: Sequence[str], width: float, *, lines: int = LINES) -> Iterator[Row]:
    """Lay out the columns in which the things ticked are told of, and what else is asked of some."""
    shares = [1.7 if not at else 1.0 for at in range(len(named))]
    whole = sum(shares)
    places = [sum(shares[:at]) / whole * width for at in range(len(named))]
    told = [wrap(word, QUIET, width * share / whole - 10) for share, word in zip(shares, named, strict=True)]
    deepest = max(map(len, told))

    def draw(page: Page, x: float, y: float) -> None:
        for left, head in zip(places, told, strict=True):
            for at, line in enumerate(head):
                page.text(x + left, y - LEADING * (deepest - len(head) + at) - LEAST, line, QUIET)
        foot = y - LEADING * deepest
        for row in range(1, lines + 1):
            page.rule(x, foot - row * HAND + 1, x + width, ink=HAIR, thick=HAIRLINE)
        for left in places[1:]:
            page.upright(x + left - 6, foot - 3, foot - lines * HAND + 1, thick=0.35)

    yield Row(LEADING * deepest + lines * HAND + 3, draw)
    if others:
        yield sentence(" · ".join(others), QUIET, width, under=3)


def tick(text: str, width: float) -> Row:
    """Lay out a sentence somebody agrees to."""
    lines = wrap(text, LINE, width - BOX - 6)

    def draw(page: Page, x: float, y: float) -> None:
        _box(page, x, y - LEAST - 1)
        for at, line in enumerate(lines):
            page.text(x + BOX + 6, y - LEADING * at - LEAST, line, LINE)

    return Row(LEADING * len(lines) + 4, draw)


def bodies(figures: Sequence[tuple[Figure, str]], width: float) -> Row:
    """Lay out the body from several sides, to be marked with a pen."""

    def draw(page: Page, x: float, y: float) -> None:
        part = width / len(figures)
        for at, (figure, said) in enumerate(figures):
            wide = figure.width * FIGURE_HIGH / figure.height
            left = x + part * at + (part - wide) / 2
            body_map.draw(page, figure, (), at=(left, y - 2), high=FIGURE_HIGH)
            page.text(left + wide / 2, y - FIGURE_HIGH - 12, said, QUIET, "middle")

    return Row(FIGURE_HIGH + 18, draw)
