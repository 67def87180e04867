"""A visit in the hand, drawn where it would go, with what is in the way there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen

from clinic.wording import _
from ui.screens.calendar import backdrop, visit, words
from ui.screens.calendar.fits import Clash, Why
from ui.screens.calendar.ink import tint
from ui.theme import theme

if TYPE_CHECKING:
    from ui.screens.calendar.board import Board
    from ui.screens.calendar.geometry import Box
    from ui.screens.calendar.hands import Held
    from ui.screens.calendar.ink import Inkwell


def draw(ink: Inkwell, board: Board, held: Held) -> None:
    """Draw it over the board, snapped to where it would be put down."""
    painter = ink.painter
    if board.plan is None:
        return
    box = board.seen(backdrop.stretch_box(board, held.column, held.start, held.end))
    entry = replace(held.entry, at=held.wish.at, minutes=held.wish.minutes)
    scale = board.geometry_.scale
    visit.draw_buffers(ink, box, entry.before * scale, entry.after * scale, entry)
    look = visit.Look(under=words.from_to(entry.at, entry.minutes))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(QRectF(box.x, box.y, box.wide, box.high), visit.RADIUS, visit.RADIUS)
    visit.draw(ink, box, entry, board.mark_of(entry), look)
    if held.clash is None:
        frame(ink, box)
        if held.wish.copy:
            ink.icon(box.x + box.wide - theme.px(20), box.y + 4, "copy", "accent", 14)
    else:
        refuse(ink, box, said(held.clash, board.heads.first_name(held.wish.staff)))


def frame(ink: Inkwell, box: Box) -> None:
    """Frame what can be put down here."""
    painter = ink.painter
    painter.setPen(QPen(theme.colour("accent"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box.x, box.y, box.wide, box.high), visit.RADIUS, visit.RADIUS)


def refuse(ink: Inkwell, box: Box, why: str) -> None:
    """Hatch what cannot be put here, and say why beneath it."""
    painter = ink.painter
    place = QRectF(box.x, box.y, box.wide, box.high)
    painter.fillRect(place, ink.hatch("ink", 0.28))
    painter.setPen(QPen(theme.colour("soft_ink"), 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place, visit.RADIUS, visit.RADIUS)
    wide = max(ink.width(why, "caption", "medium") + theme.px(34), box.wide)
    label = QRectF(box.x, box.y + box.high + 3, wide, theme.px(24))
    painter.setPen(QPen(tint("ink", 0.35), 1))
    painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(label, 5, 5)
    ink.icon(label.x() + 7, label.y() + theme.px(5), "circle-alert", "ink", 14)
    ink.write(label.x() + theme.px(26), label.y() + theme.px(5), why, theme.colour("ink"), weight="medium")


def said(clash: Clash, who: str) -> str:
    """Say in a few words what is in the way."""
    until = words.short(clash.span.end) if clash.span is not None else ""
    return {
        Why.STAFF: _("{name} is taken until {time}").format(name=who, time=until),
        Why.ROOM: _("The room is taken until {time}").format(time=until),
        Why.BLOCKED: _("{reason} until {time}").format(reason=clash.words, time=until),
        Why.OVER: _("This visit can no longer be moved"),
        Why.OTHERS: _("Only your own visits can be moved"),
    }[clash.why]
