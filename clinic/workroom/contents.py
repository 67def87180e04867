"""Contents: everything in the practice file as the portable file tells it."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import select

from clinic.exchange.contents import PortablePractice
from clinic.records import (
    Allocation,
    Appointment,
    Attempt,
    Block,
    Bundle,
    ClearanceRequest,
    Client,
    Clinician,
    Closing,
    Consent,
    Decision,
    Gift,
    Invoice,
    Letter,
    Line,
    Note,
    Payment,
    Phrase,
    Plan,
    Refund,
    RefundAllocation,
    Request,
    Room,
    Screening,
    Staff,
    Step,
    Treatment,
    Wait,
)
from clinic.workroom.items import Item, item_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.storage.work import Work

Named: TypeAlias = (
    type[Staff]
    | type[Room]
    | type[Treatment]
    | type[Client]
    | type[Screening]
    | type[Letter]
    | type[Appointment]
    | type[Note]
    | type[Bundle]
    | type[Gift]
    | type[Step]
    | type[Attempt]
    | type[Closing]
    | type[Block]
    | type[Wait]
    | type[Plan]
    | type[Phrase]
    | type[Clinician]
    | type[Request]
    | type[Consent]
    | type[Decision]
    | type[ClearanceRequest]
)
PLAIN: Mapping[str, tuple[Named, tuple[str, ...]]] = {
    "staff": (Staff, ()),
    "rooms": (Room, ()),
    "treatments": (Treatment, ()),
    "clients": (Client, ("sort_key", "search_text", "last_visit")),
    "screenings": (Screening, ()),
    "letters": (Letter, ()),
    "clinicians": (Clinician, ()),
    "requests": (Request, ()),
    "appointments": (Appointment, ("held_from", "held_to")),
    "notes": (Note, ("search_text",)),
    "bundles": (Bundle, ()),
    "gifts": (Gift, ()),
    "steps": (Step, ()),
    "attempts": (Attempt, ()),
    "closings": (Closing, ()),
    "blocks": (Block, ()),
    "waiting": (Wait, ()),
    "plans": (Plan, ()),
    "phrases": (Phrase, ()),
    "consents": (Consent, ()),
    "decisions": (Decision, ()),
    "clearance_requests": (ClearanceRequest, ()),
}
"""Lists whose items are one record each, and the columns that are the file's own affair."""


def gathered(work: Work) -> PortablePractice:
    """Gather every list, each in the order of its ids, so that equal practices are equal files."""
    practice = item_of(work.practice, "id", "preferences", "verification_key")
    lists: dict[str, Any] = {
        name: [item_of(record, *without) for record in work.session.scalars(select(kind).order_by(kind.id))]
        for name, (kind, without) in PLAIN.items()
    }
    for decision in lists["decisions"]:
        decision["findings"] = [
            {key: value for key, value in finding.items() if value is not None}  # absent, never null
            for finding in decision["findings"]
        ]
    return PortablePractice(
        exported_at=work.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        practice=practice,
        invoices=_invoices(work),
        payments=_with_parts(work, Payment, Allocation, "payment"),
        refunds=_with_parts(work, Refund, RefundAllocation, "refund"),
        **lists,
    )


def _invoices(work: Work) -> list[Item]:
    lines = defaultdict(list)
    for line in work.session.scalars(select(Line).order_by(Line.invoice, Line.position)):
        lines[line.invoice].append(item_of(line, "invoice", "position"))
    items = []
    for invoice in work.session.scalars(select(Invoice).order_by(Invoice.id)):
        item = item_of(invoice, "void_on", "void_reason")
        item["lines"] = lines[invoice.id]
        if invoice.void_on is not None:
            item["void"] = {"on": invoice.void_on.isoformat(), "reason": invoice.void_reason or ""}
        items.append(item)
    return items


def _with_parts(
    work: Work,
    kind: type[Payment | Refund],
    part: type[Allocation | RefundAllocation],
    owner: str,
) -> list[Item]:
    parts = defaultdict(list)
    rows = select(getattr(part, owner).label("owner"), part.line, part.amount_cents)
    for row in work.run(rows.order_by(getattr(part, owner), part.position)):
        parts[row.owner].append({"line": row.line, "amount_cents": row.amount_cents})
    items = []
    for record in work.session.scalars(select(kind).order_by(kind.id)):
        item = item_of(record)
        item["allocations"] = parts[item["id"]]
        items.append(item)
    return items
