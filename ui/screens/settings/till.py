"""What the till goes by: sales tax on goods by place and day, and how much each role may take off a price."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from clinic.office import accounts, prices
from clinic.values import Role
from clinic.wording import _, day, reports
from clinic.wording.refusals import sentence
from ui.screens.settings import words
from ui.screens.settings.kept import Changes, Keeper, Kept
from ui.screens.settings.leave import Gate
from ui.screens.settings.section import Section
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import quiet
from ui.widgets.cards import Card, Facts
from ui.widgets.dates import DayLine
from ui.widgets.fields import Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clinic.office.prices import Rate, Tips
    from clinic.values import Refusal

THOUSANDTHS = 1_000
"""Rates are kept in thousandths of a per cent: California's quarters and eighths fit."""
LIMITED = (Role.THERAPIST, Role.FRONT_DESK)


def typed_rate(typed: str) -> int | None:
    """Read a rate such as 10.75 %; None where it is none."""
    try:
        rate = Decimal(typed.replace("%", "").strip()) * THOUSANDTHS
    except InvalidOperation:
        return None
    if not rate.is_finite() or rate < 0 or rate != rate.to_integral_value():
        return None
    return int(rate)


def written_rate(rate: int) -> str:
    """Write a rate as it is typed."""
    return f"{(Decimal(rate) / THOUSANDTHS).normalize():f} %"


class AtTheTill(Section):
    """Tax, tips and discounts."""

    key: ClassVar[str] = "till"
    icon: ClassVar[str] = "banknote"

    @staticmethod
    def title() -> str:
        return _("Tax, tips, discounts")

    def lay_out(self) -> None:
        self.rates = Facts()
        self.place, self.rate = Line(hint=_("Port Alder")), Line(hint="10.75 %")
        self.since = DayLine(date.today(), date.today())  # noqa: DTZ011 - for the typing of days only
        self.form = Form(2)
        self.form.add("place", _("Place"), self.place, optional=True)
        self.form.add("rate", _("Tax on goods"), self.rate)
        self.form.add("since", _("From"), self.since)
        self.set = quiet(_("Set this tax"), self._set_tax)
        tax = Card(_("Sales tax on goods"))
        said = _("Asked of goods only. What was sold before a day keeps the tax it bore.")
        tax.add(text.soft(said, wrap=True), self.rates, self.form)
        tax.body.addLayout(Flow(self.set))
        self.limits = Kept()
        for role in LIMITED:
            name = _("{role}, per cent of a price").format(role=words.role(role))
            self.limits.number(role.value, name, 100)
        write = partial(_limit, self.leave)
        Keeper(self.counter, self.limits, write, _("change of a limit"), _("Limit changed"))
        off = Card(_("Most that may be taken off"))
        told = _("A discount always needs its reason. The owner is free.")
        off.add(text.soft(told, wrap=True), self.limits)
        self.tips = Kept()
        self._tipped: set[str] = set()
        self._tip_card = Card(_("Tips proposed"))
        told = _(
            "In per cent of the price, such as 15, 18, 20. Who wishes none of their own has the house's."
        )
        self._tip_card.add(text.soft(told, wrap=True), self.tips)
        Keeper(self.counter, self.tips, _propose, _("change of the tips proposed"), _("Tips proposed"))
        self.accounts = Kept()
        for account, ours in reports.accounts().items():
            self.accounts.line(account, ours)
        books = Card(_("Accounts of the journal"))
        told = _("What your accountant calls what money is booked on. An empty field is our own word for it.")
        books.add(text.soft(told, wrap=True), self.accounts)
        Keeper(self.counter, self.accounts, _rename, _("name of an account"), _("Account named"))
        self.cards = (tax, off, self._tip_card, books)
        self.body.addWidget(Gate(self.leave, self.counter))
        for card in self.cards:
            self.body.addWidget(card)
        self.leave.changed.connect(self._allow)
        self._allow()

    def _allow(self) -> None:
        for part in (self.form, self.set, self.limits):
            part.setEnabled(self.leave.given)

    def reload(self) -> None:
        """Show the taxes and limits there are."""
        self.counter.runner.ask(_kept, self._show, latest="settings/till")

    def _show(self, kept: Standing) -> None:
        rates, limits, called, tips = kept
        for one in tips:
            key = one.staff or prices.HOUSE
            if key not in self._tipped:
                self._tipped.add(key)
                self.tips.line(key, one.name or _("The house"), hint=_percents(prices.USUAL_TIPS))
        self.tips.show_values({one.staff or prices.HOUSE: _percents(one.percents) for one in tips})
        self.accounts.show_values(called)
        self.rates.show_facts(
            [
                (
                    rate.place or _("Everywhere"),
                    _("{rate} from {day}, in force").format(rate=written_rate(rate.rate), day=day(rate.since))
                    if rate.now
                    else _("{rate} from {day}").format(rate=written_rate(rate.rate), day=day(rate.since)),
                )
                for rate in rates
            ]
            or [(_("Goods"), _("no tax is set"))]
        )
        self.limits.show_values({role.value: limits[role] for role in LIMITED})

    def _set_tax(self) -> None:
        self.form.clear_messages()
        rate, since = typed_rate(self.rate.text()), self.since.day
        if rate is None:
            self.form.refuse("rate", _("Type a rate such as 10.75 %."))
        elif since is None:
            self.form.refuse("since", _("Type a day, such as jan 1."))
        else:
            task = partial(
                prices.set_sales_tax,
                place=self.place.text(),
                since=since,
                rate=rate,
                reason=self.leave.reason,
            )
            self.counter.runner.do(task, partial(self._tax_set, task), self._refused)

    def _tax_set(self, task: partial[int | None], before: int | None) -> None:
        runner = self.counter.runner
        step = Step(
            _("tax on goods"),
            back=lambda: runner.do(partial(task, rate=before), self._nothing),
            again=lambda: runner.do(task, self._nothing),
        )
        self.rate.clear()
        self.counter.toast(_("Goods bear this tax from that day on"), step)

    def _nothing(self, _answer: object) -> None:
        """Wait for no answer: the list of taxes shows it."""

    def _refused(self, refusal: Refusal) -> None:
        self.form.refuse(refusal.at, sentence(refusal))


