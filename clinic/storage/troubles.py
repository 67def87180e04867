"""What the disk and the database driver say, said as a Trouble: the one place that knows their codes."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from clinic.values import Refusal, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

OF_THE_DISK = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EROFS: "read_only",
    errno.ENOENT: "no_such_file",
    errno.ENOTDIR: "no_such_file",
    errno.EISDIR: "no_such_file",
    errno.EBUSY: "in_use",
}

OF_THE_DATABASE = {
    sqlite3.SQLITE_PERM: "no_permission",
    sqlite3.SQLITE_BUSY: "in_use",
    sqlite3.SQLITE_LOCKED: "in_use",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_IOERR: "disk_error",
    sqlite3.SQLITE_CORRUPT: "damaged_file",
    sqlite3.SQLITE_NOTADB: "damaged_file",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_CANTOPEN: "no_permission",
    sqlite3.SQLITE_AUTH: "no_permission",
}

SHARED_MEMORY_FULL = sqlite3.SQLITE_IOERR_SHMSIZE
"""The one input-output error that means a full disk: no room for the index of the write-ahead log."""

WITHOUT_A_CODE = {
    "database or disk is full": sqlite3.SQLITE_FULL,
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "database is locked": sqlite3.SQLITE_BUSY,
    "database disk image is malformed": sqlite3.SQLITE_CORRUPT,
    "file is not a database": sqlite3.SQLITE_NOTADB,
    "attempt to write a readonly database": sqlite3.SQLITE_READONLY,
    "unable to open database file": sqlite3.SQLITE_CANTOPEN,
}
"""Copying page by page, the driver passes on SQLite's sentence and forgets its code."""

OF_THE_TRIGGERS = {
    "therapist_taken": ("slot_taken", {"by": "staff"}),
    "room_taken": ("slot_taken", {"by": "room"}),
    "trail_is_final": ("trail_is_final", {}),
    "paper_is_final": ("paper_is_final", {}),
    "note_is_signed": ("note_is_signed", {}),
    "number_goes_back": ("number_goes_back", {}),
    "file_is_kept": ("file_is_kept", {}),
}
"""The words with which the file itself refuses, and the code each of them is known by outside."""


def of_disk(error: OSError) -> Trouble:
    """Say what the operating system reported."""
    return Trouble(OF_THE_DISK.get(error.errno or 0, "disk_error"))


def of_database(error: BaseException) -> Trouble | Refusal | None:
    """Say what the database reported; None where it is our own mistake, which must stay visible."""
    if isinstance(error, UnicodeEncodeError):  # half a character, in an id or in what is looked for
        return Refusal("unusable_characters")
    if not isinstance(error, dbapi2.Error):
        return None
    if isinstance(error, dbapi2.IntegrityError):
        known = OF_THE_TRIGGERS.get(str(error))
        return Refusal(known[0], **known[1]) if known else None
    code = getattr(error, "sqlite_errorcode", None) or WITHOUT_A_CODE.get(str(error), 0)
    if code == SHARED_MEMORY_FULL:
        return Trouble("disk_full")
    said = OF_THE_DATABASE.get(code & 0xFF)
    return Trouble(said) if said else None


@contextmanager
def plainly() -> Iterator[None]:
    """Let whatever the disk or the database reports inside come out as a Trouble or a Refusal."""
    try:
        yield
    except OSError as error:
        raise of_disk(error) from error
    except dbapi2.Error as error:
        said = of_database(error)
        if said is None:
            raise
        raise said from error
