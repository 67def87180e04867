"""What a portable practice file holds, and the same joined with what a practice keeps already."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from clinic.exchange.jsontext import pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

Item = dict[str, Any]
"""One thing exactly as the file writes it, its shape checked."""


@dataclass(frozen=True, slots=True)
class PortablePractice:
    """A practice in plain values: each list as in the file, in the file's order."""

    exported_at: str | None = None
    practice: Item | None = None
    staff: list[Item] = field(default_factory=list)
    rooms: list[Item] = field(default_factory=list)
    treatments: list[Item] = field(default_factory=list)
    clients: list[Item] = field(default_factory=list)
    screenings: list[Item] = field(default_factory=list)
    letters: list[Item] = field(default_factory=list)
    clinicians: list[Item] = field(default_factory=list)
    requests: list[Item] = field(default_factory=list)
    appointments: list[Item] = field(default_factory=list)
    notes: list[Item] = field(default_factory=list)
    invoices: list[Item] = field(default_factory=list)
    bundles: list[Item] = field(default_factory=list)
    gifts: list[Item] = field(default_factory=list)
    payments: list[Item] = field(default_factory=list)
    refunds: list[Item] = field(default_factory=list)
    steps: list[Item] = field(default_factory=list)
    attempts: list[Item] = field(default_factory=list)
    closings: list[Item] = field(default_factory=list)
    blocks: list[Item] = field(default_factory=list)
    waiting: list[Item] = field(default_factory=list)
    plans: list[Item] = field(default_factory=list)
    phrases: list[Item] = field(default_factory=list)
    consents: list[Item] = field(default_factory=list)
    decisions: list[Item] = field(default_factory=list)
    clearance_requests: list[Item] = field(default_factory=list)

    def of(self, name: str) -> list[Item]:
        """Take one of the lists by its name."""
        items: list[Item] = getattr(self, name)
        return items


LISTS = tuple(one.name for one in fields(PortablePractice) if one.name not in {"exported_at", "practice"})

Place = str | None
"""Where an item stands in the file; None for one that is not of the file."""


class Joined:
    """A file beside what the practice keeps; an id of the file replaces the same id there."""

    def __init__(self, file: PortablePractice, there: PortablePractice) -> None:
        self.file = file
        self.practice: Item = file.practice or there.practice or {}
        own = {name: {item["id"] for item in file.of(name)} for name in LISTS}
        self._there = {name: [i for i in there.of(name) if i["id"] not in own[name]] for name in LISTS}
        self.items = {name: {item["id"]: item for _, item in self.every(name)} for name in LISTS}
        self.lines = {line["id"]: (line, invoice) for _, line, invoice in self.every_line()}

    def every(self, name: str) -> Iterator[tuple[Place, Item]]:
        """Go through a list, what is kept first: so whatever tips a sum over is found in the file."""
        for item in self._there[name]:
            yield None, item
        for place, item in enumerate(self.file.of(name)):
            yield f"/{name}/{place}", item

    def every_line(self) -> Iterator[tuple[Place, Item, Item]]:
        """Go through the lines of all invoices, each with its invoice."""
        for at, invoice in self.every("invoices"):
            for place, line in enumerate(invoice["lines"]):
                yield (None if at is None else f"{at}/lines/{place}"), line, invoice


def under(at: Place, *parts: str | int) -> Place:
    """Name a place inside an item; an item that is not of the file has none."""
    return None if at is None else at + pointer(*parts)
