"""Taking in 50,000 visits from a portable file, with every check there is, against inserting ready rows."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

from benchmarks import practices, town
from benchmarks.practices import MINUTES
from benchmarks.report import S, Size, ratio
from benchmarks.yardstick import in_memory, pairs
from clinic.exchange.portable import FORMAT, VERSION
from clinic.office import portable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.report import Row

BROUGHT = Size("50k", 5_000, 50_000, 12)
NOTHING_YET = Size("new", 0, 0, BROUGHT.therapists)


def rows(size: Size) -> Iterator[Row]:
    """Measure once: what is there already makes no difference to a practice that is new."""
    if size is not S:
        return
    with in_memory() as folder:
        file = folder / "visits.json"
        file.write_text(json.dumps(_document()), encoding="utf-8")
        ready = list(map(practices.appointment, town.visits(BROUGHT)))
        turns = count()

        def ours() -> None:
            with practices.seated(_new(folder / f"ours-{next(turns)}")) as desk:
                portable.take_in(desk, file)

        def theirs() -> None:
            with practices.seated(_new(folder / f"theirs-{next(turns)}")) as desk:
                raw = desk.vault.raw()
                raw.execute("BEGIN IMMEDIATE")
                practices.put(raw, "clients", map(practices.client_row, town.people(BROUGHT.clients)))
                practices.put(raw, "appointments", ready)
                raw.execute("COMMIT")
                raw.close()

        yield ratio("B23", "import 50,000 visits", BROUGHT, pairs(ours, theirs, 5), 10, of="executemany")


def _new(folder: Path) -> Path:
    folder.mkdir()
    return practices.copied(NOTHING_YET, folder)


def _document() -> dict[str, Any]:
    """Write the town's visits as a portable file."""
    lists: dict[str, list[dict[str, Any]]] = {
        "staff": [
            {"id": practices.therapist(n), "name": f"Therapist {n}", "role": "therapist" if n else "owner"}
            for n in range(BROUGHT.therapists)
        ],
        "rooms": [{"id": f"r{n}", "name": f"Room {n}"} for n in range(BROUGHT.therapists)],
        "treatments": [
            {
                "id": "t60",
                "name": "Therapeutic massage",
                "technique": "TH",
                "purpose": "THERAPEUTIC",
                "minutes": MINUTES,
                "price_cents": practices.PRICE,
            }
        ],
        "clients": [
            {
                "id": person.id,
                "given_name": person.given_name,
                "family_name": person.family_name,
                "born": str(person.born),
                "phone": person.phone,
            }
            for person in town.people(BROUGHT.clients)
        ],
        "appointments": [
            {
                "id": f"a{visit.number}",
                "client": visit.client,
                "staff": practices.therapist(visit.therapist),
                "room": f"r{visit.therapist}",
                "treatment": "t60",
                "at": visit.at.isoformat(timespec="minutes"),
                "minutes": MINUTES,
                "state": "done",
            }
            for visit in town.visits(BROUGHT)
        ],
    }
    empty = ("screenings", "letters", "notes", "invoices", "bundles", "gifts", "payments", "refunds")
    return {"format": FORMAT, "version": VERSION} | lists | {name: [] for name in empty}
