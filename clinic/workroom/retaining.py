"""Retaining: the last day that clients' files speak of, from which the time runs that they are kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.records import Appointment, Client, Consent, Invoice, Letter, Payment, Refund, Screening
from clinic.rules import keeping
from clinic.storage.erasing import NOBODY
from clinic.values import ClientId, State

if TYPE_CHECKING:
    from sqlalchemy import Select

    from clinic.storage.work import Work

SPEAKING: tuple[Select[*tuple[Any, ...]], ...] = (
    select(Appointment.client, func.max(Appointment.at)).where(Appointment.state == State.DONE),
    select(Invoice.client, func.max(Invoice.issued_on)),
    select(Payment.client, func.max(Payment.paid_on)),
    select(Payment.client, func.max(Refund.refunded_on)).join(Refund, Refund.payment == Payment.id),
    select(Screening.client, func.max(Screening.answered_at)),
    select(Consent.client, func.max(Consent.given_on)),
    select(Letter.client, func.max(Letter.signed_on)),
)
"""What bears the days of a file: a visit, money either way, answers, what was signed, a letter (`domain.md` G4)."""


def kept_until(work: Work, client: str) -> date | None:
    """Tell the last day on which a file must be kept; None where nothing in it bears a day."""
    born = work.get(Client, client).born
    return keeping.keep_until(born, _last_days(work, client).get(client), _years(work))


def over(work: Work) -> dict[ClientId, date]:
    """Find the files whose time is over, the longest over first, with the last day on which each had to be kept."""
    last = _last_days(work)
    last.pop(NOBODY, None)
    born = {row.id: row.born for row in work.run(select(Client.id, Client.born))}
    ends = {client: keeping.keep_until(born[client], day, _years(work)) for client, day in last.items()}
    found = sorted((until, client) for client, until in ends.items() if until and until < work.today)
    return {ClientId(client): until for until, client in found}


def _years(work: Work) -> int:
    """Tell how many years this practice keeps a file: never fewer than it must."""
    return max(keeping.YEARS, int((work.practice.settings or {}).get("keep_years", keeping.YEARS)))


def _last_days(work: Work, client: str | None = None) -> dict[str, date]:
    found: dict[str, date] = {}
    for asked in SPEAKING:
        whose = asked.selected_columns[0]
        some = asked.group_by(whose) if client is None else asked.group_by(whose).where(whose == client)
        for row in work.run(some):
            key, at = tuple(row)
            day = at.date() if isinstance(at, datetime) else at
            if day is not None:
                found[key] = max(day, found.get(key, day))
    return found
