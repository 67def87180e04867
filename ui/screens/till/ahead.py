"""Beside the till: money left for later, a gift certificate looked up, and a family's prepaid visits."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic.office import bundles, gifts, till
from clinic.values import NOTHING, Method, Money
from clinic.wording import _, day, money, payments
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.table import Column, Table
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import Empty, Facts
from ui.widgets.fields import Choice, Line, MoneyLine, Search
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.charges import OpenBundle, Proposal
    from clinic.office.gifts import Certificate
    from clinic.office.till import TakenIn
    from clinic.values import ClientId, Refusal
    from ui.screen import Counter

LEFT_BY = (
    Method.CARD,
    Method.CASH,
    Method.CHECK,
    Method.HSA_CARD,
    Method.FSA_CARD,
    Method.HRA_CARD,
    Method.OTHER,
)


def _stand(panel: QWidget, *things: QWidget) -> None:
    lines = QVBoxLayout(panel)
    lines.setContentsMargins(18, 18, 18, 18)
    lines.setSpacing(16)
    for thing in things:
        lines.addWidget(thing)
    lines.addStretch(1)


class TakeDeposit(QWidget):
    """Money is left here for nothing yet; it pays what is charged later."""

    def __init__(self, counter: Counter, client: ClientId, name: str, taken: Callable[[str], object]) -> None:
        super().__init__()
        self._counter, self._client, self._taken = counter, client, taken
        self._operation = uuid4().hex
        self.amount, self.method, self.reference = MoneyLine(), Choice(), Line()
        self.method.offer([(payments.method(each), each.value) for each in LEFT_BY])
        self.form = Form()
        self.form.add("amount", _("Amount"), self.amount)
        self.form.add("method", _("Paid by"), self.method)
        self.form.add("reference", _("Last four, or a word"), self.reference, optional=True)
        self.take = primary(_("Take and print receipt"), self._take, icon="printer")
        self.amount.returnPressed.connect(self._take)
        told = text.soft(_("It stays the client's and pays what is charged next."), wrap=True)
        _stand(self, Head(_("Money on account"), name, counter.hide_panel), self.form, told, self.take)
        self.amount.setFocus()

    def _take(self) -> None:
        amount = self.amount.amount
        if amount is None or amount <= NOTHING:
            self.form.refuse("amount", _("Give an amount in dollars and cents, more than nothing."))
            return
        tender = till.Tender(
            Method(self.method.currentData()), amount, reference=self.reference.text().strip()
        )
        task = partial(till.take_deposit, operation=self._operation, client=self._client, tenders=(tender,))
        self._counter.runner.do(task, self._done, self._say_no)

    def _done(self, taken: TakenIn) -> None:
        self._counter.hide_panel()
        self._taken(taken.numbers[0])

    def _say_no(self, refusal: Refusal) -> None:
        self.form.refuse(refusal.at, sentence(refusal))


class GiftPanel(QWidget):
    """What is left on a certificate, where it went, and a small rest in cash."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self._operation = uuid4().hex
        self.found: Certificate | None = None
        self.code = Line()
        self.form = Form()
        self.form.add("gift_code", _("Code on it"), self.code)
        self.code.returnPressed.connect(self.look_up)
        self.look = quiet(_("Look it up"), self.look_up, icon="search")
        self.left = text.label("", "figure", figures=True)
        self._facts = Facts()
        self.pay_out = quiet("", self._pay_out, icon="banknote")
        self.pay_out.hide()
        head = Head(
            _("Gift certificate"), _("It never expires, and nothing is taken off it."), counter.hide_panel
        )
        _stand(self, head, self.form, self.look, self.left, self._facts, self.pay_out)
        self.code.setFocus()

    def look_up(self) -> None:
        """Ask what is left on it."""
        self.form.clear_messages()
        question = partial(gifts.look_up, code=self.code.text())
        self._counter.runner.ask(question, self._show, self._say_no, latest="till/certificate")

    def _show(self, found: Certificate) -> None:
        self.found = found
        self.left.setText(_("{amount} left").format(amount=money(found.left)))
        facts = [
            (_("Sold"), day(found.sold_on)),
            (_("On receipt"), found.receipt),
            (_("Worth"), money(found.worth)),
        ]
        facts += [(day(on), _("{amount} used").format(amount=money(amount))) for on, amount in found.used_on]
        facts += [
            (day(on), _("{amount} paid in cash").format(amount=money(rest))) for on, rest in found.paid_out
        ]
        self._facts.show_facts(facts)
        self.pay_out.say(_("Pay {amount} in cash").format(amount=money(found.left)))
        self.pay_out.setVisible(found.in_cash)

    def _pay_out(self) -> None:
        task = partial(gifts.pay_out, operation=self._operation, code=self.code.text())
        self._counter.runner.do(task, self._paid_out, self._say_no)

    def _paid_out(self, amount: Money) -> None:
        self._operation = uuid4().hex  # the next rest, of this certificate or another, is paid by itself
        self._counter.toast(_("{amount} paid in cash; nothing is left on it").format(amount=money(amount)))
        self.look_up()

    def _say_no(self, refusal: Refusal) -> None:
        self.form.refuse("gift_code", sentence(refusal))


