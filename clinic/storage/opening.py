"""Opening a practice, brought up to date where it is older, and making a new one whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from clinic.storage import connection, disk, marks, place
from clinic.storage.troubles import plainly
from clinic.storage.vault import Vault
from clinic.storage.version import HEAD, TIDY, version_of
from clinic.values import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@plainly()
def open_vault(path: Path, data_key: bytes) -> Vault:
    """Open a practice: an older file is brought up to date after a backup, a newer one is left alone."""
    if not path.is_file():
        raise Trouble("no_practice")
    place.check_live(path)
    disk.sweep(path.parent)
    vault = Vault(path, data_key)
    opened = connection.connect(path, data_key, settings=())
    try:
        version = version_of(opened)
        untidy = opened.execute("PRAGMA user_version").fetchone() != (TIDY,)
    finally:
        opened.close()
    if version > HEAD:
        raise Trouble("newer_file", found=version, known=HEAD)
    if version < HEAD:
        from clinic.storage.migrate import upgrade  # noqa: PLC0415 - alembic is needed on such a day only

        upgrade(vault)
    if untidy:
        from clinic.storage.erasing import tidy  # noqa: PLC0415 - nobody is erased on most days

        with suppress(
            Trouble
        ):  # where the file can't be written, or others have it open, the next opening tries
            tidy(vault)
    return vault


@plainly()
def create_vault(path: Path, data_key: bytes, furnish: Callable[[Vault], object] | None = None) -> Vault:
    """Make a practice, let it be furnished, and only then put it in its place: whole or not at all."""
    from clinic.storage.migrate import build  # noqa: PLC0415 - alembic is needed on such a day only

    _check_free(path)
    place.check_live(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    disk.sweep(path.parent)
    side = Vault(disk.aside(path), data_key)
    try:
        build(side)
        marks.write(side, marks.Mark())
        if furnish:
            furnish(side)
        side.close()
        _check_free(path)
        marks.move(side.path, path)
        disk.put_in_place(side.path, path)
    except BaseException:
        side.close()
        disk.discard(side.path)
        raise
    return Vault(path, data_key)


def _check_free(path: Path) -> None:
    if path.exists():
        raise Trouble("already_there")
