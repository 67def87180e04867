"""What a quick check carries into the full history: news that outlasts the day it was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clinic.rules.answers import Answered, said_yes
from clinic.rules.screening import over

if TYPE_CHECKING:
    from collections.abc import Mapping

LASTING = ("B04", "C03", "D04", "F01", "F03", "I01", "I02", "K01", "K03")
"""Full questions whose answers stand until somebody says otherwise; fever, drink and sugar speak for a day."""
_LISTS = ("Q3", "Q4", "Q6", "Q8")
_GROUPS = {
    "Q5": ("one_sided_swelling", "pain", "redness_or_warmth"),
    "Q11": (
        "numbness", "weakness", "radiating", "worsening", "saddle", "bladder_bowel", "both_legs", "sexual",
    ),
}  # fmt: skip


def carried(full: Answered, quick: Answered) -> dict[str, Any] | None:
    """Give the full history with the news of a quick check in it, or None where there was none.

    The new version speaks from the day of the full screening it grew from: a word at the table renews nothing
    that was not asked again.
    """
    if not _has_news(quick.answers, full.answers):
        return None
    laid = over(full, quick).values
    changed = {question: laid[question] for question in LASTING if question in laid}
    version = {**full.answers, **changed}
    return None if version == dict(full.answers) else version


def _has_news(quick: Mapping[str, Any], full: Mapping[str, Any]) -> bool:
    if any(quick.get(question) for question in _LISTS):
        return True
    pregnancy = quick.get("Q7", {}).get("pregnancy")
    if pregnancy is not None and pregnancy != full.get("F01"):
        return True
    return any(
        said_yes(quick.get(question, {}).get(key)) for question, keys in _GROUPS.items() for key in keys
    )
