"""The commands: the same tasks as the window's, for scripts and for machines without a screen."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from clinic.cli import arguments, commands
from clinic.values import Refusal, Stopped, Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, BUG, _USAGE, REFUSED, TROUBLED = range(5)
"""The exit statuses of the contract."""
TOLD = ("flags", "rows")
"""Facts of a refusal that a script can go by."""


def run(words: Sequence[str]) -> int:
    """Carry out one command and return its exit status."""
    asked = arguments.read(words)
    try:
        answer = commands.COMMANDS[asked.command](asked)
    except (Refusal, Trouble) as no:
        return _refuse(no, as_json=asked.json)
    except (KeyboardInterrupt, Stopped):
        return _refuse(Trouble("stopped"), as_json=asked.json)
    except Exception as bug:  # noqa: BLE001 - the last resort: a redacted report instead of a traceback
        return _report(bug)
    if asked.json:
        sys.stdout.write(json.dumps(answer.facts, ensure_ascii=False) + "\n")
    elif answer.words:
        sys.stdout.write(answer.words + "\n")
    if answer.refused is not None:
        return _refuse(answer.refused, as_json=False)
    return DONE


def _refuse(no: Refusal | Trouble, *, as_json: bool) -> int:
    from clinic.wording.refusals import sentence  # noqa: PLC0415 - only where it is needed

    message = sentence(no)
    sys.stderr.write(f"{message}{f' ({no.at})' if no.at else ''}\n")
    if as_json:
        error: dict[str, object] = {"code": no.code, "message": message, "at": no.at}
        error |= {name: no.facts[name] for name in TOLD if name in no.facts}
        sys.stdout.write(json.dumps({"error": error}, ensure_ascii=False) + "\n")
    return REFUSED if isinstance(no, Refusal) else TROUBLED


def _report(bug: BaseException) -> int:
    """Leave a report without anybody's data: where in the program it happened, and nothing that was said."""
    from clinic.office.faults import write_report  # noqa: PLC0415 - only where it is needed

    report = write_report(bug)
    sys.stderr.write(f"A fault in the program; nothing was changed. A report without client data: {report}\n")
    return BUG
