"""The line for who signed a letter: those known already are offered while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QListView

from clinic.wording import _
from ui.widgets.fields import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent

    from clinic.office.clinicians import Known


class SignerLine(Line):
    """A name; a clinician picked from those offered brings along what is known of them."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, Known] = {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        offers = QListView()
        offers.setProperty("role", "offers")
        offers.setAccessibleName(_("Clinicians who are known"))
        completer.setPopup(offers)
        self._offers = offers
        completer.activated.connect(self.take)
        completer.setWidget(self)
        self._completer = completer
        self.textEdited.connect(self._look)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the offers away with the line: a list left open would keep every key to itself."""
        self._offers.hide()
        super().hideEvent(event)

    def _look(self, typed: str) -> None:
        """Offer those who fit, to somebody who is typing here."""
        self._completer.setCompletionPrefix(typed.strip())
        if self.hasFocus() and typed.strip() and self._completer.completionCount():
            self._completer.complete()
        else:
            self._offers.hide()

    def offer(self, known: Sequence[Known]) -> None:
        """Offer these clinicians."""
        self._known = {each.called: each for each in known}
        self._names.setStringList(list(self._known))

    def take(self, called: str) -> None:
        """Fill in a clinician who was picked."""
        known = self._known.get(called)
        if known is not None:
            self.setText(known.name)
            self.picked.emit(known)
