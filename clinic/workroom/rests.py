"""The small rests of gift certificates that were paid in cash: they are few, and each has its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.records import Gift, Invoice, Line
from clinic.values import ClientId, Money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class Rest:
    """What was left on a certificate and went to its holder in cash."""

    on: date
    amount: Money
    code: str
    receipt: str
    client: ClientId
    """Who bought it."""


def of(kept: Sequence[Mapping[str, Any]] | None) -> list[tuple[date, Money]]:
    """Read what a certificate keeps of its rests: when, and how much."""
    return [(date.fromisoformat(each["on"]), Money(each["cents"])) for each in kept or ()]


def paid_in_cash(work: Work, first: date = date.min, last: date = date.max) -> Iterator[Rest]:
    """Give the rests paid between two days, both among them."""
    asked = (
        select(Gift.paid_out, Gift.code, Invoice.client, Invoice.number)
        .join(Line, Line.id == Gift.line)
        .join(Invoice, Invoice.id == Line.invoice)
        .where(Gift.paid_out.is_not(None))
    )
    for row in work.run(asked):
        for on, amount in of(row.paid_out):
            if first <= on <= last:
                yield Rest(on, amount, row.code, row.number, ClientId(row.client))
