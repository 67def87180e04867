"""The middle of a note: the body map with its tools, a look back through time, and the marks as lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from clinic.office import body_map
from clinic.office.notes import Mark, MarkKind, Treated
from clinic.wording import _, body, day
from ui.screens.note.rows import AreaRow, RowEditor
from ui.theme import theme
from ui.widgets import text
from ui.widgets.body_map import BodyMap
from ui.widgets.body_map.painting import paint_sample
from ui.widgets.buttons import Button, Segments, icon_only
from ui.widgets.cards import column, row
from ui.widgets.fields import Choice
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from clinic.office.note_list import NoteRow
    from clinic.office.notes import Content


class Kind(Button):
    """A kind of mark to make next, with a small picture of it."""

    def __init__(self, kind: MarkKind) -> None:
        super().__init__(body.mark(kind.value), "", "mark")
        self.kind = kind
        self.setCheckable(True)
        self.setAutoExclusive(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(13)
        paint_sample(painter, self.kind, QRectF(7, (self.height() - side) / 2, side, side))


class Middle(QWidget):
    """The body map and all that is said by it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.map = BodyMap()
        self.marks: tuple[Mark, ...] = ()
        self.treated: dict[str, Treated] = {}
        self._avoid: tuple[str, ...] = ()
        self._past: tuple[NoteRow, ...] = ()
        self._open: int | str | None = None
        self._locked = False
        self.sides = Segments(
            (("bodies", _("Front and back")), ("sides", _("Sides"))), _("From where the body is seen")
        )
        self.sides.switched.connect(self.map.show_side)
        self.kinds = {kind: Kind(kind) for kind in MarkKind}
        for kind, button in self.kinds.items():
            button.clicked.connect(lambda _on, kind=kind: self.choose_kind(kind))
        self._kinds_box = QWidget()
        self._kinds_box.setAccessibleName(_("What to mark"))
        self._kinds_box.setLayout(Flow(*self.kinds.values(), spacing=4))
        self._time = QSlider(Qt.Orientation.Horizontal)
        self._time.setAccessibleName(_("Visit to compare with"))
        self._time.setPageStep(1)
        self._time.valueChanged.connect(self._compare)
        self._then = text.label(weight="medium")
        self.earlier = icon_only("chevron-left", _("One visit earlier"), lambda: self._step(-1))
        self.later = icon_only("chevron-right", _("One visit later"), lambda: self._step(+1))
        self._time_box = QWidget()
        whole = row(text.soft(_("Compare with")), self._then, self.earlier, self._time, self.later, spacing=8)
        whole.setStretch(3, 1)
        self._time_box.setLayout(whole)
        self._past_lines = text.caption(_("Dotted rings and the right column are that visit."), wrap=True)
        self._past_lines.hide()
        self._other: NoteRow | None = None
        self._list = column(spacing=0)
        self.editor = RowEditor()
        self.editor.changed.connect(self._edited)
        self.editor.removed.connect(self._remove_open)
        self.areas = Choice()
        self.areas.setAccessibleName(_("Add an area worked on"))
        self.areas.activated.connect(self._add_area)
        self.areas.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.map.added.connect(self.add_mark)
        self.map.chosen.connect(self.open_entry)
        self.map.removed.connect(self.remove_mark)
        self.map.strengthened.connect(self._strengthen)
        self.map.kind_chosen.connect(self.choose_kind)
        self.choose_kind(MarkKind.PAIN)
        self._lay_out()

    def _lay_out(self) -> None:
        lines = column(spacing=8)
        lines.setContentsMargins(20, 14, 20, 16)
        lines.addLayout(Flow(self.sides, self._kinds_box, spacing=12, last_right=True))
        lines.addWidget(self.map, 1)
        lines.addWidget(self._time_box)
        lines.addWidget(self._past_lines)
        lines.addWidget(text.rule())
        lines.addLayout(self._list)
        lines.addWidget(self.editor)
        lines.addWidget(self.areas)
        self.setLayout(lines)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(530), super().sizeHint().height())

    # What is shown

    def show_content(self, content: Content, *, may_write: bool) -> None:
        """Show a note's marks and areas."""
        self.marks = content.marks
        self.treated = {each.area: each for each in content.treated}
        for area in content.areas:
            self.treated.setdefault(area, Treated(area))
        for mark in content.marks:
            if self.treated.get(mark.area) == Treated(mark.area):
                del self.treated[mark.area]
        self._locked = self.map.locked = not may_write
        self._kinds_box.setVisible(may_write)
        self.areas.setVisible(may_write)
        self._open = None
        self._show()

    def show_avoided(self, areas: Collection[str]) -> None:
        """Show the areas that a flag leaves out."""
        self._avoid = tuple(area for area in body_map.AREAS if area in areas)
        self.map.show_avoided(areas)
        self._show()

    def show_past(self, past: Sequence[NoteRow]) -> None:
        """Hold the marks of earlier visits ready to be laid under these."""
        self._past = tuple(note for note in past if note.content.marks)
        self._time_box.setVisible(bool(self._past))
        self._time.blockSignals(True)  # noqa: FBT003 - Qt's own argument
        self._time.setRange(0, len(self._past))
        self._time.setValue(len(self._past))
        self._time.blockSignals(False)  # noqa: FBT003 - as above
        self._compare(len(self._past))

    def compare_with(self, at: int) -> None:
        """Compare with one of the earlier visits, the oldest first."""
        self._time.setValue(at)

    def _step(self, visits: int) -> None:
        self.compare_with(self._time.value() + visits)

    def _compare(self, at: int) -> None:
        """Lay the marks of one visit under those of this; all the way to the right lies nothing."""
        self._other = self._past[at] if at < len(self._past) else None
        self.earlier.setEnabled(at > 0)
        self.later.setEnabled(at < len(self._past))
        other = self._other
        self._then.setText(day(other.at.date()) if other else _("no other visit"))
        self.map.show_past(other.content.marks if other else ())
        self._past_lines.setVisible(other is not None)
        self._show()

    def _say_then(self, line: AreaRow, mark: Mark | None, area: str) -> None:
        """Say of a line how it was at the visit that is compared."""
        if self._other is None:
            return
        there = body_map.on(self._other.content.marks, area)
        alike = next((each for each in there if mark and each.kind is mark.kind), next(iter(there), None))
        if alike is not None:
            line.show_then(body.strength(alike.kind.value, alike.intensity, alike.after))
        elif mark is not None:
            line.show_then(_("not marked then"))

    def _show_gone(self) -> None:
        """Show which marks of the visit that is compared are not there any more."""
        now = {mark.area for mark in self.marks}
        for mark in self._other.content.marks if self._other is not None else ():
            if mark.area not in now:
                line = AreaRow()
                line.show_gone(mark, _("not marked now"))
                self._list.addWidget(line)

    def _entries(self) -> list[tuple[int | str, Mark | None, Treated | None, str]]:
        """List marks, each with what was done to its area, then areas that have no mark."""
        left = dict(self.treated)
        found: list[tuple[int | str, Mark | None, Treated | None, str]] = [
            (n, mark, left.pop(mark.area, None), mark.area) for n, mark in enumerate(self.marks)
        ]
        return found + [(area, None, done, area) for area, done in left.items()]

    def _show(self) -> None:
        """Show the marks on the map and as lines; the open line has its fields under it."""
        self.map.show_marks(self.marks, self._open if isinstance(self._open, int) else None)
        self._list.removeWidget(self.editor)
        text.clear(self._list)
        for key, mark, done, area in self._entries():
            line = AreaRow()
            line.show_entry(key + 1 if isinstance(key, int) else None, mark, done, area)
            self._say_then(line, mark, area)
            line.choose(on=key == self._open)
            line.pressed.connect(lambda key=key: self.open_entry(None if key == self._open else key))
            self._list.addWidget(line)
            if key == self._open and not self._locked:
                self._list.addWidget(self.editor)
        self._show_gone()
        for area in self._avoid:
            if area not in self.treated:
                line = AreaRow()
                line.show_avoided(area)
                self._list.addWidget(line)
        self.editor.setVisible(self._open is not None and not self._locked)
        worked = {mark.area for mark in self.marks} | set(self.treated)
        self.areas.offer(
            [
                (_("Add an area"), None),
                *(
                    (body.headed(body.area(area)), area)
                    for area in body_map.AREAS
                    if area not in worked and area not in self._avoid
                ),
            ]
        )

    # What is done

    def choose_kind(self, kind: MarkKind) -> None:
        """Mark this from now on; a mark that is open becomes one of these."""
        self.map.kind = kind
        self.kinds[kind].setChecked(True)

    def add_mark(self, mark: Mark) -> None:
        """Take a mark on, and open its line."""
        self.marks = (*self.marks, mark)
        self.open_entry(len(self.marks) - 1)
        self.changed.emit()

    def remove_mark(self, at: int) -> None:
        """Take a mark away."""
        gone = self.marks[at]
        self.marks = (*self.marks[:at], *self.marks[at + 1 :])
        if not body_map.on(self.marks, gone.area):
            self.treated.pop(gone.area, None)
        self._open = None
        self._show()
        self.changed.emit()

    def open_entry(self, key: int | str | None) -> None:
        """Open the line of a mark or an area."""
        self._open = key
        found = next(((m, done) for each, m, done, _area in self._entries() if each == key), None)
        if found is not None:
            self.editor.show_entry(*found)
        self._show()

    def _strengthen(self, at: int, strength: int) -> None:
        self.marks = (
            *self.marks[:at],
            replace(self.marks[at], intensity=strength),
            *self.marks[at + 1 :],
        )
        self.open_entry(at)
        self.changed.emit()

    def _edited(self) -> None:
        if self._open is None:
            return
        area = self.marks[self._open].area if isinstance(self._open, int) else self._open
        done = self.editor.treated(area)
        if isinstance(self._open, int):
            at = self._open
            self.marks = (*self.marks[:at], self.editor.mark(self.marks[at]), *self.marks[at + 1 :])
            if done == Treated(area):
                self.treated.pop(area, None)
            else:
                self.treated[area] = done
        else:
            self.treated[area] = done
        self._refresh_lines()
        self.changed.emit()

    def _refresh_lines(self) -> None:
        """Say the open line anew without taking its fields away from under the hands."""
        self.map.show_marks(self.marks, self._open if isinstance(self._open, int) else None)
        rows = [
            line
            for n in range(self._list.count())
            if (item := self._list.itemAt(n)) is not None and isinstance(line := item.widget(), AreaRow)
        ]
        for line, (key, mark, done, area) in zip(rows, self._entries(), strict=False):
            line.show_entry(key + 1 if isinstance(key, int) else None, mark, done, area)
            self._say_then(line, mark, area)

    def _remove_open(self) -> None:
        if isinstance(self._open, int):
            self.remove_mark(self._open)
        elif self._open is not None:
            self.treated.pop(self._open, None)
            self._open = None
            self._show()
            self.changed.emit()

    def _add_area(self, _at: int) -> None:
        area = self.areas.currentData()
        if area is not None:
            self.treated[area] = Treated(area)
            self.open_entry(area)
            self.changed.emit()
