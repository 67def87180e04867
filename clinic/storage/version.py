"""Which generation of tables a file holds, told without the machinery that changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.values import Trouble

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2

HEAD = "0017"
"""The newest generation this program knows; revisions are numbered so that a later one sorts later."""
TIDY, UNTIDY = 0, 1
"""Kept in the file's own head: whether pages of it may still hold what was erased out of its tables."""


def version_of(opened: dbapi2.Connection) -> str:
    """Read the generation of an open file; a file that has none is no practice."""
    known = opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    row = opened.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    if row is None:
        raise Trouble("damaged_file")
    return str(row[0])
