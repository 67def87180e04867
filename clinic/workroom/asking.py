"""Questions about money and whose it is, in the parts that several tasks put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import Select, func, select

from clinic.records import Client, Line
from clinic.rules.permissions import Reach

if TYPE_CHECKING:
    from clinic.storage.work import Work

Asked: TypeAlias = Select[*tuple[Any, ...]]
TOTAL = Line.price_cents - func.coalesce(Line.discount_cents, 0) + func.coalesce(Line.tax_cents, 0)
"""What a line asks for, in cents."""


def of_clients(*facts: Any) -> Asked:
    """Ask for facts together with the client they are about; the caller joins the client in."""
    return select(*facts, Client.id.label("client"), Client.given_name, Client.family_name)


def name_of(row: Any) -> str:
    """Read the client's name from such an answer."""
    return f"{row.given_name} {row.family_name}".strip()


def within(asked: Asked, work: Work, granted: Reach) -> Asked:
    """Keep to one's own clients where the reach goes no further."""
    return asked.where(work.own_clients()) if granted is Reach.OWN else asked
