"""The first step: which year, and by which of the two clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from clinic.office import year_end
from clinic.values import Basis
from clinic.wording import _
from ui.widgets import text
from ui.widgets.buttons import Segments
from ui.widgets.cards import Card
from ui.widgets.fields import Choice
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Sequence


def sentence(basis: Basis) -> str:
    """Explain one clock in one sentence."""
    if basis is Basis.PAYMENT:
        return _(
            "By date of payment: what each client paid in the calendar year, as the tax return asks for it."
        )
    return _("By date of service: what was delivered in the year, as FSA and HSA plans ask for it.")


class Choose(QWidget):
    """Year and basis."""

    changed = Signal()

    def __init__(self, years: Sequence[int], year: int) -> None:
        super().__init__()
        self._year = Choice([(str(each), each) for each in years])
        self._year.choose(year)
        self._basis = Segments(
            [(Basis.PAYMENT.value, _("Paid in the year")), (Basis.SERVICE.value, _("Delivered in the year"))],
            _("Which clock counts"),
        )
        self._explained = text.soft("", wrap=True)
        form = Form()
        form.add("year", _("Year"), self._year)
        form.add("basis", _("Basis"), self._basis)
        card = Card(_("Which year, and by which clock?"))
        card.add(form, self._explained)
        card.add(
            text.soft(
                _(
                    "What was paid in the year is for the tax return, what was delivered for FSA and HSA plans; "
                    "both count money once. A bundle counts on its visits, a gift certificate where it was "
                    "bought, a refund in the year it was paid back."
                ),
                wrap=True,
            ),
        )
        card.setMaximumWidth(640)
        self.letters = QCheckBox(_("Scans of the letters, for clients who agreed"))
        self.mileage = QCheckBox(_("The visits and the year's rate for mileage"))
        self.passwords = QCheckBox(_("A password of its own for each client's papers"))
        self.drafts = QCheckBox(_("An email draft for each client"))
        beside = Card(_("What goes along"))
        beside.add(self.letters, self.mileage, self.passwords, self.drafts)
        beside.add(
            text.caption(
                _("Passwords are written into passwords.csv beside the folders; tell each client by phone."),
                wrap=True,
            )
        )
        beside.setMaximumWidth(640)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(16)
        lines.addWidget(card)
        lines.addWidget(beside)
        lines.addStretch(1)
        self._basis.switched.connect(self._explain)
        self._explain()

    @property
    def year(self) -> int:
        """The year chosen."""
        return int(self._year.currentData())

    @property
    def basis(self) -> Basis:
        """The clock chosen."""
        return Basis(self._basis.chosen)

    @property
    def along(self) -> year_end.Along:
        """What goes along with the papers."""
        return year_end.Along(
            letters=self.letters.isChecked(),
            mileage=self.mileage.isChecked(),
            passwords=self.passwords.isChecked(),
            drafts=self.drafts.isChecked(),
        )

    def _explain(self) -> None:
        self._explained.setText(sentence(self.basis))
        self.changed.emit()
