"""Packing: times that overlap stand beside one another, each as wide as there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.screens.calendar.ruler import Stretch


@dataclass(frozen=True, slots=True)
class Lane:
    """The share of a column's width that something takes, from 0 to 1."""

    left: float = 0.0
    right: float = 1.0


WHOLE = Lane()


def packed(times: Sequence[Stretch]) -> tuple[Lane, ...]:
    """Give each time a lane of its own where it meets others; an end that touches a beginning meets nobody."""
    lanes = [WHOLE] * len(times)
    order = sorted(range(len(times)), key=lambda n: (times[n][0], -times[n][1], n))
    cluster: list[int] = []
    reach = -1
    for n in order:
        if cluster and times[n][0] >= reach:
            _divide(times, cluster, lanes)
            cluster = []
            reach = -1
        cluster.append(n)
        reach = max(reach, times[n][1])
    _divide(times, cluster, lanes)
    return tuple(lanes)


def _divide(times: Sequence[Stretch], cluster: Sequence[int], lanes: list[Lane]) -> None:
    """Divide the width among times of which each meets another, the last ones as far as nothing stands."""
    if len(cluster) < 2:  # noqa: PLR2004 - who is alone has the whole width already
        return
    columns: list[list[int]] = []
    for n in cluster:
        free = next((column for column in columns if times[column[-1]][1] <= times[n][0]), None)
        if free is None:
            columns.append([n])
        else:
            free.append(n)
    wide = len(columns)
    for at, column in enumerate(columns):
        for n in column:
            until = next(
                (
                    further
                    for further in range(at + 1, wide)
                    if any(meet(times[n], times[other]) for other in columns[further])
                ),
                wide,
            )
            lanes[n] = Lane(at / wide, until / wide)


def meet(one: Stretch, other: Stretch) -> bool:
    """Tell whether two times overlap; those that only touch do not."""
    return one[0] < other[1] and other[0] < one[1]
