"""The report of a bug: where in the program it happened, and nothing of what was being worked on."""

from __future__ import annotations

import os
import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = Path(__file__).parents[1]


def written(folder: Path, bug: BaseException) -> Path:
    """Write the report into the folder, readable by its owner alone, and say where it is."""
    now = datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"report-{now:%Y%m%d-%H%M%S-%f}.txt"
    lines = [
        f"when: {now:%Y-%m-%dT%H:%M:%SZ}",
        f"system: {platform.system()} {platform.release()}, Python {platform.python_version()}",
        *_told(bug),
    ]
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as report:
        report.write("\n".join(lines) + "\n")
    return path


def _told(bug: BaseException) -> Iterator[str]:
    """Tell the kinds of error and the places; the messages stay out, for they may carry names."""
    seen: BaseException | None = bug
    while seen is not None:
        yield f"error: {type(seen).__module__}.{type(seen).__qualname__}"
        for frame in traceback.extract_tb(seen.__traceback__):
            yield f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
        seen = seen.__cause__ or seen.__context__


def _place(filename: str) -> str:
    """Name a file inside the program or its libraries, without the machine's folders."""
    path = Path(filename)
    if path.is_relative_to(PROGRAM) and "site-packages" not in path.parts:
        return path.relative_to(PROGRAM).as_posix()
    return path.name
