"""Files written whole or not at all."""

from __future__ import annotations

import errno
import glob
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from clinic.values import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_TROUBLES = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EROFS: "read_only",
    errno.ENOENT: "no_such_file",
    errno.ENOTDIR: "no_such_file",
}


@contextmanager
def disk_faults() -> Iterator[None]:
    """Let what the disk refuses come out as a Trouble, without the name of any file."""
    try:
        yield
    except OSError as wrong:
        raise Trouble(_TROUBLES.get(wrong.errno or 0, "disk_error")) from None


@contextmanager
def written_aside(path: Path) -> Iterator[BinaryIO]:
    """Write a file into a folder that is not in its place yet; whoever moves that flushes it."""
    with disk_faults(), os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file


def brought_to_disk(folder: Path, *, but: str = "") -> None:
    """Wait until everything in a folder would survive a power cut, but what lies in the one of this name."""
    with disk_faults():
        for path in sorted(folder.rglob("*")):
            if path.relative_to(folder).parts[0] == but:
                continue
            if path.is_file():
                with path.open("rb+") as file:
                    os.fsync(file.fileno())
            else:
                keep_names(path)
        keep_names(folder)


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Write beside a file and put it in place when done; what stood there stays until then.

    Only its owner may read it: whatever leaves a practice has names in it.
    """
    aside = path.with_name(f".{path.name[:80]}.{os.getpid()}.part")
    _sweep(path)
    try:
        descriptor = os.open(
            aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600
        )
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise
        keep_names(path.parent)
    except OSError as wrong:
        raise Trouble(_TROUBLES.get(wrong.errno or 0, "disk_error")) from None


def _sweep(path: Path) -> None:
    """Clear away what a run that was killed left of this very file."""
    with suppress(OSError):
        for litter in path.parent.glob(f".{glob.escape(path.name[:80])}.*.part"):
            maker = litter.name.split(".")[-2]
            if maker.isdecimal() and not running(int(maker)):
                litter.unlink()


def running(process: int) -> bool:
    """Tell whether a process is still at work; where that can't be told, it is not."""
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True


def keep_names(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system lets a folder be flushed."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
