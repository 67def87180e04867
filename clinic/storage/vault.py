"""The vault: one encrypted file that is the practice, opened by its data key."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from clinic.storage import connection, keys
from clinic.storage.troubles import plainly
from clinic.values import Trouble

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Connection, Engine
    from sqlcipher3 import dbapi2


class Vault:
    """An open practice file; closing it drops the keys."""

    def __init__(
        self, path: Path, data_key: bytes, *, settings: tuple[str, ...] = connection.CAREFUL
    ) -> None:
        self.path = path
        self._settings = settings
        self._data_key = bytearray(data_key)
        self.judged_by = ""
        """The edition of the rule book by which everybody in the file was judged, once somebody looked."""

    @property
    def data_key(self) -> bytes:
        """The key of the file itself; once the vault is closed nobody has it."""
        if not self._data_key:
            raise Trouble("locked")
        return bytes(self._data_key)

    @property
    def audit_key(self) -> bytes:
        """The key that seals the trail."""
        return keys.derived(self.data_key, "audit")

    @property
    def fingerprint(self) -> str:
        """What tells this practice from another without telling its key."""
        return keys.fingerprint(self.data_key)

    @cached_property
    def engine(self) -> Engine:
        """The engine; made at first use: SQLAlchemy is slow to import, and the first page needs none."""
        from clinic.storage.engine import engine_on  # noqa: PLC0415 - as said above

        return engine_on(self.raw)

    def raw(self) -> dbapi2.Connection:
        """Open a connection of the driver itself; the caller closes it."""
        return connection.connect(self.path, self.data_key, settings=self._settings)

    def connect(self, *, reading: bool = False) -> Connection:
        """Open a connection whose transaction takes the lock at its beginning, or only looks."""
        from clinic.storage.engine import READING  # noqa: PLC0415 - as for the engine

        opened = self.engine.connect()
        return opened.execution_options(**{READING: True}) if reading else opened

    def translating(self) -> AbstractContextManager[None]:
        """Let what the file refuses come out as a Refusal or a Trouble."""
        from clinic.storage.engine import translating  # noqa: PLC0415 - as for the engine

        return translating()

    def close(self) -> None:
        """Fold the log into the file, close every connection, drop the keys; a second time does nothing."""
        if not self._data_key:
            return
        if "engine" in self.__dict__:
            self.engine.dispose()
        with suppress(Trouble), plainly():  # a checkpoint that can't be made now is made at the next opening
            opened = self.raw()
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            opened.close()
        self._data_key[:] = bytes(len(self._data_key))
        self._data_key.clear()
