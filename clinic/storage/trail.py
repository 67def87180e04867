"""The audit trail: what a flush changes is written down, and each row is sealed onto the one before."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, insert, inspect, select

from clinic.records import AuditRow, Base

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection
    from sqlalchemy.orm import InstanceState, Session

    from clinic.values import Topic

FIRST_SEAL = b"\x00" * 32
SEALED = ("at", "zone", "person", "role", "action", "object", "payload")
"""What the seal of a row covers, after its sequence."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something done to one object, with the facts of it."""

    action: str
    object: str
    payload: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who acts, in which role, and when."""

    at: datetime
    zone: str
    person: str
    role: str


def canonical(facts: Mapping[str, Any]) -> str:
    """Write facts so that the same facts are always the same text."""
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest(), "bytes": len(value)}
    message = f"a trail cannot hold {type(value).__name__}"
    raise TypeError(message)


def seal(key: bytes, before: bytes, fields: Iterable[str]) -> bytes:
    """Seal one row onto the row before; each field carries its length, so none lends to its neighbour."""
    row = bytearray(before)
    for field in fields:
        data = field.encode()
        row += len(data).to_bytes(8, "big")
        row += data
    return hmac.digest(key, row, "sha256")


def _fields(row: Mapping[str, Any]) -> Iterator[str]:
    yield str(row["sequence"])
    for name in SEALED:
        yield row[name]


def write(connection: Connection, key: bytes, stamp: Stamp, entries: Iterable[Entry]) -> int:
    """Add the entries to the chain, inside the transaction that they describe; answer where it ended before."""
    last = connection.execute(
        select(AuditRow.sequence, AuditRow.seal).order_by(AuditRow.sequence.desc()).limit(1),
    ).first()
    sequence, sealed = (last.sequence, last.seal) if last else (0, FIRST_SEAL)
    before = sequence
    at = stamp.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    rows: list[dict[str, Any]] = []
    for entry in entries:
        sequence += 1
        row: dict[str, Any] = {
            "sequence": sequence,
            "at": at,
            "zone": stamp.zone,
            "person": stamp.person,
            "role": stamp.role,
            "action": entry.action,
            "object": entry.object,
            "payload": entry.payload,
        }
        sealed = seal(key, sealed, _fields(row))
        rows.append(row | {"seal": sealed})
    if rows:
        connection.execute(insert(AuditRow), rows)
    return before


@dataclass(frozen=True, slots=True)
class Chain:
    """What walking the chain found."""

    rows: int
    head: bytes
    broken_at: int | None
    """Sequence of the first row that does not fit, if any."""


def walk(connection: Connection, key: bytes, since: tuple[int, bytes] = (0, FIRST_SEAL)) -> Chain:
    """Recompute every seal after a row that is vouched for, else from the first one; no row is shown."""
    expected, sealed = since
    table = AuditRow.__table__
    columns = [table.c[name] for name in ("sequence", *SEALED, "seal")]
    if expected:
        vouched = connection.scalar(select(table.c.seal).where(table.c.sequence == expected))
        if vouched != sealed:
            return Chain(expected, sealed, expected)
    rows = select(*columns).where(table.c.sequence > expected).order_by(table.c.sequence)
    for sequence, *fields, kept in connection.execution_options(yield_per=2000).execute(rows):
        expected += 1
        sealed = seal(key, sealed, (str(sequence), *fields))
        if sequence != expected or not hmac.compare_digest(sealed, kept):
            return Chain(expected, sealed, sequence)
    return Chain(expected, sealed, None)


def object_name(record: Base) -> str:
    """Name a record by its table and key, never by a person's name."""
    state: InstanceState[Base] = inspect(record)
    key = "/".join(str(getattr(record, str(column.key))) for column in state.mapper.primary_key)
    return f"{record.__tablename__}/{key}"


def _after(record: Base) -> dict[str, Any]:
    state: InstanceState[Base] = inspect(record)
    values = {a.key: state.dict.get(a.key) for a in state.mapper.column_attrs}
    return {name: value for name, value in values.items() if value is not None}


def _changes(record: Base) -> dict[str, Any]:
    state: InstanceState[Base] = inspect(record)
    changed: dict[str, Any] = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if history.has_changes():
            changed[attribute.key] = [
                history.deleted[0] if history.deleted else None,
                history.added[0] if history.added else None,
            ]
    return changed


def listen(session: Session, entries: list[Entry], topics: set[Topic]) -> None:
    """From now on, write down what this session's flushes change and which topics they touch."""

    @event.listens_for(session, "before_flush")
    def _before_flush(session: Session, _context: object, _instances: object) -> None:
        for record in session.new:
            entries.append(Entry("created", object_name(record), canonical(_after(record))))
            topics.add(record.topic)
        for record in session.dirty:
            if not record.quiet and (changed := _changes(record)):
                entries.append(Entry("changed", object_name(record), canonical(changed)))
                topics.add(record.topic)
        for record in session.deleted:
            entries.append(Entry("deleted", object_name(record), canonical(_after(record))))
            topics.add(record.topic)
