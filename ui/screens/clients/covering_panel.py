"""The panel that says which letter counts for a visit, and lets somebody choose where more than one fits."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from clinic.office import covering
from clinic.values import Topic
from clinic.wording import _, appointment, day
from clinic.wording.reasons import phrase
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import link, small
from ui.widgets.cards import column, row
from ui.widgets.chips import Chip
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.covering import Covering, Option
    from clinic.values import AppointmentId, LetterId, Refusal
    from ui.screen import Counter


class CoveringPanel(QWidget):
    """One visit, the letters that speak on its day, and which of them counts."""

    def __init__(
        self, counter: Counter, visit: AppointmentId, open_letter: Callable[[LetterId], object]
    ) -> None:
        super().__init__()
        self._counter, self._visit, self._open_letter = counter, visit, open_letter
        self.head = Head(_("Which letter counts"), " ", counter.hide_panel)
        self._options = column(spacing=10)
        self._said = text.soft("", wrap=True)
        self._refusal = text.label("", tone="refused", wrap=True)
        self._refusal.hide()
        lines = column(self.head, spacing=14, margin=18)
        lines.addLayout(self._options)
        lines.addWidget(self._refusal)
        lines.addWidget(self._said)
        lines.addStretch(1)
        self.setLayout(lines)
        self.setAccessibleName(_("Which letter counts"))
        counter.runner.topics_changed.connect(self._look_again)
        self.ask()

    def _look_again(self, topics: frozenset[Topic]) -> None:
        if topics & {Topic.CALENDAR, Topic.LETTERS, Topic.MONEY}:
            self.ask()

    def ask(self) -> None:
        """Look again."""
        query = partial(covering.of_visit, appointment=self._visit)
        self._counter.runner.ask(query, self._show, self._refused, latest="clients/covering")

    def _show(self, found: Covering) -> None:
        self.head.under.setText(f"{found.treatment}, {appointment(found.at)}")
        text.clear(self._options)
        self._refusal.hide()
        counts = found.chosen or found.proposed
        for option in found.options:
            self._options.addWidget(self._option(found, option, counts=option.letter == counts))
        if found.chosen is not None and not found.receipt:
            back = small(_("Let the program choose"), partial(self._choose, found, None))
            self._options.addLayout(Flow(back))
        self._said.setText(_said(found))

    def _option(self, found: Covering, option: Option, *, counts: bool) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        name = link(option.reference, partial(self._open_letter, option.letter))
        name.setAccessibleName(_("Open {letter}").format(letter=option.reference))
        top = row(name, spacing=8)
        top.addStretch(1)
        if counts:
            top.addWidget(Chip(_("Counts"), icon="check", tint="covered"))
        elif not found.receipt:
            use = small(_("Use this one"), partial(self._choose, found, option.letter))
            use.setAccessibleName(_("Use {letter} for this visit").format(letter=option.reference))
            top.addWidget(use)
        lines = column(spacing=4, margin=12)
        lines.addLayout(top)
        lines.addWidget(text.caption(_numbered(option), wrap=True))
        if option.codes:
            why = "; ".join(phrase(code) for code in option.codes)
            lines.addWidget(text.caption(_("Not marked under it: {why}").format(why=why), wrap=True))
        card.setLayout(lines)
        return card

    def _choose(self, found: Covering, letter: LetterId | None) -> None:
        runner, visit = self._counter.runner, self._visit
        task = partial(covering.choose, appointment=visit, letter=letter)
        named = {option.letter: option.reference for option in found.options}

        def chosen(before: LetterId | None) -> None:
            back = partial(covering.choose, appointment=visit, letter=before)
            step = Step(
                _("choice of letter"),
                back=lambda: runner.do(back, _nothing),
                again=lambda: runner.do(task, _nothing),
            )
            said = (
                _("{letter} counts for this visit").format(letter=named[letter])
                if letter is not None
                else _("The program chooses the letter again")
            )
            self._counter.toast(said, step)

        runner.do(task, chosen, self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._refusal.setText(sentence(refusal))
        self._refusal.show()


def _numbered(option: Option) -> str:
    """Say which visit of the letter it would be, and until when the letter speaks."""
    until = _("until {day}").format(day=day(option.ends))
    if option.visit is None:
        return until
    numbered = _("visit {n} of {visits}").format(n=option.visit, visits=option.visits)
    return f"{numbered}, {until}"


def _said(found: Covering) -> str:
    """Say who chose, and what a choice changes."""
    if found.receipt:
        return _(
            "Receipt {number} is given and keeps what it says. To choose another letter, void it first."
        ).format(number=found.receipt)
    if not found.options:
        return _("No letter speaks on the day of this visit.")
    if found.chosen is not None:
        return _("Chosen by hand. The receipt and the year's papers follow.")
    if len(found.options) > 1:
        return _(
            "More than one letter fits. The program takes the one with the diagnosis of the visit, "
            "then one with visits left, then the one that ends first."
        )
    return _("One letter fits, and it is taken by itself.")


def _nothing(_answer: object) -> None:
    """Wait for no answer: what was touched is shown by itself."""
