"""A new letter from the list of letters: first whose it is, then its form opens on their page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from clinic.office import clients
from clinic.wording import _, day
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.screens.clients.screen import OfLetter
from ui.widgets import text
from ui.widgets.buttons import link
from ui.widgets.cards import column
from ui.widgets.fields import Search

if TYPE_CHECKING:
    from clinic.office.clients import Found
    from clinic.values import ClientId, Refusal
    from ui.screen import Counter

SHOWN = 8


class WhoseLetter(QWidget):
    """A client is looked for; Enter takes the first one found."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self._first: ClientId | None = None
        self.search = Search(_("Name, phone or birth date"))
        self.search.textChanged.connect(self.ask)
        self.search.returnPressed.connect(self._take_first)
        self._found = column(spacing=10)
        head = Head(_("New letter"), _("Whose letter is it?"), counter.hide_panel)
        lines = column(head, self.search, spacing=14, margin=18)
        lines.addLayout(self._found)
        lines.addStretch(1)
        self.setLayout(lines)
        self.setAccessibleName(_("New letter"))
        self.setFocusProxy(self.search)

    def ask(self, typed: str) -> None:
        """Look who fits what is typed."""
        if typed.strip():
            query = partial(clients.search, typed=typed.strip(), limit=SHOWN)
            self._counter.runner.ask(query, self._show, self._refused, latest="letters/whose")
        else:
            self._show(())

    def _show(self, found: tuple[Found, ...]) -> None:
        text.clear(self._found)
        self._first = found[0].id if found else None
        for each in found:
            facts = ", ".join(filter(None, (day(each.born) if each.born else "", each.phone or "")))
            self._found.addLayout(
                column(link(each.name, partial(self._open, each.id)), text.caption(facts), spacing=0)
            )
        if not found and self.search.text().strip():
            self._found.addWidget(text.soft(_("Nobody is found by these words."), wrap=True))

    def _take_first(self) -> None:
        if self._first is not None:
            self._open(self._first)

    def _open(self, client: ClientId) -> None:
        self._counter.go("clients", OfLetter(client))

    def _refused(self, refusal: Refusal) -> None:
        text.clear(self._found)
        self._found.addWidget(text.soft(sentence(refusal), wrap=True))
