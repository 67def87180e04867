"""One way to open the encrypted file: which library, with which key, and how careful with the disk."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from clinic.storage import disk
from clinic.storage.troubles import of_database, plainly
from clinic.values import Trouble

if TYPE_CHECKING:
    from pathlib import Path

LEAST_LIBRARY = (3, 51, 3)
"""Below this, SQLite's write-ahead log can damage the file when two connections close in step."""
LEAST_CIPHER = (4, 14, 0)
PATIENCE = 10.0
"""Seconds to wait for somebody else's transaction before the file counts as in use."""

CAREFUL = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-16000",  # KiB of pages that need not be deciphered again: the index of 100,000 names
    "PRAGMA temp_store=MEMORY",  # nothing is spilled to a file in the clear
    *(("PRAGMA fullfsync=ON", "PRAGMA checkpoint_fullfsync=ON") if sys.platform == "darwin" else ()),
)


def check_library() -> None:
    """Refuse to touch a practice with a database library that is known to damage files."""
    if dbapi2.sqlite_version_info < LEAST_LIBRARY:
        raise Trouble("old_library", found=dbapi2.sqlite_version, needed=".".join(map(str, LEAST_LIBRARY)))


def connect(path: Path, data_key: bytes, *, settings: tuple[str, ...] = CAREFUL) -> dbapi2.Connection:
    """Open a file that is there, and read from it once: a wrong key or a damaged head shows at once."""
    check_library()
    with plainly():
        if path.stat().st_size == 0:
            raise Trouble("damaged_file")
        if not os.access(path, os.R_OK):
            raise Trouble("no_permission")
    opened = _open(path, data_key, "rw" if _can_be_written(path) else "ro&immutable=1")
    try:
        with plainly():
            _check_not_empty(opened)
            for setting in settings:
                _set(opened, setting)
    except BaseException:
        opened.close()
        raise
    return opened


def make(path: Path, data_key: bytes, *, settings: tuple[str, ...] = CAREFUL) -> dbapi2.Connection:
    """Make a new, empty file under the key."""
    check_library()
    opened = _open(path, data_key, "rwc")
    try:
        with plainly():
            for setting in settings:
                _set(opened, setting)
    except BaseException:
        opened.close()
        raise
    return opened


def _open(path: Path, data_key: bytes, mode: str) -> dbapi2.Connection:
    with plainly():
        opened = dbapi2.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,  # we say ourselves where a transaction begins
            check_same_thread=False,  # the pool lends a connection to one thread at a time
        )
        opened.execute("PRAGMA cipher_log_level=NONE")
        opened.execute(f"PRAGMA key=\"x'{data_key.hex()}'\"")
    version = opened.execute("PRAGMA cipher_version").fetchone()
    if version is None or tuple(map(int, version[0].split()[0].split("."))) < LEAST_CIPHER:
        opened.close()
        raise Trouble("old_library", found=str(version and version[0]), needed="SQLCipher 4.14")
    return opened


def _check_not_empty(opened: dbapi2.Connection) -> None:
    if opened.execute("PRAGMA schema_version").fetchone() == (0,):
        raise Trouble("damaged_file")


def _set(opened: dbapi2.Connection, setting: str) -> None:
    try:
        opened.execute(setting).fetchone()
    except dbapi2.Error as error:
        # What can't be written can still be read; the first write will say so.
        said = of_database(error)
        if not (isinstance(said, Trouble) and said.code == "read_only"):
            raise


def _can_be_written(path: Path) -> bool:
    """Tell whether the log may be written beside the file; if a log is there, it must be read in any case."""
    return os.access(path.parent, os.W_OK) or disk.beside(path, "-wal").exists()
