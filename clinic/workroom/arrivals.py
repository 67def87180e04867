"""Arrivals: items of a portable file become records, with what only this practice can add to them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from clinic.records import (
    Allocation,
    Appointment,
    Client,
    Invoice,
    Line,
    Note,
    Paper,
    PaperKind,
    Payment,
    Practice,
    Request,
    Staff,
    Treatment,
)
from clinic.records.people import search_text, sort_key
from clinic.rules import billing, books, calendar, settling
from clinic.values import LineId, Money, PaymentId, RefundId, Refusal, Role
from clinic.workroom import ledgers, noting, receipts, refunding, requesting, sheets
from clinic.workroom.contents import PLAIN
from clinic.workroom.issuing import frozen, take_numbers
from clinic.workroom.items import row_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clinic.exchange.contents import Item
    from clinic.records import Base
    from clinic.storage.work import Work
    from clinic.values import Progress


def replace_practice(work: Work, item: Item) -> None:
    """Let the file's letterhead and settings take the place of ours; a new zone moves every time it holds."""
    practice = work.practice
    zone_before = practice.time_zone
    for name, value in row_of(Practice, item).items():
        if (
            name not in {"id", "version", "preferences", "verification_key"}
            and getattr(practice, name) != value
        ):
            setattr(practice, name, value)
    if practice.time_zone != zone_before:
        held = _held_by(work)
        for appointment in work.session.scalars(select(Appointment)):
            taken = held(appointment.at, appointment.minutes, appointment.treatment)
            appointment.held_from, appointment.held_to = taken.start, taken.end
    work.flush()


def keep(
    work: Work,
    added: Mapping[str, list[Item]],
    updated: Mapping[str, list[Item]],
    progress: Progress | None,
) -> None:
    """Keep what is new and change what is known, in an order in which nothing points at nothing."""
    whole = len(PLAIN) + 4
    for name, (kind, _) in PLAIN.items():
        if name in {"appointments", "bundles", "gifts"}:
            continue
        work.keep_many(kind, [_row(kind, item) for item in added[name]])
        _update(work, kind, updated[name])
        _tell(progress, list(PLAIN).index(name), whole)
    work.flush()
    if not work.session.scalar(select(func.count()).select_from(Staff).where(Staff.role == Role.OWNER)):
        raise Refusal("last_owner", at="/staff")
    _keep_appointments(work, added["appointments"], updated["appointments"])
    _tell(progress, whole - 3, whole)
    _keep_money(work, added, updated["invoices"])
    _tell(progress, whole, whole)


def _tell(progress: Progress | None, done: int, whole: int) -> None:
    if progress is not None:
        progress(done, whole)


def _row(kind: type[Base], item: Item) -> dict[str, Any]:
    row = row_of(kind, item)
    if kind is Note:
        return row | {"search_text": noting.search_text(item, item.get("addenda", ()))}
    if kind is Request:
        requesting.check_said(item)
    return _findable(row) if kind is Client else row


def _findable(row: dict[str, Any]) -> dict[str, Any]:
    given, family = row["given_name"], row["family_name"]
    row["sort_key"] = sort_key(given, family)
    row["search_text"] = search_text(given, family, row["preferred_name"], row["phone"], row["born"])
    return row


def _update(work: Work, kind: type[Base], items: Iterable[Item]) -> None:
    for item in items:
        record = work.get(kind, item["id"])
        for name, value in _row(kind, item).items():
            if name != "version" and getattr(record, name) != value:
                setattr(record, name, value)


def _held_by(work: Work) -> Any:
    """Prepare to work out what appointments hold, with each treatment's buffers looked up once."""
    zone = ZoneInfo(work.practice.time_zone)
    buffers = {
        t.id: (t.buffer_before or 0, t.buffer_after or 0) for t in work.session.scalars(select(Treatment))
    }

    def held(at: datetime, minutes: int, treatment: str) -> calendar.Held:
        before, after = buffers[treatment]
        return calendar.held(at, minutes, before, after, zone)

    return held


def _keep_appointments(work: Work, added: list[Item], updated: list[Item]) -> None:
    held = _held_by(work)
    rows = []
    for item in added:
        row = row_of(Appointment, item)
        taken = held(row["at"], row["minutes"], row["treatment"])
        rows.append(row | {"held_from": taken.start, "held_to": taken.end})
    _update_appointments(work, updated, held)
    work.keep_many(Appointment, rows)


def _update_appointments(work: Work, items: list[Item], held: Any) -> None:
    for item in items:
        record = work.get(Appointment, item["id"])
        row = row_of(Appointment, item)
        taken = held(row["at"], row["minutes"], row["treatment"])
        for name, value in (row | {"held_from": taken.start, "held_to": taken.end}).items():
            if name != "version" and getattr(record, name) != value:
                setattr(record, name, value)
    work.flush()


