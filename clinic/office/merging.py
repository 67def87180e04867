"""Merging: two files of one person made one, seen before, and taken back within thirty days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect, select

from clinic.office import custody
from clinic.office.clients import EDITABLE, Found
from clinic.records import Base, Client, Merge
from clinic.records.people import search_text, sort_key
from clinic.rules.permissions import Permission, Reach
from clinic.values import ClientId, MergeId, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Column

    from clinic.office.desk import Desk
    from clinic.storage.work import Work

REVERSIBLE = timedelta(days=30)
HEALTH = frozenset({"allergies"})
"""What of a client's details is about health."""
STAYS = frozenset({"merges"})


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do: where the two files differ, and how much moves."""

    kept: Found
    gone: Found
    differing: Mapping[str, tuple[Any, Any]]
    """Each detail that both files have and that differs: of the one kept, of the one gone."""
    moving: Mapping[str, int]
    """How many records move, by table."""


@dataclass(frozen=True, slots=True)
class Done:
    """A merge that was made, and until when it can be taken back."""

    id: MergeId
    kept: ClientId
    gone: ClientId
    name: str
    done_at: datetime
    reversible: bool


def preview(work: Work, *, kept: ClientId, gone: ClientId) -> Preview:
    """Look at what a merge would do, before it is done."""
    granted = work.require(Permission.CLIENT_CHANGE)
    one, other = _both(work, kept, gone)
    health = work.reach(Permission.HEALTH_READ) is not Reach.NONE
    differing = {
        name: (getattr(one, name), getattr(other, name))
        for name in sorted(EDITABLE)
        if (health or name not in HEALTH)
        and getattr(other, name)
        and getattr(one, name)
        and getattr(one, name) != getattr(other, name)
    }
    moving = {
        kind.__tablename__: found
        for kind, column in _pointing()
        if (found := len(_keys(work, kind, column, gone)))
    }
    whole = granted is not Reach.LIMITED
    return Preview(_found(one, whole=whole), _found(other, whole=whole), differing, moving)


def make_one(
    desk: Desk, *, kept: ClientId, gone: ClientId, chosen: Mapping[str, bool] | None = None
) -> MergeId:
    """Back the practice up, then make two files one."""
    custody.back_up(desk)
    return desk.writing(partial(merge, kept=kept, gone=gone, chosen=chosen))[0]


def merge(work: Work, *, kept: ClientId, gone: ClientId, chosen: Mapping[str, bool] | None = None) -> MergeId:
    """Make two files one: all that points at the one gone points at the one kept; the one gone is put away.

    Where both know something, the one kept prevails, unless `chosen` names the detail of the one gone.
    """
    work.require(Permission.CLIENT_CHANGE)
    one, other = _both(work, kept, gone)
    before = {name: getattr(one, name) for name in EDITABLE}
    take = {name for name, theirs in (chosen or {}).items() if theirs}
    if not take <= EDITABLE:
        raise Refusal("unknown_field", at=min(take - EDITABLE))
    for name in EDITABLE:
        theirs = getattr(other, name)
        if theirs and (not getattr(one, name) or name in take):
            setattr(one, name, theirs)
    one.allergies = _joined(before["allergies"], other.allergies)
    _file(one)
    moved: dict[str, list[Any]] = {}
    for kind, column in _pointing():
        keys = _keys(work, kind, column, gone)
        for key in keys:
            setattr(work.session.get_one(kind, _key(key)), column.key, kept)
        if keys:
            moved[f"{kind.__tablename__}.{column.key}"] = keys
    other.archived_on = work.today
    record = work.add(
        Merge(
            id=work.new_id(),
            kept=kept,
            gone=gone,
            done_at=work.now,
            done_by=work.actor.staff,
            moved=moved,
            before=_plain(before),
            undone_at=None,
        )
    )
    work.note("merged", f"clients/{kept}", {"gone": gone, "moved": sum(map(len, moved.values()))})
    work.flush()
    return MergeId(record.id)


def take_back(work: Work, merge_: MergeId) -> None:
    """Part two files again that were made one: what was moved goes back, what came since stays."""
    work.require(Permission.CLIENT_CHANGE)
    record = work.get(Merge, merge_)
    work.require(Permission.CLIENT_CHANGE, client=record.kept)
    if record.undone_at is not None or work.now - record.done_at > REVERSIBLE:
        raise Refusal("merge_settled", at="merge")
    for kind, column in _pointing():
        for key in record.moved.get(f"{kind.__tablename__}.{column.key}", ()):
            found = work.session.get(kind, _key(key))
            if found is not None and getattr(found, column.key) == record.kept:
                setattr(found, column.key, record.gone)
    one = work.get(Client, record.kept)
    for name, value in record.before.items():
        setattr(one, name, _read(name, value))
    _file(one)
    work.get(Client, record.gone).archived_on = None
    record.undone_at = work.now
    work.note("merge_undone", f"clients/{record.kept}", {"gone": record.gone})


def of_client(work: Work, client: ClientId) -> tuple[Done, ...]:
    """List the merges into a client's file, or out of it, that still hold; the newest first."""
    work.require(Permission.CLIENT_SEE, client=client)
    asked = (
        select(Merge)
        .where((Merge.kept == client) | (Merge.gone == client), Merge.undone_at.is_(None))
        .order_by(Merge.done_at.desc())
    )
    return tuple(
        Done(
            MergeId(record.id),
            ClientId(record.kept),
            ClientId(record.gone),
            work.get(Client, record.gone if record.kept == client else record.kept).name,
            record.done_at,
            work.now - record.done_at <= REVERSIBLE,
        )
        for record in work.session.scalars(asked)
    )


