"""Wrong passwords are counted beside the practice: five are free, then each one makes the next wait longer.

This slows whoever tries passwords at the counter. Who carries the files away is slowed by what one try costs.
"""

from __future__ import annotations

import json
import math
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from clinic.storage import disk
from clinic.values import Trouble

if TYPE_CHECKING:
    from pathlib import Path

FREE = 5
LONGEST = 300.0


def wait_for(practice: Path, slot: str, *, patient: bool) -> None:
    """Go on only when this slot may be tried again: a command waits, a window is told how long."""
    failed, last = _read(practice).get(slot, (0, 0.0))
    if failed < FREE:
        return
    delay = min(2.0 ** (failed - FREE), LONGEST)
    left = min(delay, last + delay - time.time())  # a clock set back must not lock anybody out for long
    if left <= 0:
        return
    if not patient:
        raise Trouble("too_many_tries", seconds=math.ceil(left))
    time.sleep(left)


def failed(practice: Path, slot: str) -> None:
    """Count a wrong password."""
    counts = _read(practice)
    counts[slot] = (counts.get(slot, (0, 0.0))[0] + 1, time.time())
    _write(practice, counts)


def succeeded(practice: Path, slot: str) -> None:
    """Forget the wrong passwords of a slot that was opened."""
    counts = _read(practice)
    if counts.pop(slot, None):
        _write(practice, counts)


def _file(practice: Path) -> Path:
    return disk.beside(practice, ".tries")


def _read(practice: Path) -> dict[str, tuple[int, float]]:
    try:
        counts = json.loads(_file(practice).read_bytes())
        return {str(slot): (int(count), float(last)) for slot, (count, last) in counts.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}  # who can damage this file can remove it too


def _write(practice: Path, counts: dict[str, tuple[int, float]]) -> None:
    with suppress(OSError, Trouble):  # a folder that can't be written must not keep anybody from signing in
        if counts:
            disk.put(_file(practice), json.dumps(counts).encode())
        else:
            _file(practice).unlink(missing_ok=True)
