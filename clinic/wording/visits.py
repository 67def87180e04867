"""What is said of visits: why they were given up, and what is asked for those that were missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.values import State
from clinic.wording import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping


def reasons() -> Mapping[str, str]:
    """Say why a visit was given up, or nothing is asked for it, by the code it is kept under."""
    return {
        "no_time": _("Can't make this time"),
        "unwell": _("Not feeling well"),
        "on_the_way": _("Traffic or weather"),
        "therapist_away": _("Therapist is away"),
        "by_mistake": _("Booked by mistake"),
        "not_safe": _("Not safe to treat today"),
        "first_time": _("The first time"),
        "emergency": _("An emergency"),
        "our_mistake": _("Our own mistake"),
        "known_well": _("Somebody we know well"),
    }


def reason(kept: str) -> str:
    """Say a reason as it is kept: by its words where it is a common one, else as somebody typed it."""
    return reasons().get(kept, kept)


def fee(state: State, *, language: str | None = None) -> str:
    """Name the line that is charged for a visit which did not take place."""
    if state is State.NO_SHOW:
        return _("Fee for a missed visit", language=language)
    return _("Fee for a late cancellation", language=language)


def treatment(name: str, minutes: int) -> str:
    """Name a treatment with its length."""
    return _("{treatment}, {n} min").format(treatment=name, n=minutes)


def became(done: int, missed: int, cancelled: int) -> tuple[tuple[str, int], ...]:
    """Say what became of a day's visits."""
    return (
        (_("took place"), done),
        (ngettext("was missed", "were missed", missed), missed),
        (_("cancelled"), cancelled),
    )
