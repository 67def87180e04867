"""What the practice asks for visits that are missed or given up late: notice, and a part or an amount."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from clinic.office import flow
from clinic.office.flow import Asked, Terms
from clinic.values import Money
from clinic.wording import _, money
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import primary
from ui.widgets.cards import column
from ui.widgets.fields import Line
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from clinic.values import Refusal
    from ui.screen import Counter

MOST_HOURS, WHOLE = 336, 100


def typed(words: str) -> Asked | None:
    """Read what somebody asks: `50 %`, `$40`, `40.00`, or nothing; None where it is neither."""
    bare = words.strip()
    if not bare:
        return Asked()
    if part := re.fullmatch(r"(\d{1,3})\s*%", bare):
        percent = int(part[1])
        return Asked(percent=percent) if percent <= WHOLE else None
    try:
        amount = Money.of(bare)
    except ValueError:
        return None
    return Asked(amount=amount) if amount.cents >= 0 else None


def written(asked: Asked) -> str:
    """Write it as it is typed."""
    if asked.amount:
        return money(asked.amount)
    return f"{asked.percent} %" if asked.percent else ""


class TermsPanel(QWidget):
    """Three lines that say what is asked."""

    def __init__(self, counter: Counter, terms: Terms) -> None:
        super().__init__()
        self._counter = counter
        self.hours = Line(str(terms.notice_hours))
        self.late = Line(written(terms.late_cancel), _("50 % or $40; empty for nothing"))
        self.missed = Line(written(terms.no_show), _("50 % or $40; empty for nothing"))
        self._form = Form()
        self._form.add("hours", _("Hours of notice"), self.hours)
        self._form.add("late", _("Cancelled later than that"), self.late)
        self._form.add("missed", _("Did not come"), self.missed)
        for line in (self.hours, self.late, self.missed):
            line.returnPressed.connect(self._keep)
        head = Head(_("Notice and fees"), _("What is asked for visits that are missed"), counter.hide_panel)
        note = _(
            "A fee is proposed at the till and can be waived with a reason. It is never marked as medical."
        )
        lines = column(head, self._form, text.soft(note, wrap=True), spacing=16, margin=18)
        lines.addWidget(primary(_("Ask this from now on"), self._keep))
        lines.addStretch(1)
        self.setLayout(lines)
        self.setAccessibleName(_("Notice and fees"))
        self.setFocusProxy(self.hours)

    @classmethod
    def open_in(cls, counter: Counter) -> None:
        """Show the panel with what is asked now."""

        def show(terms: Terms) -> None:
            panel = cls(counter, terms)
            counter.show_panel(panel)
            QTimer.singleShot(0, panel, panel.setFocus)

        counter.runner.ask(flow.terms, show)

    def _keep(self) -> None:
        hours = self.hours.text().strip()
        late, missed = typed(self.late.text()), typed(self.missed.text())
        if not hours.isdecimal() or int(hours) > MOST_HOURS:
            self._form.refuse("hours", _("Type a number of hours, up to two weeks."))
        elif late is None or missed is None:
            self._form.refuse(
                "late" if late is None else "missed", _("Type a part such as 50 %, or an amount.")
            )
        else:
            wanted = Terms(int(hours), late, missed)
            task = partial(flow.change_terms, terms=wanted)
            self._counter.runner.do(task, partial(self._kept, wanted), self._refused)

    def _kept(self, wanted: Terms, before: Terms) -> None:
        runner = self._counter.runner
        self._counter.hide_panel()
        step = Step(
            _("change of terms"),
            lambda: runner.do(partial(flow.change_terms, terms=before), lambda _done: None),
            lambda: runner.do(partial(flow.change_terms, terms=wanted), lambda _done: None),
        )
        self._counter.toast(_("This is asked from now on."), step)

    def _refused(self, refusal: Refusal) -> None:
        self._form.refuse(refusal.at, sentence(refusal))