Standing: TypeAlias = "tuple[tuple[Rate, ...], dict[Role, int], dict[str, str], tuple[Tips, ...]]"


def _kept(work: Any) -> Standing:
    return prices.sales_tax(work), prices.discount_limits(work), accounts.names(work), prices.tips(work)


def _percents(percents: Iterable[int]) -> str:
    """Write per cents as they are typed."""
    return ", ".join(map(str, percents))


def typed_percents(typed: str | None) -> tuple[int, ...]:
    """Read per cents such as 15, 18 and 20; what is none is told of as one beyond them all."""
    words = (typed or "").replace("%", " ").replace(",", " ").split()
    return tuple(int(word) if word.isascii() and word.isdigit() else -1 for word in words)


def _propose(work: Any, changes: Changes) -> Changes:
    """Write the tips that were typed, and answer what they were."""
    return {
        key: _percents(
            prices.set_tips(work, staff="" if key == prices.HOUSE else key, percents=typed_percents(typed))
        )
        for key, typed in changes.items()
    }


def _rename(work: Any, changes: Changes) -> Changes:
    """Write the names that were typed, and answer what they were."""
    return {**accounts.rename(work, changes)}


def _limit(leave: Any, work: Any, changes: Changes) -> Changes:
    """Write the limits that were typed, and answer what they were."""
    before = prices.discount_limits(work)
    for role, percent in changes.items():
        prices.set_discount_limit(work, role=Role(role), percent=percent or 0, reason=leave.reason)
    return {role: before[Role(role)] for role in changes}
