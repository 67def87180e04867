"""Lists: things one has, the medicines one takes, blood pressure; an empty list is an answer of its own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QWidget

from clinic.office.forms import Part, PartKind, thing_of
from clinic.wording import clock
from ui.asking.control import Control, Tick
from ui.asking.groups import Group
from ui.asking.lines import Moment, Number
from ui.asking.medicines import MedicineCard, MedicineLine
from ui.widgets import text
from ui.widgets.buttons import icon_only
from ui.widgets.cards import column, row
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.office.forms import Thing
    from ui.asking.control import Manner


class Entry(QFrame):
    """One thing of a list, with what is asked of it."""

    def __init__(self, control: Control, words: str, thing: Thing, manner: Manner) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self.setAccessibleName(words)
        self.thing = thing
        self.head = text.strong(words)
        whole = Part(control.part.key, PartKind.GROUP, thing.text, parts=thing.parts)
        self.details = Group(whole, manner)
        self.details.changed.connect(control.changed)
        away = icon_only("x", manner.word("remove", what=words))
        away.setAutoDefault(False)
        self.away = away
        top = row(self.head, spacing=8)
        top.addStretch(1)
        top.addWidget(away)
        lines = column(spacing=8, margin=12)
        lines.addLayout(top)
        lines.addWidget(self.details)
        self.setLayout(lines)

    @property
    def answer(self) -> dict[str, Any]:
        """What was said of this one."""
        said: dict[str, Any] = self.details.answer or {}
        flags = {part.key: False for part in self.thing.parts if part.kind is PartKind.FLAG}
        named = {"what": self.thing.word} if self.thing.word else {}
        return named | flags | said


class Things(Control):
    """What of some things one has; each that is pressed opens what is asked of it."""

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__(part, manner)
        self.entries: list[Entry] = []
        self.ticks: dict[str, Tick] = {}
        self.none = Tick(manner.word("no_to_this"), manner)
        self.none.setAccessibleName(f"{self.accessibleName()}: {manner.word('no_to_this')}")
        self.none.clicked.connect(self._press_none)
        flow = Flow(spacing=6)
        for thing in part.things:
            tick = Tick(manner.say(thing.text), manner)
            tick.setAccessibleName(f"{self.accessibleName()}: {manner.say(thing.text)}")
            tick.clicked.connect(lambda down, thing=thing: self._press(thing, down=down))
            self.ticks[thing.word] = tick
            flow.addWidget(tick)
        flow.addWidget(self.none)
        self._stack = column(spacing=8)
        self._stack.addLayout(flow)
        self.setLayout(self._stack)

    def _press(self, thing: Thing, *, down: bool) -> None:
        self.none.setChecked(False)
        if down or not thing.word:
            self._add(thing)
        else:
            for entry in [each for each in self.entries if each.thing.word == thing.word]:
                self._drop(entry)
        self._fit()
        self.changed.emit()

    def _press_none(self) -> None:
        for entry in list(self.entries):
            self._drop(entry)
        self._fit()
        self.changed.emit()

    def _add(self, thing: Thing, answer: dict[str, Any] | None = None) -> None:
        entry = Entry(self, self.manner.say(thing.text), thing, self.manner)
        if answer is not None:
            entry.details.show_answer(answer)
        entry.away.clicked.connect(lambda _ticked: self._take_away(entry))
        self.entries.append(entry)
        self._stack.addWidget(entry)

    def _take_away(self, entry: Entry) -> None:
        self._drop(entry)
        self._fit()
        self.changed.emit()

    def _drop(self, entry: Entry) -> None:
        self.entries.remove(entry)
        self._stack.removeWidget(entry)
        entry.hide()
        entry.deleteLater()

    def _fit(self) -> None:
        there = {entry.thing.word for entry in self.entries}
        for word, tick in self.ticks.items():
            tick.setChecked(word in there)

    @property
    def answer(self) -> Any:
        said = [entry.answer for entry in self.entries]
        said = [each for each in said if "what" in each]
        return said if said or self.none.isChecked() else None

    def show_answer(self, answer: Any) -> None:
        for entry in list(self.entries):
            self._drop(entry)
        for item in answer or ():
            self._add(thing_of(self.part, item), item)
        self.none.setChecked(answer is not None and not answer)
        self._fit()


class Medicines(Control):
    """The medicines one takes: typed, found in the catalogue, and asked about where it does not know them."""

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__(part, manner)
        self.cards: list[MedicineCard] = []
        self.line = MedicineLine(part, manner)
        self.line.named.connect(self.add)
        self.none = Tick(manner.word("takes_nothing"), manner)
        self.none.setAccessibleName(f"{self.accessibleName()}: {manner.word('takes_nothing')}")
        self.none.clicked.connect(self._press_none)
        self._stack = column(spacing=8)
        top = row(self.line, self.none, spacing=8)
        top.setStretch(0, 1)
        self._stack.addLayout(top)
        self._stack.addWidget(self.line.offers)
        self.setLayout(self._stack)

    def add(self, name: str) -> None:
        """Put a medicine on the list."""
        self.none.setChecked(False)
        self._put({"name": name})
        self.changed.emit()

    def _put(self, item: dict[str, Any]) -> None:
        card = MedicineCard(self.part, self.manner, item)
        card.changed.connect(self.changed)
        card.away.clicked.connect(lambda _ticked: self._take_away(card))
        self.cards.append(card)
        self._stack.addWidget(card)

    def _take_away(self, card: MedicineCard) -> None:
        self._drop(card)
        self.changed.emit()

    def _drop(self, card: MedicineCard) -> None:
        self.cards.remove(card)
        self._stack.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _press_none(self) -> None:
        for card in list(self.cards):
            self._drop(card)
        self.changed.emit()

    @property
    def answer(self) -> Any:
        said = [card.answer for card in self.cards]
        return said if said or self.none.isChecked() else None

    def show_answer(self, answer: Any) -> None:
        for card in list(self.cards):
            self._drop(card)
        for item in answer or ():
            self._put(item)
        self.none.setChecked(answer is not None and not answer)


class Readings(Control):
    """A reading of blood pressure: upper, lower, and when; or not known."""

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__(part, manner)
        self.high = Number(_figure("systolic", manner), manner)
        self.low = Number(_figure("diastolic", manner), manner)
        self.at = Moment(part, manner, day_will_do=False)
        self.at.show_answer(manner.now.isoformat(timespec="minutes"))
        self.none = Tick(manner.word("unknown_reading"), manner)
        self.none.setAccessibleName(f"{self.accessibleName()}: {manner.word('unknown_reading')}")
        self._others: list[dict[str, Any]] = []
        for number in (self.high, self.low):
            number.line.setPlaceholderText(number.accessibleName())
            number.changed.connect(self._typed)
        self.at.changed.connect(self.changed)
        self.none.clicked.connect(self._press_none)
        figures = QWidget()
        figures.setLayout(row(self.high, text.soft("/"), self.low, spacing=6))
        self._earlier = text.soft()
        self._earlier.hide()
        whole = column(self._earlier, spacing=6)
        whole.addLayout(Flow(figures, self.at, self.none, spacing=8))
        self.setLayout(whole)

    def _typed(self) -> None:
        self.none.setChecked(False)
        self.changed.emit()

    def _press_none(self) -> None:
        for number in (self.high, self.low):
            number.show_answer(None)
        self._others = []
        self._earlier.hide()
        self.changed.emit()

    @property
    def answer(self) -> Any:
        told = {"at": self.at.answer, "systolic": self.high.answer, "diastolic": self.low.answer}
        whole = [told] if None not in told.values() else []
        told_of = self._others or whole or self.none.isChecked()
        return [*self._others, *whole] if told_of else None

    def measure_again(self, earlier: Sequence[dict[str, Any]]) -> None:
        """Keep what was measured already, show it, and take another reading of now beside it."""
        self.show_answer(None)
        self._others = list(earlier)
        measured = (
            f"{each['systolic']:g}/{each['diastolic']:g}, {clock(datetime.fromisoformat(each['at']))}"
            for each in self._others
        )
        self._earlier.setText(self.manner.word("measured_before", what="; ".join(measured)))
        self._earlier.setVisible(bool(self._others))
        self.at.show_answer(self.manner.now.isoformat(timespec="minutes"))

    def show_answer(self, answer: Any) -> None:
        self._earlier.hide()
        *self._others, last = answer or [{}]
        self.high.show_answer(last.get("systolic"))
        self.low.show_answer(last.get("diastolic"))
        if last:
            self.at.show_answer(datetime.fromisoformat(last["at"]).isoformat(timespec="minutes"))
        self.none.setChecked(answer is not None and not answer)


FIGURES = {"systolic": (30, 350), "diastolic": (10, 250)}
"""Least and most that is kept of each, as the schema of the answers has it."""


def _figure(word: str, manner: Manner) -> Part:
    least, most = FIGURES[word]
    return Part(word, PartKind.NUMBER, {manner.language: manner.word(word)}, least=least, most=most)
