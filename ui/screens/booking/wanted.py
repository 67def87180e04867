"""What a booking starts from: told as plain words where its panel is to be opened again, and read back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from clinic.values import AppointmentId, ClientId, RoomId, StaffId

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class BookFor:
    """What a booking starts from, as far as it is known where it is asked for."""

    client: ClientId | None = None
    like: AppointmentId | None = None
    """A visit to book again: same treatment, therapist and hour, the usual weeks later."""
    day: date | None = None
    at: datetime | None = None
    staff: StaffId | None = None
    room: RoomId | None = None
    minutes: int | None = None
    """As long as was drawn; None for as long as usual."""
    visit: AppointmentId | None = None
    """A visit that is booked already and is to be changed."""


class MoveVisit(NamedTuple):
    """A visit to be moved, on the day at which it lies open to be looked at."""

    appointment: AppointmentId
    on: date


def told(wanted: BookFor, client: ClientId | None) -> dict[str, str]:
    """Tell what a booking started from, and who was chosen since."""
    facts = asdict(replace(wanted, client=client))
    return {
        name: fact.isoformat() if isinstance(fact, date) else str(fact)
        for name, fact in facts.items()
        if fact is not None
    }


def read_back(of: Mapping[str, str]) -> BookFor:
    """Read back what a booking started from, where its panel is opened again."""
    at, day = of.get("at"), of.get("day")
    room, minutes = of.get("room"), of.get("minutes")
    return BookFor(
        client=ClientId(of["client"]) if "client" in of else None,
        like=AppointmentId(of["like"]) if "like" in of else None,
        day=date.fromisoformat(day) if day else None,
        at=datetime.fromisoformat(at) if at else None,
        staff=StaffId(of["staff"]) if "staff" in of else None,
        room=RoomId(room) if room else None,
        minutes=int(minutes) if minutes else None,
        visit=AppointmentId(of["visit"]) if "visit" in of else None,
    )
