"""Where on the body: areas touched on a figure or chosen by name, each side for itself, or plainly nowhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QWidget

from clinic.office.forms import areas_of
from clinic.wording.areas import STRETCHES, area
from ui.asking.control import Control, Press, Tick
from ui.asking.figure import Chooser, Figures
from ui.widgets import text
from ui.widgets.cards import column
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from clinic.office.forms import Part
    from ui.asking.control import Manner


class Places(Control):
    """Any areas; the ones chosen stand as chips, and the whole list opens underneath."""

    def __init__(self, part: Part, manner: Manner, *, one: bool = False) -> None:
        super().__init__(part, manner)
        self._one = one
        self._said: list[str] | None = None
        self._ticks: dict[str, Tick] = {}
        self.open = Press(manner.word("add_areas"), manner, "", self.toggle)
        self.open.setAccessibleName(f"{self.accessibleName()}: {manner.word('add_areas')}")
        self.none = Tick(manner.word("nowhere"), manner)
        self.none.setAccessibleName(f"{self.accessibleName()}: {manner.word('nowhere')}")
        self.none.clicked.connect(self._press_none)
        if one or not part.needed:
            self.none.hide()
        self._chosen = Flow(spacing=6)
        self._list: Chooser | None = None
        self.figures: Figures | None = None
        self._top = QWidget()
        self._top.setLayout(self._chosen)
        self._lines = column(self._top, spacing=8)
        self.setLayout(self._lines)
        self._show()

    @property
    def answer(self) -> Any:
        if self._said is None:
            return None
        return (self._said[0] if self._said else None) if self._one else list(self._said)

    def show_answer(self, answer: Any) -> None:
        self._said = None if answer is None else [answer] if isinstance(answer, str) else list(answer)
        self._show()

    def toggle(self) -> None:
        """Open the whole list, or close it."""
        opened = self._list is None or self._list.isHidden()
        if self._list is None:
            self._list = self._make_list()
            self._lines.addWidget(self._list)
        else:
            self._list.setVisible(opened)
        word = "areas_done" if opened else "add_areas"
        self.open.setText(self.manner.word(word))

    def _make_list(self) -> Chooser:
        names = QWidget()
        lines = column(spacing=10)
        for english, spanish, places in STRETCHES:
            lines.addWidget(text.caption(spanish if self.manner.language == "es" else english))
            flow = Flow(spacing=6)
            for place in places:
                flow.addWidget(self._choice(place))
            lines.addLayout(flow)
        lines.addStretch(1)
        names.setLayout(lines)
        self.figures = Figures(self.manner)
        self.figures.touched.connect(self._touch)
        self.figures.show_chosen(self._said or ())
        return Chooser(self.figures, names)

    def _touch(self, name: str) -> None:
        self._press(name, down=name not in (self._said or ()))

    def _choice(self, place: str) -> QWidget:
        """Make what is pressed for a place: itself, or its left and its right."""
        sides = areas_of(place)
        if len(sides) == 1:
            return self._tick(place, area(place, language=self.manner.language))
        pair = QWidget()
        grid = QGridLayout(pair)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(3)
        name = text.caption(area(place, language=self.manner.language))
        grid.addWidget(name, 0, 0, 1, 2)
        for at, side in enumerate(sides):
            tick = self._tick(side, self.manner.word(side.partition("_")[0]))
            tick.setProperty("narrow", True)  # noqa: FBT003 - as Qt has it
            grid.addWidget(tick, 1, at)
        return pair

    def _tick(self, name: str, words: str) -> Tick:
        tick = Tick(words, self.manner)
        tick.setAccessibleName(f"{self.accessibleName()}: {area(name, language=self.manner.language)}")
        tick.setChecked(name in (self._said or ()))
        tick.clicked.connect(lambda down: self._press(name, down=down))
        self._ticks[name] = tick
        return tick

    def _press(self, name: str, *, down: bool) -> None:
        said = [] if self._one else [each for each in self._said or () if each != name]
        self._said = [*said, name] if down else said or None
        self._show()
        self.changed.emit()

    def _take_away(self, name: str, _down: object) -> None:
        self._press(name, down=False)

    def _press_none(self) -> None:
        self._said = [] if self.none.isChecked() else None
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """Put the areas chosen up as chips that can be taken away."""
        while (item := self._chosen.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in (self.open, self.none):
                widget.hide()
                widget.deleteLater()
        for name in self._said or ():
            words = area(name, language=self.manner.language)
            chip = Tick(words, self.manner)
            chip.setChecked(True)
            chip.setAccessibleName(self.manner.word("remove", what=words))
            chip.clicked.connect(partial(self._take_away, name))
            self._chosen.addWidget(chip)
        self._chosen.addWidget(self.open)
        self._chosen.addWidget(self.none)
        self.none.setChecked(self._said == [])
        for name, tick in self._ticks.items():
            tick.setChecked(name in (self._said or ()))
        if self.figures is not None:
            self.figures.show_chosen(self._said or ())
        self._top.updateGeometry()
