"""Erasing: what is a client's goes out of the tables and out of the trail's words, in one vouched transaction.

What the books need stays behind without a name: numbers, days and amounts. Everything happens behind the door that
the file's own guards open to a client whose time is over; the door can't be left open, so all of it counts or none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, bindparam, delete, insert, null, select, update

from clinic.records import AuditRow, Base, Erasing, Merge, Paper, PaperKind
from clinic.storage import trail
from clinic.storage.troubles import plainly
from clinic.storage.version import TIDY, UNTIDY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from sqlalchemy import Connection, Table

    from clinic.storage.vault import Vault

NOBODY = "erased"
"""The id under which the books go on: one nameless client for everybody who was erased."""
BOOKS: Mapping[str, tuple[str, ...]] = {
    "invoices": ("client",),
    "lines": ("invoice",),
    "owed": ("line",),
    "bundles": ("client",),
    "gifts": ("line",),
    "payments": ("client",),
    "allocations": ("payment",),
    "refunds": ("payment",),
    "refund_allocations": ("refund",),
    "papers": ("invoice", "payment", "refund"),
}
"""Tables that keep their rows, by the columns that say whose they are: a year must still add up, number by number."""
UNWORDED: Mapping[str, tuple[str, ...]] = {
    "lines": ("discount_reason", "appointment"),
    "invoices": ("void_reason",),
    "payments": ("reference",),
}
"""What of these rows was typed by somebody, or leads to a visit."""
AT_ONCE = 500

Keys = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Held:
    """What a file holds of somebody, as the keys of each table: what goes, and what stays without a name."""

    goes: Keys
    stays: Keys
    lent: Keys
    """Rows of others that lean on what would go: somebody else's visit under this client's letter."""


def files_of(connection: Connection, client: str) -> tuple[str, ...]:
    """Name the file and those that were found to be of the same person and put away."""
    found = [client]
    for one in found:
        asked = select(Merge.gone).where(Merge.kept == one, Merge.undone_at.is_(None))
        found.extend(gone for gone in connection.scalars(asked) if gone not in found)
    return tuple(found)


def held(connection: Connection, clients: tuple[str, ...]) -> Held:
    """Find what points at these files, and what points at that; a table that is new is found here by itself."""
    keys: Keys = {"clients": clients}
    for table in Base.metadata.sorted_tables:
        of_table = dict.fromkeys(keys.get(table.name, ()))
        for column, parent in _owners(table):
            if parent in keys and parent != table.name:
                rows = _where(connection, table.primary_key.columns, column, keys[parent])
                of_table.update(dict.fromkeys("/".join(map(str, row)) for row in rows))
        if of_table:
            keys[table.name] = tuple(of_table)
    goes = {name: found for name, found in keys.items() if name not in BOOKS}
    return Held(
        goes, {name: found for name, found in keys.items() if name in BOOKS}, _lent(connection, keys, goes)
    )


def _lent(connection: Connection, keys: Keys, goes: Keys) -> Keys:
    lent: dict[str, list[str]] = {}
    for table in Base.metadata.sorted_tables:
        ours = frozenset(keys.get(table.name, ()))
        for column, parent in _leading(table):
            if parent in goes:
                rows = _where(connection, table.primary_key.columns, column, goes[parent])
                others = [key for row in rows if (key := "/".join(map(str, row))) not in ours]
                lent.setdefault(table.name, []).extend(others)
    return {name: tuple(found) for name, found in lent.items() if found}


def erase(
    connection: Connection,
    clients: tuple[str, ...],
    day: date,
    *,
    said: str,
    redrawn: Callable[[PaperKind, bytes], bytes],
) -> dict[str, Any]:
    """Erase files whose time is over, and return what the entry has to say that vouches for it.

    ``said`` is what a charge is called from now on; ``redrawn`` makes of a paper's sheet one that names nobody.
    """
    connection.execute(insert(Erasing), [{"client": one, "day": day, "door": "open"} for one in clients])
    found = held(connection, clients)
    emptied = empty(connection, _rows_about(connection, found))
    _unname(connection, found, said, redrawn)
    _remove(connection, found)
    connection.execute(delete(Erasing))
    connection.exec_driver_sql(f"PRAGMA user_version = {UNTIDY}")
    return emptied | {"records": {name: len(keys) for name, keys in found.goes.items()}}


def empty(connection: Connection, rows: Iterable[int]) -> dict[str, Any]:
    """Take the words out of rows of the trail, and return what vouches for them."""
    sequences = sorted(rows)
    table = Base.metadata.tables[AuditRow.__tablename__]
    emptied = (
        update(table).where(table.c.sequence == bindparam("row")).values(payload=trail.BLANK, salt=null())
    )
    if sequences:
        connection.execute(emptied, [{"row": sequence} for sequence in sequences])
    ranges = _ranges(sequences)
    return {"rows": ranges, "count": len(sequences), "left": trail.left(connection, ranges)}


@plainly()
def tidy(vault: Vault) -> None:
    """Write the file anew without the pages on which something erased may still lie, where there are any."""
    opened = vault.raw()
    try:
        if opened.execute("PRAGMA user_version").fetchone() != (TIDY,):
            opened.execute("VACUUM")
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            opened.execute(f"PRAGMA user_version = {TIDY}")
    finally:
        opened.close()


def _owners(table: Table) -> Iterator[tuple[Column[Any], str]]:
    """List the columns that say whose a row is, with the table each points at: the client's, where it names one."""
    leading = list(_leading(table))
    of_clients = [column.name for column, parent in leading if parent == "clients"]
    telling = BOOKS.get(table.name) or of_clients or [column.name for column, _ in leading]
    return ((column, parent) for column, parent in leading if column.name in telling)


