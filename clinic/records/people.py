"""The people: those who work here and those on the table."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.records.base import Base, Key, Versioned, kept_as, refers_to
from clinic.values import Gender, Role, Topic


class Staff(Versioned, Base):
    """Someone who works here, with credentials and hours."""

    __tablename__ = "staff"
    topic = Topic.STAFF

    id: Mapped[Key]
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(kept_as(Role))
    title: Mapped[str | None]
    certificate: Mapped[dict[str, Any] | None]
    npi: Mapped[str | None]
    prenatal_certified: Mapped[bool | None]
    policies: Mapped[list[dict[str, Any]] | None]
    hours: Mapped[dict[str, Any] | None]
    special_days: Mapped[list[dict[str, Any]] | None]
    """Single days with hours of their own."""
    lymphatic_certified: Mapped[bool | None]
    limits: Mapped[dict[str, Any] | None]
    """What the hands are good for in one day: visits, minutes, deep visits."""
    gender: Mapped[Gender | None] = mapped_column(kept_as(Gender))
    left_on: Mapped[date | None]
    """The first day on which they no longer work here."""
    education: Mapped[list[dict[str, Any]] | None]
    """Courses taken, with the hours they count for."""


class Client(Versioned, Base):
    """The person on the table, and how to reach and bill them."""

    __tablename__ = "clients"
    __table_args__ = (
        Index("ix_clients_sorting", "sort_key", "id"),
        Index("ix_clients_household", "household", sqlite_where=text("household IS NOT NULL")),
        # The table of clients is counted and jumped through in this index, without looking at anybody.
        Index("ix_clients_current", "sort_key", "id", sqlite_where=text("archived_on IS NULL")),
        Index("ix_clients_last_visit", "last_visit", "id", sqlite_where=text("archived_on IS NULL")),
    )
    topic = Topic.CLIENTS

    id: Mapped[Key]
    given_name: Mapped[str]
    family_name: Mapped[str]
    preferred_name: Mapped[str | None]
    born: Mapped[date | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    address: Mapped[dict[str, Any] | None]
    guardian: Mapped[dict[str, Any] | None]
    emergency: Mapped[dict[str, Any] | None]
    payer: Mapped[dict[str, Any] | None]
    accounts: Mapped[list[dict[str, Any]] | None]
    relations: Mapped[list[dict[str, Any]] | None]
    allergies: Mapped[list[str] | None]
    wishes: Mapped[str | None]
    """How somebody likes it here: firm pressure, no music, the room with the window."""
    letters_along: Mapped[bool | None]
    """Scans of letters may go along with the papers of the year, as the client agreed."""
    do_not_contact: Mapped[bool | None]
    """Nobody calls or writes to this client of the practice's own accord."""
    prefers_gender: Mapped[Gender | None] = mapped_column(kept_as(Gender))
    assigned_to: Mapped[str | None] = mapped_column(String, refers_to("staff"), index=True)
    archived_on: Mapped[date | None]
    household: Mapped[str | None]
    """A word shared by those who live together."""
    hold: Mapped[dict[str, Any] | None]
    """Why this file is kept whatever its age: a claim, a complaint, a court."""
    sort_key: Mapped[str]
    """Family and given name, folded, so that the database can sort people as people do."""
    search_text: Mapped[str]
    """Every way someone may be looked for: names, the endings of the phone number, the day of birth."""
    last_visit: Mapped[datetime | None]
    """When they were last treated here; the file itself keeps it, so that all can be sorted by it."""

    @property
    def name(self) -> str:
        """The name as it stands on paper."""
        return f"{self.given_name} {self.family_name}".strip()


def folded(text: str) -> str:
    """Write a name the way people look for it: without accents, case or doubled spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def sort_key(given_name: str, family_name: str) -> str:
    """Order people by family name, then given name."""
    return folded(f"{family_name} {given_name}")


def search_text(
    given_name: str,
    family_name: str,
    preferred_name: str | None,
    phone: str | None,
    born: date | None,
) -> str:
    """Collect all that someone may be looked for by; a phone number also by its last seven and last four."""
    digits = re.sub(r"\D", "", phone or "")
    numbers = dict.fromkeys(ending for ending in (digits, digits[-10:], digits[-7:], digits[-4:]) if ending)
    names = (folded(name) for name in (given_name, family_name, preferred_name) if name)
    return " ".join((*names, *numbers, born.strftime("%Y%m%d") if born else "")).strip()
