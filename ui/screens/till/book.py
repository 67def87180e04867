"""The book: what came in today, what is still to be taken, and every receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from clinic.values import Method, Money
from clinic.wording import _, figure, money, ngettext, payments, short_day
from ui.table import Column, Table
from ui.theme import theme
from ui.widgets import painting, text
from ui.widgets.buttons import quiet
from ui.widgets.cards import Card, Empty, Figure, Figures, column, row
from ui.widgets.fields import Search

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from clinic.office.receipts import Receipt
    from clinic.office.takings import Day, ToTake

CARDS = (Method.CARD, Method.HSA_CARD, Method.FSA_CARD, Method.HRA_CARD)
SIDE_BY_SIDE = 980


def _state(receipt: Receipt) -> str:
    if receipt.void:
        return _("Void")
    if receipt.credit_note:
        return _("Paid back")
    if receipt.open:
        return _("{amount} open").format(amount=money(receipt.open))
    return _("Paid") if receipt.printed else _("Paid, not printed")


def _mark(receipt: Receipt) -> painting.Mark | None:
    if receipt.void:
        return painting.Mark("x", "soft_ink")
    if receipt.open:
        return painting.Mark("circle-alert", "info", "info_on")
    return painting.Mark("undo-2" if receipt.credit_note else "check", "soft_ink")


class Book(QWidget):
    """What the till shows when nothing is being charged."""

    visit_asked = Signal(object)
    """A visit is to be charged."""
    owed_asked = Signal(object)
    """Open money is to be taken; the ToTake of it."""
    receipt_asked = Signal(object)
    gift_asked = Signal()
    """Somebody brings a gift certificate."""
    close_asked = Signal()
    """The drawer is to be counted and the day closed."""
    searched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._figures = Figures()
        self._may_take = True
        self.gift = quiet(_("Gift certificate"), self.gift_asked.emit, icon="badge-check")
        self.search = Search(_("Number or name"))
        self.search.setMinimumWidth(theme.px(220))
        self.search.textChanged.connect(lambda _typed: self.searched.emit())
        self.receipts: Table[Receipt] = Table(
            (
                Column(
                    _("Number"), lambda one: one.number, 132, weight="medium", sort=lambda one: one.number
                ),
                Column(_("Day"), lambda one: short_day(one.on), 76, sort=lambda one: one.on),
                Column(_("Client"), lambda one: one.client_name, sort=lambda one: one.client_name.casefold()),
                Column(
                    _("Paid by"), lambda one: ", ".join(map(payments.method, one.methods)) or "\u2013", 140
                ),
                Column(
                    _("Amount"), lambda one: figure(one.amount), 92, figures=True, sort=lambda one: one.amount
                ),
                Column(_("State"), _state, 148, mark=_mark, sort=_state),
            ),
            name=_("Receipts"),
            empty=Empty(_("Receipts stand here as soon as a visit is charged."), icon="receipt-text"),
            identity=lambda one: one.number,
        )
        self.receipts.opened.connect(lambda one: self.receipt_asked.emit(one.number))
        self.receipts.view.clicked.connect(lambda _index: self._open_current())
        self.to_take: Table[ToTake] = Table(
            (
                Column(_("Client"), lambda one: one.client_name, weight="medium", under=_what),
                Column(_("Amount"), lambda one: figure(one.amount), 88, figures=True),
                Column("", self._way, 72, link=True),
            ),
            name=_("Still to take"),
            empty=Empty(_("Everything is charged and paid."), icon="check"),
            identity=lambda one: (one.client, one.appointment),
        )
        self.to_take.opened.connect(self._take)
        self.to_take.followed.connect(lambda one, _column: self._take(one))
        self._lay_out()

    def _lay_out(self) -> None:
        head = row(text.title(_("Till")))
        head.addStretch(1)
        head.addWidget(self.gift)
        head.addWidget(quiet(_("Close of day"), self.close_asked.emit, icon="moon"))
        listed, taken = Card(margin=0), Card(margin=0)
        for card, name, table, tool in (
            (listed, _("Receipts"), self.receipts, self.search),
            (taken, _("Still to take"), self.to_take, None),
        ):
            top = row(text.section(name), margin=12)
            top.setContentsMargins(16, 10, 12, 10)
            top.addStretch(1)
            if tool is not None:
                top.addWidget(tool)
            card.body.setSpacing(0)
            card.body.addLayout(top)
            card.add(text.rule(), table)
            table.setMinimumHeight(theme.px(220))
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(16)
        self._parts.addWidget(listed, 7)
        self._parts.addWidget(taken, 3)
        lines = column(spacing=16)
        lines.setContentsMargins(20, 16, 20, 16)
        lines.addLayout(head)
        lines.addWidget(self._figures)
        lines.addLayout(self._parts, 1)
        self.setLayout(lines)

    def show_day(self, day: Day, to_take: tuple[ToTake, ...]) -> None:
        """Show what came in, and what is still to come."""
        by = day.by_method
        owed = Money(sum(one.amount.cents for one in to_take if one.appointment is None))
        not_charged = sum(1 for one in to_take if one.appointment is not None)
        cards = Money(sum(by[method].cents for method in CARDS if method in by))
        figures = [
            Figure(
                _("Taken today"),
                money(day.taken),
                ngettext("{n} payment", "{n} payments", day.payments).format(n=day.payments),
            ),
            Figure(_("In cash"), money(by.get(Method.CASH, Money(0))), _("to be in the drawer")),
            Figure(_("By card"), money(cards), _("HSA and FSA cards among them")),
            Figure(_("Tips"), money(day.tips), _("listed separately on every receipt")),
            Figure(
                _("Still open"),
                money(owed),
                ngettext("and {n} visit to charge", "and {n} visits to charge", not_charged).format(
                    n=not_charged
                )
                if not_charged
                else _("every visit is charged"),
                "info" if owed or not_charged else "ink",
            ),
        ]
        self._figures.show_figures(figures)
        self.to_take.show_rows(to_take)

    def show_receipts(self, receipts: tuple[Receipt, ...]) -> None:
        """Show the newest receipts, or what was searched for."""
        self.receipts.show_rows(receipts)

    def _open_current(self) -> None:
        if self.receipts.current is not None:
            self.receipt_asked.emit(self.receipts.current.number)

    def let_take(self, *, may: bool) -> None:
        """Offer to charge and take only to who may."""
        self._may_take = may
        self.gift.setVisible(may)
        self.to_take.view.viewport().update()

    def _way(self, one: ToTake) -> str:
        if not self._may_take:
            return ""
        return _("Charge") if one.appointment else _("Take")

    def _take(self, one: ToTake) -> None:
        if not self._may_take:
            return
        if one.appointment is not None:
            self.visit_asked.emit(one.appointment)
        else:
            self.owed_asked.emit(one)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.px(SIDE_BY_SIDE)
        direction = QBoxLayout.Direction
        self._parts.setDirection(direction.LeftToRight if wide else direction.TopToBottom)


def _what(one: ToTake) -> str:
    if one.appointment is None:
        return _("Open since {day}").format(day=short_day(one.since))
    return _("{treatment}, {day}").format(treatment=one.text, day=short_day(one.since))
