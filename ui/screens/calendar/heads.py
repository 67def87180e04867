"""The heads of the columns: days, and below them therapists or rooms; or these alone where there is one day."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPen

from clinic.wording import _
from ui.screens.calendar import words
from ui.theme import theme

if TYPE_CHECKING:
    from clinic.office.diary import Spread
    from clinic.values import RoomId, StaffId
    from ui.screens.calendar.board import Board
    from ui.screens.calendar.ink import Inkwell
    from ui.screens.calendar.plan import Column, Plan

LINE, SECOND = 38, 22
LEAST_SINGLE, LEAST_DAY, LEAST_SHARED = 58, 92, 24
"""How narrow a column may get: a day by itself, a therapist's day, one of several on one day."""


class Heads:
    """What stands over the columns."""

    def __init__(self) -> None:
        self._spread: Spread | None = None
        self._columns: tuple[Column, ...] = ()
        self._names: dict[StaffId, str] = {}
        self._titles: dict[StaffId, str] = {}
        self._firsts: dict[StaffId, str] = {}
        self._places: dict[RoomId, str] = {}
        self._counts: Counter[int] = Counter()

    def show(self, spread: Spread, plan: Plan) -> None:
        """Head these columns."""
        self._spread, self._columns = spread, plan.columns
        self._names = {person.id: person.name for person in spread.people}
        self._titles = {person.id: person.title.split(",")[0] for person in spread.people}
        first = Counter(person.name.split()[0] for person in spread.people)
        self._firsts = {
            person.id: name if first[name := person.name.split()[0]] == 1 else person.name
            for person in spread.people
        }
        self._places = {place.id: place.name for place in spread.places}
        self._counts = Counter(piece.column for piece in plan.pieces if piece.entry.holds)

    @property
    def one_day(self) -> bool:
        """Whether all columns are of one day."""
        return len({column.day for column in self._columns}) < 2  # noqa: PLR2004 - one, or none

    @property
    def shared(self) -> bool:
        """Whether several days have several columns each."""
        days = {column.day for column in self._columns}
        return len(days) > 1 and len(self._columns) > len(days)

    def height(self) -> int:
        """Say how high the heads are."""
        return theme.px(LINE + SECOND if self.shared else LINE)

    def least(self) -> int:
        """Say how narrow a column may get."""
        if self.shared:
            return LEAST_SHARED
        return LEAST_DAY if self.one_day and len(self._columns) > 1 else LEAST_SINGLE

    def name(self, staff: StaffId | None) -> str:
        """Name a therapist."""
        return self._names.get(staff, "") if staff is not None else ""

    def first_name(self, staff: StaffId) -> str:
        """Name a therapist as colleagues do."""
        return self._firsts.get(staff, "")

    def place(self, room: RoomId | None) -> str:
        """Name a room."""
        return self._places.get(room, "") if room is not None else ""

    def title(self, column: Column) -> str:
        """Name a column by itself."""
        return self.name(column.staff) or column.title or _("No room")

    def paint(self, ink: Inkwell, board: Board, body: QRect) -> None:
        """Draw the heads, scrolled sideways with their columns."""
        painter = ink.painter
        geometry, spread = board.geometry_, self._spread
        painter.fillRect(QRect(0, 0, board.width(), body.y()), theme.colour("surface"))
        painter.setPen(ink.pen("line"))
        painter.drawLine(0, body.y() - 1, board.width(), body.y() - 1)
        if spread is None:
            return
        painter.save()
        painter.setClipRect(QRect(body.x(), 0, body.width() + 12, body.y()))
        shift = body.x() - board.across.value()
        several = len(self._columns) > 1
        for day, group in groupby(enumerate(self._columns), key=lambda each: each[1].day):
            inside = list(group)
            left = shift + geometry.left(inside[0][0])
            wide = geometry.column * len(inside)
            painter.setPen(ink.pen("line"))
            painter.drawLine(int(left), body.y() - theme.px(10), int(left), body.y())
            if not (self.one_day and several):
                today = day == spread.now.date()
                self._day(ink, (left, wide), (words.weekday(day), str(day.day)), today=today)
                if self.one_day:
                    self._right(ink, inside[0], (left, wide))
            else:
                for at, column in inside:
                    across = (shift + geometry.left(at), geometry.column)
                    painter.setPen(ink.pen("line"))
                    painter.drawLine(int(across[0]), body.y() - theme.px(10), int(across[0]), body.y())
                    self._single(ink, (at, column), across)
            if self.shared:
                for at, column in inside:
                    self._second(ink, column, (shift + geometry.left(at), geometry.column))
        painter.restore()

    def _day(
        self,
        ink: Inkwell,
        across: tuple[float, float],
        said: tuple[str, str],
        *,
        today: bool,
    ) -> None:
        """Head a day: its weekday, and its number, on accent where it is today."""
        painter = ink.painter
        x, y = across[0] + theme.px(8), theme.px(11)
        weekday, number = said
        if across[1] < theme.px(66):
            weekday = weekday[:1]
        tone = theme.colour("accent" if today else "soft_ink")
        ink.write(x, y, weekday, tone, kind="body", weight="semibold" if today else "regular")
        x += ink.width(weekday, "body", "semibold" if today else "regular") + theme.px(6)
        wide = ink.width(number, "body", "semibold")
        if today:
            pill = QRectF(x, y - theme.px(2), wide + theme.px(14), theme.px(20))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(pill, 5, 5)
            x += theme.px(7)
        ink.write(
            x,
            y,
            number,
            theme.colour("on_accent" if today else "ink"),
            kind="body",
            weight="semibold",
        )

    def _single(self, ink: Inkwell, column: tuple[int, Column], across: tuple[float, float]) -> None:
        """Head a therapist or a room by its full name."""
        at, which = column
        left, wide = across
        y = theme.px(11)
        taken = self._right(ink, (at, which), across)
        ink.icon(left + theme.px(8), y + 1, "armchair" if which.staff is None else "user", "soft_ink", 14)
        x = left + theme.px(28)
        room = wide - theme.px(28) - taken - theme.px(12)
        name = self.title(which)
        ink.write(x, y, name, theme.colour("ink"), kind="body", weight="semibold", wide=max(room, 12))
        title = self._titles.get(which.staff, "") if which.staff is not None else ""
        shown = ink.width(name, "body", "semibold")
        if title and shown + theme.px(6) + ink.width(title, "body") < room:
            ink.write(x + shown + theme.px(6), y, title, theme.colour("soft_ink"), kind="body")

    def _right(self, ink: Inkwell, column: tuple[int, Column], across: tuple[float, float]) -> float:
        """Write hours, or how much is booked, at the right of a head, and tell how wide that came out."""
        at, which = column
        spread = self._spread
        if spread is None:
            return 0.0
        said = (
            words.count(self._counts[at])
            if which.staff is None
            else words.hours(spread.hours.get((which.staff, which.day), ())) or _("Off")
        )
        wide = ink.width(said)
        if wide > across[1] * 0.45:
            return 0.0
        x = across[0] + across[1] - wide - theme.px(10)
        ink.write(x, theme.px(12), said, theme.colour("soft_ink"))
        return wide + theme.px(10)

    def _second(self, ink: Inkwell, column: Column, across: tuple[float, float]) -> None:
        """Name a therapist below a day: by first name, or by one letter where it is narrow."""
        painter = ink.painter
        name = self.first_name(column.staff) if column.staff is not None else column.title
        if ink.width(name) > across[1] - 6:
            name = "".join(part[:1] for part in name.split()[:2])
        if ink.width(name) > across[1]:
            return
        y = theme.px(LINE) - theme.px(1)
        x = across[0] + max((across[1] - ink.width(name)) / 2, 1)
        ink.write(x, y, name, theme.colour("soft_ink"))
        painter.setPen(QPen(Qt.PenStyle.NoPen))
