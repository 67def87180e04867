"""The audit trail: what a flush changes is written down, and each row is sealed onto the one before."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, insert, inspect, null, select

from clinic.records import AuditRow, Base

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Row
    from sqlalchemy.orm import InstanceState, Session

    from clinic.values import Topic

FIRST_SEAL = b"\x00" * 32
TOLD = ("at", "zone", "person", "role", "action", "object")
"""What the seal of a row covers as it stands, after its sequence."""
BY_DIGEST = "by digest"
"""Seals this many fields as no row of before could: a digest is never taken for the payload itself."""
BLANK = ""
"""What is left of a payload that was erased; no payload is ever written so."""
ERASED = "erased"
"""The action that vouches for the rows it names: what they said is gone, and what they still tell is unchanged."""
SALT = 16


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


def digest(salt: bytes, payload: str) -> str:
    """Stand for a payload in the seal, so that it can be taken out and the chain still holds."""
    return hmac.digest(salt, payload.encode(), "sha256").hex()


_LAST = select(AuditRow.sequence, AuditRow.seal).order_by(AuditRow.sequence.desc()).limit(1)


def write(connection: Connection, key: bytes, stamp: Stamp, entries: Iterable[Entry]) -> int:
    """Add the entries to the chain, inside the transaction that they describe; answer where it ended before."""
    last = connection.execute(_LAST).first()
    sequence, sealed = (last.sequence, last.seal) if last else (0, FIRST_SEAL)
    before = sequence
    at = stamp.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    rows: list[dict[str, Any]] = []
    for entry in entries:
        sequence += 1
        salt = secrets.token_bytes(SALT)
        row: dict[str, Any] = {
            "sequence": sequence,
            "at": at,
            "zone": stamp.zone,
            "person": stamp.person,
            "role": stamp.role,
            "action": entry.action,
            "object": entry.object,
        }
        covered = digest(salt, entry.payload)
        sealed = seal(key, sealed, (*map(str, row.values()), BY_DIGEST, covered))
        rows.append(row | {"payload": entry.payload, "seal": sealed, "digest": covered, "salt": salt})
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
    erased: int = 0
    """How many rows were erased since where the walk began, each vouched for by a later one."""


def walk(connection: Connection, key: bytes, since: tuple[int, bytes] = (0, FIRST_SEAL)) -> Chain:
    """Recompute every seal after a row that is vouched for, else from the first one; no row is shown."""
    start, sealed = expected, _ = since
    if expected and _seal_at(connection, expected) != sealed:
        return Chain(expected, sealed, expected)
    blank: set[int] = set()
    by_digest, erased = False, 0
    rows = select(*_columns(connection)).where(AuditRow.sequence > expected).order_by(AuditRow.sequence)
    for row in connection.execution_options(yield_per=2000).execute(rows):
        expected += 1
        fitting = _seal_of(key, sealed, row)
        sealed = row.seal
        goes_back = by_digest and row.digest is None
        if row.sequence != expected or goes_back or not hmac.compare_digest(fitting, sealed):
            return Chain(expected, fitting, row.sequence)
        by_digest = row.digest is not None
        if row.payload == BLANK:
            blank.add(row.sequence)
        elif row.action == ERASED:
            vouched = _vouched(connection, row.payload)
            if vouched is None:
                return Chain(expected, sealed, row.sequence)
            blank -= vouched
            erased += sum(sequence > start for sequence in vouched)
    return Chain(expected, sealed, min(blank, default=None), erased)


def _columns(connection: Connection) -> list[ColumnElement[Any]]:
    """Name what is read of a row: a file of an earlier generation does not have all of it yet."""
    has = {row.name for row in connection.exec_driver_sql(f"PRAGMA table_info({AuditRow.__tablename__})")}
    columns = AuditRow.__table__.columns
    return [each if each.name in has else null().label(each.name) for each in columns]


def _seal_at(connection: Connection, sequence: int) -> bytes | None:
    return connection.scalar(select(AuditRow.seal).where(AuditRow.sequence == sequence))


def _seal_of(key: bytes, before: bytes, row: Row[Any]) -> bytes:
    """Work out the seal a row must bear; nothing where its payload is not the one that was sealed."""
    told = (str(row.sequence), row.at, row.zone, row.person, row.role, row.action, row.object)
    if row.digest is not None:
        whole = row.salt is not None and hmac.compare_digest(digest(row.salt, row.payload), row.digest)
        if not (whole or (row.payload == BLANK and row.salt is None)):
            return b""
        return seal(key, before, (*told, BY_DIGEST, row.digest))
    if (
        row.payload == BLANK
    ):  # an older row: the entry that erased it vouches for its seal and for the one before
        return bytes(row.seal)
    return seal(key, before, (*told, row.payload))


def _vouched(connection: Connection, payload: str) -> set[int] | None:
    """Tell for which rows an entry vouches; None where any of them is not what the entry says is left of it."""
    said = json.loads(payload)
    named = {sequence for first, last in said["rows"] for sequence in range(first, last + 1)}
    holds = len(named) == said["count"] and left(connection, said["rows"]) == said["left"]
    return named if holds else None


def left(connection: Connection, ranges: Iterable[Sequence[int]]) -> str:
    """Fingerprint all that is left of emptied rows, each run of them with the seal before it."""
    found = hashlib.sha256()
    columns = [AuditRow.__table__.c[name] for name in ("sequence", *TOLD, "payload", "digest", "seal")]
    for first, last in ranges:
        found.update(_seal_at(connection, first - 1) or FIRST_SEAL)
        asked = select(*columns).where(AuditRow.sequence.between(first, last)).order_by(AuditRow.sequence)
        for *told, sealed in connection.execute(asked):
            for field in (*("" if part is None else str(part) for part in told), bytes(sealed).hex()):
                data = field.encode()
                found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()


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
