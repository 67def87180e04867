"""A visit drawn on the board: tint, bar, name, what and when, where it stands, and small marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPen

from clinic.office.diary import Mark
from clinic.values import State
from clinic.wording import _
from ui.screens.calendar import words
from ui.screens.calendar.geometry import Box
from ui.screens.calendar.ink import tint
from ui.theme import theme
from ui.widgets.flags import heading, ink_of
from ui.widgets.treatments import colour_of

if TYPE_CHECKING:
    from clinic.office.diary import Entry
    from ui.screens.calendar.ink import Inkwell

BAR, RADIUS, PAD = 4.0, 3.0, 8.0
FILL = {
    State.TENTATIVE: 0.08,
    State.CONFIRMED: 0.14,
    State.ARRIVED: 0.20,
    State.IN_TREATMENT: 0.26,
    State.DONE: 0.08,
}
SLIM = 34.0
"""Visits narrower than this are drawn without words."""
BUFFER = 0.38
"""How strong the bar of a buffer is."""
DASH, SPACE = 5.0, 4.0
NO_MARK = Mark()
LINE_ONLY, TWO_LINES, WHOLE = 18, 36, 58
"""Heights, at the usual size of text, from which one line, two lines, and all three fit."""
WORDS_FROM, TREATMENT_FROM, ICONS_FROM, NAME_FROM = 108, 66, 46, 26
"""Widths from which the state has its word, the treatment its name, the state its icon, the visit its name."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a visit is drawn now."""

    under: str = ""
    """The second line, where it is not treatment and time."""
    focused: bool = False
    hovered: bool = False
    lifted: bool = False
    """Its place stays faintly there while it is carried."""
    pinned: bool = False
    """Taken along on the pinboard: it stays here until it is put down."""
    long: bool = False
    """Whether there is room to say "Visit 5 of 10"."""


USUAL = Look()


def colour(entry: Entry) -> str:
    """Name the token of a visit's colour."""
    return "soft_ink" if entry.technique is None else colour_of(entry.technique)


def second_line(entry: Entry, wide: float) -> str:
    """Say when, and what for; the time comes first, for the rest may be cut short."""
    if not entry.treatment or wide < theme.px(TREATMENT_FROM):
        return words.short(entry.at)
    return f"{words.short(entry.at)}{words.DOT}{entry.treatment}"


def draw_buffers(ink: Inkwell, box: Box, before: float, after: float, entry: Entry) -> None:
    """Draw the time kept free before and after: the same bar, and nothing in it."""
    if entry.busy or not entry.holds:
        return
    painter = ink.painter
    faint = tint(colour(entry), BUFFER)
    if before > 1:
        painter.fillRect(QRectF(box.x, box.y - before, BAR, before - 1), faint)
    if after > 1:
        painter.fillRect(QRectF(box.x, box.y + box.high + 1, BAR, after - 1), faint)


def draw(ink: Inkwell, box: Box, entry: Entry, mark: Mark = NO_MARK, look: Look = USUAL) -> None:
    """Draw one visit."""
    painter = ink.painter
    if box.wide < SLIM and not look.hovered:
        _slim(ink, box, entry, look)
        return
    _ground(ink, box, entry, look)
    _bar(ink, box, entry)
    if look.lifted:
        return
    inner = box.wide - BAR - PAD
    if inner < theme.px(NAME_FROM) or box.high < theme.px(LINE_ONLY) - 5:
        return
    painter.save()
    painter.setClipRect(QRectF(box.x, box.y, box.wide - 2, box.high))
    _words(ink, box, entry, mark, look)
    painter.restore()


