"""What is finished of a set that is being made: a run that was stopped need not have worked in vain."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from clinic.exchange.files import disk_faults, written_aside

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

DONE = ".done"
"""Folder beside what is finished: for each of its folders a note of what it was made of."""

Fingerprint = dict[str, Any]
"""A file of the set: its path inside the set's folder, its SHA-256 and its size."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A folder of the set that is whole: what it was made of, its files, and the password they open with."""

    made_of: str
    files: tuple[Fingerprint, ...]
    password: str = ""


class Kept:
    """The finished folders of a set in the making."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._notes = folder, folder / DONE
        with disk_faults():
            self._notes.mkdir(exist_ok=True)

    def finished(self, name: str, made_of: str) -> Finished | None:
        """Find a folder that would be made of the same things again; one that is not right any more is cleared."""
        found = _read(self._notes / _note(name))
        if found is not None and found.made_of == made_of and self._are_whole(found.files):
            return found
        self._clear(name)
        return None

    def note(self, name: str, finished: Finished) -> None:
        """Write down that a folder is whole; its files are in their places already."""
        with written_aside(self._notes / _note(name)) as file:
            file.write(json.dumps(asdict(finished)).encode())

    def only(self, names: Collection[str]) -> None:
        """Clear away the folders that the set does not have any more."""
        for note in list(self._notes.iterdir()):
            if note.name.removesuffix(".json") not in names:
                self._clear(note.name.removesuffix(".json"))

    def _clear(self, name: str) -> None:
        with disk_faults():
            (self._notes / _note(name)).unlink(missing_ok=True)
            if (self._folder / name).exists():
                shutil.rmtree(self._folder / name)

    def _are_whole(self, files: Collection[Fingerprint]) -> bool:
        """Read the files once more: what the power took is not taken for finished."""
        try:
            return all(fingerprint(self._folder, each["path"]) == each for each in files)
        except OSError:
            return False


def how_many(folder: Path) -> int:
    """Count the folders that are finished in a set in the making."""
    with suppress(OSError):
        return sum(1 for _note in (folder / DONE).iterdir())
    return 0


def is_finished(folder: Path, name: str) -> bool:
    """Tell whether a folder in a set in the making is whole."""
    return (folder / DONE / _note(name)).exists()


def printed(path: str, content: bytes) -> Fingerprint:
    """Take the fingerprint of what was just written."""
    return {"path": path, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def fingerprint(folder: Path, path: str) -> Fingerprint:
    """Take the fingerprint of a file that lies there."""
    digest, size = hashlib.sha256(), 0
    with (folder / path).open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            size += len(block)
    return {"path": path, "sha256": digest.hexdigest(), "bytes": size}


def _note(name: str) -> str:
    return f"{name}.json"


def _read(note: Path) -> Finished | None:
    try:
        said: Mapping[str, Any] = json.loads(note.read_bytes())
        return Finished(said["made_of"], tuple(said["files"]), said["password"])
    except (OSError, ValueError, TypeError, LookupError):
        return None
