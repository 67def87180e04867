"""The high-water mark beside the file: the highest numbers that may stand on paper, whatever is put back.

It is written inside the transaction that takes a number, before that transaction counts. So it may know of a
number that in the end was not taken, but no paper is ever handed out that it does not know of.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clinic.storage import disk, keys
from clinic.storage.troubles import of_disk, plainly

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlcipher3 import dbapi2

    from clinic.storage.vault import Vault

Numbers = dict[tuple[str, int], int]
"""The last number taken in each series and year."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What must not be forgotten even if the file is."""

    numbers: Numbers = field(default_factory=dict)
    trail: int = 0
    """Where the trail ended before the numbers were taken: a file whose trail is shorter is an older one."""

    def raised(self, numbers: Mapping[tuple[str, int], int], trail: int) -> Mark:
        """Return the mark that knows these numbers as well; it never goes down."""
        both = {key: max(self.numbers.get(key, 0), numbers.get(key, 0)) for key in {*self.numbers, *numbers}}
        return Mark(both, max(self.trail, trail))


def file(practice: Path) -> Path:
    """Name the mark of a practice."""
    return disk.beside(practice, ".mark")


def read(vault: Vault) -> Mark | None:
    """Read the mark; None where it is lost, damaged or another practice's."""
    return read_with(vault.path, vault.data_key)


def read_with(practice: Path, data_key: bytes) -> Mark | None:
    """Read the mark beside a file that may not be there any more."""
    try:
        body = json.loads(file(practice).read_bytes())
        seal = bytes.fromhex(body.pop("seal"))
        if not hmac.compare_digest(seal, _seal(data_key, body)):
            return None
        numbers = {_key(name): int(last) for name, last in body["numbers"].items()}
        return Mark(numbers, int(body["trail"]))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise of_disk(error) from error
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def write(vault: Vault, mark: Mark) -> None:
    """Write the mark; on return it has reached the disk."""
    body = {
        "numbers": {f"{series}/{year}": last for (series, year), last in sorted(mark.numbers.items())},
        "trail": mark.trail,
    }
    seal = _seal(vault.data_key, body).hex()
    disk.put(file(vault.path), json.dumps(body | {"seal": seal}).encode())


def advance(vault: Vault, numbers: Mapping[tuple[str, int], int], trail: int) -> None:
    """Remember the numbers about to be taken, inside the transaction that takes them and just before its end.

    Its lock keeps two writers of the mark apart. The trail is the sequence at which it ended before.
    """
    write(vault, (read(vault) or _as_kept(vault)).raised(numbers, trail))


def move(made: Path, practice: Path) -> None:
    """Let the mark of a practice that was made aside take its place with it."""
    with plainly():
        file(made).replace(file(practice))


def numbers_in(opened: dbapi2.Connection) -> Numbers:
    """Read the last number taken of each series and year from the file itself."""
    return {
        (series, year): last
        for series, year, last in opened.execute("SELECT series, year, last FROM counters")
    }


def _as_kept(vault: Vault) -> Mark:
    """Make the mark anew from what is committed, after it was lost beside a file that was not."""
    opened = vault.raw()
    try:
        return Mark(numbers_in(opened))
    finally:
        opened.close()


def _key(name: str) -> tuple[str, int]:
    series, _, year = name.rpartition("/")
    return series, int(year)


def _seal(data_key: bytes, body: Mapping[str, object]) -> bytes:
    canonical = json.dumps(body, sort_keys=True).encode()
    return hmac.new(keys.derived(data_key, "mark"), canonical, hashlib.sha256).digest()
