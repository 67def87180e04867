"""A set of files that takes the place of an earlier one as a whole: made aside, then moved in."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from clinic.exchange import kept
from clinic.exchange.files import brought_to_disk, disk_faults, keep_names, running
from clinic.values import Refusal, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANIFEST = "manifest.json"
COMING, GOING = ".coming", ".going"
"""Folders inside the set's own: nothing is ever written beside it."""
PID = ".pid"
"""Says in the coming folder which process makes it."""


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Give a folder to write a new set into; on leaving it takes the old set's place, or nothing changed.

    The set's manifest names its files. It is moved out first and in last: a folder without one was interrupted, and
    the next run puts the old set back before it begins. Files that belong to no set are left alone. What a run that
    was stopped or died had finished stays in the coming folder, without a manifest, and the next run is given it.
    """
    with disk_faults():
        folder.mkdir(parents=True, exist_ok=True)
        coming = folder / COMING
        if coming.exists() and _lives(coming / PID):
            raise Trouble("in_use")
        _put_right(folder)
        coming.mkdir(exist_ok=True)
        (coming / PID).write_text(str(os.getpid()))
    try:
        yield coming
        with disk_faults():
            brought_to_disk(coming, but=kept.DONE)
            _swap(folder, coming)
    except (Refusal, Trouble):
        with suppress(OSError):
            _put_right(folder)
            # A no takes no room on the disk, which may be why it was said.
            shutil.rmtree(coming, ignore_errors=True)
        raise
    finally:
        with suppress(OSError):  # what can't be put right now is put right by the next run
            _put_right(folder)


def kept_aside(folder: Path) -> int:
    """Count what a run that was stopped had finished, and the next one need not write again."""
    return kept.how_many(folder / COMING)


def throw_away(folder: Path) -> None:
    """Give up what a run that was stopped had finished; the set that is there stays."""
    with disk_faults():
        if (folder / COMING).exists() and _lives(folder / COMING / PID):
            raise Trouble("in_use")
        _put_right(folder)
        if (folder / COMING).exists():
            shutil.rmtree(folder / COMING)


def manifest_of(folder: Path) -> bytes | None:
    """Read the manifest of the set that is there, if one is."""
    try:
        return (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Trouble("no_permission") from error


def _names(manifest: bytes | None) -> set[str]:
    """Name what a set has at the top of its folder; names that lead elsewhere are not believed."""
    if manifest is None:
        return set()
    try:
        paths = [PurePosixPath(entry["path"]) for entry in json.loads(manifest)["files"]]
    except (ValueError, TypeError, LookupError):
        return {MANIFEST}
    tops = {path.parts[0] for path in paths if path.parts and not path.is_absolute()}
    return {top for top in tops if top not in {"..", ".", COMING, GOING}} | {MANIFEST}


def _swap(folder: Path, coming: Path) -> None:
    old = _names(manifest_of(folder))
    new = {entry.name for entry in coming.iterdir()} - {PID, kept.DONE}
    if any((folder / name).exists() for name in new - old):
        raise Refusal("in_the_way", at="--to")
    going = folder / GOING
    going.mkdir()
    for name in sorted(old, key=lambda name: name != MANIFEST):
        if (folder / name).exists():
            (folder / name).rename(going / name)
    for name in sorted(new, key=lambda name: name == MANIFEST):
        (coming / name).rename(folder / name)
    keep_names(folder)


def _put_right(folder: Path) -> None:
    """Finish or take back what a stopped run left behind; stopped in the midst of that, it can be done again."""
    coming, going = folder / COMING, folder / GOING
    if going.exists():
        if not (folder / MANIFEST).exists():
            old = _names(manifest_of(going))
            for name in _names(manifest_of(coming)) - {MANIFEST}:
                # A name of both sets is still, or again, the old one's unless the old one lies among the going.
                if name not in old or (going / name).exists():
                    _remove(folder / name)
            for entry in sorted(going.iterdir(), key=lambda entry: entry.name == MANIFEST):
                entry.rename(folder / entry.name)
        shutil.rmtree(going)
        shutil.rmtree(coming, ignore_errors=True)
    elif kept.how_many(coming):
        (coming / PID).unlink(missing_ok=True)
        for entry in coming.iterdir():
            if entry.name != kept.DONE and not kept.is_finished(coming, entry.name):
                _remove(entry)
    else:
        shutil.rmtree(coming, ignore_errors=True)


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry)
    else:
        entry.unlink(missing_ok=True)


def _lives(pid_file: Path) -> bool:
    """Tell whether another run that made a folder is still at work."""
    try:
        pid = int(pid_file.read_text())
    except (OSError, ValueError):
        return False
    return pid != os.getpid() and running(pid)