def _leading(table: Table) -> Iterator[tuple[Column[Any], str]]:
    """List the columns that point somewhere, with the table each points at."""
    for column in table.columns:
        for key in column.foreign_keys:
            yield column, key.column.table.name


def _where(
    connection: Connection, wanted: Iterable[Column[Any]], column: Column[Any], keys: tuple[str, ...]
) -> Iterator[Any]:
    for some in _some(keys):
        yield from connection.execute(select(*wanted).where(column.in_(some)))


def _some(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Take so many keys at a time as one question can name."""
    return (keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE))


def _ranges(sequences: list[int]) -> list[list[int]]:
    """Write ascending numbers as the first and last of each run of them."""
    runs: list[list[int]] = []
    for sequence in sequences:
        if runs and runs[-1][1] == sequence - 1:
            runs[-1][1] = sequence
        else:
            runs.append([sequence, sequence])
    return runs


# The trail


def _rows_about(connection: Connection, found: Held) -> set[int]:
    """List the rows of the trail that say something of what is theirs, or was before it was taken away."""
    everything = {**found.goes, **found.stays}
    objects = {f"{name}/{key}" for name, keys in everything.items() if not _passed_on(name) for key in keys}
    rows = set(_taken_away(connection, objects))
    for some in _some(tuple(sorted(objects))):
        asked = select(AuditRow.sequence).where(AuditRow.object.in_(some), AuditRow.payload != trail.BLANK)
        rows.update(connection.scalars(asked.where(AuditRow.action != trail.ERASED)))
    return rows


def _taken_away(connection: Connection, objects: set[str]) -> Iterator[int]:
    """Add to the objects those that were theirs and are gone already; yield rows of what is passed on among them.

    A form that somebody has not finished is named by whose it is, and was about one client after another.
    """
    about = AuditRow.action == "deleted"
    for name in filter(_passed_on, Base.metadata.tables):
        about |= AuditRow.object.startswith(f"{name}/", autoescape=True)
    asked = select(AuditRow.sequence, AuditRow.object, AuditRow.payload)
    gone = [
        (row.sequence, row.object, table, json.loads(row.payload))
        for row in connection.execute(asked.where(about, AuditRow.payload != trail.BLANK))
        if (table := Base.metadata.tables.get(row.object.partition("/")[0])) is not None
    ]
    before = -1
    while before != len(objects):  # what was part of something that is gone itself
        before = len(objects)
        for sequence, name, table, facts in gone:
            if any(f"{parent}/{facts.get(column.name)}" in objects for column, parent in _owners(table)):
                if _passed_on(table.name):
                    yield sequence
                else:
                    objects.add(name)


def _passed_on(name: str) -> bool:
    """Tell of a table that its rows are a colleague's by their key."""
    (first, *_) = Base.metadata.tables[name].primary_key.columns
    return any(key.column.table.name == "staff" for key in first.foreign_keys)


# The tables


def _unname(
    connection: Connection, found: Held, said: str, redrawn: Callable[[PaperKind, bytes], bytes]
) -> None:
    """Let the books go on without a name, a word or a visit; the guards look at whose they are until the end."""
    _redraw(connection, found.stays.get("papers", ()), redrawn)
    for name, columns in UNWORDED.items():
        _put(connection, name, "id", found.stays.get(name, ()), dict.fromkeys(columns))
    _put(connection, "lines", "id", found.stays.get("lines", ()), {"text": said})
    for name in BOOKS:
        for column, parent in _leading(Base.metadata.tables[name]):
            if parent == "clients":
                _put(connection, name, column.name, found.goes[parent], {column.name: NOBODY})


def _put(
    connection: Connection, name: str, column: str, keys: tuple[str, ...], values: Mapping[str, str | None]
) -> None:
    table = Base.metadata.tables[name]
    bare = {key: null() if value is None else value for key, value in values.items()}
    for some in _some(keys):
        connection.execute(update(table).where(table.c[column].in_(some)).values(bare))


def _redraw(
    connection: Connection, numbers: tuple[str, ...], redrawn: Callable[[PaperKind, bytes], bytes]
) -> None:
    """Let each paper say only what the books need; its pages go, and the code on it can be checked still."""
    table = Base.metadata.tables[Paper.__tablename__]
    for some in _some(numbers):
        for number, kind, sheet in connection.execute(
            select(table.c.number, table.c.kind, table.c.sheet).where(table.c.number.in_(some))
        ).all():
            bare = {
                "sheet": redrawn(kind, sheet),
                "pages": null(),
                "pages_hash": null(),
                "printed_at": null(),
            }
            connection.execute(update(table).where(table.c.number == number).values(bare))


def _remove(connection: Connection, found: Held) -> None:
    """Take the rows away, those that point at others before those; none points at its own kind any more."""
    for table in reversed(Base.metadata.sorted_tables):
        if keys := found.goes.get(table.name, ()):
            (key,) = table.primary_key.columns
            for column, parent in _leading(table):
                if parent == table.name:
                    _put(connection, table.name, key.name, keys, {column.name: None})
            for some in _some(keys):
                connection.execute(delete(table).where(key.in_(some)))
