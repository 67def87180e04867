"""The shape all reports have: columns, rows that open the entries behind them, totals, a few figures, a chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from clinic.values import Basis, ClientId, Money

if TYPE_CHECKING:
    from collections.abc import Sequence


class About(StrEnum):
    """What a report tells."""

    INCOME = "income"
    OWED = "owed"
    TIPS = "tips"
    SALES_TAX = "sales_tax"
    HELD = "held"
    ABSENCES = "absences"
    LETTERS = "letters"
    CLIENTS = "clients"
    SCHEDULE_C = "schedule_c"
    JOURNAL = "journal"


OF_TODAY = frozenset({About.OWED, About.HELD, About.LETTERS})
"""Reports that say how things stand now, whatever the period."""


class By(StrEnum):
    """What income is gathered by."""

    MONTH = "month"
    METHOD = "method"
    TREATMENT = "treatment"
    THERAPIST = "therapist"


class Unit(StrEnum):
    """How a column's cells are written."""

    WORDS = "words"
    NAME = "name"
    """Written as it is, whatever it says."""
    MONEY = "money"
    COUNT = "count"
    DAY = "day"
    MONTH = "month"
    SHARE = "share"
    """Tenths of a per cent."""


Cell: TypeAlias = str | int | Money | date | StrEnum | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the code of its heading."""

    name: str
    unit: Unit = Unit.WORDS


@dataclass(frozen=True, slots=True)
class Detail:
    """One entry behind a number, and the paper or the client it opens."""

    cells: tuple[Cell, ...]
    receipt: str = ""
    client: ClientId | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report with the entries that make it up."""

    cells: tuple[Cell, ...]
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that matters, by the code of its name."""

    name: str
    value: Cell
    unit: Unit = Unit.MONEY
    tone: str = "ink"


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn of the rows: these columns, one on another; and the same of the period before."""

    columns: tuple[int, ...]
    over_time: bool = False
    before: tuple[Money | int, ...] = ()
    of_totals: bool = False
    """A bar for each column's total, where the rows are too many to draw."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report was asked for."""

    about: About
    first: date
    last: date
    basis: Basis = Basis.PAYMENT
    by: By = By.MONTH


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it is shown and written out."""

    asked: Asked
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Cell, ...]
    details: tuple[Column, ...]
    """The columns of the entries behind a row."""
    figures: tuple[Figure, ...] = ()
    chart: Chart | None = None
    therapist: str = ""
    """Whose own figures these are; empty where they are the practice's."""

    @property
    def entries(self) -> tuple[Detail, ...]:
        """All entries behind the rows."""
        return tuple(detail for row in self.rows for detail in row.details)


def summed(columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Cell, ...]:
    """Add up the columns of money and counts; the others have no total."""
    totals: list[Cell] = []
    for at, column in enumerate(columns):
        cells = [row.cells[at] for row in rows]
        if column.unit is Unit.MONEY:
            totals.append(Money(sum(cell.cents for cell in cells if isinstance(cell, Money))))
        elif column.unit is Unit.COUNT:
            totals.append(sum(cell for cell in cells if isinstance(cell, int)))
        else:
            totals.append(None)
    return tuple(totals)
