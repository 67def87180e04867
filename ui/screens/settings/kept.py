"""A form without a button: what was typed is kept when its field is left, and a refusal stands under it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIntValidator

from clinic.values import Money
from clinic.wording.refusals import sentence
from ui.undo import Step
from ui.widgets.dates import DayLine
from ui.widgets.fields import Choice, Line, MoneyLine
from ui.widgets.forms import Form
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from PySide6.QtWidgets import QCheckBox, QWidget

    from clinic.values import Refusal
    from ui.screen import Counter

Changes = dict[str, Any]


class Kept(Form):
    """Fields by key; `asked` brings what differs from what was shown, once a field is left."""

    asked = Signal(dict)

    def __init__(self, columns: int = 2) -> None:
        super().__init__(columns)
        self._read: dict[str, Callable[[], Any]] = {}
        self._write: dict[str, Callable[[Any], object]] = {}
        self._shown: Changes = {}

    # Fields

    def line(self, key: str, name: str, *, wide: bool = False, hint: str = "") -> Line:
        """Add a line of text; nothing typed is None."""
        editor = Line(hint=hint)

        def read() -> str | None:
            return editor.text().strip() or None

        self.keep(key, name, editor, read, _texts(editor), wide=wide)
        return editor

    def number(self, key: str, name: str, most: int, *, hint: str = "") -> Line:
        """Add a whole number."""
        editor = Line(hint=hint)
        editor.setValidator(QIntValidator(0, most, editor))

        def read() -> int | None:
            return int(editor.text()) if editor.text() else None

        self.keep(key, name, editor, read, _texts(editor))
        return editor

    def amount(self, key: str, name: str) -> MoneyLine:
        """Add an amount of money; its value is in whole cents."""
        editor = MoneyLine()

        def write(cents: Any) -> None:
            editor.set_amount(None if cents is None else Money(cents))

        self.keep(key, name, editor, lambda: editor.amount.cents if editor.amount else None, write)
        return editor

    def day(self, key: str, name: str, today: date) -> DayLine:
        """Add a day."""
        editor = DayLine(today)
        self.keep(key, name, editor, lambda: editor.day, editor.set_day)
        return editor

    def choice(
        self, key: str, name: str, choices: Sequence[tuple[str, object]], *, wide: bool = False
    ) -> Choice:
        """Add one of a few; it is kept at once."""
        editor = Choice(choices)
        self.keep(key, name, editor, editor.currentData, editor.choose, wide=wide)
        editor.activated.connect(lambda _at: self.look())
        return editor

    def tick(self, key: str, name: str, words: str, *, wide: bool = True) -> QCheckBox:
        """Add something that is so or is not; it is kept at once."""
        editor = Tick(words)
        self.keep(key, name, editor, editor.isChecked, lambda on: editor.setChecked(bool(on)), wide=wide)
        editor.clicked.connect(lambda _on: self.look())
        return editor

    def keep(
        self,
        key: str,
        name: str,
        editor: QWidget,
        read: Callable[[], Any],
        write: Callable[[Any], object],
        *,
        wide: bool = False,
    ) -> None:
        """Add any editor, with how it is read and written; what may stay empty need not say so here."""
        self._read[key], self._write[key] = read, write
        self.add(key, name, editor, wide=wide).left.connect(self.look)

    # What they hold

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show what is kept; a field somebody types in stays as it is."""
        for key, write in self._write.items():
            value = values.get(key)
            editor = self[key].editor
            typing = editor.hasFocus() and self._read[key]() != self._shown.get(key)
            if not typing:
                write(value)
                self._shown[key] = self._read[key]()

    def look(self) -> None:
        """See whether anything differs from what was shown, and ask for it to be kept."""
        changes = {
            key: value for key, read in self._read.items() if (value := read()) != self._shown.get(key)
        }
        if changes:
            self._shown |= changes
            self.clear_messages()
            self.asked.emit(changes)

    def values(self) -> Changes:
        """Read every field."""
        return {key: read() for key, read in self._read.items()}


class Keeper(QObject):
    """Carries what was typed to the office, one change at a time, and names the undo."""

    def __init__(
        self, counter: Counter, form: Kept, write: Callable[[Any, Changes], Changes], what: str, said: str
    ) -> None:
        """Take the task that writes changes and answers what was before, and the words for undo and toast."""
        super().__init__(form)
        self._counter, self._form, self._write = counter, form, write
        self._what, self._said = what, said
        form.asked.connect(self.send)

    def send(self, changes: Changes) -> None:
        """Keep the changes."""
        task = partial(_call, self._write, changes)
        self._counter.runner.do(task, partial(self._kept, changes), self._refused)

    def _kept(self, changes: Changes, before: Changes) -> None:
        runner = self._counter.runner
        step = Step(
            self._what,
            back=lambda: runner.do(partial(_call, self._write, before), _nothing),
            again=lambda: runner.do(partial(_call, self._write, changes), _nothing),
        )
        self._counter.toast(self._said, step)

    def _refused(self, refusal: Refusal) -> None:
        self._form.refuse(refusal.at, sentence(refusal))


def _call(write: Callable[[Any, Changes], Changes], changes: Changes, work: Any) -> Changes:
    return write(work, changes)


def _texts(editor: Line) -> Callable[[Any], object]:
    return lambda value: editor.setText("" if value is None else str(value))


def _nothing(_answer: object) -> None:
    """Wait for no answer: what was touched is shown by itself."""
