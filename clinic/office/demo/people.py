"""The people of the demo: a client as the file will have them, and the visits they come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from clinic.office.demo.catalogue import Item
    from clinic.office.demo.house import Treatment
    from clinic.values import State

WISHED = (
    ("neck_post", "left_upper_trap", "right_upper_trap"),
    ("low_back",),
    ("upper_back", "right_scapula"),
    ("left_calf", "right_calf"),
)
USED = ("Jojoba oil, unscented", "Hypoallergenic lotion")


@dataclass(slots=True, eq=False)
class Client:
    """A client as the portable file has them, with the habits that shape their years here."""

    number: int
    item: Item
    story: Item
    letter: Item | None
    complaint: Item
    treatment: Treatment
    therapist: int
    wish: int
    rhythm: float
    since: date
    until: date
    visits: list[Visit] = field(default_factory=list)
    """In the order of the diary, once it is filled."""

    @property
    def id(self) -> str:
        """The id in the file."""
        return str(self.item["id"])

    @property
    def name(self) -> str:
        """The name as it stands on paper."""
        return f"{self.item['given_name']} {self.item['family_name']}".strip()

    def account(self, on: date) -> str | None:
        """Name the kind of tax-favoured account that could pay for massage that day."""
        for account in self.item.get("accounts", ()):
            if account["kind"] != "LPFSA" and account.get("opened", account.get("year_start", "")) <= str(on):
                return str(account["kind"])
        return None


@dataclass(slots=True, eq=False)
class Visit:
    """An appointment as it is written into the diary."""

    client: Client
    staff: str
    room: str
    treatment: Treatment
    at: datetime
    state: State
    reason: str | None = None
    minutes_given: int | None = None
    letter: str | None = None
    diagnosis: str | None = None
    id: str = ""

    @property
    def day(self) -> date:
        """The day it is on."""
        return self.at.date()

    @property
    def ends(self) -> datetime:
        """When the client gets up."""
        return self.at + timedelta(minutes=self.treatment.minutes)

    @property
    def item(self) -> Item:
        """It, as the portable file writes it."""
        item: Item = {
            "id": self.id,
            "client": self.client.id,
            "staff": self.staff,
            "room": self.room,
            "treatment": self.treatment.id,
            "at": self.at.isoformat(timespec="minutes"),
            "minutes": self.treatment.minutes,
            "state": self.state.value,
        }
        for key in ("letter", "diagnosis", "minutes_given", "reason"):
            value = getattr(self, key)
            if value is not None:
                item[key] = value
        return item | wishes_of(self.client.id)


def wishes_of(client: str) -> Item:
    """Say which areas somebody always asks for, and with what; most name none."""
    number = crc32(client.encode())
    sites = WISHED[number // 7 % len(WISHED)] if number % 3 == 0 else ()
    goods = (USED[number // 5 % len(USED)],) if number % 5 == 0 else ()
    return ({"sites": list(sites)} if sites else {}) | ({"products": list(goods)} if goods else {})
