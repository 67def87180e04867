"""Bringing a file up to date: a verified backup first, then every step in one transaction, checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from clinic.storage import checks, connection
from clinic.storage.engine import engine_on
from clinic.values import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection
    from sqlcipher3 import dbapi2

    from clinic.storage.vault import Vault

SCRIPTS = Path(__file__).parent / "migrations"
NO_REFERENCES = "PRAGMA foreign_keys=OFF"
"""A table that is rebuilt is dropped for a moment, and must not take along the rows that point at it."""


def build(vault: Vault) -> None:
    """Make the tables of a new practice."""

    def empty() -> dbapi2.Connection:
        return connection.make(vault.path, vault.data_key, settings=(*connection.CAREFUL, NO_REFERENCES))

    move(empty, "head")


def upgrade(vault: Vault) -> None:
    """Bring an older practice up to date, once a verified copy of it is kept."""
    from clinic.storage.backup import back_up  # noqa: PLC0415 - a new practice has nothing to back up

    back_up(vault)
    bring_up_to_date(vault)


def bring_up_to_date(vault: Vault) -> None:
    """Change the tables of a file of which there is another copy."""

    def older() -> dbapi2.Connection:
        opened = vault.raw()
        opened.execute(NO_REFERENCES)
        return opened

    move(older, "head")


def move(connect: Callable[[], dbapi2.Connection], revision: str, *, down: bool = False) -> None:
    """Take a file to a revision; what does not fit together afterwards is undone as a whole."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    engine = engine_on(connect)
    try:
        with engine.begin() as opened:
            config.attributes["connection"] = opened
            (command.downgrade if down else command.upgrade)(config, revision)
            _check(opened, guarded=not down)
    finally:
        engine.dispose()


def _check(opened: Connection, *, guarded: bool) -> None:
    driver = opened.connection.driver_connection
    if not checks.references(driver) or (guarded and not checks.guards(driver)):
        raise Trouble("migration_failed")
