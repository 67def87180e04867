"""The whole practice as a portable file: taken in all or nothing, given out as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.exchange import portable as post
from clinic.exchange.contents import LISTS, PortablePractice
from clinic.office import issuing, takings
from clinic.office.items import Item, item_of, row_of
from clinic.records import (
    Allocation,
    Appointment,
    Base,
    Bundle,
    Client,
    Gift,
    Invoice,
    Letter,
    Line,
    Note,
    Payment,
    Refund,
    RefundAllocation,
    Room,
    Screening,
    Staff,
    Treatment,
)
from clinic.rules.permissions import Permission
from clinic.values import Progress, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.storage.work import Work

KEPT: Mapping[str, type[Base]] = {
    "staff": Staff,
    "rooms": Room,
    "treatments": Treatment,
    "clients": Client,
    "screenings": Screening,
    "letters": Letter,
    "appointments": Appointment,
    "notes": Note,
    "invoices": Invoice,
    "bundles": Bundle,
    "gifts": Gift,
    "payments": Payment,
    "refunds": Refund,
}
