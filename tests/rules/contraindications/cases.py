"""The screening cases: each lays a few answers over a client who has nothing to report."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "cases" / "screening"
BASE: dict[str, Any] = json.loads((FOLDER / "base.json").read_text("utf-8"))


def laid_over(over: dict[str, Any]) -> dict[str, Any]:
    """A whole case: the base with these answers laid over it, question by question and key by key."""
    case = copy.deepcopy(BASE)
    for key, value in over.items():
        if value is None:
            case.pop(key, None)
        elif key in ("full", "quick"):
            for question, answer in value.items():
                _lay(case[key]["answers"], question, answer)
        elif key in ("full_at", "quick_at"):
            case[key.removesuffix("_at")]["answered_at"] = value
        else:
            case[key] = value
    return case


def _lay(answers: dict[str, Any], question: str, answer: object) -> None:
    if answer is None:
        answers.pop(question, None)
    elif isinstance(answer, dict):
        kept = answers.setdefault(question, {})
        kept |= answer
        for key in [key for key, value in answer.items() if value is None]:
            del kept[key]
    else:
        answers[question] = answer


def cases() -> list[dict[str, Any]]:
    """Every case on file, with the family it belongs to."""
    return [
        {"family": path.stem, **row}
        for path in sorted(FOLDER.glob("*.json"))
        if path.stem != "base"
        for row in json.loads(path.read_text("utf-8"))
    ]