def _keep_money(work: Work, added: Mapping[str, list[Item]], changed_invoices: list[Item]) -> None:
    for item in changed_invoices:
        invoice = work.get(Invoice, item["id"])
        invoice.void_on, invoice.void_reason = date.fromisoformat(item["void"]["on"]), item["void"]["reason"]
    numbers = _numbered(work, added["invoices"], added["payments"])
    work.keep_many(Invoice, [_invoice_row(item, numbers) for item in added["invoices"]])
    work.keep_many(
        Line,
        [
            row_of(Line, line, invoice=item["id"], position=place)
            for item in added["invoices"]
            for place, line in enumerate(item["lines"])
        ],
    )
    for name in ("bundles", "gifts"):
        kind = PLAIN[name][0]
        work.keep_many(kind, [row_of(kind, item) for item in added[name]])
    work.keep_many(Payment, [row_of(Payment, item) for item in added["payments"]])
    _keep_parts(work, Allocation, "payment", added["payments"])
    work.flush()
    _allocate(work, [item for item in added["payments"] if "allocations" not in item], added["refunds"])
    refunding.keep_arrived(work, added["refunds"])
    _freeze(work, {item["id"]: item for item in added["invoices"]}, added["payments"])


def _invoice_row(item: Item, numbers: Mapping[str, str]) -> dict[str, Any]:
    void = item.get("void")
    return row_of(
        Invoice,
        item,
        number=numbers[item["id"]],
        void_on=date.fromisoformat(void["on"]) if void else None,
        void_reason=void["reason"] if void else None,
    )


def _numbered(work: Work, invoices: list[Item], payments: list[Item]) -> dict[str, str]:
    """Give every invoice its receipt's number: its own, or the next in order of day and id."""
    brought = {item["id"]: item["number"] for item in invoices if "number" in item}
    others = [item["number"] for item in payments if "number" in item]
    ours = [number for text in (*brought.values(), *others) if (number := books.parse(text)) is not None]
    wanting = [
        (date.fromisoformat(item["issued_on"]), item["id"]) for item in invoices if "number" not in item
    ]
    numbers = take_numbers(work, books.Book.RECEIPTS, wanting, ours) if wanting or ours else {}
    return brought | {key: str(number) for key, number in numbers.items()}


def _keep_parts(work: Work, kind: type[Base], owner: str, items: list[Item]) -> None:
    rows = [
        {owner: item["id"], "position": place, "line": part["line"], "amount_cents": part["amount_cents"]}
        for item in items
        for place, part in enumerate(item.get("allocations", ()))
    ]
    work.keep_many(kind, rows)


def _allocate(work: Work, payments: list[Item], refunds: list[Item]) -> None:
    """Settle lines with the payments of which the file does not say what they were for."""
    silent = defaultdict(set)
    for item in payments:
        silent[item["client"]].add(item["id"])
    rows = []
    for client, ledger in ledgers.ledgers(work, list(silent)) if silent else ():
        told = [
            billing.Payment(
                p.id, p.paid_on, p.method, p.amount, None if p.id in silent[client] else p.allocations
            )
            for p in ledger.payments
        ]
        back = [*ledger.refunds, *(_refund(item) for item in refunds)]
        for payment, parts in settling.allocate(ledger.lines, told, back).items():
            rows += [
                {"payment": payment, "position": n, "line": part.line, "amount_cents": part.amount.cents}
                for n, part in enumerate(parts)
            ]
    work.keep_many(Allocation, rows)


def _refund(item: Item) -> billing.Refund:
    told = item.get("allocations")
    return billing.Refund(
        RefundId(item["id"]),
        PaymentId(item["payment"]),
        date.fromisoformat(item["refunded_on"]),
        Money(item["amount_cents"]),
        None
        if told is None
        else tuple(billing.Allocation(LineId(part["line"]), Money(part["amount_cents"])) for part in told),
    )


def _freeze(work: Work, invoices: Mapping[str, Item], payments: list[Item]) -> None:
    """Freeze the sheet of every receipt that just got its number; nothing is printed."""
    later = {item["id"]: item["number"] for item in payments if "number" in item}
    clients = {item["client"] for item in invoices.values()} | {
        i["client"] for i in payments if "number" in i
    }
    if not clients:
        return
    shared = ledgers.practice_of(work, None)
    station = sheets.stationery(work, shared.policy)
    rows: list[dict[str, Any]] = []
    for _, ledger in ledgers.ledgers(work, clients):
        own = {line.invoice for line in ledger.lines if line.invoice in invoices}
        rows += [
            frozen(work, sheets.receipt_sheet(one, station), PaperKind.RECEIPT, invoice=one.id)
            for one in receipts.invoiced(work, ledger, shared, own)
        ]
        rows += [
            frozen(work, sheets.receipt_sheet(one, station), PaperKind.PAYMENT, payment=one.payment)
            for one in receipts.later(work, ledger, shared, later)
        ]
    work.keep_many(Paper, rows)
