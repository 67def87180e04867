"""The right column of a note: what was measured, how the session was given, and how the series stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic.office import measures, notes, products
from clinic.office.measures import MOVES, Series, Tool
from clinic.office.notes import Content, Measure, Position
from clinic.wording import _, body, outcomes
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import Segments
from ui.widgets.cards import Facts, column, row
from ui.widgets.chips import Chip
from ui.widgets.fields import Choice, Line, Offers
from ui.widgets.flow import Flow
from ui.widgets.forms import Field
from ui.widgets.trend import Sparkline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clinic.values import Technique

PRESSURES = ("P0", "P1", "P2", "P3", "P4", "P5")
Key = tuple[Tool, str]
NOW: Key = (Tool.NRS, "")


class MeasureRow:
    """The two numbers of one measure, and its line through time."""

    def __init__(self, key: Key) -> None:
        self.key = key
        tool, of = key
        name = outcomes.measure(tool.value, of)
        self.name = QWidget()
        self.name.setLayout(
            column(text.label(name, wrap=True), text.caption(outcomes.unit(tool.value)), spacing=0)
        )
        self.before, self.after = Line(), Line()
        for line, when in ((self.before, _("before")), (self.after, _("after"))):
            line.setAccessibleName(_("{measure}, {when}").format(measure=name, when=when))
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.setFixedWidth(theme.px(50))
        self.way = Sparkline()

    def show_values(self, content: Content, way: Series | None) -> None:
        """Show the two numbers, and how it went."""
        tool, of = self.key
        for line, when in ((self.before, "before"), (self.after, "after")):
            value = next(
                (m.value for m in content.measures if (m.tool, m.of, m.when) == (tool.value, of, when)), None
            )
            line.setText("" if value is None else outcomes.number(value))
        if way is not None:
            values = [point.value for point in way.points if point.value is not None]
            self.way.show_values(values, went(way))

    def measures(self) -> list[Measure]:
        """Give the numbers that are there and can be read."""
        tool, of = self.key
        found = []
        for line, when in ((self.before, "before"), (self.after, "after")):
            value = measures.read(tool, line.text())
            wrong = bool(line.text().strip()) and value is None
            line.setProperty("refused", wrong)
            line.style().unpolish(line)
            line.style().polish(line)
            if value is not None:
                whole = int(value) if value == int(value) else value
                found.append(Measure(tool.value, whole, when, of))
        return found


def _let_write(line: Line, *, may_write: bool) -> None:
    """Let a line be written in, or have it read as words and not as a field."""
    line.setReadOnly(not may_write)
    line.setFocusPolicy(Qt.FocusPolicy.StrongFocus if may_write else Qt.FocusPolicy.ClickFocus)
    line.setProperty("role", "" if may_write else "bare")
    line.style().unpolish(line)
    line.style().polish(line)


def went(way: Series) -> str:
    """Say how a measure went."""
    if way.change is None:
        return _("First measured.")
    return outcomes.went(
        way.tool.value, way.change.by, len(way.points), better=way.change.better, matters=way.change.matters
    )


class Session(QWidget):
    """Measures, session and series."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rows: dict[Key, MeasureRow] = {}
        self._others: tuple[Measure, ...] = ()
        self._techniques: tuple[Technique, ...] = ()
        self._series: dict[Key, Series] = {}
        self._allergies: tuple[str, ...] = ()
        self._showing = False
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._since = text.caption()
        self._went = text.caption(wrap=True)
        self._more = Choice()
        self._more.setAccessibleName(_("Add a measure"))
        self._more.activated.connect(self._add_measure)
        self.pressure = Segments([(each, each) for each in PRESSURES], _("Pressure, highest used"))
        self.pressure.clear()
        self.pressure.switched.connect(lambda _key: self._tell())
        self.minutes = Line()
        self.position = Choice(
            [("–", None), *((body.position(each.value), each) for each in Position)]  # noqa: RUF001 - a dash
        )
        self.position.currentIndexChanged.connect(self._tell)
        self.products = Line(hint=_("Jojoba oil; own blend (almond)"))
        Offers(products.names(), self.products)
        self._clashes = Flow(spacing=6)
        self._facts = Facts()
        self._series_box = QWidget()
        self._series_box.setLayout(column(text.section(_("Series")), self._facts, spacing=8))
        self._series_box.hide()
        for line in (self.minutes, self.products):
            line.textChanged.connect(self._tell)
        self._lay_out()

    def _lay_out(self) -> None:
        lines = column(spacing=8)
        lines.setContentsMargins(20, 16, 20, 20)
        head = row(text.section(_("Measures")))
        head.addStretch(1)
        head.addWidget(self._since)
        lines.addLayout(head)
        lines.addLayout(self._grid)
        lines.addWidget(self._went)
        lines.addWidget(self._more)
        lines.addSpacing(10)
        lines.addWidget(text.section(_("Session")))
        lines.addWidget(Field(_("Pressure, highest used"), self.pressure))
        pair = row(
            Field(_("Hands-on minutes"), self.minutes), Field(_("Position"), self.position), spacing=10
        )
        pair.setStretch(0, 1)
        pair.setStretch(1, 1)
        lines.addLayout(pair)
        lines.addWidget(Field(_("Products"), self.products))
        lines.addLayout(self._clashes)
        lines.addSpacing(10)
        lines.addWidget(self._series_box)
        lines.addStretch(1)
        self.setLayout(lines)

    # What is shown

    def show_content(
        self, content: Content, series: Iterable[Series], allergies: Sequence[str], *, may_write: bool
    ) -> None:
        """Show what a note says of its session."""
        self._showing = True
        self._series = {(each.tool, each.of): each for each in series}
        self._allergies = tuple(allergies)
        self._techniques = content.techniques
        self._others = tuple(m for m in content.measures if m.tool not in Tool.__members__)
        here = [(Tool(m.tool), m.of) for m in content.measures if m.tool in Tool.__members__]
        self._show_rows(dict.fromkeys([NOW, *self._series, *here]), content, may_write=may_write)
        if content.pressure in PRESSURES:
            self.pressure.choose(content.pressure or "")
        else:
            self.pressure.clear()
        self.minutes.setText("" if content.minutes is None else str(content.minutes))
        self.position.choose(content.position)
        self.products.setText(products.written(content.products))
        for field in (self.pressure, self.position, self._more):
            field.setEnabled(may_write)
        for line in (self.minutes, self.products):
            _let_write(line, may_write=may_write)
        self.products.setPlaceholderText(_("Jojoba oil; own blend (almond)") if may_write else "–")  # noqa: RUF001 - a dash
        self._more.setVisible(may_write)
        self._showing = False
        self._weigh()

    def _show_rows(self, keys: Iterable[Key], content: Content, *, may_write: bool) -> None:
        text.clear(self._grid)
        self.rows = {key: MeasureRow(key) for key in keys}
        for at, words in ((1, _("Before")), (2, _("After"))):
            head = text.caption(words)
            self._grid.addWidget(head, 0, at, Qt.AlignmentFlag.AlignRight)
        for n, (key, measured) in enumerate(self.rows.items(), 1):
            measured.show_values(content, self._series.get(key))
            cells = (measured.name, measured.before, measured.after, measured.way)
            for at, cell in enumerate(cells):
                self._grid.addWidget(cell, n, at)
            for line in (measured.before, measured.after):
                _let_write(line, may_write=may_write)
                line.textChanged.connect(self._tell)
        first = next((each for each in self._series.values() if each.change is not None), None)
        self._went.setText(went(first) if first else "")
        self._went.setVisible(first is not None)
        self._since.setText(_("since visit 1") if first else "")
        self._offer_measures()

    def _offer_measures(self) -> None:
        offered: list[Key] = [(tool, "") for tool in Tool if tool is not Tool.ROM]
        offered += [(Tool.ROM, of) for of in MOVES]
        self._more.offer(
            [
                (_("Add a measure"), None),
                *(
                    (outcomes.measure(tool.value, of), (tool, of))
                    for tool, of in offered
                    if (tool, of) not in self.rows
                ),
            ]
        )

    def _add_measure(self, _at: int) -> None:
        key = self._more.currentData()
        if key is None:
            return
        content = Content(measures=tuple(self._measured()))
        self._show_rows([*self.rows, key], content, may_write=True)
        QTimer.singleShot(0, self.rows[key].before, self.rows[key].before.setFocus)

    def show_series(self, facts: Sequence[tuple[str, str]]) -> None:
        """Say how the series stands; without a plan there is nothing to say."""
        self._facts.show_facts(facts)
        self._series_box.setVisible(bool(facts))

    # What is said

    def _measured(self) -> list[Measure]:
        return [measure for line in self.rows.values() for measure in line.measures()]

    def facts(self) -> dict[str, Any]:
        """Give all that is said here, by its names in the note."""
        minutes = self.minutes.text().strip()
        return {
            "measures": (*self._measured(), *self._others),
            "pressure": self.pressure.chosen or None,
            "minutes": int(minutes) if minutes.isdecimal() else None,
            "position": Position(lay)
            if (lay := self.position.currentData())
            else None,  # Qt gives plain text
            "products": products.read(self.products.text()),
            "techniques": self._techniques,
        }

    def _tell(self) -> None:
        if not self._showing:
            self._weigh()
            self.changed.emit()

    def _weigh(self) -> None:
        """Hold the products against what the client is allergic to."""
        text.clear(self._clashes)
        used = products.read(self.products.text())
        found = notes.allergy_clashes(used, self._allergies)
        for name, allergy in found:
            said = _("{product}: allergic to {what}").format(product=name, what=allergy)
            self._clashes.addWidget(Chip(said, icon="octagon-x", tint="S4"))
        if used and not found:
            for allergy in self._allergies:
                self._clashes.addWidget(
                    Chip(_("no {what}").format(what=allergy), icon="check", tint="covered")
                )
