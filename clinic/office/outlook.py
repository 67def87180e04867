"""Outlook: what the receipt will say of charges and the money for them, before anything is charged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clinic.records import Bundle, Line
from clinic.rules import annual, billing, calendar, necessity, settling
from clinic.rules.permissions import Permission
from clinic.values import NOTHING, InvoiceId, LineId, LineKind, Method, Money, PaymentId, State
from clinic.workroom import excerpts, facts, sheets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clinic.office.charges import Charge
    from clinic.office.till import Tender
    from clinic.rules.annual import YearLine
    from clinic.storage.work import Work
    from clinic.values import ClientId


@dataclass(frozen=True, slots=True)
class Outlook:
    """The mark as it would stand on the receipt, and what a health account's card would wrongly pay."""

    care: bool
    """Whether there is a treatment among the charges at all."""
    marked: bool
    applies_to: Money
    letter: str
    issuer: str
    valid_to: date | None
    visit: int | None
    visits: int | None
    codes: tuple[str, ...]
    """What keeps the treatment from being marked, or warns."""
    beyond: Money
    """What an HSA, FSA or HRA card would pay though it is not marked."""
    beyond_for: tuple[LineKind, ...]


def foresee(work: Work, *, client: ClientId, charges: Sequence[Charge], tenders: Sequence[Tender]) -> Outlook:
    """Judge charges as if they were paid now by these tenders, or by card where none are given yet."""
    work.require(Permission.MONEY_TAKE, client=client)
    rows = _as_if(work, client, charges, tenders)
    care = [row for row in rows if row.line.kind is LineKind.TREATMENT]
    first = next((row for row in care if row.marked), care[0] if care else None)
    letter = first.judgement.letter if first else None
    policy = facts.policy_of(work.practice.settings)
    window = necessity.window(letter, policy.lmn_retro_days) if letter else None
    wrongly = {row.line.kind: over for row in rows if (over := _beyond(row))}
    return Outlook(
        bool(care),
        any(row.marked for row in care),
        Money(sum(row.eligible.cents for row in care)),
        sheets.called(letter) if letter else "",
        sheets.issuer(letter) if letter else "",
        window.end if window else None,
        first.judgement.visit if first else None,
        letter.max_visits if letter else None,
        tuple(sorted({code for row in care for code in row.judgement.codes})),
        Money(sum(over.cents for over in wrongly.values())),
        tuple(wrongly),
    )


def _beyond(row: YearLine) -> Money:
    """Tell how much of a line a health account's card would pay without the mark behind it."""
    by_card = sum(piece.amount.cents for piece in row.pieces if piece.method in billing.HEALTH_CARDS)
    return Money(by_card) - row.account


def _as_if(
    work: Work, client: ClientId, charges: Sequence[Charge], tenders: Sequence[Tender]
) -> list[YearLine]:
    """Write the charges into the client's ledger, on a sheet that is thrown away."""
    ledger = excerpts.of_visits(work, client, {c.appointment for c in charges if c.appointment is not None})
    lines = [_line(work, place, charge) for place, charge in enumerate(charges)]
    prepaid = [
        _payment(work, f"~b{line.id}", Method.CARD, line.total) for line in lines if _is_use(line, charges)
    ]
    owed = [line for line in lines if not _is_use(line, charges)]
    offered = [_payment(work, f"~{n}", tender.method, tender.amount) for n, tender in enumerate(tenders)]
    if not offered:
        asked = Money(sum(line.total.cents for line in owed))
        offered = [_payment(work, "~", Method.CARD, asked)]
    settled = settling.in_hand(owed, offered)
    paid = [replace(payment, allocations=settled[payment.id]) for payment in offered]
    for payment in prepaid:
        line = next(line for line in lines if payment.id == f"~b{line.id}")
        paid.append(replace(payment, allocations=(billing.Allocation(line.id, line.total),)))
    charged = {charge.appointment for charge in charges}
    visits = tuple(
        replace(visit, state=State.DONE)
        if visit.id in charged and calendar.ends_when_paid(visit.state, visit.at, work.wall)
        else visit
        for visit in ledger.visits
    )
    whole = replace(ledger, lines=(*ledger.lines, *lines), payments=(*ledger.payments, *paid), visits=visits)
    judged = annual.all_lines(whole, excerpts.practice_of(work, ledger))
    own = {line.id for line in lines}
    return [row for row in judged if row.line.id in own]


def _is_use(line: billing.Line, charges: Sequence[Charge]) -> bool:
    return charges[line.position].kind is LineKind.BUNDLE_USE


def _line(work: Work, place: int, charge: Charge) -> billing.Line:
    """Make the line of a charge; a visit from a bundle counts as a treatment at its share of the bundle."""
    line = billing.Line(
        LineId(f"~{place}"),
        InvoiceId("~"),
        work.today,
        place,
        charge.kind,
        charge.text,
        charge.price,
        charge.discount,
        charge.tax,
        charge.appointment,
    )
    if charge.kind is not LineKind.BUNDLE_USE:
        return line
    bundle = work.get(Bundle, charge.bundle or "")
    sale = work.get(Line, bundle.line)
    price = Money(sale.price_cents - (sale.discount_cents or 0) + (sale.tax_cents or 0))
    share = price.split(bundle.visits)[0]
    return replace(line, kind=LineKind.TREATMENT, price=share, discount=NOTHING, tax=NOTHING)


def _payment(work: Work, key: str, method: Method, amount: Money) -> billing.Payment:
    return billing.Payment(PaymentId(key), work.today, method, amount)
