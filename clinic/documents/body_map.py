"""The body map on paper: the figures, each mark in the shape of its kind, and its number beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.documents.style import ON_ACCENT, Style, colour, paler
from clinic.rules.notes import MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from clinic.documents.page import Page
    from clinic.rules.body import Figure, Line
    from clinic.rules.notes import Mark, Point

    Place = Callable[[Point], Point]

TOKENS = {
    MarkKind.PAIN: "S4",
    MarkKind.TENSION: "sea",
    MarkKind.TRIGGER_POINT: "clay",
    MarkKind.SCAR: "slate",
    MarkKind.NUMBNESS: "plum",
    MarkKind.SWELLING: "moss",
}
DASHES = {MarkKind.TENSION: "2.4 1.8", MarkKind.NUMBNESS: "0.1 1.9"}
NUMBER = Style(6.6, ON_ACCENT, "SemiBold")
PLAIN, STRONGER, RADIUS, AWAY = 6.5, 0.4, 5.4, 22.0
EDGE = paler("soft_ink", 0.6)
FAINT = paler("soft_ink", 0.3)
AVOID, AVOID_ON = paler("S2", 0.75), paler("S2", 0.12)


def draw(
    page: Page,
    figure: Figure,
    marks: Sequence[tuple[int, Mark]],
    *,
    at: Point,
    high: float,
    avoid: Collection[str] = (),
) -> None:
    """Draw a figure with its numbered marks; `at` is the upper left corner, `high` how tall it is.

    Areas to be left out are hatched, as in the window.
    """
    scale = high / figure.height
    left, top = at

    def put(point: Point) -> Point:
        return (left + point[0] * scale, top - point[1] * scale)

    for line in figure.outline:
        _line(page, line, put, ink=EDGE, fill="1 1 1", thick=0.9)
    for region in figure.regions:
        if region.area in avoid:
            for line in figure.outline:
                bends = [[n for point in bend for n in put(point)] for bend in line.bends]
                shape = [put(point) for point in region.shape]
                page.hatch(put(line.start), bends, shape, ink=AVOID, ground=AVOID_ON)
    for line in figure.details:
        _line(page, line, put, ink=FAINT, thick=0.6)
    axis = left + figure.width * scale / 2
    beside: dict[bool, float] = {}
    for number, mark in sorted(marks, key=lambda each: each[1].at[1]):
        middle = _mark(page, mark, figure, put, scale)
        right = middle[0] >= axis
        y = min(middle[1] + 7, beside.get(right, top + 20) - 2 * RADIUS - 2)
        beside[right] = y
        least = figure.width * scale * 0.36
        x = max(middle[0] + AWAY, axis + least) if right else min(middle[0] - AWAY, axis - least)
        x = min(max(x, left + RADIUS), left + figure.width * scale - RADIUS)
        ink = colour(TOKENS[mark.kind])
        page.stroke(((x, y), middle), ink=ink, thick=0.7)
        page.disc(x, y, RADIUS, fill=ink)
        page.text(x, y - 2.4, str(number), NUMBER, "middle")


def _line(page: Page, line: Line, put: Place, *, ink: str, fill: str = "", thick: float) -> None:
    bends = [[n for point in bend for n in put(point)] for bend in line.bends]
    page.shape(put(line.start), bends, ink=ink, fill=fill, thick=thick)


def _mark(page: Page, mark: Mark, figure: Figure, put: Place, scale: float) -> Point:
    """Draw one mark, and answer where its line may end."""
    ink, ground = colour(TOKENS[mark.kind]), paler(TOKENS[mark.kind], 0.2)
    dash = DASHES.get(mark.kind, "")
    if len(mark.stroke) > 2:  # noqa: PLR2004 - fewer points make no line
        points = [put((x * figure.width, y * figure.height)) for x, y in mark.stroke]
        page.stroke(points, ink=ink, thick=1.4)
        return points[len(points) // 2]
    x, y = put((mark.at[0] * figure.width, mark.at[1] * figure.height))
    half = (PLAIN + STRONGER * (mark.intensity or 0)) * scale
    wide = half * (1.0 if mark.kind is MarkKind.TRIGGER_POINT else 1.3)
    k = 0.5523
    page.shape(
        (x + wide, y),
        (
            (x + wide, y + half * k, x + wide * k, y + half, x, y + half),
            (x - wide * k, y + half, x - wide, y + half * k, x - wide, y),
            (x - wide, y - half * k, x - wide * k, y - half, x, y - half),
            (x + wide * k, y - half, x + wide, y - half * k, x + wide, y),
        ),
        fill=ground,
        ink=ink,
        thick=0.9,
        dash=dash,
    )
    if mark.kind is MarkKind.TRIGGER_POINT:
        page.disc(x, y, 1.3, fill=ink)
    elif mark.kind is MarkKind.SCAR:
        page.stroke(((x - wide, y), (x + wide, y)), ink=ink, thick=0.9)
    elif mark.kind is MarkKind.SWELLING:
        page.disc(x, y, half * 0.5, ink=ink)
    return (x, y)


def trend(page: Page, values: Sequence[float], *, at: Point, size: Point) -> None:
    """Draw a measure's way through time, small enough to stand in a row."""
    low, high = min(values), max(values)
    span = (high - low) or 1
    steps = max(1, len(values) - 1)
    points = [
        (at[0] + size[0] * n / steps, at[1] + size[1] * ((value - low) / span if high > low else 0.5))
        for n, value in enumerate(values)
    ]
    if len(points) > 1:
        page.stroke(points, ink=colour("accent"), thick=1.1)
    page.disc(*points[-1], 1.9, fill=colour("accent"))
