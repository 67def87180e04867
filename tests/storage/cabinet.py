"""A small practice on a real disk, for the tests of the vault."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from clinic.storage import keys, marks, trail
from clinic.storage.keys import Cost, Person
from clinic.storage.opening import create_vault
from clinic.values import StaffId

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from clinic.storage.vault import Vault

CHEAP = Cost(64, 1, 1, below_floor=True)
OWNER = Person(StaffId("owner"), "Mirela Oduya")
PASSWORD = "harbor lantern cedar violin otter maple"
ANOTHER = "sparrow meadow copper puddle quartz river"
DATA_KEY = bytes(range(32))
PLANTED = "Zebedee Quillfeather"
"""A client's name that must never be found in a file."""
WHEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
STAMP = trail.Stamp(WHEN, "America/Los_Angeles", "owner", "owner")


def a_practice(folder: Path) -> Path:
    """Make a practice with one owner, one client and one room, closed again."""
    path = folder / "practice.clinic"
    keys.create(path, DATA_KEY, staff=OWNER.staff, name=OWNER.name, password=PASSWORD, cost=CHEAP)
    create_vault(path, DATA_KEY, furnish).close()
    return path


def a_copy(made: Path, folder: Path) -> Path:
    """Copy a closed practice and all that lies beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in made.parent.glob(f"{made.name}*"):
        if part.is_file():
            shutil.copy(part, folder)
    return folder / made.name


def furnish(vault: Vault) -> None:
    with vault.connect() as opened, opened.begin():
        insert(
            opened,
            "practice",
            id="practice",
            name="Willow",
            time_zone="UTC",
            verification_key=b"v" * 32,
            version=1,
        )
        insert(opened, "staff", id="owner", name=OWNER.name, role="owner", version=1)
        insert(opened, "staff", id="second", name="Jun Park", role="therapist", version=1)
        insert(opened, "rooms", id="front", name="Front", version=1)
        given, family = PLANTED.split()
        insert(
            opened,
            "clients",
            id="c1",
            given_name=given,
            family_name=family,
            sort_key=family,
            search_text=PLANTED,
            version=1,
        )
        insert(
            opened,
            "treatments",
            id="t1",
            name="Swedish",
            technique="SW",
            purpose="RELAXATION",
            minutes=60,
            price_cents=9000,
            version=1,
        )
        trail.write(opened, vault.audit_key, STAMP, [trail.Entry("created", "clients/c1", "{}")])


def insert(opened: Connection, table: str, **values: Any) -> None:
    names, marks_ = ", ".join(values), ", ".join("?" * len(values))
    opened.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks_})", tuple(values.values()))  # noqa: S608 - names of a test


def book(opened: Connection, id_: str, start: int, end: int, **other: Any) -> None:
    facts = {"client": "c1", "staff": "owner", "room": None, "treatment": "t1", "state": "confirmed"} | other
    at = "2026-11-23 10:00:00.000000"
    insert(
        opened,
        "appointments",
        id=id_,
        at=at,
        minutes=60,
        held_from=start,
        held_to=end,
        version=1,
        **facts,
    )


def issue(vault: Vault, number: int, *, series: str = "R", year: int = 2026) -> None:
    """Number a paper as the till does: the counter, the paper, the trail and the mark, in one transaction."""
    name = f"{series}-{year}-{number:04}"
    with vault.connect() as opened, opened.begin():
        before = opened.exec_driver_sql("SELECT coalesce(max(sequence), 0) FROM audit").scalar_one()
        opened.exec_driver_sql(
            "INSERT INTO counters (series, year, last) VALUES (?, ?, ?)"
            " ON CONFLICT (series, year) DO UPDATE SET last = excluded.last",
            (series, year, number),
        )
        insert(
            opened,
            "papers",
            number=name,
            kind="receipt",
            series=series,
            year=year,
            sequence=number,
            issued_at="2026-11-23T10:00:00.000000Z",
            sheet=b"sheet",
            sheet_hash="h",
            copies=0,
        )
        trail.write(opened, vault.audit_key, STAMP, [trail.Entry("created", f"papers/{name}", "{}")])
        marks.advance(vault, {(series, year): number}, before)


def names_of(path: Path) -> set[str]:
    """List what lies beside a practice, told by what follows its name."""
    return {part.name.removeprefix(path.name) for part in path.parent.glob(f"{path.name}*")} - {""}


def value(vault: Vault, question: str) -> Any:
    """Ask the file one thing."""
    with closing(vault.raw()) as opened:
        return opened.execute(question).fetchone()[0]
