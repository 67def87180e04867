"""Questions of several parts: what is asked further appears when it applies, and goes when it no longer does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clinic.office.forms import PartKind, settled, shown
from ui.asking import lines, places, words
from ui.asking.control import Control, Line
from ui.widgets.cards import column

if TYPE_CHECKING:
    from clinic.office.forms import Part
    from ui.asking.control import Manner

UNDER = frozenset(
    {
        PartKind.GROUP, PartKind.THINGS, PartKind.MEDICINES, PartKind.SITES, PartKind.MANY, PartKind.READINGS,
        PartKind.SCALE,
    }
)  # fmt: skip
"""What needs the whole width, and stands under its question."""

FEW = 5
"""More choices than that do not fit beside their question."""


class Group(Control):
    """Several parts under one another; one that is asked only further on is made when it is asked first."""

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__(part, manner)
        self.controls: dict[str, Control] = {}
        self.lines: dict[str, Line] = {}
        self._stack = column(spacing=10 if manner.touch else 8)
        self.setLayout(self._stack)
        self._fit()

    def _make(self, each: Part) -> Control:
        """Make a part's line in its place among the others."""
        control = make(each, self.manner)
        control.changed.connect(self._said)
        words_ = "" if each.kind is PartKind.FLAG else self.manner.say(each.text)
        under = each.kind in UNDER or len(each.choices) > FEW
        line = Line(words_, control, always_under=under)
        self.controls[each.key] = control
        self.lines[each.key] = line
        order = [part.key for part in self.part.parts if part.key in self.lines]
        self._stack.insertWidget(order.index(each.key), line)
        return control

    def _said(self) -> None:
        self._fit()
        self.changed.emit()

    def _raw(self) -> dict[str, Any]:
        told = {key: control.answer for key, control in self.controls.items()}
        return {key: answer for key, answer in told.items() if answer is not None}

    def _fit(self) -> None:
        """Show the parts that are asked after what was said so far."""
        asked = {part.key for part in shown(self.part, self._raw())}
        for part in self.part.parts:
            if part.key in asked and part.key not in self.controls:
                self._make(part)
        for key, line in self.lines.items():
            if line.isHidden() is (key in asked):
                line.setVisible(key in asked)

    @property
    def answer(self) -> Any:
        told = self._raw()
        flags = {part.key for part in self.part.parts if part.kind is PartKind.FLAG}
        if not any(key not in flags or told[key] for key in told):
            return None
        return settled(self.part, told)

    def show_answer(self, answer: Any) -> None:
        told = answer or {}
        for part in self.part.parts:
            if part.key in told and part.key not in self.controls:
                self._make(part)
        for key, control in self.controls.items():
            control.show_answer(told.get(key))
        self._fit()

    def mark(self, open_: tuple[str, ...]) -> None:
        """Show which parts are still to be answered."""
        for key, line in self.lines.items():
            line.mark(open_=key in open_)


def make(part: Part, manner: Manner) -> Control:
    """Make the control that takes a part's answer."""
    from ui.asking import lists  # noqa: PLC0415 - a list holds groups, and a group lists

    match part.kind:
        case PartKind.GROUP:
            return Group(part, manner)
        case PartKind.WHEN | PartKind.WHEN_OR_DAY:
            return lines.Moment(part, manner, day_will_do=part.kind is PartKind.WHEN_OR_DAY)
        case PartKind.AREA:
            return places.Places(part, manner, one=True)
    kinds: dict[PartKind, type[Control]] = {
        PartKind.YES_NO: words.YesNo,
        PartKind.ONE: words.OneOf,
        PartKind.MANY: words.ManyOf,
        PartKind.SCALE: words.Scale,
        PartKind.FLAG: words.Flag,
        PartKind.TEXT: lines.Words,
        PartKind.TEXTS: lines.WordsOrNone,
        PartKind.NUMBER: lines.Number,
        PartKind.DAY: lines.Day,
        PartKind.SITES: places.Places,
        PartKind.THINGS: lists.Things,
        PartKind.MEDICINES: lists.Medicines,
        PartKind.READINGS: lists.Readings,
    }
    return kinds[part.kind](part, manner)
