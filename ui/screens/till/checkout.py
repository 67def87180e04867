"""Checking out: what is charged, how it is paid, how the receipt will read, and one button for all of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from clinic.office import charges, gifts, outlook, till
from clinic.values import NOTHING, Money
from clinic.wording import _, moment, money
from clinic.wording.refusals import sentence
from ui.screens.till.lines import Lines
from ui.screens.till.mark import MarkBox
from ui.screens.till.tenders import Tenders
from ui.theme import theme
from ui.unfinished import Way
from ui.widgets import text
from ui.widgets.buttons import icon_only, primary, quiet
from ui.widgets.cards import Page, column, row
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from clinic.office.charges import Proposal
    from clinic.office.outlook import Outlook
    from clinic.office.till import CheckedOut
    from clinic.values import AppointmentId, ClientId, Refusal
    from ui.runner import Runner

SIDE_BY_SIDE = 880
"""In pixels at 100 %: where it is narrower, the payment stands under the lines."""
FORESEEN_MS = 120


class Checkout(QWidget):
    """A visit being charged; it holds what was typed until it is taken or left."""

    taken = Signal(object, object)
    """The answer of the till, and the client it is about; the receipt is to be printed."""
    begun = Signal()
    """What is proposed stands here, to be changed."""
    left = Signal()
    deposit_asked = Signal(object)
    """The proposal of a client who leaves money for nothing yet."""
    family_asked = Signal(object)
    """The proposal of a visit to be paid from somebody else's prepaid visits."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._proposal: Proposal | None = None
        self._operation = self._wanted = ""
        self._title, self._told = text.title(), text.soft("", wrap=True)
        self.lines, self.tenders, self.mark = Lines(), Tenders(), MarkBox()
        self._credit = text.caption("", wrap=True)
        self._refused = text.label("", tone="refused", wrap=True)
        self._total = text.label("", "figure", figures=True)
        self._total_told = text.caption("")
        self.take = primary(_("Take payment"), self._take, icon="printer")
        self.later = quiet(_("Charge, pay later"), self._charge_only)
        self.lines.changed.connect(self._changed)
        self.tenders.changed.connect(self._look_ahead)
        self.tenders.gift_typed.connect(self._look_up_gift)
        self.lines.family_asked.connect(lambda: self.family_asked.emit(self._proposal))
        self.lines.extras.deposit_asked.connect(lambda: self.deposit_asked.emit(self._proposal))
        self._ahead = QTimer(self, singleShot=True, interval=FORESEEN_MS)
        self._ahead.timeout.connect(self._foresee)
        self._lay_out()

    def _lay_out(self) -> None:
        head = row(icon_only("arrow-left", _("Back to the till"), self.left.emit), spacing=8)
        head.addLayout(column(self._title, self._told, spacing=2), 1)
        beside, charged = column(self.tenders, self._credit, self.mark, spacing=16), column(self.lines)
        page = Page(margin=0)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(16)
        for part, share in ((charged, 11), (beside, 9)):
            part.addStretch(1)
            self._parts.addLayout(part, share)
        page.body.addLayout(self._parts)
        page.body.addStretch(1)
        foot = QFrame()
        foot.setObjectName("foot")
        line = row(spacing=12)
        line.setContentsMargins(20, 12, 20, 12)
        line.addLayout(column(self._total_told, self._total, spacing=0))
        line.addWidget(self._refused, 1)
        line.addLayout(Flow(self.later, self.take))
        foot.setLayout(line)
        lines = column(spacing=16)
        inner = column(spacing=16)
        inner.setContentsMargins(20, 16, 20, 0)
        inner.addLayout(head)
        inner.addWidget(page, 1)
        lines.addLayout(inner, 1)
        lines.addWidget(foot)
        self.setLayout(lines)

    def open_visit(self, appointment: AppointmentId, *, operation: str = "") -> None:
        """Begin to charge a visit; what was begun before the window was locked goes on as the same operation."""
        self._wanted = operation
        question = partial(charges.propose, appointment=appointment)
        self._runner.ask(question, self._show, self._leave, latest="till/propose")

    def open_sale(self, client: ClientId, *, operation: str = "") -> None:
        """Begin to sell something to a client outside a visit."""
        self._wanted = operation
        question = partial(charges.propose_sale, client=client)
        self._runner.ask(question, self._show, self._leave, latest="till/propose")

    @property
    def way(self) -> Way | None:
        """How it is opened again; by its operation nothing is charged twice."""
        if self._proposal is None:
            return None
        about = {"client": self._proposal.client, "operation": self._operation}
        if self._proposal.appointment is not None:
            about["appointment"] = self._proposal.appointment
        return Way("till", "checkout", about)

    def _leave(self, refusal: Refusal) -> None:
        """Charge nothing where there is nothing somebody may charge, and say so."""
        self.left.emit()
        self._runner.refused.emit(refusal)

    def _show(self, proposal: Proposal) -> None:
        self._proposal, self._operation = proposal, self._wanted or uuid4().hex
        self._title.setText(proposal.client_name)
        self._told.setText(_about(proposal))
        self._refused.setText(_standing(proposal))
        self._credit.setText(
            _("{amount} is on file from earlier and is used for what stays open.").format(
                amount=money(proposal.credit)
            )
            if proposal.credit
            else ""
        )
        self._credit.setVisible(bool(proposal.credit))
        self.tenders.start()
        self.lines.start(proposal)
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)
        self.begun.emit()

    @property
    def due(self) -> Money:
        """What is to be paid here and now, after what is on file."""
        credit = self._proposal.credit if self._proposal else NOTHING
        return max(NOTHING, self.lines.total - credit)

    def _changed(self) -> None:
        self.tenders.set_due(self.due)
        self._look_ahead()

    def _look_ahead(self) -> None:
        self._total.setText(money(self.lines.total))
        paid = self.tenders.offered
        self._total_told.setText(_("To pay"))
        self.take.say(
            _("Take {amount} and print receipt").format(amount=money(paid))
            if paid
            else _("Charge and print receipt")
        )
        self.take.setEnabled(bool(self.lines.charges) and paid <= self.due)
        self.later.setVisible(bool(paid))
        self._ahead.start()

    def _foresee(self) -> None:
        if self._proposal is None or not self.lines.charges:
            self.mark.hide()
            return
        question = partial(
            outlook.foresee,
            client=self._proposal.client,
            charges=self.lines.charges,
            tenders=self.tenders.tenders,
        )
        self._runner.ask(question, self._foreseen, self._say_no, latest="till/foresee")

    def _foreseen(self, found: Outlook) -> None:
        self.mark.show_outlook(found, self.lines.charges)
        self.tenders.warn(found)

    def _look_up_gift(self, code: str) -> None:
        question = partial(gifts.look_up, code=code)
        self._runner.ask(
            question, lambda found: self.tenders.tell_gift(code, found.left), self._say_no, latest="till/gift"
        )

    def _take(self) -> None:
        self._check_out(self.tenders.tenders)

    def _charge_only(self) -> None:
        self._check_out(())

    def _check_out(self, tenders: tuple[till.Tender, ...]) -> None:
        if self._proposal is None:
            return
        self._refused.setText("")
        self.take.setEnabled(False)
        task = partial(
            till.check_out,
            operation=self._operation,
            client=self._proposal.client,
            charges=self.lines.charges,
            tenders=tenders,
        )
        self._runner.do(task, self._done, self._say_no)

    def _done(self, answer: CheckedOut) -> None:
        proposal, self._proposal = self._proposal, None
        if proposal is not None:
            self.taken.emit(answer, proposal.client)

    def _say_no(self, refusal: Refusal) -> None:
        self._refused.setText(sentence(refusal))
        self.take.setEnabled(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.px(SIDE_BY_SIDE)
        direction = QBoxLayout.Direction
        self._parts.setDirection(direction.LeftToRight if wide else direction.TopToBottom)


def _standing(proposal: Proposal) -> str:
    if proposal.charged:
        return _("This visit stands on a receipt already.")
    return "" if proposal.charges or proposal.at is None else _("Nothing is asked for this visit.")


def _about(proposal: Proposal) -> str:
    if proposal.at is None:
        return _("A sale outside a visit")
    if not proposal.charges:
        return _("{when}, {therapist}").format(when=moment(proposal.at), therapist=proposal.therapist)
    return _("{treatment}, {when}, {therapist}").format(
        treatment=proposal.charges[0].text, when=moment(proposal.at), therapist=proposal.therapist
    )
