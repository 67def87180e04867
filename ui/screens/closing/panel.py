"""Close of day: what is still open, the drawer, and the sheet; a backup is made with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel, QWidget

from clinic.office import closing
from clinic.values import Money
from clinic.wording import _, clock, long_day, moment, money, ngettext, short_day
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.screens.closing.earlier import open_closed_days
from ui.screens.closing.paper import PaperPanel, open_panel
from ui.widgets import text
from ui.widgets.buttons import link, primary
from ui.widgets.cards import Card, Facts, column, row
from ui.widgets.fields import Line, MoneyLine
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from clinic.office.closing import DayEnd, StillOpen
    from clinic.values import Progress, Refusal, Trouble
    from ui.screen import Counter

A_FEW = 4


class CloseOfDay(QWidget):
    """Counts the drawer and closes the day."""

    def __init__(self, counter: Counter, now: DayEnd) -> None:
        super().__init__()
        self._counter, self._now = counter, now
        self.drawer, self.counted = MoneyLine(now.drawer), MoneyLine()
        self.remark = Line("", _("Why it differs, if it does"))
        self._form = Form(2)
        self._form.add("drawer", _("In the drawer this morning"), self.drawer)
        self._form.add("counted", _("Counted now"), self.counted)
        self._form.add("text", _("Remark"), self.remark, wide=True, optional=True)
        self._sum = Facts()
        self._difference: QLabel = text.label("", weight="semibold", wrap=True)
        for field in (self.drawer, self.counted):
            field.textChanged.connect(lambda _typed: self._add_up())
        self.remark.returnPressed.connect(self._close)
        self.counted.returnPressed.connect(self._close)
        self.close_ = primary(_("Back up and close the day"), self._close)
        again = _("Closed once already today; this close counts instead.") if now.closed else ""
        head = Head(_("Close of day"), again or long_day(now.on), counter.hide_panel)
        lines = column(head, self._still_open(), self._cash(), self._books(), spacing=14, margin=18)
        lines.addWidget(self.close_)
        lines.addWidget(link(_("Closed days"), lambda: open_closed_days(counter)))
        lines.addStretch(1)
        self.setLayout(lines)
        self.setAccessibleName(_("Close of day"))
        self.setFocusProxy(self.counted)
        self._add_up()

    def _still_open(self) -> Card:
        """Name what nobody finished: it can be closed all the same, and the sheet says so."""
        now = self._now
        card = Card(_("Still open"), margin=14)
        card.body.setSpacing(8)
        for visit in now.unclosed[:A_FEW]:
            card.body.addLayout(self._visit(visit))
        more = len(now.unclosed) - A_FEW
        if more > 0:
            card.add(text.caption(ngettext("and {n} more", "and {n} more", more).format(n=more)))
        if now.unsigned:
            said = ngettext("{n} note is not signed", "{n} notes are not signed", now.unsigned)
            card.add(text.label(said.format(n=now.unsigned), wrap=True))
        if not now.unclosed and not now.unsigned:
            line = row(text.Glyph("circle-check", "accent"), spacing=8)
            line.addWidget(text.soft(_("Every visit is closed and every note signed."), wrap=True), 1)
            card.body.addLayout(line)
        return card

    def _visit(self, visit: StillOpen) -> Any:
        today = visit.at.date() == self._now.on
        when = clock(visit.at) if today else f"{short_day(visit.at.date())}, {clock(visit.at)}"
        line = row(text.label(visit.client_name, weight="medium", wrap=True), spacing=8)
        line.setStretch(0, 1)
        line.addWidget(text.soft(when))
        opening = link(_("Open"), lambda: self._counter.go("today", visit.at.date()))
        opening.setAccessibleName(_("Open the day of {name}").format(name=visit.client_name))
        line.addWidget(opening)
        return line

    def _cash(self) -> Card:
        card = Card(_("Cash"), margin=14)
        card.add(self._form, self._sum, self._difference)
        return card

    def _books(self) -> Card:
        now = self._now
        card = Card(_("The day's books"), margin=14)
        first_last = (
            _("{first} to {last}").format(first=now.first, last=now.last) if now.first else _("None issued")
        )
        facts = [
            (_("Taken"), money(Money(sum(each.amount.cents for each in now.taken)))),
            (_("Of it tips"), money(now.tips)),
            (_("Paid back"), money(now.paid_back)),
            (_("Receipts"), first_last),
            (_("Voided"), ", ".join(now.voids) or _("None")),
            (_("Numbers missing"), str(now.gaps)),
            (_("Last backup"), moment(now.backed_up_at) if now.backed_up_at else _("None yet")),
        ]
        card.add(Facts([fact for fact in facts if fact[1] != money(Money(0))]))
        return card

    def _add_up(self) -> None:
        """Say what should lie there, and how far off the count is."""
        now, drawer, counted = self._now, self.drawer.amount, self.counted.amount
        expected = (drawer or Money(0)) + now.cash
        self._sum.show_facts([(_("Cash taken"), money(now.cash)), (_("Expected"), money(expected))])
        if counted is None:
            said = ""
        elif counted == expected:
            said = _("The drawer is right.")
        else:
            off = counted - expected
            words = _("{amount} too much") if off.cents > 0 else _("{amount} missing")
            said = words.format(amount=money(Money(abs(off.cents))))
        self._difference.setText(said)
        self._difference.setVisible(bool(said))

    def _close(self) -> None:
        drawer, counted = self.drawer.amount, self.counted.amount
        if drawer is None or counted is None:
            at = "drawer" if drawer is None else "counted"
            self._form.refuse(at, _("Type an amount, such as 150.00."))
            return
        self.close_.setEnabled(False)
        self._counter.runner.long_do(
            partial(_close_day, drawer=drawer, counted=counted, remark=self.remark.text()),
            self._closed,
            self._refused,
            words=_("Making a backup"),
        )

    def _closed(self, sheet: bytes) -> None:
        on = self._now.on
        panel = PaperPanel(self._counter, (_("Close of day"), long_day(on)), f"close-{on.isoformat()}", sheet)
        open_panel(self._counter, panel)
        self._counter.toast(_("The day is closed, and a backup was made and checked."))

    def _refused(self, said_no: Refusal | Trouble) -> None:
        self.close_.setEnabled(True)
        self._form.refuse(said_no.at, sentence(said_no))


def open_closing(counter: Counter) -> None:
    """Ask how the day stands, and show it."""
    counter.runner.ask(
        closing.standing,
        lambda now: open_panel(counter, CloseOfDay(counter, now)),
        lambda no: counter.toast(sentence(no)),
    )


def _close_day(desk: Any, progress: Progress, *, drawer: Money, counted: Money, remark: str) -> bytes:
    return closing.close_day(desk, drawer=drawer, counted=counted, remark=remark, progress=progress)
