"""Money that is owed to the practice, by its age; and money that the practice holds for a later day."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.office.reports.shape import Asked, Chart, Column, Detail, Figure, Report, Row, Unit, summed
from clinic.records import Allocation, Bundle, Client, Gift, Invoice, Line, Payment, Refund, Treatment
from clinic.rules import billing, bundles, gifts, reports
from clinic.rules.permissions import Permission
from clinic.values import NOTHING, BundleId, ClientId, LineKind, Money
from clinic.workroom import ledgers, purses, rests
from clinic.workroom.asking import TOTAL, name_of, of_clients, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from clinic.rules.permissions import Reach
    from clinic.storage.work import Work

AGES = ("age_0", "age_1", "age_2", "age_3")
OWED = (
    Column("client"),
    Column("since", Unit.DAY),
    *(Column(age, Unit.MONEY) for age in AGES),
    Column("open", Unit.MONEY),
)
OPEN_LINES = (
    Column("day", Unit.DAY),
    Column("client"),
    Column("receipt"),
    Column("for"),
    Column("charged", Unit.MONEY),
    Column("open", Unit.MONEY),
)


def owed(work: Work, asked: Asked) -> Report:
    """Tell who owes what, and since when."""
    granted = work.require(Permission.REPORTS_SEE)
    by_client: dict[str, list[Any]] = defaultdict(list)
    for row in work.run(_open_lines(work, granted)):
        by_client[row.client].append(row)
    rows = []
    for lines in by_client.values():
        ages = [0] * len(AGES)
        for line in lines:
            ages[reports.age(line.issued_on, work.today)] += line.left
        since = min(line.issued_on for line in lines)
        cells = (name_of(lines[0]), since, *(Money(cents) for cents in ages), Money(sum(ages)))
        rows.append(Row(cells, tuple(map(_open_line, lines))))
    rows.sort(key=lambda row: (row.cells[1], row.cells[0]))
    totals = summed(OWED, rows)
    whole, late = totals[-1], totals[-2]
    figures = (
        Figure("open", whole, tone="info"),
        Figure("clients_owing", len(rows), Unit.COUNT),
        Figure("age_3", late),
    )
    return Report(asked, OWED, tuple(rows), totals, OPEN_LINES, figures, Chart((2, 3, 4, 5), of_totals=True))


def _open_lines(work: Work, granted: Reach) -> Any:
    settled = select(func.sum(Allocation.amount_cents)).where(Allocation.line == Line.id).scalar_subquery()
    left = (TOTAL - func.coalesce(settled, 0)).label("left")
    asked = of_clients(Invoice.issued_on, Invoice.number, Line.text, TOTAL.label("whole"), left)
    asked = asked.join(Invoice, Invoice.client == Client.id).join(Line, Line.invoice == Invoice.id)
    asked = asked.where(Invoice.void_on.is_(None), Line.kind != LineKind.BUNDLE_USE, left > 0)
    return within(asked.order_by(Invoice.issued_on, Invoice.number, Line.position), work, granted)


def _open_line(row: Any) -> Detail:
    cells = (row.issued_on, name_of(row), row.number, row.text, Money(row.whole), Money(row.left))
    return Detail(cells, row.number, ClientId(row.client))


class Holding(StrEnum):
    """What the practice holds of other people's money."""

    GIFTS = "gifts"
    BUNDLES = "bundles"
    CREDIT = "credit"


HELD = (Column("held_as"), Column("how_many", Unit.COUNT), Column("held", Unit.MONEY))
HOLDINGS = (
    Column("since", Unit.DAY),
    Column("client"),
    Column("receipt"),
    Column("for"),
    Column("visits_left", Unit.COUNT),
    Column("paid_for", Unit.MONEY),
    Column("held", Unit.MONEY),
)


def held(work: Work, asked: Asked) -> Report:
    """Tell what is held today of gift certificates, prepaid visits and money on account."""
    granted = work.require(Permission.REPORTS_SEE)
    found = {
        Holding.GIFTS: tuple(_gifts(work, granted)),
        Holding.BUNDLES: tuple(_bundles(work, granted)),
        Holding.CREDIT: tuple(_credit(work, granted)),
    }
    rows = [Row((what, len(details), _held(details)), details) for what, details in found.items()]
    totals = ("", *summed(HELD, rows)[1:])
    figures = (
        Figure("held", totals[-1], tone="accent"),
        *(Figure(str(row.cells[0]), row.cells[2]) for row in rows),
    )
    return Report(asked, HELD, tuple(rows), totals, HOLDINGS, figures, Chart((2,)))


