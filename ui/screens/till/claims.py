"""Beside a client's papers: what can still be handed in where and until when, and plain arithmetic."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic.office import claims
from clinic.values import NOTHING, AccountKind
from clinic.wording import _, day, money, ngettext, short_day
from clinic.wording import claims as words
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.widgets import text
from ui.widgets.buttons import quiet
from ui.widgets.cards import Card, Facts, column
from ui.widgets.fields import Choice, Line, MoneyLine
from ui.widgets.forms import Form
from ui.widgets.period import today

if TYPE_CHECKING:
    from clinic.office.claims import AccountClaims, Arithmetic
    from clinic.values import ClientId, Refusal
    from ui.screen import Counter

YEARS_BACK = 3
MOST_LINES = 12


class ClaimsPanel(QWidget):
    """A client's accounts, one card to each, and a few sums; whatever comes of them is decided elsewhere."""

    def __init__(self, counter: Counter, client: ClientId, name: str) -> None:
        super().__init__()
        self._counter, self._client = counter, client
        self.accounts: tuple[AccountClaims, ...] = ()
        self._cards = column(spacing=12)
        now = today().year
        self.year = Choice([(str(now - back), now - back) for back in range(YEARS_BACK)])
        self.income, self.other, self.miles = MoneyLine(), MoneyLine(), Line()
        self.form = Form(2)
        self.form.add("year", _("Tax year"), self.year)
        self.form.add("income", _("Adjusted gross income"), self.income)
        self.form.add("other", _("Other medical expenses"), self.other, optional=True)
        self.form.add("miles", _("Miles, there and back"), self.miles, optional=True)
        self.reckon = quiet(_("Do the sums"), self._reckon)
        self.income.returnPressed.connect(self._reckon)
        self._sums = text.soft("", wrap=True)
        sums = Card(_("Arithmetic only"))
        sums.add(self.form, self.reckon, self._sums)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(18, 18, 18, 18)
        lines.setSpacing(16)
        lines.addWidget(Head(_("What can still be claimed"), name, counter.hide_panel))
        lines.addLayout(self._cards)
        lines.addWidget(
            text.caption(
                _(
                    "Only what was documented and paid privately is listed. The account's administrator decides; "
                    "the same amount can be handed in once, and not deducted as well."
                ),
                wrap=True,
            )
        )
        lines.addWidget(sums)
        lines.addStretch(1)
        question = partial(claims.still_claimable, client=client)
        counter.runner.ask(question, self._show, self._say_no, latest="till/claims")

    def _show(self, accounts: tuple[AccountClaims, ...]) -> None:
        self.accounts = accounts
        text.clear(self._cards)
        if not accounts:
            self._cards.addWidget(text.soft(_("No HSA, FSA or HRA is on file for this client."), wrap=True))
        for account in accounts:
            self._cards.addWidget(_card(account))

    def _reckon(self) -> None:
        income = self.income.amount
        if income is None:
            self.form.refuse("income", _("Give an amount in dollars and cents."))
            return
        typed = self.miles.text().strip()
        if typed and not typed.isdecimal():
            self.form.refuse("miles", _("Give whole miles."))
            return
        self.form.clear_messages()
        question = partial(
            claims.reckon,
            client=self._client,
            year=int(self.year.currentData()),
            income=income,
            other=self.other.amount or NOTHING,
            miles=int(typed or 0),
        )
        self._counter.runner.ask(question, self._show_sums, self._say_no, latest="till/sums")

    def _show_sums(self, sums: Arithmetic) -> None:
        told = [
            _("Documented and paid privately: {amount}.").format(amount=money(sums.documented)),
            words.floor(sums.floor, sums.above),
        ]
        if sums.mileage:
            told.append(words.mileage(sums.mileage, sums.visits))
        told.append(_("Rates from: {source}.").format(source=sums.source))
        self._sums.setText("\n".join(told))

    def _say_no(self, refusal: Refusal) -> None:
        self.form.refuse(refusal.at, sentence(refusal))


def _card(account: AccountClaims) -> Card:
    card = Card(account.kind.value)
    if account.kind is AccountKind.LPFSA:
        card.add(
            text.soft(_("A limited-purpose FSA pays for dental and vision care, not for massage."), wrap=True)
        )
        return card
    card.add(text.label(money(account.amount), "figure", "ink" if account.amount else "soft", figures=True))
    card.add(text.soft(_until(account), wrap=True))
    facts = [
        (short_day(line.service_date), f"{line.text}, {money(line.amount)}")
        for line in account.lines[:MOST_LINES]
    ]
    more = len(account.lines) - MOST_LINES
    if more > 0:
        facts.append(("", ngettext("and {n} more", "and {n} more", more).format(n=more)))
    if facts:
        card.add(Facts(facts))
    return card


def _until(account: AccountClaims) -> str:
    given = ""
    if account.first is not None and account.last is not None:
        given = _("Visits from {first} to {last}.").format(first=day(account.first), last=day(account.last))
    elif account.first is not None:
        given = _("Visits from {first} on.").format(first=day(account.first))
    if account.too_late:
        end = _("The time for handing in ended on {day}.")
    elif account.until is not None:
        end = _("To be handed in by {day}.")
    else:
        return f"{given} {_('In this year or any later one.')}".strip()
    return f"{given} {end.format(day=day(account.until) if account.until else '')}".strip()