class FamilyPanel(QWidget):
    """Somebody else's prepaid visits of the same treatment, found by their name."""

    def __init__(self, counter: Counter, proposal: Proposal, used: Callable[[OpenBundle], object]) -> None:
        super().__init__()
        self._counter, self._proposal, self._used = counter, proposal, used
        self.name = Search(_("Whose prepaid visits"))
        self.name.textChanged.connect(self._search)
        self.table: Table[OpenBundle] = Table(
            (
                Column(_("Name"), lambda one: one.holder, weight="medium"),
                Column(_("Left"), lambda one: str(one.left), 64, figures=True),
            ),
            name=_("Prepaid visits"),
            empty=Empty(_("Type the name of who bought prepaid visits of this treatment."), icon="users"),
            identity=lambda one: one.id,
        )
        self.table.setMinimumHeight(220)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _one: self._share())
        self.share = primary(_("Share and use one"), self._share)
        self.share.setEnabled(False)
        head = Head(
            _("A family member's prepaid visits"),
            _("From then on {name} may use them too.").format(name=proposal.client_name),
            counter.hide_panel,
        )
        self._refused = text.label("", tone="refused", wrap=True)
        _stand(self, head, self.name, self.table, self._refused, self.share)
        self.name.setFocus()

    def _search(self, typed: str) -> None:
        treatment = self._proposal.treatment
        if treatment is not None:
            question = partial(bundles.lendable, treatment=treatment, typed=typed)
            self._counter.runner.ask(question, self.table.show_rows, latest="till/lendable")

    def _chosen(self, one: OpenBundle | None) -> None:
        self.share.setEnabled(one is not None)

    def _share(self) -> None:
        chosen = self.table.current
        if chosen is not None:
            task = partial(bundles.share, bundle=chosen.id, client=self._proposal.client)
            self._counter.runner.do(task, lambda _done: self._go_on(chosen), self._say_no)

    def _go_on(self, chosen: OpenBundle) -> None:
        runner, client = self._counter.runner, self._proposal.client
        alone = partial(bundles.keep_alone, bundle=chosen.id, client=client)
        shared = partial(bundles.share, bundle=chosen.id, client=client)
        step = Step(
            _("sharing of prepaid visits"),
            back=lambda: runner.do(alone, self._nothing),
            again=lambda: runner.do(shared, self._nothing),
        )
        self._counter.hide_panel()
        self._used(chosen)
        name = self._proposal.client_name
        self._counter.toast(_("{name} may use these visits too").format(name=name), step)

    def _nothing(self, _answer: object) -> None:
        """Wait for no answer: what is left at the next visit shows it."""

    def _say_no(self, refusal: Refusal) -> None:
        self._refused.setText(sentence(refusal))
