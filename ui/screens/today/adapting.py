"""Before a treatment is given adapted: each modification with a box that the therapist ticks, then it begins."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinic.office import booking, flag_cards
from clinic.values import State
from clinic.wording import _, clock
from clinic.wording.flags import severity
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.widgets import text
from ui.widgets.buttons import primary
from ui.widgets.cards import Page, column
from ui.widgets.flags import TINTS, Opening, Remains
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from clinic.office.booking import Moved
    from clinic.office.flag_cards import Override, Seen
    from clinic.office.today import VisitRow
    from clinic.values import Refusal
    from ui.screen import Counter


class Adapting(QWidget):
    """The modifications of one visit that is about to begin."""

    tinted = Signal(str)

    def __init__(
        self,
        counter: Counter,
        visit: VisitRow,
        to: State,
        today: date,
        then: Callable[[Moved], object],
        *,
        overrides: tuple[Override, ...] = (),
    ) -> None:
        super().__init__()
        self._counter, self._visit, self._to, self._today, self._then = counter, visit, to, today, then
        self._overrides = overrides
        self.ticks: dict[str, Tick] = {}
        title = _("Adapt, then begin")
        self.setAccessibleName(title)
        under = _("{name}, {time}").format(name=visit.client_name, time=clock(visit.at))
        self._cards = column(spacing=10)
        self._remains = Remains()
        self._message = text.label("", tone="refused", wrap=True)
        self._message.hide()
        self._page = Page(margin=18)
        self._page.body.addWidget(Head(title, under, counter.hide_panel))
        said = _("Tick what you have adapted; it is kept with the visit.")
        self._page.body.addWidget(text.soft(said, wrap=True))
        self._page.body.addLayout(self._cards)
        self._page.body.addWidget(self._remains)
        self._page.body.addStretch(1)
        words = _("Begin the treatment") if to is State.IN_TREATMENT else _("Done, given adapted")
        self.button = primary(words, self._begin, icon="activity")
        self.button.setEnabled(False)
        self._foot = QFrame()
        self._foot.setProperty("role", "line")
        self._foot.setLayout(column(self._message, self.button, spacing=8, margin=16))
        self.setLayout(column(self._page, self._foot, spacing=0))
        asked = partial(flag_cards.of_booked, appointment=visit.id, moment="check_in")
        counter.runner.ask(asked, self._show, self._refused)

    def minimumSizeHint(self) -> QSize:
        inner = self._page.widget()
        widest = inner.minimumSizeHint().width() if inner is not None else 0
        return QSize(max(widest, self._foot.minimumSizeHint().width()), 0)

    def _show(self, seen: Seen) -> None:
        self.tinted.emit("" if seen.outcome == "S0" else seen.outcome)
        for card in seen.cards:
            if card.severity not in TINTS:
                continue
            self._cards.addWidget(Opening(card, self._today))
            if card.severity == "S1":
                tick = Tick(_("Modification applied"))
                said = card.reason or card.text
                flag = f"{severity('S1')}: {said}"
                tick.setAccessibleName(_("Modification applied, {flag}").format(flag=flag))
                tick.clicked.connect(self._look)
                self.ticks[card.rule] = tick
                self._cards.addWidget(tick)
        self._remains.show_seen(seen)
        self._look()
        if self.ticks:
            first = next(iter(self.ticks.values()))
            first.setFocus()
            QTimer.singleShot(0, first, lambda: self._page.ensureWidgetVisible(first))

    def _look(self) -> None:
        done = all(tick.isChecked() for tick in self.ticks.values())
        self.button.setEnabled(done)
        if done:
            self.button.setFocus()

    def _begin(self) -> None:
        applied = tuple(rule for rule, tick in self.ticks.items() if tick.isChecked())
        task = partial(
            booking.advance,
            appointment=self._visit.id,
            to=self._to,
            overrides=self._overrides,
            applied=applied,
        )
        self._counter.runner.do(task, self._went, self._refused)

    def _went(self, before: Moved) -> None:
        self._counter.hide_panel()
        self._then(before)

    def _refused(self, refusal: Refusal) -> None:
        self._message.setText(sentence(refusal))
        self._message.show()
