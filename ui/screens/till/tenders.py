"""How it is paid: one way for all of it, or several that share it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinic.office.till import Tender
from clinic.values import NOTHING, Method, Money
from clinic.wording import _, money, payments
from ui.screens.till import words
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import Button, icon_only, small
from ui.widgets.cards import Card, row
from ui.widgets.fields import Line, MoneyLine
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.outlook import Outlook

HEALTH = frozenset({Method.HSA_CARD, Method.FSA_CARD, Method.HRA_CARD})


class TenderRow(QWidget):
    """One way to pay, with its amount and what is noted of it."""

    changed = Signal()
    chosen = Signal()

    def __init__(self, method: Method, amount: Money, remove: Callable[[], object]) -> None:
        super().__init__()
        self.method = method
        self.own = False
        """Whether somebody typed the amount; until then it follows what is due."""
        self._name = text.label("", weight="medium")
        self.amount = MoneyLine(amount)
        self.amount.setFixedWidth(theme.px(112))
        self.amount.textEdited.connect(self._typed)
        self.reference = Line()
        self.reference.textEdited.connect(self.changed)
        self.remove = icon_only("x", _("Take this payment away"), remove)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._name, 2)
        line.addWidget(self.reference, 3)
        line.addWidget(self.amount)
        line.addWidget(self.remove)
        self.choose(method)

    @property
    def tender(self) -> Tender:
        """The payment as it is taken."""
        noted = self.reference.text().strip()
        is_gift = self.method is Method.GIFT
        return Tender(
            self.method,
            self.amount.amount or NOTHING,
            gift_code=noted if is_gift else "",
            reference="" if is_gift else noted,
        )

    def choose(self, method: Method) -> None:
        """Pay this part another way."""
        self.method = method
        name, noted = payments.method(method), words.reference(method)
        self._name.setText(name)
        self.amount.setAccessibleName(_("{method}, amount").format(method=name))
        self.reference.setVisible(bool(noted))
        self.reference.setPlaceholderText(noted)
        self.reference.setAccessibleName(f"{name}, {noted}" if noted else name)

    def _typed(self) -> None:
        self.own = True
        self.changed.emit()


class Tenders(Card):
    """The method keys and the payments; the last payment takes what the others leave."""

    changed = Signal()
    gift_typed = Signal(str)
    """The code of a gift certificate, to be looked up."""

    def __init__(self) -> None:
        super().__init__(_("Paid by"))
        self._due = NOTHING
        self._rows: list[TenderRow] = []
        self._keys = QButtonGroup(self)
        self._by_method: dict[Method, Button] = {}
        keys = Flow(spacing=6)
        for method in words.KEYS:
            key = Button(payments.method(method), look="key")
            key.setCheckable(True)
            key.clicked.connect(lambda _on, method=method: self.choose(method))
            self._keys.addButton(key)
            self._by_method[method] = key
            keys.addWidget(key)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._split = small(_("Split the payment"), self.split, icon="plus")
        self._left = text.caption("")
        foot = row(self._split)
        foot.addStretch(1)
        foot.addWidget(self._left)
        self._warning = QFrame()
        self._warning.setProperty("flag", "info")
        self._warned = text.label("", tone="flag", wrap=True)
        self._mend = small(_("Pay that part otherwise"), self._part_otherwise)
        inner = QVBoxLayout(self._warning)
        inner.setContentsMargins(12, 8, 12, 8)
        inner.addWidget(self._warned)
        inner.addLayout(Flow(self._mend))
        self._warning.hide()
        self._beyond = NOTHING
        self.body.addLayout(keys)
        self.body.addLayout(self._list)
        self.body.addLayout(foot)
        self.add(self._warning)

    @property
    def tenders(self) -> tuple[Tender, ...]:
        """The payments, those of nothing left out."""
        return tuple(row.tender for row in self._rows if row.tender.amount > NOTHING)

    @property
    def offered(self) -> Money:
        """What is paid by all of them."""
        return Money(sum(tender.amount.cents for tender in self.tenders))

    def start(self, method: Method = Method.CARD) -> None:
        """Begin with one way for all that is due."""
        for old in self._rows:
            self._drop(old)
        self._rows = []
        self._add(method)
        self._settle()

    def held(self) -> str:
        """Tell how it is to be paid, with the amounts that were typed."""
        rows = [
            (each.method.value, each.amount.text() if each.own else None, each.reference.text())
            for each in self._rows
        ]
        return json.dumps(rows)

    def hold(self, words: str) -> None:
        """Have it paid again as it was to be."""
        for old in self._rows:
            self._drop(old)
        self._rows = []
        for method, amount, reference in json.loads(words):
            self._add(Method(method))
            made = self._rows[-1]
            made.own = amount is not None
            made.amount.setText(amount or "")
            made.reference.setText(reference)
        self._changed()

    def set_due(self, due: Money) -> None:
        """Say what is to be paid now."""
        self._due = due
        self._settle()

    def choose(self, method: Method) -> None:
        """Pay the last part this way."""
        self._rows[-1].choose(method)
        self._settle()
        self.changed.emit()

    def split(self) -> None:
        """Add another payment for what is left."""
        first = self._rows[-1]
        first.own = True
        self._add(Method.CASH if first.method is not Method.CASH else Method.CARD)
        self._settle()
        first.amount.setFocus()
        first.amount.selectAll()
        self.changed.emit()

    def warn(self, outlook: Outlook) -> None:
        """Say what a health account's card would pay that no mark stands behind."""
        self._beyond = outlook.beyond
        self._warning.setVisible(bool(outlook.beyond))
        if not outlook.beyond:
            return
        cards = dict.fromkeys(payments.method(row.method) for row in self._rows if row.method in HEALTH)
        self._warned.setText(
            _("The {card} would pay {amount} that is not documented as medically necessary: {what}.").format(
                card=_(" and the ").join(cards),
                amount=money(outlook.beyond),
                what=", ".join(dict.fromkeys(words.the(kind) for kind in outlook.beyond_for)),
            )
        )
        self._warning.setAccessibleName(self._warned.text())

    def tell_gift(self, code: str, left: Money) -> None:
        """Take no more from a certificate than is left on it."""
        for each in self._rows:
            if each.method is Method.GIFT and each.reference.text().strip() == code:
                each.reference.setToolTip(_("{amount} is left on it").format(amount=money(left)))
                if left < (each.amount.amount or NOTHING):
                    each.amount.set_amount(left)
                    each.own = True
        if self._rows[-1].method is Method.GIFT and self._rows[-1].own and self.offered < self._due:
            self._add(Method.CARD)
        self._settle()
        self.changed.emit()

    def _part_otherwise(self) -> None:
        """Leave to the health card what it may pay, and the rest to an ordinary card."""
        beyond = self._beyond
        for each in self._rows:
            had = each.amount.amount or NOTHING
            if each.method in HEALTH and had > NOTHING and beyond:
                part = min(had, beyond)
                each.amount.set_amount(had - part)
                each.own = True
                beyond -= part
        if self._rows[-1].method in HEALTH or self._rows[-1].own:
            self._add(Method.CARD)
        self._rows = [each for each in self._rows if not self._emptied(each)]
        self._settle()
        self.changed.emit()

    def _emptied(self, each: TenderRow) -> bool:
        if each.method in HEALTH and not each.amount.amount and each.own:
            self._drop(each)
            return True
        return False

    def _add(self, method: Method) -> None:
        made = TenderRow(method, NOTHING, lambda: self._remove(made))
        made.changed.connect(self._changed)
        made.reference.editingFinished.connect(lambda: self._noted(made))
        self._rows.append(made)
        self._list.addWidget(made)

    def _noted(self, each: TenderRow) -> None:
        code = each.reference.text().strip()
        if each.method is Method.GIFT and code:
            self.gift_typed.emit(code)

    def _remove(self, gone: TenderRow) -> None:
        self._rows.remove(gone)
        self._drop(gone)
        self._rows[-1].own = False
        self._settle()
        self.changed.emit()

    def _drop(self, gone: TenderRow) -> None:
        self._list.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _changed(self) -> None:
        self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        """Let the last payment take the rest, unless its amount was typed, and say what stays open."""
        if not self._rows:
            return
        last = self._rows[-1]
        if not last.own:
            others = Money(sum((each.amount.amount or NOTHING).cents for each in self._rows[:-1]))
            last.amount.set_amount(max(NOTHING, self._due - others))
        self._by_method[last.method].setChecked(True)
        for each in self._rows:
            each.remove.setVisible(len(self._rows) > 1)
        left = self._due - self.offered
        self._left.setText(
            _("{amount} stays open").format(amount=money(left))
            if left > NOTHING
            else _("{amount} too much").format(amount=money(-left))
            if left < NOTHING
            else ""
        )
