"""Refunds: money paid back gets its number and its credit note."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from clinic.records import Client, Paper, PaperKind, Payment, Refund, RefundAllocation
from clinic.rules import annual, billing, books
from clinic.values import Money, PaymentId, RefundId
from clinic.workroom import ledgers, sheets
from clinic.workroom.issuing import frozen, take_numbers
from clinic.workroom.items import row_of

if TYPE_CHECKING:
    from clinic.exchange.contents import Item
    from clinic.rules.annual import Ledger
    from clinic.storage.work import Work


def keep_arrived(work: Work, items: list[Item]) -> None:
    """Keep refunds that came in a file: numbered by day and id, taken back from what their payment settled."""
    if not items:
        return
    brought = {item["id"]: item["number"] for item in items if "number" in item}
    ours = [number for text in brought.values() if (number := books.parse(text)) is not None]
    wanting = [(date.fromisoformat(i["refunded_on"]), i["id"]) for i in items if "number" not in i]
    given = take_numbers(work, books.Book.CREDIT_NOTES, wanting, ours) if wanting or ours else {}
    numbers = brought | {key: str(number) for key, number in given.items()}
    work.keep_many(Refund, [row_of(Refund, item, number=numbers[item["id"]]) for item in items])
    work.keep_many(
        RefundAllocation,
        [_part(i["id"], n, p) for i in items for n, p in enumerate(i.get("allocations", ()))],
    )
    payments = {item["payment"] for item in items}
    clients = {work.get(Payment, payment).client for payment in payments}
    shared = ledgers.practice_of(work, None)
    station = sheets.stationery(work, shared.policy)
    silent = {item["id"] for item in items if "allocations" not in item}
    rows: list[dict[str, Any]] = []
    papers: list[dict[str, Any]] = []
    for client, ledger in ledgers.ledgers(work, clients):
        told = _taken_back(ledger, silent)
        lines = {row.line.id: row for row in annual.all_lines(ledger, shared)}
        by_id = {payment.id: payment for payment in ledger.payments}
        for refund, parts in told:
            if refund.id in silent:
                rows += [
                    _part(refund.id, n, {"line": part.line, "amount_cents": part.amount.cents})
                    for n, part in enumerate(parts)
                ]
            if refund.id in numbers:
                refunded = sheets.Refunded(
                    numbers[refund.id],
                    datetime.combine(refund.refunded_on, time(12)),
                    work.get(Client, client),
                    by_id[refund.payment],
                    refund.refunded_on,
                    refund.amount,
                    parts,
                    lines,
                )
                sheet = sheets.credit_note_sheet(refunded, station)
                papers.append(frozen(work, sheet, PaperKind.CREDIT_NOTE, refund=refund.id))
    work.keep_many(RefundAllocation, rows)
    work.keep_many(Paper, papers)


def _part(refund: str, position: int, part: Item) -> dict[str, Any]:
    return {
        "refund": refund,
        "position": position,
        "line": part["line"],
        "amount_cents": part["amount_cents"],
    }


def _taken_back(
    ledger: Ledger,
    silent: set[str],
) -> list[tuple[billing.Refund, tuple[billing.Allocation, ...]]]:
    """Work out, in the order they were made, what each refund takes back."""
    payments = {payment.id: payment for payment in ledger.payments}
    earlier: dict[PaymentId, list[billing.Refund]] = defaultdict(list)
    told = []
    for refund in sorted(ledger.refunds, key=lambda r: (r.refunded_on, r.id)):
        parts = refund.allocations or ()
        if refund.id in silent:
            before = earlier[refund.payment]
            parts = billing.allocate_refund(refund, payments[refund.payment], ledger.lines, before)
        full = billing.Refund(
            RefundId(refund.id),
            refund.payment,
            refund.refunded_on,
            Money(refund.amount.cents),
            parts,
        )
        earlier[refund.payment].append(full)
        told.append((full, parts))
    return told
