"""What can need attention: the kinds of things that will not mend themselves, and one such thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from clinic.records import Client
from clinic.values import NOTHING

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Row

    from clinic.values import AppointmentId, ClientId, Money, StaffId, State


class Why(StrEnum):
    """Why something stands in the list; in the order of the list, the most urgent first."""

    FLAG_EMERGENCY = "flag_emergency"
    FLAG_REFUSES = "flag_refuses"
    FLAG_HOLDS = "flag_holds"
    CLEARANCE_TO_ASK = "clearance_to_ask"
    CLEARANCE_LATE = "clearance_late"
    CLEARANCE_TO_VERIFY = "clearance_to_verify"
    QUESTIONS_OPEN = "questions_open"
    HISTORY_ENDS = "history_ends"
    HISTORY_AWAY = "history_away"
    FLAG_SETTLED = "flag_settled"
    LEAVES = "leaves"
    BREACH = "breach"
    NOTHING_OFFERED = "nothing_offered"
    BACKUP_OVERDUE = "backup_overdue"
    AFTER_LETTER = "after_letter"
    BEYOND_LETTER = "beyond_letter"
    LETTER_ENDS = "letter_ends"
    FEW_VISITS = "few_visits"
    UNPAID = "unpaid"
    UNCHARGED = "uncharged"
    FEE_OPEN = "fee_open"
    DRAFT = "draft"
    UNSIGNED = "unsigned"
    REVIEW_DUE = "review_due"
    CERTIFICATE_ENDS = "certificate_ends"
    POLICY_ENDS = "policy_ends"
    REGISTRATION_ENDS = "registration_ends"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to see to, with the facts that say why."""

    why: Why
    name: str = ""
    staff: StaffId | None = None
    """Whose credential it is, for those who may renew it; or who leaves."""
    client: ClientId | None = None
    appointment: AppointmentId | None = None
    amount: Money = NOTHING
    on: date | None = None
    """The day it is about: of the visit, of the end, of the last backup."""
    first: date | None = None
    """The first of the visits ahead that it concerns."""
    since: date | None = None
    """The day from which it is so: a history was told, or a client was here last."""
    count: int = 1
    """How many visits it is about; the one it names is the first of them."""
    letter: str = ""
    used: int = 0
    visits: int | None = None
    state: State | None = None
    """Where the visit stands."""
    what: str = ""
    """Which kind of insurance it is."""


NAMED = (Client.id.label("client"), Client.preferred_name, Client.given_name, Client.family_name)


def name_of(row: Row[Any]) -> str:
    """Call a client by the name they like."""
    return row.preferred_name or f"{row.given_name} {row.family_name}".strip()
