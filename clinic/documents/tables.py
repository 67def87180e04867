"""Tables without upright lines, and sums under their rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.documents.style import (
    ACCENT_STRONG,
    BODY,
    BODY_SOFT,
    CAPTION,
    FIGURE,
    HAIR,
    HAIRLINE,
    SMALL,
    SMALL_STRONG,
    SMALL_STRONG_FIGURE,
    SUM,
    SUM_FIGURE,
    TOTAL_RULE,
    Style,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.documents.page import Align
    from clinic.documents.paper import Paper

ROW = 26.6
TOTAL_ROW = 14.0
_GAP = 4.5
_BESIDE = 60.0  # how far small print reaches beyond its column: the line below the figures is free


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, where it begins or (to the right) ends, and how its words look."""

    head: str
    at: float
    align: Align = "left"
    style: Style = BODY
    width: float = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row: a text per column, and small print below the one named by ``under``; a lead row names what follows."""

    cells: tuple[str, ...]
    small: tuple[str, ...] = ()
    under: int = 1
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """How a table is set: its columns and the height of a row of one line."""

    columns: tuple[Column, ...]
    row: float = ROW


def head(paper: Paper, table: Table) -> None:
    """Write the heads of a table's columns over their rule."""
    for column in table.columns:
        paper.page.text(_at(paper, column), paper.y, column.head, CAPTION, column.align)
    paper.y -= 8 if table.row > SMALL.leading * 2 else 6.5
    paper.page.rule(paper.left, paper.y, paper.right)


def rows(paper: Paper, table: Table, content: Sequence[Row], *, after: float = 0) -> None:
    """Write a table; where a page ends its heads are said again, and the last row stays with what comes after."""
    paper.room(table.row * 2 + 12)
    head(paper, table)
    for row in content:
        if row.lead:
            _lead(paper, table, row)
        else:
            _row(paper, table, row, after if row is content[-1] else 0)
        paper.page.rule(paper.left, paper.y, paper.right, ink=HAIR, thick=HAIRLINE)


def _row(paper: Paper, table: Table, row: Row, after: float) -> None:
    below = table.columns[row.under]
    leading = below.style.leading
    reach = (below.width or paper.width) + _BESIDE
    beside, under = _beside(paper, row, below)
    small = [line for text in under for line in wrap(text, SMALL, reach)]
    cells = [
        wrap(text, column.style, column.width or paper.width)
        for text, column in zip(row.cells, table.columns, strict=True)
    ]
    height = table.row + (max(map(len, cells)) - 1) * leading + len(small) * SMALL.leading
    _keep(paper, table, height + after)
    top = paper.y - table.row / 2 - 3.4
    for cell, column in zip(cells, table.columns, strict=True):
        x = _at(paper, column)
        for at, line in enumerate(cell if cell[0] else ()):
            paper.page.text(x, top - at * leading, line, column.style, column.align)
        if column is not below:
            continue
        if beside:
            paper.page.text(x + column.style.width(cell[0]) + _GAP, top, beside, SMALL)
        y = top - (len(cell) - 1) * leading - 0.6
        for at, line in enumerate(small, start=1):
            paper.page.text(x, y - at * SMALL.leading, line, SMALL)
    paper.y -= height


def _beside(paper: Paper, row: Row, column: Column) -> tuple[str, tuple[str, ...]]:
    """Where lines stand densely, set small print beside what it belongs to as far as it fits, the rest below."""
    beside, under = "", row.small
    free = column.width - column.style.width(row.cells[row.under]) - _GAP
    while paper.dense and under:
        longer = " · ".join(filter(None, (beside, under[0])))
        if SMALL.width(longer) > free:
            break
        beside, under = longer, under[1:]
    return beside, under


def _keep(paper: Paper, table: Table, height: float) -> None:
    """Turn the page and say the heads again unless that much still fits."""
    if paper.y - height < paper.lowest:
        paper.turn()
        head(paper, table)


def _lead(paper: Paper, table: Table, row: Row) -> None:
    _keep(paper, table, 3 * table.row)
    name, told = row.cells
    y = paper.y - table.row / 2 - 5.4
    paper.page.text(paper.left, y, name, ACCENT_STRONG)
    paper.page.text(paper.left + ACCENT_STRONG.width(f"{name} "), y, told, SMALL)
    paper.y -= table.row + 3


def total_row(paper: Paper, label: str, amounts: Sequence[tuple[float, str]], *, end: float) -> None:
    """Write the sum under a table of a statement."""
    paper.y -= 12.5
    paper.page.text(paper.left + end, paper.y, label, SMALL_STRONG, "right")
    for at, amount in amounts:
        paper.page.text(paper.right + at, paper.y, amount, SMALL_STRONG_FIGURE, "right")
    paper.y -= 9


def nothing(paper: Paper, sentence: str) -> None:
    """Say that a table has no row."""
    paper.page.rule(paper.left, paper.y + 7, paper.right, ink=HAIR, thick=HAIRLINE)
    paper.y -= 7
    paper.page.text(paper.left, paper.y, sentence, SMALL)
    paper.y -= 10


def _at(paper: Paper, column: Column) -> float:
    return (paper.right if column.align == "right" else paper.left) + column.at


def sums(
    paper: Paper, parts: Sequence[tuple[str, str]], result: tuple[str, str], after: Sequence[tuple[str, str]]
) -> None:
    """Add up at the right: the parts, a rule, what counts, and what is left."""
    line, x = 12.8 if paper.dense else 17.0, paper.right - 210
    paper.room((line + 1) * (len(parts) + len(after)) + 40)
    page = paper.page
    paper.y -= line + 5
    for label, amount in parts:
        page.text(x, paper.y, label, BODY_SOFT)
        page.text(paper.right, paper.y, amount, FIGURE, "right")
        paper.y -= line
    paper.y += line - 12
    page.rule(x, paper.y, paper.right, thick=TOTAL_RULE)
    paper.y -= 16.5
    page.text(x, paper.y, result[0], SUM)
    page.text(paper.right, paper.y, result[1], SUM_FIGURE, "right")
    for label, amount in after:
        paper.y -= line + 0.5
        page.text(x, paper.y, label, BODY_SOFT)
        page.text(paper.right, paper.y, amount, FIGURE, "right")
    paper.y -= 14
