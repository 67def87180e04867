"""The key file beside the practice: one slot per person and one for recovery, in two copies."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from clinic.storage import disk
from clinic.storage.troubles import of_disk, plainly
from clinic.values import Trouble

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = "clinic-keys"
VERSION = 1
MOST_BYTES = 1 << 20
MOST_MEMORY_KIB = 4 << 20
MOST_PASSES = 1000
MOST_LANES = 64


@dataclass(frozen=True, slots=True)
class Cost:
    """What trying one password costs: memory in KiB, passes over it, lanes side by side."""

    memory_kib: int
    passes: int
    lanes: int
    below_floor: bool = field(default=False, compare=False)
    """Says out loud that this is no protection; only tests do."""

    def __post_init__(self) -> None:
        if self.memory_kib < LEAST_MEMORY_KIB and not self.below_floor:
            message = "a password must cost at least the floor"
            raise ValueError(message)


LEAST_MEMORY_KIB = 64 << 10
FLOOR = Cost(LEAST_MEMORY_KIB, 3, 4)
DEFAULT = Cost(256 << 10, 3, 4)


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key, wrapped by one person's password or by the recovery key."""

    id: str
    staff: str
    """Who this is in the practice's records; empty for the recovery slot."""
    name: str
    """What they sign in as; a label, the id is what is authenticated."""
    cost: Cost
    salt: bytes
    check: bytes
    """Tells a wrong password from a damaged slot."""
    nonce: bytes
    wrapped: bytes

    @property
    def is_recovery(self) -> bool:
        """The slot that nobody signs in by."""
        return not self.staff


@dataclass(frozen=True, slots=True)
class Ring:
    """All slots of one practice."""

    practice: str
    """Fingerprint of the data key: tells one practice from another without telling the key."""
    generation: int
    slots: tuple[Slot, ...]

    def with_slots(self, slots: tuple[Slot, ...]) -> Ring:
        """Return the next generation of the ring, with these slots."""
        return replace(self, generation=self.generation + 1, slots=slots)


def key_file(practice: Path) -> Path:
    """Name the key file of a practice."""
    return disk.beside(practice, ".keys")


def second_copy(practice: Path) -> Path:
    """Name the second copy of the key file, for the day the first is damaged."""
    return disk.beside(practice, ".keys.copy")


def read(practice: Path) -> Ring:
    """Read the key file, or its second copy where the first is missing or damaged."""
    rings, damaged = [], False
    for path in (key_file(practice), second_copy(practice)):
        try:
            rings.append(parse(path.read_bytes()))
        except FileNotFoundError:
            continue
        except Trouble:
            damaged = True
        except OSError as error:
            raise of_disk(error) from error
    if not rings and not damaged and not practice.is_file():
        raise Trouble("no_practice")
    if not rings:
        raise Trouble("key_file_damaged" if damaged else "key_file_missing")
    return max(rings, key=lambda ring: ring.generation)


def write(practice: Path, ring: Ring) -> None:
    """Replace both copies, the first one first: from then on the new slots count."""
    content = render(ring)
    disk.put(key_file(practice), content)
    disk.put(second_copy(practice), content)


def mend(practice: Path) -> None:
    """Make both copies say the same again after a crash or damage; a folder that can't be written is left.

    They are read anew: a password may have been changed since whoever mends them began to sign in.
    """
    with suppress(OSError, Trouble):
        content = render(read(practice))
        for path in (key_file(practice), second_copy(practice)):
            if not path.exists() or path.read_bytes() != content:
                disk.put(path, content)


@plainly()
def set_aside(practice: Path) -> None:
    """Keep the keys of a practice that is no longer there under another name: nothing else opens it."""
    for path in (key_file(practice), second_copy(practice)):
        if path.exists():
            n = 1
            while (kept := disk.beside(path, f".old-{n}")).exists():
                n += 1
            path.replace(kept)


def render(ring: Ring) -> bytes:
    """Write the ring as text, with a digest over it: damage never looks like a wrong password."""
    body = {
        "format": FORMAT,
        "version": VERSION,
        "practice": ring.practice,
        "generation": ring.generation,
        "slots": [_write_slot(slot) for slot in ring.slots],
    }
    text = json.dumps(body | {"sha256": _digest(body)}, indent=1, ensure_ascii=False)
    return text.encode() + b"\n"


def parse(content: bytes) -> Ring:
    """Read a ring; anything that is not exactly what was written is damage."""
    try:
        body = json.loads(content[:MOST_BYTES])
        digest = body.pop("sha256")
        if body["format"] != FORMAT or digest != _digest(body):
            raise Trouble("key_file_damaged")
        if body["version"] > VERSION:
            raise Trouble("newer_file")
        slots = tuple(_read_slot(slot) for slot in body["slots"])
        return Ring(str(body["practice"]), int(body["generation"]), slots)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Trouble("key_file_damaged") from error


def _digest(body: dict[str, Any]) -> str:
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _write_slot(slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "staff": slot.staff,
        "name": slot.name,
        "memory_kib": slot.cost.memory_kib,
        "passes": slot.cost.passes,
        "lanes": slot.cost.lanes,
        "salt": _text(slot.salt),
        "check": _text(slot.check),
        "nonce": _text(slot.nonce),
        "wrapped": _text(slot.wrapped),
    }


def _read_slot(slot: dict[str, Any]) -> Slot:
    memory, passes, lanes = (int(slot[name]) for name in ("memory_kib", "passes", "lanes"))
    possible = 8 * lanes <= memory <= MOST_MEMORY_KIB and 1 <= passes <= MOST_PASSES
    if not (possible and 1 <= lanes <= MOST_LANES):
        raise Trouble("key_file_damaged")
    return Slot(
        id=slot["id"],
        staff=slot["staff"],
        name=slot["name"],
        cost=Cost(memory, passes, lanes, below_floor=True),
        salt=_bytes(slot["salt"]),
        check=_bytes(slot["check"]),
        nonce=_bytes(slot["nonce"]),
        wrapped=_bytes(slot["wrapped"]),
    )


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise Trouble("key_file_damaged") from error
