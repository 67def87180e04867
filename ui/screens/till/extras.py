"""What else is sold at the till: goods, a fee, a discount, visits in advance, a gift certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic.office import charges
from clinic.office.charges import BundleOffer, Charge
from clinic.values import NOTHING, LineKind, Money
from clinic.wording import _, money, ngettext
from clinic.wording.reports import percent
from ui.widgets.buttons import quiet, small
from ui.widgets.cards import row
from ui.widgets.fields import Choice, Line, MoneyLine
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.charges import Proposal, TaxNow

BUNDLES = (2, 3, 4, 5, 6, 8, 10, 12, 20)
USUAL_BUNDLE = 6


class Extras(QWidget):
    """A row of small buttons, and under it the short form of the one pressed."""

    added = Signal(object)
    """A Charge to be put on the receipt."""
    discounted = Signal(object, str)
    """What is taken off the treatment's price, and why."""
    deposit_asked = Signal()
    """Money is to be left here for nothing yet."""

    def __init__(self) -> None:
        super().__init__()
        self._proposal: Proposal | None = None
        self._form: QWidget | None = None
        self._discount = small(_("Discount"), self._ask_discount)
        self._bundle = small(_("Prepaid visits"), self._ask_bundle)
        self._deposit = small(_("Money on account"), self.deposit_asked.emit)
        buttons = Flow(
            small(_("Goods"), self._ask_goods),
            small(_("Fee"), lambda: self._ask_line(LineKind.FEE, _("Fee"), _("Late cancellation"))),
            self._discount,
            self._bundle,
            small(_("Gift certificate"), self._ask_gift),
            self._deposit,
        )
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(12)
        self._lines.addLayout(buttons)

    def start(self, proposal: Proposal) -> None:
        """Begin anew for this proposal."""
        self._proposal = proposal
        self._discount.setVisible(bool(proposal.charges) and proposal.most_off > 0)
        self._deposit.setVisible(not proposal.charges)
        self._bundle.setVisible(bool(proposal.charges))
        self._put_away()

    def _put_away(self) -> None:
        if self._form is not None:
            self._lines.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
            self._form = None

    def _show(self, form: Form, words: str, add: Callable[[], object]) -> None:
        """Show a form with its two buttons in place of the one there."""
        self._put_away()
        buttons = row(spacing=8)
        buttons.addWidget(quiet(words, add))
        buttons.addWidget(small(_("Leave it"), self._put_away))
        buttons.addStretch(1)
        whole = QWidget()
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(form)
        lines.addLayout(buttons)
        self._form = whole
        self._lines.addWidget(whole)
        first = form.findChild(Line)
        if first is not None:
            first.setFocus()

    def _ask_line(self, kind: LineKind, name: str, proposed: str) -> None:
        what, price = Line(proposed), MoneyLine()
        form = Form(2)
        form.add("text", name, what)
        form.add("price", _("Price"), price)
        add = _adding(
            form, price, lambda amount: self._add(Charge(kind, what.text().strip() or name, amount))
        )
        _on_enter(add, what, price)
        self._show(form, _("Add to the receipt"), add)

    def _ask_goods(self) -> None:
        """Ask for goods with their price before tax, and whose sales tax they bear."""
        what, price = Line(), MoneyLine()
        taxes = self._proposal.taxes if self._proposal else ()
        tax = Choice([(_tax_words(each), each.rate) for each in taxes])
        tax.addItem(_("No sales tax"), 0)
        form = Form(2)
        form.add("text", _("Goods"), what)
        form.add("price", _("Price"), price)
        if taxes:
            form.add("tax", _("Sales tax"), tax)

        def sell(amount: Money) -> None:
            words = what.text().strip() or _("Goods")
            self._add(
                Charge(LineKind.PRODUCT, words, amount, tax=charges.tax_on(amount, int(tax.currentData())))
            )

        add = _adding(form, price, sell)
        _on_enter(add, what, price)
        self._show(form, _("Add to the receipt"), add)

    def _ask_discount(self) -> None:
        """Ask what is taken off and why; beyond one's own limit nothing is."""
        proposal = self._proposal
        if proposal is None or not proposal.charges:
            return
        amount, reason = MoneyLine(), Line()
        most = proposal.charges[0].price.share(proposal.most_off, 100)
        form = Form(2)
        form.add("price", _("Off the treatment's price, {most} at most").format(most=money(most)), amount)
        form.add("discount_reason", _("Why"), reason)

        def take_off(off: Money) -> None:
            if off > most:
                form.refuse("price", _("You can take {most} off at most.").format(most=money(most)))
            elif not reason.text().strip():
                form.refuse("discount_reason", _("Say why it is cheaper; it is kept with the line."))
            else:
                self._put_away()
                self.discounted.emit(off, reason.text().strip())

        add = _adding(form, amount, take_off)
        _on_enter(add, amount, reason)
        self._show(form, _("Take it off"), add)

    def _ask_bundle(self) -> None:
        if self._proposal is None or self._proposal.treatment is None:
            return
        treatment = self._proposal.charges[0]
        visits = Choice([(str(n), n) for n in BUNDLES])
        visits.choose(USUAL_BUNDLE)
        price = MoneyLine(Money(treatment.price.cents * USUAL_BUNDLE))
        visits.activated.connect(
            lambda _at: price.set_amount(Money(treatment.price.cents * visits.currentData()))
        )
        form = Form(2)
        form.add("visits", _("Visits in advance"), visits)
        form.add("price", _("Price of all"), price)
        kind, sold = LineKind.BUNDLE_SALE, self._proposal.treatment

        def sell(amount: Money) -> None:
            n = int(visits.currentData())
            name = ngettext("{n} visit: {treatment}", "{n} visits: {treatment}", n)
            words = name.format(n=n, treatment=treatment.text)
            self._add(Charge(kind, words, amount, sells=BundleOffer(sold, n)))

        add = _adding(form, price, sell)
        _on_enter(add, price)
        self._show(form, _("Add to the receipt"), add)

    def _ask_gift(self) -> None:
        proposed = self._proposal.gift_code if self._proposal else ""
        amount, code = MoneyLine(), Line(proposed)
        form = Form(2)
        form.add("price", _("Worth"), amount)
        form.add("gift_code", _("Code on it"), code)

        def sell(worth: Money) -> None:
            kind, said = LineKind.GIFT_SALE, code.text().strip()
            words = _("Gift certificate {code}").format(code=said).strip()
            self._add(Charge(kind, words, worth, gift_code=said))

        add = _adding(form, amount, sell)
        _on_enter(add, amount, code)
        self._show(form, _("Add to the receipt"), add)

    def _add(self, charge: Charge) -> None:
        self._put_away()
        self.added.emit(charge)


def _tax_words(rate: TaxNow) -> str:
    share = percent(rate.rate)
    return f"{rate.place}, {share}" if rate.place else share


def _adding(form: Form, price: MoneyLine, then: Callable[[Money], object]) -> Callable[[], None]:
    """Go on once an amount is typed; ask for one beside the field otherwise."""

    def add() -> None:
        amount = price.amount
        if amount is None or amount <= NOTHING:
            form.refuse("price", _("Give an amount in dollars and cents, more than nothing."))
        else:
            then(amount)

    return add


def _on_enter(run: Callable[[], None], *fields: Line) -> None:
    for field in fields:
        field.returnPressed.connect(run)