def alike(work: Work, client: ClientId, *, limit: int = 5) -> tuple[Found, ...]:
    """Suggest files that may be of the same person: the same phone, or the same name or birth date with it."""
    granted = work.require(Permission.CLIENT_CHANGE, client=client)
    one = work.get(Client, client)
    same = Client.sort_key == one.sort_key
    if one.phone:
        same |= Client.phone == one.phone
    if one.born and one.family_name:
        same |= (Client.born == one.born) & (Client.family_name == one.family_name)
    asked = select(Client).where(Client.id != client, Client.archived_on.is_(None), same).limit(limit)
    if granted is Reach.OWN:
        asked = asked.where(work.own_clients())
    return tuple(_found(found, whole=True) for found in work.session.scalars(asked))


def _both(work: Work, kept: ClientId, gone: ClientId) -> tuple[Client, Client]:
    if kept == gone:
        raise Refusal("same_client", at="gone")
    for client in (kept, gone):
        work.require(Permission.CLIENT_CHANGE, client=client)
    one, other = work.get(Client, kept), work.get(Client, gone)
    if other.hold:
        raise Refusal("client_on_hold", at="gone")
    return one, other


def _pointing() -> Iterator[tuple[type[Base], Column[Any]]]:
    """Find every column of every table that points at a client; a new table is found here by itself."""
    for mapper in Base.registry.mappers:
        kind = mapper.class_
        if kind.__tablename__ in STAYS:
            continue
        for column in kind.__table__.columns:
            if not column.primary_key and any(
                key.column.table.name == "clients" for key in column.foreign_keys
            ):
                yield kind, column


def _keys(work: Work, kind: type[Base], column: Column[Any], client: str) -> list[Any]:
    own = inspect(kind).primary_key
    rows = work.run(select(*own).where(column == client).order_by(*own))
    return [row[0] if len(own) == 1 else list(row) for row in rows]


def _key(kept: Any) -> Any:
    """Make a key of what was kept of one; of several columns it was kept as a list."""
    return tuple(kept) if isinstance(kept, list) else kept


def _found(client: Client, *, whole: bool) -> Found:
    return Found(
        ClientId(client.id),
        client.name,
        client.preferred_name,
        client.born if whole else None,
        client.phone if whole else None,
    )


def _joined(ours: list[str] | None, theirs: list[str] | None) -> list[str] | None:
    """Keep every allergy either file knows: one too many harms nobody."""
    return list(dict.fromkeys([*(ours or ()), *(theirs or ())])) or None


def _file(client: Client) -> None:
    """Let the client be found by what the file says now."""
    client.sort_key = sort_key(client.given_name, client.family_name)
    client.search_text = search_text(
        client.given_name, client.family_name, client.preferred_name, client.phone, client.born
    )


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in facts.items()
    }


def _read(name: str, value: Any) -> Any:
    if name == "born" and value:
        return datetime.fromisoformat(value).date()
    return value
