"""A version as a therapist reads it: page by page, with what is otherwise than the time before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from clinic.office import consents, screenings
from clinic.wording import _
from ui.panel import Head
from ui.screens.clients.health import words
from ui.screens.clients.scan_view import ScanView, looked
from ui.widgets import text
from ui.widgets.buttons import Segments, small
from ui.widgets.cards import Card, column, row
from ui.widgets.chips import Chip
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from clinic.office.screenings import Told, ToldPart, Version, VersionRow
    from clinic.values import ClientId
    from ui.screen import Counter

ALL, CHANGED = "all", "changed"


class ReadingPanel(QWidget):
    """One version, in words."""

    def __init__(self, counter: Counter, client: ClientId, one: VersionRow) -> None:
        super().__init__()
        self._counter = counter
        self._client = client
        self._version: Version | None = None
        self.setAccessibleName(words.version(one))
        self._show = Segments(((ALL, _("Everything")), (CHANGED, _("What changed"))), _("What is shown"))
        self._show.switched.connect(lambda _key: self._fill())
        self._show.setVisible(bool(one.changed))
        self._tools = Flow(self._show, spacing=8)
        if one.paper is not None:
            self._tools.addWidget(small(_("Signed page"), partial(self._open, one.paper), icon="file-text"))
        self._parts = column(spacing=12)
        lines = column(Head(words.version(one), words.remark(one), counter.hide_panel), spacing=12, margin=18)
        lines.addLayout(self._tools)
        lines.addLayout(self._parts)
        lines.addStretch(1)
        self.setLayout(lines)
        query = partial(screenings.version, screening=one.id)
        counter.runner.ask(query, self._read, latest="clients/version")

    def _read(self, version: Version) -> None:
        self._version = version
        self._fill()

    def _fill(self) -> None:
        text.clear(self._parts)
        only = self._show.chosen == CHANGED and not self._show.isHidden()
        for part in self._version.parts if self._version else ():
            told = [each for each in part.told if each.lines and (each.changed or not only)]
            if told:
                self._parts.addWidget(_part(part, told))

    def _open(self, paper: str) -> None:
        self._counter.runner.ask(partial(consents.signed_paper, paper=paper), self._show_paper)

    def _show_paper(self, pages: bytes) -> None:
        view = ScanView(_("Signed page"), looked(pages), self._counter.hide_panel)
        self._counter.show_panel(view)


def _part(part: ToldPart, told: list[Told]) -> Card:
    card = Card(part.title, margin=14)
    card.body.setSpacing(8)
    if part.remark:
        card.add(text.caption(part.remark, wrap=True))
    for at, each in enumerate(told):
        if at:
            card.add(text.rule())
        head = row(text.caption(each.question, wrap=True), spacing=6)
        head.setStretch(0, 1)
        if each.changed:
            head.addWidget(Chip(_("changed"), tint="covered"))
        lines = column(spacing=2)
        lines.addLayout(head)
        for line in each.lines:
            lines.addWidget(text.label(line, wrap=True))
        card.body.addLayout(lines)
    return card
