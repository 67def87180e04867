"""Taking answers in: what does not fit its question is refused, naming the question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clinic.exchange.catalogue import questions
from clinic.exchange.shape import check_shape
from clinic.rules.answers import misfits
from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.values import ScreeningKind


def check_answers(kind: ScreeningKind, answers: Mapping[str, Any], at: str = "/answers") -> None:
    """Let answers pass only if each has the shape its question asks for; days must be days that exist."""
    try:
        check_shape(answers, "answers-1.json", f"#/$defs/{kind.value}")
    except Refusal as refusal:
        raise Refusal(refusal.code, at=f"{at}{refusal.at or ''}", **refusal.facts) from None
    for question, answer in answers.items():
        for wrong in misfits(answer, questions()[kind.value][question].shape):
            raise Refusal("impossible_date", at=f"{at}/{question}{wrong}")
