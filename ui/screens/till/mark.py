"""The box that says, before anything is charged, whether the receipt will bear the mark, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from clinic.values import LineKind
from clinic.wording import _, day, money
from clinic.wording.reasons import phrase
from ui.widgets import text
from ui.widgets.cards import column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.office.charges import Charge
    from clinic.office.outlook import Outlook


def letter_words(outlook: Outlook) -> str:
    """Name the letter, its signer, how long it speaks, and which of its visits this is."""
    told = [_("Letter {number} of {issuer}").format(number=outlook.letter, issuer=outlook.issuer)]
    if outlook.valid_to is not None:
        told.append(_("valid to {day}").format(day=day(outlook.valid_to)))
    if outlook.visit is not None and outlook.visits is not None:
        told.append(_("visit {k} of {n}").format(k=outlook.visit, n=outlook.visits))
    return ", ".join(told)


def reasons(outlook: Outlook) -> str:
    """List in words what keeps the mark away, or is worth knowing about it."""
    words = dict.fromkeys(phrase(code) for code in outlook.codes)
    return "; ".join(word[:1].upper() + word[1:] for word in words)


class MarkBox(QFrame):
    """The mark as it will be printed."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("flag", "plain")
        self._glyph = text.Glyph("circle-check", "accent", 20)
        self._head = text.label("", tone="flag", weight="semibold", wrap=True)
        self._letter = text.label("", wrap=True)
        self._why = text.caption("", wrap=True)
        self._amount = text.label("", "section", figures=True)
        self._not = text.caption("")
        words = column(self._head, self._letter, self._why, spacing=4)
        self._applies = QWidget()
        beside = column(spacing=2)
        for words_ in (text.caption(_("Applies to")), self._amount, self._not):
            beside.addWidget(words_, 0, Qt.AlignmentFlag.AlignRight)
        self._applies.setLayout(beside)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(12)
        line.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self._applies, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_outlook(self, outlook: Outlook, charges: Sequence[Charge]) -> None:
        """Say how the receipt will read."""
        self.setVisible(outlook.care)
        self.setProperty("flag", "covered" if outlook.marked else "plain")
        for shown in (self, self._head):
            shown.style().unpolish(shown)
            shown.style().polish(shown)
        self._glyph.show_icon(
            "circle-check" if outlook.marked else "info", "accent" if outlook.marked else "soft_ink"
        )
        self._head.setText(
            _("Documented as medically necessary")
            if outlook.marked
            else _("Will not be marked as medically necessary")
        )
        self._letter.setText(letter_words(outlook) if outlook.letter else "")
        self._letter.setVisible(bool(outlook.letter))
        self._why.setText(reasons(outlook))
        self._why.setVisible(bool(outlook.codes))
        self._applies.setVisible(outlook.marked)
        self._amount.setText(money(outlook.applies_to))
        tipped = any(charge.kind is LineKind.TIP for charge in charges)
        self._not.setText(_("not to the tip") if tipped else "")
        self._not.setVisible(tipped)
        self.setAccessibleName(
            ". ".join(
                part
                for part in (
                    self._head.text(),
                    self._letter.text(),
                    self._why.text(),
                    _("Applies to {amount}").format(amount=self._amount.text()) if outlook.marked else "",
                    self._not.text(),
                )
                if part
            )
        )
