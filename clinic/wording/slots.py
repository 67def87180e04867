"""Why a free time stands where it does in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def _phrases() -> Mapping[str, str]:
    return {
        "about_four": _("about four o'clock"),
        "afternoon": _("in the afternoon"),
        "early_for_deep": _("early for deep work"),
        "deep_after_deep": _("deep work back to back"),
        "tight_turnover": _("less than ten minutes to turn over"),
        "leaves_a_gap": _("leaves a gap too short to book"),
        "joins": _("joins the visit beside it"),
        "usual_therapist": _("the usual therapist"),
        "preferred_gender": _("as the client prefers"),
        "skill_unknown": _("training not on file"),
    }


def why(codes: Iterable[str]) -> tuple[str, ...]:
    """Say each reason in a few words."""
    known = _phrases()
    return tuple(known[code] for code in codes)


def weekdays() -> Mapping[str, str]:
    """Name the days of the week, in a few letters."""
    words = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), words, strict=True))