def _slim(ink: Inkwell, box: Box, entry: Entry, look: Look) -> None:
    """Draw a visit too narrow for words: where there are many they must be quick, and their corners are not seen."""
    painter = ink.painter
    place = QRect(int(box.x), int(box.y), max(int(box.wide), 2), max(int(box.high), 2))
    token = colour(entry)
    off = entry.state in words.OFF
    painter.fillRect(place, theme.colour("surface") if off else tint(token, _share(entry, look)))
    bar = QRect(place.x(), place.y(), min(int(BAR), max(place.width() // 3, 1)), place.height())
    painter.fillRect(bar, tint(token, 0.4 if off or entry.state is State.TENTATIVE or entry.busy else 1.0))
    if off:
        painter.setPen(ink.pen("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(0, 0, -1, -1))


def _share(entry: Entry, look: Look) -> float:
    return (0.2 if entry.busy else FILL[entry.state]) * (0.4 if look.lifted or look.pinned else 1)


def _ground(ink: Inkwell, box: Box, entry: Entry, look: Look) -> None:
    painter = ink.painter
    place = QRectF(box.x + 0.5, box.y + 0.5, box.wide - 1, box.high - 1)
    token = colour(entry)
    border = QPen(Qt.PenStyle.NoPen)
    if entry.busy:
        fill = theme.colour("sunken")
    elif entry.state in words.OFF:
        fill, border = theme.colour("surface"), ink.pen("line")
    else:
        fill = tint(token, _share(entry, look))
        if entry.state is State.TENTATIVE:
            border = QPen(tint(token, 0.45), 1.0)
        elif entry.state is State.IN_TREATMENT:
            border = QPen(theme.colour(token), 1.5)
    if look.pinned:
        border = QPen(theme.colour(token), 1.2, Qt.PenStyle.DashLine)
    if look.hovered and border.style() == Qt.PenStyle.NoPen:
        border = QPen(tint(token, 0.6), 1.0)
    painter.setPen(border)
    painter.setBrush(fill)
    painter.drawRoundedRect(place, RADIUS, RADIUS)


def _bar(ink: Inkwell, box: Box, entry: Entry) -> None:
    """Draw the bar at the left: solid, dashed while tentative, hollow where nothing took place."""
    painter = ink.painter
    token = colour(entry)
    solid = theme.colour(token)
    if entry.busy:
        painter.fillRect(QRectF(box.x, box.y, BAR, box.high), tint("soft_ink", 0.5))
    elif entry.state is State.TENTATIVE:
        at = 0.0
        while at < box.high:
            painter.fillRect(QRectF(box.x, box.y + at, BAR, min(DASH, box.high - at)), solid)
            at += DASH + SPACE
    elif entry.state in words.OFF:
        painter.setPen(QPen(solid, 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(box.x + 0.5, box.y + 0.5, BAR - 1, box.high - 1))
    else:
        fill = solid if entry.state is not State.DONE else tint(token, 0.85)
        painter.fillRect(QRectF(box.x, box.y, BAR, box.high), fill)


def _words(ink: Inkwell, box: Box, entry: Entry, mark: Mark, look: Look) -> None:
    left, wide = box.x + BAR + PAD - 2, box.wide - BAR - PAD - 2
    off = entry.state in words.OFF
    ink_, soft = theme.colour("ink"), theme.colour("soft_ink")
    name = entry.name or _("Busy")
    low = box.high < theme.px(TWO_LINES)
    top = box.y + (max(0.0, (box.high - theme.px(17)) / 2) if low else theme.px(4))
    counted = words.letter(mark) if not off else ""
    first = wide
    if counted and wide > theme.px(WORDS_FROM):
        first -= _letter(ink, (box.x + box.wide - 7, top), mark, look) + 6
    if low:
        _one_line(ink, Box(left, top, first, box.high), entry, name)
        return
    tone = soft if off or entry.busy else ink_
    ink.write(left, top, name, tone, kind="body", weight="semibold", wide=first, struck=off)
    ink.write(left, top + theme.px(16), look.under or second_line(entry, wide), soft, wide=wide)
    if box.high >= theme.px(WHOLE) and not entry.busy:
        _foot(ink, box, left, entry, mark)


def _one_line(ink: Inkwell, line: Box, entry: Entry, name: str) -> None:
    """Write the name and the time on one line where there is no height for more."""
    off = entry.state in words.OFF
    tone = theme.colour("soft_ink" if off or entry.busy else "ink")
    icon = theme.px(13)
    room = line.wide - icon - 4 if line.wide > theme.px(ICONS_FROM) and not entry.busy else line.wide
    ink.write(line.x, line.y, name, tone, weight="semibold", wide=max(room, 8), struck=off)
    if room < line.wide:
        shown = ink.width(name, "caption", "semibold")
        time = f"  {words.short(entry.at)}"
        if shown + ink.width(time) < room:
            ink.write(line.x + shown, line.y, time, theme.colour("soft_ink"))
        ink.icon(line.x + line.wide - icon, line.y + 1, words.ICONS[entry.state], "soft_ink", 12)


def _letter(ink: Inkwell, corner: tuple[float, float], mark: Mark, look: Look) -> float:
    """Write which visit of its letter it is; where the letter runs out, in full ink with the letter's icon."""
    right, top = corner
    counted = words.letter(mark)
    said = _("Visit {n}").format(n=counted) if look.long else counted
    out = words.runs_out(mark)
    wide = ink.width(said, "caption", "medium")
    tone = theme.colour("ink" if out else "soft_ink")
    ink.write(right - wide, top + 1, said, tone, weight="medium" if out else "regular")
    if out:
        ink.icon(right - wide - theme.px(15), top + 1, "file-clock", "ink", 12)
        wide += theme.px(15)
    return wide


def _foot(ink: Inkwell, box: Box, left: float, entry: Entry, mark: Mark) -> None:
    """Say at the foot where it stands, and at the right what it lacks or what to look at."""
    y = box.y + box.high - theme.px(19)
    size = theme.px(14)
    right = _right(ink, box, y, entry, mark)
    token = colour(entry) if entry.state in {State.ARRIVED, State.IN_TREATMENT} else "soft_ink"
    ink.icon(left, y + 1, words.icon(entry, mark), token, 13)
    said = words.standing(entry, mark)
    if left + size + 4 + ink.width(said) < right - 4:
        ink.write(left + size + 3, y, said, theme.colour(token))


def _right(ink: Inkwell, box: Box, y: float, entry: Entry, mark: Mark) -> float:
    """Draw the marks from the right inwards, and tell how far they reach."""
    right = box.x + box.wide - 7
    wide = box.wide >= theme.px(WORDS_FROM + 22)
    step = theme.px(18)
    limit = int((box.wide - BAR - PAD - theme.px(24)) // step)
    if limit < 1:
        return right
    if entry.state is State.DONE:
        missing = words.lacks(entry, mark)
        icons = []
        if mark.noted:
            icons.append(("pencil", "ink") if not mark.signed else ("notebook-pen", "soft_ink"))
        if mark.charged:
            icons.append(("banknote", "ink" if mark.open.cents > 0 else "soft_ink"))
        elif missing:
            icons.append(("banknote", "ink"))
        if missing and wide:
            said = missing[0]
            unsigned = said != _("Unpaid")
            right -= ink.width(said, "caption", "medium")
            ink.write(right, y, said, theme.colour("ink"), weight="medium")
            first = "pencil" if unsigned else "banknote"
            ink.icon(right - step + 2, y + 1, first, "ink", 13)
            icons = [icon for icon in icons if icon[0] != first]
            right -= step
        for name, tone in icons[::-1][:limit]:
            ink.icon(right - step + 4, y + 1, name, tone, 13)
            right -= step
        return right
    if words.flag(entry, mark):
        said, icon = heading(mark.flag, asks=mark.asks)
        if wide:
            right -= ink.width(said, "caption", "medium")
            ink.write(right, y, said, theme.colour(ink_of(mark.flag)), weight="medium")
        ink.icon(right - step + 2, y + 1, icon, ink_of(mark.flag), 13)
        right -= step
    return right


def draw_focus(ink: Inkwell, box: Box) -> None:
    """Ring a visit that has the keyboard."""
    painter = ink.painter
    painter.setPen(QPen(theme.colour("accent"), 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(
        QRectF(box.x - 1.5, box.y - 1.5, box.wide + 3, box.high + 3), RADIUS + 1, RADIUS + 1
    )