def _held(details: Iterable[Detail]) -> Money:
    return Money(sum(cell.cents for detail in details if isinstance(cell := detail.cells[-1], Money)))


def _gifts(work: Work, granted: Reach) -> Iterator[Detail]:
    spent = select(func.sum(Payment.amount_cents)).where(Payment.gift == Gift.id).scalar_subquery()
    back = (
        select(func.sum(Refund.amount_cents))
        .join(Payment, Payment.id == Refund.payment)
        .where(Payment.gift == Gift.id)
        .correlate(Gift)
        .scalar_subquery()
    )
    asked = of_clients(
        Invoice.issued_on,
        Invoice.number,
        Line.text,
        Gift.code,
        Gift.amount_cents,
        Gift.paid_out,
        spent.label("spent"),
        back.label("back"),
    )
    asked = asked.join(Invoice, Invoice.client == Client.id).join(Line, Line.invoice == Invoice.id)
    asked = asked.join(Gift, Gift.line == Line.id).where(Invoice.void_on.is_(None))
    for row in work.run(within(asked.order_by(Invoice.issued_on, Gift.code), work, granted)):
        worth = Money(row.amount_cents)
        in_cash = [amount for _on, amount in rests.of(row.paid_out)]
        left = gifts.balance(worth, [Money(row.spent or 0), *in_cash], [Money(row.back or 0)])
        if left > NOTHING:
            cells = (row.issued_on, name_of(row), row.number, row.code, None, worth, left)
            yield Detail(cells, row.number, ClientId(row.client))


def _bundles(work: Work, granted: Reach) -> Iterator[Detail]:
    asked = of_clients(
        Bundle.id,
        Bundle.visits,
        Invoice.issued_on,
        Invoice.number,
        Treatment.name,
        TOTAL.label("whole"),
        Line.id.label("line"),
    )
    asked = asked.join(Invoice, Invoice.client == Client.id).join(Line, Line.invoice == Invoice.id)
    asked = asked.join(Bundle, Bundle.line == Line.id).join(Treatment, Treatment.id == Bundle.treatment)
    rows = work.run(within(asked.where(Invoice.void_on.is_(None)), work, granted)).all()
    if not rows:
        return
    open_, sales = purses.purses_of(work, None), purses.sales_of(work)
    for row in sorted(rows, key=lambda row: (row.issued_on, row.id)):
        purse = open_[BundleId(row.id)]
        back = [refund for refund in sales.late_refunds if refund.line == row.line]
        left = bundles.still_open(sales.pieces.get(row.line, ()), back, purse.funding, work.today)
        visits = row.visits - len(purse.bundle.uses)
        if left > NOTHING:
            cells = (row.issued_on, name_of(row), row.number, row.name, visits, Money(row.whole), left)
            yield Detail(cells, row.number, ClientId(row.client))


def _credit(work: Work, granted: Reach) -> Iterator[Detail]:
    """Find money that clients left here for nothing yet; few have any."""
    names = {row.client: name_of(row) for row in work.run(within(of_clients(), work, granted))}
    for client, ledger in ledgers.ledgers(work, list(_may_have_credit(work))):
        if client not in names:
            continue
        settled = billing.settle(ledger.lines, ledger.payments, ledger.refunds)
        own = [credit for credit in settled.credits if credit.method not in billing.NOT_THE_CLIENTS]
        left = Money(sum(credit.amount.cents for credit in own))
        if left > NOTHING:
            since: date = min(credit.on for credit in own)
            yield Detail((since, names[client], "", "", None, None, left), client=client)


def _may_have_credit(work: Work) -> Mapping[str, None]:
    spent = (
        select(func.sum(Allocation.amount_cents)).where(Allocation.payment == Payment.id).scalar_subquery()
    )
    asked = select(Payment.client).where(func.coalesce(spent, 0) < Payment.amount_cents).distinct()
    return dict.fromkeys(work.session.scalars(asked))
