"""Work: one person, one instant, one transaction, and the topics it touched."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import exists, insert, inspect, or_, select
from sqlalchemy.orm import Session

from clinic.records import Appointment, Base, Client, Operation, Practice
from clinic.rules.permissions import WITH_REASON, Permission, Reach, reach
from clinic.storage import marks, trail
from clinic.values import Refusal, Role, StaffId, Topic, Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from types import TracebackType

    from sqlalchemy import ColumnElement, Connection, Executable, Result

    from clinic.storage.vault import Vault

R = TypeVar("R", bound=Base)
CONFIRMED_FOR = timedelta(minutes=5)
"""How long a password given again vouches for the person at the keyboard."""
UNWRITABLE = frozenset({"disk_full", "disk_error", "read_only", "no_permission"})
"""Troubles of a disk that can be read and not written."""
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True, slots=True)
class Actor:
    """The one acting now."""

    staff: StaffId
    role: Role
    confirmed_at: datetime | None = None
    """When the password was last given."""

    def confirmed(self, at: datetime) -> Actor:
        """Return the same person, having given the password at this instant."""
        return replace(self, confirmed_at=at)


@dataclass(slots=True)
class Work:
    """A piece of work for one person, done as a whole or not at all."""

    vault: Vault
    actor: Actor
    now: datetime
    reading: bool = False
    """A reader sees one moment of the file and changes nothing."""
    topics: set[Topic] = field(default_factory=set)
    issued: dict[tuple[str, int], int] = field(default_factory=dict)
    """The last number this work took of each series and year; the mark beside the file learns of them."""
    session: Session = field(init=False)
    _connection: Connection = field(init=False)
    _entries: list[trail.Entry] = field(init=False, default_factory=list)
    _insisted: list[trail.Entry] = field(init=False, default_factory=list)
    """What goes into the trail even where the work is refused in the end."""
    _practice: Practice | None = field(init=False, default=None)
    _at_hand: list[Base] = field(init=False, default_factory=list)
    """What was fetched by its id: a session lets go of what nobody holds, and would ask for it again."""
    _every: dict[type[Base], Sequence[Any]] = field(init=False, default_factory=dict)
    _zone: str = field(init=False, default="UTC")
    _wall: datetime | None = field(init=False, default=None)

    def __enter__(self) -> Self:
        connection = self.vault.connect(reading=self.reading)
        self.session = Session(bind=connection, autoflush=False, expire_on_commit=False)
        # The lock is taken here, before anything is looked up; what refers to what is checked at the end,
        # so that a task may keep its records in any order.
        try:
            begun = self.session.connection()
            if not self.reading:
                begun.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        except BaseException:
            self.session.close()
            connection.close()
            raise
        self._connection = connection
        if not self.reading:
            trail.listen(self.session, self._entries, self.topics)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _tb: TracebackType | None
    ) -> None:
        connection = self._connection  # the session does not give it after a failed flush
        try:
            if kind is None and not self.reading:
                with self.vault.translating():
                    self.session.flush()
                    ended = trail.write(connection, self.vault.audit_key, self._stamp(), self._entries)
                    if self.issued:
                        marks.advance(self.vault, self.issued, ended)
                    self.session.commit()
            else:
                self.session.rollback()
        finally:
            self.session.close()
            connection.close()
        if isinstance(error, Refusal):
            kept = list(self._insisted)
            if error.code == "not_allowed":
                facts = {name: fact for name, fact in error.facts.items() if fact is not None}
                kept.append(trail.Entry("denied", "permission", trail.canonical(facts)))
            if kept:
                self._record_afterwards(kept)
        elif kind is None and self.reading and self._entries:
            self._record_afterwards(self._entries)

    @property
    def entries(self) -> tuple[trail.Entry, ...]:
        """What goes into the trail so far."""
        return tuple(self._entries)

    @property
    def practice(self) -> Practice:
        """The practice whose file this is."""
        if self._practice is None:
            self._practice = self.session.get_one(Practice, "practice")
            self._zone = self._practice.time_zone
        return self._practice

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the practice's clocks run."""
        return ZoneInfo(self.practice.time_zone)

    @property
    def today(self) -> date:
        """Today, on the practice's wall."""
        return self.wall.date()

    @property
    def wall(self) -> datetime:
        """Now, on the practice's wall: where it hung when the work began."""
        if self._wall is None:
            self._wall = self.now.astimezone(self.zone).replace(tzinfo=None)
        return self._wall

    def require(
        self,
        permission: Permission,
        *,
        client: str | None = None,
        staff: str | None = None,
        reason: str | None = None,
    ) -> Reach:
        """Go on only if this person may; a reach of one's own is checked against the client or therapist."""
        granted = reach(self.actor.role, permission)
        if granted is Reach.NONE:
            raise Refusal("not_allowed", permission=permission.value)
        if granted is Reach.OWN:
            strangers = (client is not None and not self._is_own(client)) or (
                staff is not None and staff != self.actor.staff
            )
            if strangers:
                raise Refusal("not_allowed", permission=permission.value, client=client, staff=staff)
        if permission in WITH_REASON:
            self._require_reason(reason)
        return granted

    def reach(self, permission: Permission) -> Reach:
        """Tell how far this person may go, where a task shows more to some than to others."""
        return reach(self.actor.role, permission)

    def reach_to(self, permission: Permission, client: str) -> Reach:
        """Tell how far this person may go with one client: with somebody else's, what is one's own shows no more."""
        granted = reach(self.actor.role, permission)
        return Reach.LIMITED if granted is Reach.OWN and not self._is_own(client) else granted

    def _require_reason(self, reason: str | None) -> None:
        confirmed = self.actor.confirmed_at
        if confirmed is None or self.now - confirmed > CONFIRMED_FOR:
            raise Refusal("password_again")
        if not (reason or "").strip():
            raise Refusal("reason_missing", at="reason")

    def own_clients(self) -> ColumnElement[bool]:
        """Say, as a condition on clients, which are one's own: by an appointment, or by being assigned."""
        met = exists().where(Appointment.client == Client.id, Appointment.staff == self.actor.staff)
        met = met.correlate(Client)  # also where the question is itself about appointments
        return or_(met, Client.assigned_to == self.actor.staff)

    def _is_own(self, client: str) -> bool:
        found = self.session.scalar(select(Client.id).where(Client.id == client, self.own_clients()))
        return found is not None

    def get(self, kind: type[R], key: str) -> R:
        """Fetch a record by its id; an unknown id is refused."""
        record = self.session.get(kind, key)
        if record is None:
            raise Refusal("not_found", kind=kind.__tablename__, id=key)
        self._at_hand.append(record)
        return record

    def every(self, kind: type[R]) -> Sequence[R]:
        """Fetch all records of a kind of which there are few, by their ids; the file is asked once."""
        if kind not in self._every:
            self._every[kind] = self.session.scalars(select(kind).order_by(*inspect(kind).primary_key)).all()
        return self._every[kind]

    def run(self, statement: Executable, facts: Mapping[str, Any] | None = None) -> Result[Any]:
        """Ask the file for values; whole records are asked of the session, which knows which it has."""
        return self._connection.execute(statement, facts)

    def add(self, record: R) -> R:
        """Keep a new record."""
        self._every.pop(type(record), None)
        self.session.add(record)
        return record

    def flush(self) -> None:
        """Write down what was done so far, so that the database can object now."""
        with self.vault.translating():
            self.session.flush()

    def keep_many(self, kind: type[Base], rows: Sequence[dict[str, Any]]) -> None:
        """Keep many new records at once; the trail holds their number and a digest of all they say."""
        if not rows:
            return
        with self.vault.translating():
            self.session.execute(insert(kind), rows)
        digest = hashlib.sha256()
        for row in rows:
            digest.update(trail.canonical(row).encode())
        payload = {"count": len(rows), "sha256": digest.hexdigest()}
        self.note("created_many", kind.__tablename__, payload)
        self.topics.add(kind.topic)

    def note(
        self, action: str, object_: str, payload: dict[str, Any] | None = None, *, insist: bool = False
    ) -> None:
        """Write something into the trail that no record shows: a file read, a paper handed out, a reason.

        What is insisted on stands there even if the work is refused afterwards.
        """
        entry = trail.Entry(action, object_, trail.canonical(payload or {}))
        self._entries.append(entry)
        if insist:
            self._insisted.append(entry)

    def new_id(self) -> str:
        """Make an id that sorts by the time it was made and that nobody can guess."""
        ticks = int(self.now.timestamp() * 1000) << 40 | secrets.randbits(40)
        text = ""
        while ticks:
            ticks, rest = divmod(ticks, 32)
            text = ALPHABET[rest] + text
        return text

    def repeated(self, operation: str, task: str) -> str | None:
        """Return what came of this operation if it was already carried out: it is not done twice."""
        done = self.session.get(Operation, operation)
        if done is None:
            return None
        if done.task != task:
            raise Refusal("operation_reused", at="operation")
        return done.outcome

    def carried_out(self, operation: str, task: str, outcome: str) -> None:
        """Remember that this operation was carried out, in the same transaction."""
        self.add(Operation(id=operation, task=task, outcome=outcome, done_at=self.now))

    def _stamp(self) -> trail.Stamp:
        return trail.Stamp(self.now.astimezone(UTC), self._zone, self.actor.staff, self.actor.role.value)

    def _record_afterwards(self, entries: list[trail.Entry]) -> None:
        """Write what a reader saw, or was denied, in a transaction of its own: the first one kept nothing."""
        try:
            with Work(self.vault, self.actor, self.now) as after:
                after._zone = self._zone
                after._entries.extend(entries)
        except Trouble as trouble:
            # On a full disk a client's allergies must still be readable; nothing can be changed there unseen.
            if trouble.code not in UNWRITABLE:
                raise
