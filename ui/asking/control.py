"""What every control of a form has in common: an answer, who is asked in which language, and how large it stands."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QWidget

from clinic.office.forms import questionnaire
from ui.theme import theme
from ui.widgets import text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtGui import QResizeEvent

    from clinic.office.forms import Part, Text
    from ui.widgets.buttons import Look

TOUCH = 48
"""Pixels: no finger is asked to hit anything lower."""
NARROW = 44
"""The width of one of eleven figures; two digits fit."""
BESIDE = 520
"""A line at least this wide, at its size of text, has the answer beside the question."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How somebody is asked: in which language, by touch or at the desk, and at which moment."""

    now: datetime
    language: str = "en"
    touch: bool = False
    may_judge: bool = False
    """Whether a therapist answers, who alone says what an unknown medicine is for."""

    def say(self, words: Text) -> str:
        """Say a text of the form in this language."""
        return words.get(self.language, "")

    def word(self, name: str, /, **facts: object) -> str:
        """Say one of the form's own words."""
        return self.say(questionnaire().words[name]).format(**facts)


class Control(QWidget):
    """Takes one answer; nothing pressed or typed is None, and never no."""

    changed = Signal()

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__()
        self.part = part
        self.manner = manner
        self.setAccessibleName(manner.say(part.text))

    @property
    @abstractmethod
    def answer(self) -> Any:
        """What was answered, as it is kept."""

    @abstractmethod
    def show_answer(self, answer: Any) -> None:
        """Show an answer without telling anyone."""


class Press(QPushButton):
    """Something to press, as high as a finger needs where one is used."""

    def __init__(
        self, words: str, manner: Manner, look: Look = "", run: Callable[[], object] | None = None
    ) -> None:
        super().__init__(words.replace("&", "&&"))
        self.setProperty("role", look)
        self.setProperty("touch", manner.touch)
        self.setAccessibleName(words)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if run is not None:
            self.clicked.connect(lambda _ticked: run())


class Tick(Press):
    """One answer that can be pressed; it stays down."""

    def __init__(self, words: str, manner: Manner) -> None:
        super().__init__(words, manner, "answer")
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        least = theme.px(56) if self.manner_touch else theme.px(40)
        if self.property("narrow"):  # eleven of them stand in one line
            least = max(TOUCH, theme.px(NARROW)) if self.manner_touch else theme.px(36)
            return QSize(least, super().sizeHint().height())
        hint = super().sizeHint()
        return QSize(max(hint.width(), least), hint.height())

    @property
    def manner_touch(self) -> bool:
        """Whether a finger presses it."""
        return bool(self.property("touch"))


class Line(QWidget):
    """A question and its answer: beside each other where there is room, else under one another."""

    def __init__(self, words: str, control: QWidget, *, always_under: bool = False) -> None:
        super().__init__()
        self.control = control
        self._always_under = always_under
        self.label = text.label(words, wrap=True)
        self.label.setBuddy(control)
        self.label.setMinimumWidth(1)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        if words:
            self._box.addWidget(self.label, 1)
        else:
            self.label.hide()
        self._box.addWidget(control, 0)

    def mark(self, *, open_: bool) -> None:
        """Show that this is still to be answered, or that it is."""
        text.retone(self.label, "refused" if open_ else "ink")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.px(BESIDE) and not self._always_under
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)
            self._box.setAlignment(
                self.control, Qt.AlignmentFlag.AlignVCenter if wide else Qt.AlignmentFlag(0)
            )


def first_in(view: QWidget) -> QWidget | None:
    """Find where the keys begin on a page: its first answer, or what it names itself."""
    if view.focusProxy() is not None:
        return view.focusProxy()
    takes = Qt.FocusPolicy.TabFocus
    inside = view.findChildren(QWidget)
    return next((each for each in inside if each.focusPolicy() & takes and each.isVisibleTo(view)), None)
