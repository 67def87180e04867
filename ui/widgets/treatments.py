"""The colour by which a treatment is known on the day's list, the calendar and the booking panel."""

from __future__ import annotations

from clinic.values import Technique

_COLOURS = {
    Technique.SWEDISH: "pine",
    Technique.THERAPEUTIC: "sea",
    Technique.DEEP_TISSUE: "clay",
    Technique.TRIGGER_POINT: "slate",
    Technique.MYOFASCIAL: "plum",
    Technique.PRENATAL: "rose",
    Technique.LYMPHATIC: "moss",
    Technique.HOT_STONE: "ochre",
    Technique.SPORTS: "ochre",
    Technique.CUPPING: "plum",
}


def colour_of(technique: Technique) -> str:
    """Name the token of a technique's colour; the words beside it tell apart the two that share one."""
    return _COLOURS[technique]
