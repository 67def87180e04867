"""What is charged: the visit, its tip on a line of its own, and whatever else is sold with it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic.office.charges import BundleOffer, Charge
from clinic.values import NOTHING, LineKind, Money
from clinic.wording import _, figure, money, ngettext
from ui.screens.till import keeping
from ui.screens.till.extras import Extras
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import Segments, icon_only, link, small
from ui.widgets.cards import Card, row
from ui.widgets.fields import MoneyLine
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.office.charges import OpenBundle, Proposal

NO_TIP, OTHER = "none", "other"


class ChargeRow(QWidget):
    """A line with its price, and what can be done about it."""

    def __init__(self, name: str, remark: str, amount: Money, *tools: QWidget) -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text.label(name, weight="medium", wrap=True))
        if remark:
            words.addWidget(text.caption(remark, wrap=True))
        price = text.label(figure(amount), figures=True)
        price.setAccessibleName(f"{name}: {money(amount)}")
        line = row(spacing=8)
        line.addLayout(words, 1)
        for tool in tools:
            line.addWidget(tool, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(price, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)
        self.setMinimumHeight(theme.px(32))


class Tip(QWidget):
    """The tip, on a line of its own: a few presets, or any amount."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._base = NOTHING
        self.presets = Segments([], _("Tip"))
        self.presets.switched.connect(self._switched)
        self.other = MoneyLine()
        self.other.setAccessibleName(_("Tip, amount"))
        self.other.setFixedWidth(theme.px(96))
        self.other.textEdited.connect(lambda _typed: self.tell())
        self.other.hide()
        self._amount = text.label("", figures=True)
        line = row(spacing=8)
        line.addWidget(text.label(_("Tip"), weight="medium"))
        line.addLayout(Flow(self.presets, self.other), 1)
        line.addWidget(self._amount, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)

    @property
    def amount(self) -> Money:
        """The tip given."""
        chosen = self.presets.chosen
        if chosen == OTHER:
            return max(NOTHING, self.other.amount or NOTHING)
        return NOTHING if chosen == NO_TIP else self._base.share(int(chosen), 100)

    def start(self, base: Money, percents: Sequence[int]) -> None:
        """Propose shares of this price."""
        self._base = base
        presets = [(str(percent), _("{n} %").format(n=percent)) for percent in percents]
        self.presets.offer([(NO_TIP, _("No tip")), *presets, (OTHER, _("Other"))])
        self.presets.choose(NO_TIP)
        self.other.clear()
        self.other.hide()
        self._amount.setText(figure(NOTHING))

    def _switched(self, key: str) -> None:
        self.other.setVisible(key == OTHER)
        if key == OTHER:
            self.other.setFocus()
        self.tell()

    def tell(self) -> None:
        """Say what it comes to."""
        self._amount.setText(figure(self.amount))
        self.changed.emit()


