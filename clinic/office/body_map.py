"""The body map: its figures for a window or a paper, and marks as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.exchange.body import drawn
from clinic.office import flags
from clinic.rules.areas import AREAS, MIDDLE, PAIRED
from clinic.rules.body import Figure, Line, Region
from clinic.rules.permissions import Permission
from clinic.values import Refusal
from clinic.wording import body

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clinic.office.notes import Opened
    from clinic.rules.notes import Mark, Treated, View
    from clinic.storage.work import Work

__all__ = ["AREAS", "MIDDLE", "PAIRED", "Figure", "Line", "Region", "avoided", "figures", "lines"]

EVERYBODYS = frozenset({"breast"})
"""What is left out of everybody's treatment is not hatched: it says nothing of this client."""


def figures() -> Mapping[View, Figure]:
    """Give the figures, by the side from which the body is seen."""
    return drawn()


def avoided(work: Work, opened: Opened) -> frozenset[str]:
    """Name the areas that the flags of a visit leave out."""
    work.require(Permission.NOTE_READ)
    try:
        judged = flags.of_visit(
            work, client=opened.client, treatment=opened.treatment_id, at=opened.at, sites=()
        )
    except Refusal:
        return frozenset()
    return frozenset(site for finding in judged["findings"] for site in finding["sites_avoided"]) - EVERYBODYS


def lines(marks: Iterable[Mark], treated: Iterable[Treated] = ()) -> tuple[str, ...]:
    """Say each mark, and each area worked on, as a line of text: for whoever listens, searches or prints."""
    left = {each.area: each for each in treated}
    said = []
    for mark in marks:
        done = left.pop(mark.area, None)
        parts = [
            body.headed(body.area(mark.area)),
            body.strength(mark.kind.value, mark.intensity, mark.after),
            _done(done),
        ]
        said.append(", ".join(part for part in parts if part))
    said += [
        ", ".join(part for part in (body.headed(body.area(each.area)), _done(each)) if part)
        for each in left.values()
    ]
    return tuple(said)


def _done(each: Treated | None) -> str:
    if each is None:
        return ""
    return body.treated(each.technique.value if each.technique else None, each.pressure, each.minutes)


def on(marks: Iterable[Mark], area: str) -> tuple[Mark, ...]:
    """Give the marks that lie on an area."""
    return tuple(mark for mark in marks if mark.area == area)
