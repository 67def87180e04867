"""Reports of faults in the program itself: where it happened, and nothing of what was said or kept."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_log_path


def write_report(bug: BaseException) -> Path:
    """Write down the kind of fault and the places in the program it went through; no values, no messages."""
    frames = traceback.extract_tb(bug.__traceback__)
    told = [
        f"Effleurage on Python {platform.python_version()}, {platform.system()}",
        type(bug).__name__,
        *(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames),
    ]
    name = f"fault-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
    for folder in (user_log_path("effleurage", appauthor=False), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            report = folder / name
            report.write_text("\n".join(told) + "\n", encoding="utf-8")
        except OSError:
            continue
        return report
    sys.stderr.write("\n".join(told) + "\n")
    return Path(name)
