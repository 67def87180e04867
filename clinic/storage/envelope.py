"""A backup as one file: the encrypted copy, and behind it what it is, whose keys open it, and a seal."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from clinic.storage import keyring, keys
from clinic.storage.checks import Head
from clinic.storage.troubles import of_disk
from clinic.values import Trouble

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.storage.keyring import Ring
    from clinic.storage.marks import Numbers

MAGIC = b"clinic-backup-1\n"
LENGTH_BYTES = 8
DIGEST_BYTES = 32
FOOT_BYTES = LENGTH_BYTES + DIGEST_BYTES + len(MAGIC)
MOST_BYTES = 4 << 20
PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Papers:
    """What a backup says of itself; the anchors in it show later whether the trail was cut."""

    practice: str
    sequence: int
    taken_at: datetime
    size: int
    sha256: str
    head: Head
    numbers: Numbers
    version: str
    ring: Ring


def attach(copy: Path, papers: Papers, data_key: bytes) -> bytes:
    """Write the papers behind the copy, and return the digest of the whole file."""
    body = _write(papers)
    sealed = json.dumps(body | {"seal": _seal(data_key, body)}, ensure_ascii=False).encode()
    foot = len(sealed).to_bytes(LENGTH_BYTES, "big") + hashlib.sha256(sealed).digest() + MAGIC
    whole = _digest_of(copy)
    whole.update(sealed + foot)
    with copy.open("ab") as file:
        file.write(sealed + foot)
    return whole.digest()


def digest(path: Path) -> bytes:
    """Digest a file as it lies on the disk, not as the system remembers it."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return _digest_of(path).digest()


def read(backup: Path) -> Papers:
    """Read the papers of a backup; a file that was cut or is none has no foot to stand on."""
    try:
        with backup.open("rb") as file:
            return _read(_papers_of(file))
    except OSError as error:
        raise of_disk(error) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Trouble("damaged_backup") from error


def check_seal(backup: Path, data_key: bytes) -> None:
    """Refuse papers that were not written with this key, whoever wrote them."""
    try:
        with backup.open("rb") as file:
            body = _papers_of(file)
        seal = str(body.pop("seal"))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Trouble("damaged_backup") from error
    if not hmac.compare_digest(seal.encode(), _seal(data_key, body).encode()):
        raise Trouble("damaged_backup")


def take_out(backup: Path, papers: Papers, copy: Path) -> None:
    """Take the encrypted copy out of a backup, byte for byte the one that was checked when it was made."""
    left, sha256 = papers.size, hashlib.sha256()
    with backup.open("rb") as source, copy.open("wb") as target:
        while left and (piece := source.read(min(PIECE, left))):
            sha256.update(piece)
            target.write(piece)
            left -= len(piece)
    if left or sha256.hexdigest() != papers.sha256:
        raise Trouble("damaged_backup")


def _papers_of(file: BinaryIO) -> dict[str, Any]:
    size = file.seek(0, os.SEEK_END)
    if size < FOOT_BYTES:
        raise Trouble("damaged_backup")
    file.seek(size - FOOT_BYTES)
    foot = file.read(FOOT_BYTES)
    length = int.from_bytes(foot[:LENGTH_BYTES], "big")
    start = size - FOOT_BYTES - length
    if foot[-len(MAGIC) :] != MAGIC or length > MOST_BYTES or start < 0:
        raise Trouble("damaged_backup")
    file.seek(start)
    sealed = file.read(length)
    if hashlib.sha256(sealed).digest() != foot[LENGTH_BYTES : LENGTH_BYTES + DIGEST_BYTES]:
        raise Trouble("damaged_backup")
    body = json.loads(sealed)
    if body["size"] != start:
        raise Trouble("damaged_backup")
    return dict(body)


def _write(papers: Papers) -> dict[str, Any]:
    return {
        "practice": papers.practice,
        "sequence": papers.sequence,
        "taken_at": papers.taken_at.isoformat(),
        "size": papers.size,
        "sha256": papers.sha256,
        "trail": {"sequence": papers.head.sequence, "seal": papers.head.seal},
        "numbers": [[series, year, last] for (series, year), last in sorted(papers.numbers.items())],
        "version": papers.version,
        "keys": keyring.render(papers.ring).decode(),
    }


def _read(body: dict[str, Any]) -> Papers:
    return Papers(
        practice=body["practice"],
        sequence=body["sequence"],
        taken_at=datetime.fromisoformat(body["taken_at"]),
        size=body["size"],
        sha256=body["sha256"],
        head=Head(body["trail"]["sequence"], body["trail"]["seal"]),
        numbers={(series, year): last for series, year, last in body["numbers"]},
        version=body["version"],
        ring=keyring.parse(body["keys"].encode()),
    )


def _seal(data_key: bytes, body: dict[str, Any]) -> str:
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False).encode()
    return hmac.new(keys.derived(data_key, "backup"), canonical, hashlib.sha256).hexdigest()


def _digest_of(path: Path) -> hashlib._Hash:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256")
