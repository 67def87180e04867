"""Releases of the diagnosis codes: which are known, and a newer one loaded from the official file."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.exchange import codes, releases
from clinic.office.door import clean
from clinic.records import CodeRelease
from clinic.rules.permissions import Permission
from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class Loaded:
    """A release that was loaded: from when on it holds, and what it changed."""

    id: str
    name: str
    since: date
    added: int
    ended: int


@dataclass(frozen=True, slots=True)
class Known:
    """The releases known here: the one that came with the program, and those loaded since, the newest last."""

    shipped: str
    loaded: tuple[Loaded, ...]


def known(work: Work) -> Known:
    """List the releases."""
    work.require(Permission.PRACTICE_SEE)
    return Known(codes.SHIPPED, tuple(_loaded(record) for record in _all(work)))


def _all(work: Work) -> Sequence[CodeRelease]:
    return work.session.scalars(select(CodeRelease).order_by(CodeRelease.since, CodeRelease.id)).all()


def _loaded(record: CodeRelease) -> Loaded:
    return Loaded(record.id, record.name, record.since, record.added, record.ended)


def load(work: Work, content: bytes, *, name: str, since: date) -> Loaded:
    """Take in what a newer release changes; codes it drops stay readable, with the days they were good for."""
    work.require(Permission.PRACTICE_CHANGE)
    named = clean(name, at="name")
    if named is None:
        raise Refusal("name_missing", at="name")
    before = _all(work)
    if before and since <= before[-1].since:
        raise Refusal("release_not_newer", at="since")
    codes.use([line for record in before for line in _unpacked(record)])
    found = releases.changes(codes.table(), releases.read(content), named, since)
    record = work.add(
        CodeRelease(
            id=work.new_id(),
            name=named,
            since=since,
            loaded_at=work.now,
            loaded_by=work.actor.staff,
            added=found.added,
            ended=found.ended,
            changes=gzip.compress("\n".join(found.rows).encode(), mtime=0),
        )
    )
    work.flush()
    return _loaded(record)


def take_out(work: Work, release: str) -> None:
    """Undo the loading of the newest release; letters keep the codes they name."""
    work.require(Permission.PRACTICE_CHANGE)
    record = work.get(CodeRelease, release)
    if record is not _all(work)[-1]:
        raise Refusal("release_not_newer", at="release")
    work.session.delete(record)


def in_use(work: Work) -> list[str]:
    """Give what the releases loaded here change, row by row, for the table of codes."""
    work.require(Permission.PRACTICE_SEE)
    return [line for record in _all(work) for line in _unpacked(record)]


def _unpacked(record: CodeRelease) -> list[str]:
    return list(filter(None, gzip.decompress(record.changes).decode().split("\n")))


def put_to_use(desk: Desk) -> None:
    """Let codes be looked up in the releases of the practice that is open now."""
    codes.use(desk.reading(in_use))


def load_file(desk: Desk, file: Path, *, name: str, since: date) -> Loaded:
    """Load a release from a file, and look codes up in it from now on."""
    try:
        content = file.read_bytes()
    except OSError:
        raise Refusal("unreadable_file", at="file") from None
    try:
        loaded, _topics = desk.writing(partial(load, content=content, name=name, since=since))
    finally:
        put_to_use(desk)
    return loaded


def unload(desk: Desk, release: str) -> None:
    """Take the newest release out again, and look codes up without it from now on."""
    desk.writing(partial(take_out, release=release))
    put_to_use(desk)
