"""Income: what came in or was delivered, by month, way of paying, treatment or therapist; and the tips."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from sqlalchemy import select

from clinic.office.reports.shape import (
    Asked,
    By,
    Cell,
    Chart,
    Column,
    Detail,
    Figure,
    Report,
    Row,
    Unit,
    summed,
)
from clinic.records import Client, Staff, Treatment
from clinic.rules import reports
from clinic.rules.permissions import Permission, Reach
from clinic.rules.reports import Part, Posting
from clinic.values import NOTHING, Basis, Method, Money
from clinic.workroom import postings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from clinic.storage.work import Work

AMOUNTS = (
    Column("care", Unit.MONEY),
    Column("tips", Unit.MONEY),
    Column("goods_and_fees", Unit.MONEY),
    Column("ahead", Unit.MONEY),
    Column("total", Unit.MONEY),
)
EARNED = (*AMOUNTS[:3], AMOUNTS[4])
ENTRIES = (
    Column("day", Unit.DAY),
    Column("client"),
    Column("receipt"),
    Column("for"),
    Column("therapist"),
    Column("method"),
    Column("amount", Unit.MONEY),
)
CARDS = frozenset({Method.CARD, Method.HSA_CARD, Method.FSA_CARD, Method.HRA_CARD})


@dataclass(frozen=True, slots=True)
class Names:
    """How the ids in postings are called."""

    clients: Mapping[str, str]
    staff: Mapping[str, str]
    treatments: Mapping[str, str]


def names_of(work: Work, clients: Collection[str]) -> Names:
    """Look up what everybody and everything is called."""
    work.require(Permission.REPORTS_SEE)
    people = work.run(select(Client.id, Client.given_name, Client.family_name))
    return Names(
        {row.id: f"{row.given_name} {row.family_name}".strip() for row in people if row.id in clients},
        {row.id: row.name for row in work.run(select(Staff.id, Staff.name))},
        {row.id: row.name for row in work.run(select(Treatment.id, Treatment.name))},
    )


def income(work: Work, asked: Asked) -> Report:
    """Tell what came in, or what was delivered, in a period, beside the same period a year before."""
    granted = work.require(Permission.REPORTS_SEE)
    found = _postings(work, granted, asked)
    names = names_of(work, {posting.client for posting in found})
    columns = (Column(asked.by.value, _unit(asked.by)), *(_amounts(asked)))
    rows = [
        Row((head, *_cells(asked, group)), entries(group, names))
        for head, group in _groups(asked, found, names)
    ]
    totals = ("", *summed(columns, rows)[1:])
    parts = reports.by_part(found)
    figures = [
        Figure("came_in" if asked.basis is Basis.PAYMENT else "delivered", reports.total(found)),
        Figure("care", parts[Part.CARE], tone="accent"),
        Figure("tips", parts[Part.TIPS]),
        Figure("visits_paid" if asked.basis is Basis.PAYMENT else "visits", _visits(found), Unit.COUNT),
    ]
    if asked.basis is Basis.PAYMENT:
        figures.insert(3, Figure("ahead", parts[Part.AHEAD] + parts[Part.ON_ACCOUNT]))
    chart = _chart(work, granted, asked, len(columns))
    return Report(
        asked,
        columns,
        tuple(rows),
        totals,
        ENTRIES,
        tuple(figures),
        chart,
        therapist=names.staff.get(work.actor.staff, "") if granted is Reach.OWN else "",
    )


def _postings(work: Work, granted: Reach, asked: Asked) -> tuple[Posting, ...]:
    of = postings.paid if asked.basis is Basis.PAYMENT else postings.delivered
    return of(work, granted, asked.first, asked.last)


def _amounts(asked: Asked) -> tuple[Column, ...]:
    return AMOUNTS if asked.basis is Basis.PAYMENT else EARNED


def _unit(by: By) -> Unit:
    return Unit.MONTH if by is By.MONTH else Unit.WORDS


def _cells(asked: Asked, group: Sequence[Posting]) -> tuple[Money, ...]:
    parts = reports.by_part(group)
    cells = [parts[Part.CARE], parts[Part.TIPS], parts[Part.GOODS] + parts[Part.FEES]]
    if asked.basis is Basis.PAYMENT:
        cells.append(parts[Part.AHEAD] + parts[Part.ON_ACCOUNT])
    return (*cells, reports.total(group))


def _visits(found: Sequence[Posting]) -> int:
    """Count the treatments, however many payments were for one; a refund takes none away."""
    return len({posting.line for posting in found if posting.part is Part.CARE and posting.amount > NOTHING})


def _groups(asked: Asked, found: Sequence[Posting], names: Names) -> Sequence[tuple[Cell, Sequence[Posting]]]:
    if asked.by is By.MONTH:
        by_month = reports.gathered(found, lambda posting: reports.month_of(posting.on))
        return [(month, by_month.get(month, ())) for month in reports.months(asked.first, asked.last)]
    ways: Mapping[By, Callable[[Posting], Cell]] = {
        By.METHOD: lambda posting: posting.method or "",
        By.TREATMENT: partial(_treatment, names=names),
        By.THERAPIST: lambda posting: names.staff.get(posting.staff or "", ""),
    }
    by = ways[asked.by]
    groups = reports.gathered(found, by)
    return sorted(groups.items(), key=lambda pair: (-reports.total(pair[1]).cents, str(pair[0])))


def _treatment(posting: Posting, names: Names) -> Cell:
    if posting.part in {Part.CARE, Part.TIPS} and posting.treatment:
        return names.treatments.get(posting.treatment, "")
    return posting.part


def entries(group: Sequence[Posting], names: Names) -> tuple[Detail, ...]:
    """List the entries behind a number."""
    return tuple(
        Detail(
            (
                posting.on,
                names.clients.get(posting.client, ""),
                posting.receipt,
                posting.text or posting.part,
                names.staff.get(posting.staff or "", ""),
                posting.method,
                posting.amount,
            ),
            posting.receipt,
            posting.client,
        )
        for posting in group
    )


def _chart(work: Work, granted: Reach, asked: Asked, width: int) -> Chart:
    """Draw the total; by month, the same months a year before stand behind it."""
    if asked.by is not By.MONTH:
        return Chart((width - 1,))
    earlier = Asked(asked.about, _year_before(asked.first), _year_before(asked.last), asked.basis)
    before = reports.gathered(_postings(work, granted, earlier), lambda posting: reports.month_of(posting.on))
    shown = reports.months(earlier.first, earlier.last)
    return Chart(
        (width - 1,), over_time=True, before=tuple(reports.total(before.get(month, ())) for month in shown)
    )


def _year_before(day: date) -> date:
    return day - relativedelta(years=1)


TIPS = (
    Column("therapist"),
    Column("tips_given", Unit.COUNT),
    Column("in_cash", Unit.MONEY),
    Column("by_card", Unit.MONEY),
    Column("otherwise", Unit.MONEY),
    Column("total", Unit.MONEY),
)


def tips(work: Work, asked: Asked) -> Report:
    """Tell what tips came in for whom, in cash and by card, as payroll asks for them."""
    granted = work.require(Permission.REPORTS_SEE)
    found = [p for p in postings.paid(work, granted, asked.first, asked.last) if p.part is Part.TIPS]
    names = names_of(work, {posting.client for posting in found})
    rows = []
    for person, group in sorted(
        reports.gathered(found, lambda p: names.staff.get(p.staff or "", "")).items()
    ):
        cash = reports.total(p for p in group if p.method is Method.CASH)
        card = reports.total(p for p in group if p.method in CARDS)
        whole = reports.total(group)
        given = sum(p.amount > NOTHING for p in group)
        rows.append(Row((person, given, cash, card, whole - cash - card, whole), entries(group, names)))
    totals = ("", *summed(TIPS, rows)[1:])
    whole = reports.total(found)
    given = sum(p.amount > NOTHING for p in found)
    figures = (
        Figure("tips", whole, tone="accent"),
        Figure("tips_given", given, Unit.COUNT),
        Figure("average", whole.share(1, given) if given else NOTHING),
    )
    return Report(asked, TIPS, tuple(rows), totals, ENTRIES, figures, Chart((2, 3, 4)))
