"""One day of the month as it is painted: its number, how much is booked, and a line for each visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen

from clinic.wording import _, ngettext
from ui.screens.calendar import visit, words
from ui.screens.calendar.ink import tint
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clinic.office.diary import Entry
    from clinic.values import AppointmentId
    from ui.screens.calendar.ink import Inkwell

LINE, TOP = 18, 26
AWAY = 0.35
"""How much of a visit is seen where it stands while it is carried elsewhere."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the month, and how it stands there."""

    on: date
    place: QRectF
    inside: bool
    """Whether it belongs to the month itself."""
    open: bool
    today: bool
    focused: bool
    held_over: str = ""
    """The colour of what is held over it: accent where it can be put down, the severest where it can't."""


@dataclass(frozen=True, slots=True)
class Line:
    """What stands in a line of a day: a visit, or none where it says how many more there are."""

    entry: Entry | None
    place: QRectF
    on: date


def draw(
    ink: Inkwell, cell: Cell, entries: Sequence[Entry], away: frozenset[AppointmentId]
) -> tuple[Line, ...]:
    """Draw a day, and tell where its lines stand; visits that are carried away are drawn faintly."""
    painter, place = ink.painter, cell.place
    if not cell.inside:
        painter.fillRect(place, tint("canvas", 0.6))
    if not cell.open:
        painter.fillRect(place, ink.hatch("ink", 0.05))
    if cell.held_over:
        painter.fillRect(place, tint(cell.held_over, 0.14))
    painter.setPen(ink.pen("line"))
    painter.drawLine(place.topLeft(), place.topRight())
    if place.x() > 1:
        painter.drawLine(place.topLeft(), place.bottomLeft())
    _number(ink, cell)
    held = sum(entry.holds for entry in entries)
    room = int((place.bottom() - place.y() - theme.px(TOP) - 2) // theme.px(LINE))
    if held and (room > 1 or len(entries) == 1):  # where only a number fits, it stands with its word
        counted = str(held)
        right = place.right() - ink.width(counted) - theme.px(8)
        ink.write(right, place.y() + theme.px(5) + 1, counted, theme.colour("soft_ink"))
    lines = _visits(ink, cell, entries, away)
    if cell.focused or cell.held_over:
        painter.setPen(QPen(theme.colour(cell.held_over or "accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
    return lines


def _number(ink: Inkwell, cell: Cell) -> None:
    painter, said = ink.painter, str(cell.on.day)
    x, y = cell.place.x() + theme.px(8), cell.place.y() + theme.px(5)
    if cell.today:
        wide = ink.width(said, "body", "semibold") + theme.px(12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(x - theme.px(6), y - 1, wide, theme.px(19)), 5, 5)
    tone = "on_accent" if cell.today else "ink" if cell.inside else "soft_ink"
    ink.write(x, y, said, theme.colour(tone), kind="body", weight="semibold" if cell.inside else "regular")


def _visits(
    ink: Inkwell, cell: Cell, entries: Sequence[Entry], away: frozenset[AppointmentId]
) -> tuple[Line, ...]:
    """Draw as many visits as there is room for, then how many more there are."""
    place, high = cell.place, theme.px(LINE)
    top = place.y() + theme.px(TOP)
    room = max(int((place.bottom() - top - 2) // high), 0)
    shown = entries if len(entries) <= room else entries[: max(room - 1, 0)]
    lines = []
    for n, entry in enumerate(shown):
        box = QRectF(place.x() + 4, top + n * high, place.width() - 8, high - 2)
        ink.painter.setOpacity(AWAY if entry.id in away else 1.0)
        draw_line(ink, entry, box)
        lines.append(Line(entry, box, cell.on))
    ink.painter.setOpacity(1.0)
    more = len(entries) - len(shown)
    if more and room:
        said = ngettext("{n} more", "{n} more", more).format(n=more)
        if not shown:
            said = words.count(sum(entry.holds for entry in entries))
        y = top + len(shown) * high
        ink.write(place.x() + 11, y + 1, said, theme.colour("soft_ink"))
        lines.append(Line(None, QRectF(place.x() + 4, y, place.width() - 8, high - 2), cell.on))
    return tuple(lines)


def draw_line(ink: Inkwell, entry: Entry, place: QRectF) -> None:
    """Draw a visit as a line: its bar, when it begins and whose it is."""
    painter, off = ink.painter, entry.state in words.OFF
    if not off:
        painter.fillRect(place, tint(visit.colour(entry), visit.FILL[entry.state]))
    bar = QRectF(place.x(), place.y(), 3, place.height())
    painter.fillRect(bar, tint(visit.colour(entry), 0.35 if off else 1.0))
    ink.write(place.x() + 7, place.y() + 1, words.short(entry.at), theme.colour("soft_ink"))
    left = ink.width("00:00") + 11
    ink.write(
        place.x() + left,
        place.y() + 1,
        entry.name or _("Busy"),
        theme.colour("soft_ink" if off or entry.busy else "ink"),
        weight="medium",
        wide=max(place.width() - left - 3, 4),
        struck=off,
    )
