"""Files are written whole or not at all, and the world's refusals have names."""

from __future__ import annotations

import errno
import os
import sqlite3
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2

from clinic.storage import disk
from clinic.storage.troubles import of_database, of_disk, plainly
from clinic.values import Refusal, Trouble

if TYPE_CHECKING:
    from pathlib import Path


def a_driver_error(code: int) -> dbapi2.Error:
    error = dbapi2.OperationalError("said the driver")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EACCES, "no_permission"),
        (errno.EROFS, "read_only"),
        (errno.ENOENT, "no_such_file"),
        (errno.EIO, "disk_error"),
    ],
)
def test_what_the_disk_says_has_a_code(number: int, code: str) -> None:
    with pytest.raises(Trouble) as trouble, plainly():
        raise OSError(number, "a path that nobody should read")
    assert trouble.value.code == code
    assert of_disk(OSError("without a number")).code == "disk_error"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (sqlite3.SQLITE_FULL, "disk_full"),
        (sqlite3.SQLITE_IOERR_SHMSIZE, "disk_full"),
        (sqlite3.SQLITE_IOERR_WRITE, "disk_error"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "in_use"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "read_only"),
        (sqlite3.SQLITE_CANTOPEN, "no_permission"),
        (sqlite3.SQLITE_NOTADB, "damaged_file"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "damaged_file"),
    ],
)
def test_what_the_database_says_has_a_code(number: int, code: str) -> None:
    with pytest.raises(Trouble) as trouble, plainly():
        raise a_driver_error(number)
    assert trouble.value.code == code


def test_a_copy_that_fails_is_told_by_the_sentence_alone() -> None:
    said = of_database(dbapi2.OperationalError("database or disk is full"))
    assert isinstance(said, Trouble)
    assert said.code == "disk_full"


def test_our_own_mistakes_are_not_the_worlds() -> None:
    for mistake in (a_driver_error(sqlite3.SQLITE_ERROR), dbapi2.IntegrityError("UNIQUE"), ValueError()):
        assert of_database(mistake) is None
    with pytest.raises(dbapi2.OperationalError), plainly():
        raise a_driver_error(sqlite3.SQLITE_ERROR)
    said = of_database(dbapi2.IntegrityError("room_taken"))
    assert isinstance(said, Refusal)
    assert said.facts == {"by": "room"}


def test_a_file_is_written_whole_or_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "f"
    disk.put(file, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(disk, "sync", full)
    with pytest.raises(Trouble) as trouble:
        disk.put(file, b"new")
    assert trouble.value.code == "disk_full"
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_what_a_crash_left_is_swept_and_what_is_being_made_is_not(tmp_path: Path) -> None:
    process = os.fork()
    if process == 0:
        os._exit(0)
    os.waitpid(process, 0)
    dead = [tmp_path / f"p.clinic{disk.ASIDE}{process}{ending}" for ending in ("", "-wal", ".mark")]
    alive = [tmp_path / f"p.clinic{disk.ASIDE}{number}" for number in (os.getpid(), 1)]
    others = [tmp_path / "p.clinic", tmp_path / f"x{disk.ASIDE}y"]
    for file in (*dead, *alive, *others):
        file.touch()
    disk.sweep(tmp_path)
    assert {*tmp_path.iterdir()} == {*alive, *others}
    disk.sweep(tmp_path / "none")