class Lines(Card):
    """The lines of the receipt in the making."""

    changed = Signal()
    family_asked = Signal()
    """The visit is to be paid from somebody else's prepaid visits."""

    def __init__(self) -> None:
        super().__init__(_("Charged"), margin=16)
        self._treatment: Charge | None = None
        self._extra: list[Charge] = []
        self._proposal: Proposal | None = None
        self._bundle: OpenBundle | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.tip = Tip()
        self.tip.changed.connect(self.changed)
        self.extras = Extras()
        self.extras.added.connect(self._added)
        self.extras.discounted.connect(self._discounted)
        self.body.addLayout(self._rows)
        self._empty = text.soft(_("Nothing yet. Add what is sold."), wrap=True)
        self._over_tip = text.rule()
        self.add(self._empty, self._over_tip, self.tip, text.rule(), self.extras)

    @property
    def charges(self) -> tuple[Charge, ...]:
        """The lines as they will be charged, the tip last."""
        made = [self._care()] if self._treatment is not None else []
        made += self._extra
        if self.tip.amount > NOTHING:
            treatment = self._treatment
            appointment = treatment.appointment if treatment else None
            made.append(Charge(LineKind.TIP, _("Tip"), self.tip.amount, appointment=appointment))
        return tuple(charge for charge in made if charge is not None)

    @property
    def total(self) -> Money:
        """What the lines ask for here and now."""
        return Money(sum(charge.total.cents for charge in self.charges))

    def start(self, proposal: Proposal) -> None:
        """Begin with what is proposed."""
        self._proposal = proposal
        self._treatment = proposal.charges[0] if proposal.charges else None
        self._extra, self._bundle = [], None
        price = self._treatment.price if self._treatment else NOTHING
        self.tip.start(price, proposal.tips)
        for part in (self.tip, self._over_tip):
            part.setVisible(self._treatment is not None)
        self.extras.start(proposal)
        self._show()

    def held(self) -> str:
        """Tell what was put on the receipt besides what was proposed."""
        treatment = self._treatment
        off = (treatment.discount.cents, treatment.discount_reason) if treatment else (0, "")
        return keeping.told(self._extra, self._bundle, off, (self.tip.presets.chosen, self.tip.other.text()))

    def hold(self, words: str) -> None:
        """Put it there again."""
        kept = keeping.read(words)
        self._extra = list(kept.extra)
        if self._treatment is not None:
            discount, reason = kept.off
            self._treatment = replace(self._treatment, discount=Money(discount), discount_reason=reason)
            chosen, other = kept.tip
            self.tip.presets.press(chosen)
            self.tip.other.setText(other)
            self.tip.tell()
        if kept.bundle is not None:
            self.lend(kept.bundle)
        else:
            self._use(None)

    def _care(self) -> Charge | None:
        treatment = self._treatment
        if treatment is None or self._bundle is None:
            return treatment
        used = replace(treatment, kind=LineKind.BUNDLE_USE, bundle=self._bundle.id)
        return replace(used, discount=NOTHING, discount_reason="")

    def _show(self) -> None:
        text.clear(self._rows)
        care = self._care()
        if care is not None and self._proposal is not None:
            self._rows.addWidget(
                ChargeRow(care.text, self._about(care), care.total, *self._bundle_tools(self._proposal))
            )
        for at, charge in enumerate(self._extra):
            gone = icon_only("x", _("Take {what} off").format(what=charge.text), partial(self._take_off, at))
            self._rows.addWidget(ChargeRow(charge.text, _remark(charge), charge.total, gone))
        self._empty.setVisible(care is None and not self._extra)
        self.changed.emit()

    def _about(self, care: Charge) -> str:
        if self._bundle is not None:
            left = self._bundle.left - 1
            told = ngettext(
                "From prepaid visits; {n} is left then", "From prepaid visits; {n} are left then", left
            ).format(n=left)
            return f"{told} ({self._bundle.holder})" if self._bundle.holder else told
        if care.discount:
            return _("{price} less {discount}: {reason}").format(
                price=money(care.price), discount=money(care.discount), reason=care.discount_reason
            )
        return ""

    def _bundle_tools(self, proposal: Proposal) -> Sequence[QWidget]:
        """Offer to pay from prepaid visits of the same treatment, or to leave them alone."""
        if self._bundle is not None:
            return [small(_("Pay it now instead"), lambda: self._use(None))]
        return [
            *(
                small(_prepaid_words(bundle), partial(self._use, bundle))
                for bundle in proposal.bundles
                if bundle.treatment == proposal.treatment
            ),
            link(_("A family member's…"), self.family_asked.emit),
        ][:2]

    def _use(self, bundle: OpenBundle | None) -> None:
        self._bundle = bundle
        self._show()

    def _take_off(self, at: int) -> None:
        del self._extra[at]
        self._show()

    def _added(self, charge: Charge) -> None:
        self._extra.append(charge)
        self._show()

    def _discounted(self, discount: Money, reason: str) -> None:
        if self._treatment is not None:
            self._treatment = replace(self._treatment, discount=discount, discount_reason=reason)
            self._show()

    def lend(self, bundle: OpenBundle) -> None:
        """Pay the visit from prepaid visits that somebody else shares."""
        if self._proposal is not None:
            bundles = (bundle, *(one for one in self._proposal.bundles if one.id != bundle.id))
            self._proposal = replace(self._proposal, bundles=bundles)
            self._use(bundle)


def _prepaid_words(bundle: OpenBundle) -> str:
    if bundle.holder:
        return _("Use one of {name}'s {n}").format(name=bundle.holder, n=bundle.left)
    return ngettext("Use the prepaid visit", "Use 1 of {n} prepaid visits", bundle.left).format(n=bundle.left)


def _remark(charge: Charge) -> str:
    if charge.tax:
        return _("Goods; {tax} sales tax in it").format(tax=money(charge.tax))
    if isinstance(charge.sells, BundleOffer):
        return _("They count on the days they are used")
    if charge.kind is LineKind.GIFT_SALE:
        return _("Code {code}").format(code=charge.gift_code)
    return _("Fee") if charge.kind is LineKind.FEE else _("Goods")
