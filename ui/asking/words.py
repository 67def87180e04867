"""Answers that are pressed: yes or no, one of a few, several of them, a number from nought to ten, a tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from ui.asking.control import TOUCH, Control, Tick
from ui.widgets import text
from ui.widgets.cards import row
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.office.forms import Part
    from ui.asking.control import Manner

YES_NO = ("yes", "no", "unsure")
HIGHEST = 10


class OneOf(Control):
    """One of a few words; pressing the one that is down takes the answer back."""

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__(part, manner)
        self.ticks: dict[str, Tick] = {}
        self._line = Flow(spacing=6)
        self.setLayout(self._line)
        self.offer([(choice.word, manner.say(choice.text)) for choice in part.choices])

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Put (word, text) choices up."""
        for word, words in choices:
            tick = Tick(words, self.manner)
            tick.setAccessibleName(f"{self.accessibleName()}: {words}")
            tick.clicked.connect(lambda _down, word=word: self._press(word))
            self.ticks[word] = tick
            self._line.addWidget(tick)

    def _press(self, word: str) -> None:
        for other, tick in self.ticks.items():
            if other != word:
                tick.setChecked(False)
        self.changed.emit()

    @property
    def answer(self) -> Any:
        return next((word for word, tick in self.ticks.items() if tick.isChecked()), None)

    def show_answer(self, answer: Any) -> None:
        for word, tick in self.ticks.items():
            tick.setChecked(word == answer)


class YesNo(OneOf):
    """Yes, no, or not sure."""

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__(part, manner)
        from clinic.office.forms import answer_word  # noqa: PLC0415 - read once the form is opened

        self.offer([(word, manner.say(answer_word(word))) for word in YES_NO])


class ManyOf(Control):
    """Any of some words, or plainly none of them."""

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__(part, manner)
        self.ticks: dict[str, Tick] = {}
        self.none = Tick(manner.word("no_to_this"), manner)
        self.none.setAccessibleName(f"{self.accessibleName()}: {manner.word('no_to_this')}")
        self.none.clicked.connect(self._press_none)
        line = Flow(spacing=6)
        for choice in part.choices:
            tick = Tick(manner.say(choice.text), manner)
            tick.setAccessibleName(f"{self.accessibleName()}: {manner.say(choice.text)}")
            tick.clicked.connect(self._press)
            self.ticks[choice.word] = tick
            line.addWidget(tick)
        line.addWidget(self.none)
        self.setLayout(line)

    def _press(self) -> None:
        self.none.setChecked(False)
        self.changed.emit()

    def _press_none(self) -> None:
        for tick in self.ticks.values():
            tick.setChecked(False)
        self.changed.emit()

    @property
    def answer(self) -> Any:
        said = [word for word, tick in self.ticks.items() if tick.isChecked()]
        return said if said or self.none.isChecked() else None

    def show_answer(self, answer: Any) -> None:
        for word, tick in self.ticks.items():
            tick.setChecked(answer is not None and word in answer)
        self.none.setChecked(answer is not None and not answer)


class Scale(Control):
    """From nought to ten."""

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__(part, manner)
        self.ticks = [Tick(str(n), manner) for n in range(HIGHEST + 1)]
        for n, tick in enumerate(self.ticks):
            tick.setProperty("narrow", True)  # noqa: FBT003 - as Qt has it
            tick.setAccessibleName(f"{self.accessibleName()}: {n}")
            tick.clicked.connect(lambda _down, n=n: self._press(n))
        self.setLayout(Flow(*self.ticks, spacing=4))

    def _press(self, n: int) -> None:
        for other, tick in enumerate(self.ticks):
            if other != n:
                tick.setChecked(False)
        self.changed.emit()

    @property
    def answer(self) -> Any:
        return next((n for n, tick in enumerate(self.ticks) if tick.isChecked()), None)

    def show_answer(self, answer: Any) -> None:
        for n, tick in enumerate(self.ticks):
            tick.setChecked(n == answer)


class Flag(Control):
    """A sentence one agrees to by a tick; no tick is no answer where one must agree, else a no."""

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__(part, manner)
        self.box = QCheckBox()
        self.box.setAccessibleName(manner.say(part.text))
        self.box.setProperty("touch", manner.touch)
        words = text.label(manner.say(part.text), wrap=True)
        words.setBuddy(self.box)
        line = row(self.box, spacing=10)
        line.addWidget(words, 1)
        line.setAlignment(
            self.box, Qt.AlignmentFlag.AlignVCenter if manner.touch else Qt.AlignmentFlag.AlignTop
        )
        if manner.touch:
            self.box.setMinimumSize(TOUCH, TOUCH)
        self.setLayout(line)
        self.box.clicked.connect(lambda _ticked: self.changed.emit())
        words.installEventFilter(self)
        self._words = words

    def say(self, words: str, name: str = "") -> None:
        """Put another sentence beside the box."""
        self._words.setText(words)
        self.box.setAccessibleName(name or words)

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Let the sentence be pressed as well as the box."""
        if event.type() == event.Type.MouseButtonRelease:
            self.box.click()
        return bool(super().eventFilter(watched, event))

    @property
    def answer(self) -> Any:
        return self.box.isChecked()

    def show_answer(self, answer: Any) -> None:
        self.box.setChecked(answer is True)
