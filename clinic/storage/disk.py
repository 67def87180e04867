"""Files written so that a crash leaves the old one or the new one, and nothing lying about."""

from __future__ import annotations

import glob
import os
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from clinic.storage.troubles import plainly

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "darwin":
    import fcntl

ASIDE = ".aside-"
"""Marks a file still being made; the number of the process that makes it stands behind."""


def beside(path: Path, ending: str) -> Path:
    """Name the file that belongs to this one and lies next to it."""
    return path.with_name(path.name + ending)


def aside(path: Path) -> Path:
    """Name the place where a file is made before it takes its own."""
    return beside(path, f"{ASIDE}{os.getpid()}")


def discard(path: Path) -> None:
    """Remove a file that was made aside, and what lies beside it."""
    for litter in path.parent.glob(f"{glob.escape(path.name)}*"):
        litter.unlink(missing_ok=True)


def sync(descriptor: int) -> None:
    """Wait until what was written has reached the disk itself."""
    if sys.platform == "darwin":
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def sync_file(path: Path) -> None:
    """Wait until this file has reached the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder have reached the disk; Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)


def put(path: Path, content: bytes) -> None:
    """Write the whole file or leave the old one as it was."""
    making = aside(path)
    with plainly():
        try:
            with making.open("wb") as file:
                file.write(content)
                file.flush()
                sync(file.fileno())
            making.replace(path)
        except OSError:
            with suppress(OSError):
                making.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def put_in_place(made: Path, path: Path) -> None:
    """Let a file that was made aside take its place, replacing what stood there."""
    with plainly():
        sync_file(made)
        made.replace(path)
        sync_folder(path.parent)


def sweep(folder: Path) -> None:
    """Clear away what a crashed run of the program was still making in this folder."""
    with suppress(OSError):
        for litter in folder.glob(f"*{ASIDE}*"):
            maker = re.search(f"{ASIDE}([0-9]+)", litter.name)
            if maker and not _running(int(maker[1])):
                with suppress(OSError):
                    litter.unlink()


def _running(process: int) -> bool:
    if sys.platform == "win32":
        return False  # Windows refuses to remove what another program still holds open
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
