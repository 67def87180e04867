"""A page of a form: its questions as cards, and what of them is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinic.office.forms import PartKind, can_say_no, is_asked, lacking, no_of, settled
from ui.asking.control import Press
from ui.asking.groups import Group, make
from ui.widgets import text
from ui.widgets.cards import column, row

if TYPE_CHECKING:
    from clinic.office.forms import Asked, Page
    from ui.asking.control import Manner

YES_NOS = 2
"""A question of at least so many parts to say no to offers to say it once for all of them."""


class QuestionCard(QFrame):
    """One question on a card."""

    changed = Signal()

    def __init__(self, asked: Asked, manner: Manner) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.asked = asked
        self.manner = manner
        self.setAccessibleName(manner.say(asked.part.text))
        self.head = text.label(manner.say(asked.part.text), "section", wrap=True)
        self.control = make(asked.part, manner)
        self.control.changed.connect(self._said)
        self._no = Press(manner.word("no_to_this"), manner, "answer", self.say_no)
        self._no.setCheckable(True)
        self._no.setAccessibleName(f"{self.accessibleName()} {manner.word('no_to_this')}")
        parts = [part for part in asked.part.parts if part.kind is PartKind.YES_NO and part.when is None]
        together = isinstance(self.control, Group) and len(parts) >= YES_NOS and can_say_no(asked)
        top = row(self.head, spacing=12)
        top.setStretch(0, 1)
        top.addWidget(self._no)
        if not together:
            self._no.hide()
        margin = 20 if manner.touch else 14
        lines = column(spacing=12 if manner.touch else 8, margin=margin)
        lines.addLayout(top)
        hint = manner.say(asked.part.hint)
        if hint and asked.part.kind is not PartKind.TEXT:
            lines.addWidget(text.soft(hint, wrap=True))
        lines.addWidget(self.control)
        self.setLayout(lines)

    @property
    def answer(self) -> Any:
        """What was answered, as it is kept; None where nothing was."""
        return settled(self.asked.part, self.control.answer)

    def show_answer(self, answer: Any) -> None:
        """Show an answer."""
        self.control.show_answer(answer)
        self._fit()

    def say_no(self) -> None:
        """Say no to all of it, or take that back."""
        self.control.show_answer(no_of(self.asked.part) if self._no.isChecked() else None)
        self.changed.emit()

    def _said(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        if not self._no.isHidden():
            said = self.answer
            self._no.setChecked(said is not None and said == no_of(self.asked.part))

    def mark(self, open_: tuple[str, ...]) -> None:
        """Show what of it is still to be answered."""
        text.retone(self.head, "refused" if open_ else "ink")
        if isinstance(self.control, Group):
            self.control.mark(open_)


class PageView(QWidget):
    """The questions of a page."""

    changed = Signal()

    def __init__(self, page: Page, manner: Manner, only: frozenset[str] | None = None) -> None:
        super().__init__()
        self.page = page
        self._elsewhere: dict[str, Any] = {}
        self.cards = {
            asked.id: QuestionCard(asked, manner)
            for asked in page.questions
            if only is None or asked.id in only
        }
        lines = column(spacing=14 if manner.touch else 10)
        for card in self.cards.values():
            card.changed.connect(self._said)
            lines.addWidget(card)
        lines.addStretch(1)
        self.setLayout(lines)
        self._fit()

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered on this page."""
        told = {key: card.answer for key, card in self.cards.items()}
        whole = {**self._elsewhere, **told}
        return {
            key: answer
            for key, answer in told.items()
            if answer is not None and is_asked(self.cards[key].asked, whole)
        }

    def show_answers(self, answers: dict[str, Any]) -> None:
        """Show what was answered, on this page and on others that it hangs on."""
        self._elsewhere = {key: answer for key, answer in answers.items() if key not in self.cards}
        for key, card in self.cards.items():
            card.show_answer(answers.get(key))
        self._fit()

    def say_no_to_rest(self) -> None:
        """Answer with no what has a plain no and is not answered yet."""
        for card in self.cards.values():
            if card.answer is None and not card.isHidden() and can_say_no(card.asked):
                card.show_answer(no_of(card.asked.part))
        self._said()

    def open_questions(self) -> dict[str, tuple[str, ...]]:
        """Name what must still be answered, by question."""
        whole = {**self._elsewhere, **self.answers}
        found = {key: lacking(card.asked, whole) for key, card in self.cards.items()}
        return {key: parts for key, parts in found.items() if parts}

    def mark_open(self) -> None:
        """Show what must still be answered."""
        found = self.open_questions()
        for key, card in self.cards.items():
            card.mark(found.get(key, ()))

    def _said(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        told = {**self._elsewhere, **{key: card.answer for key, card in self.cards.items()}}
        for card in self.cards.values():
            card.setVisible(is_asked(card.asked, told))
