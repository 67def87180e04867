"""Quiet surfaces: cards, a strip of figures, a list of facts, and what stands where nothing is yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets import buttons, text
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QMoveEvent, QShowEvent

INDENT = 16
"""How far what stands in a cell of a strip is from its edge."""


def column(*things: QWidget, spacing: int = 12, margin: int = 0) -> QVBoxLayout:
    """Stand widgets under one another."""
    layout = QVBoxLayout()
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    for thing in things:
        layout.addWidget(thing)
    return layout


def row(*things: QWidget, spacing: int = 12, margin: int = 0) -> QHBoxLayout:
    """Stand widgets beside one another."""
    layout = QHBoxLayout()
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    for thing in things:
        layout.addWidget(thing)
    return layout


class Card(QFrame):
    """A surface with a hairline around it; what belongs together stands in `body`."""

    def __init__(self, head: str = "", *beside: QWidget, margin: int = 16) -> None:
        """Take a heading and what stands at its right, such as a link."""
        super().__init__()
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(12)
        if head:
            self.setAccessibleName(head)
            top = row(text.section(head))
            top.addStretch(1)
            for thing in beside:
                top.addWidget(thing)
            self.body.addLayout(top)

    def add(self, *things: QWidget) -> None:
        """Put things at the end of the card."""
        for thing in things:
            self.body.addWidget(thing)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that matters, what it counts, and a word on it."""

    name: str
    value: str
    remark: str = ""
    tone: text.Tone = "ink"
    first: bool = False
    """Whether it matters most of all that stand beside it."""


class Figures(Card):
    """A strip of figures side by side, as above the year-end grid; it breaks where there is no room."""

    def __init__(self, *, flush: bool = False) -> None:
        """Make a card of its own, or with `flush` a part of what is around it, beginning where that begins."""
        super().__init__(margin=0)
        if flush:
            self.setProperty("role", "")
        self._flush = flush
        self._cells = Flow(spacing=0, even=True)
        self._cells.setContentsMargins(-1, -1, 0, 0)
        self.body.addLayout(self._cells)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these figures in place of the old."""
        text.clear(self._cells)
        high = theme.size_of("figure") if any(figure.first for figure in figures) else 0
        for figure in figures:
            cell = _Cell(flush=self._flush)
            cell.setAccessibleName(f"{figure.name}: {figure.value}")
            value = text.label(figure.value, "figure" if figure.first else "title", figure.tone)
            value.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
            value.setMinimumHeight(round(high * 1.25))
            lines = column(text.caption(figure.name), value, spacing=2)
            if figure.remark:
                lines.addWidget(text.caption(figure.remark))
            lines.setContentsMargins(INDENT, 12, INDENT // 2 if self._flush else INDENT, 12)
            cell.setLayout(lines)
            self._cells.addWidget(cell)


class _Cell(QFrame):
    """A cell of a strip, with a line at its left; flush with what is around it, the first of a line has none."""

    def __init__(self, *, flush: bool) -> None:
        super().__init__()
        self._flush = flush
        self.setProperty("role", "cell")

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        if self._flush:
            self._begin()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._flush:
            self._begin()

    def _begin(self) -> None:
        """Begin where the page begins, or after the line that parts this cell from the one before."""
        first = self.x() <= 0
        if self.property("first") is not first:
            self.setProperty("first", first)
            self.style().unpolish(self)
            self.style().polish(self)
            layout = self.layout()
            if layout is not None:
                left = 0 if first else INDENT  # the room asked for stays as it is, and with it the lines
                layout.setContentsMargins(left, 12, INDENT * 3 // 2 - left, 12)


class Facts(QWidget):
    """A list of facts: what at the left in soft ink, which at the right, a hairline between."""

    def __init__(self, facts: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these facts in place of the old."""
        text.clear(self._lines)
        for at, (what, which) in enumerate(facts):
            if at:
                self._lines.addWidget(text.rule())
            value = text.label(text.unbroken(which), wrap=True)
            value.setAlignment(text.RIGHT | Qt.AlignmentFlag.AlignTop)
            value.setAccessibleName(f"{what}: {which}")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            line = row(text.soft(what))
            line.addWidget(value, 1)
            self._lines.addLayout(line)


class Empty(QWidget):
    """What stands where nothing is yet: one sentence on what belongs there, and one button."""

    def __init__(
        self, sentence: str, button: str = "", run: Callable[[], object] | None = None, icon: str = "leaf"
    ) -> None:
        super().__init__()
        self.sentence = text.soft(sentence, wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setMaximumWidth(420)
        inner = column(spacing=12, margin=24)
        inner.addStretch(1)
        inner.addWidget(text.Glyph(icon, "soft_ink", 20), 0, Qt.AlignmentFlag.AlignCenter)
        middle = row(spacing=0)  # an alignment would give the words one line, however many they need
        middle.addStretch(1)
        middle.addWidget(self.sentence, 100)
        middle.addStretch(1)
        inner.addLayout(middle)
        if button:
            self.button = buttons.quiet(button, run)
            inner.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        inner.addStretch(1)
        self.setLayout(inner)


class Page(QScrollArea):
    """A part that scrolls when the window is small or the text large; what it holds stands in `body`."""

    def __init__(self, *, margin: int = 20, spacing: int = 16, on_card: bool = False) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setProperty("role", "sheet" if on_card else "")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setObjectName("sheet" if on_card else "canvas")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(spacing)
        self.setWidget(inner)
