"""The list of letters: how each stands, when it ends, what it lacks; Enter opens it on its client's page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic.office import letter_list, requests
from clinic.office.charts import Standing
from clinic.values import LetterKind, RequestKind, Topic
from clinic.wording import _, ngettext
from ui.panel import Head
from ui.screen import Screen
from ui.screens.clients.request_panel import RequestPanel
from ui.screens.clients.screen import OfLetter
from ui.screens.letters.clinicians import Clinicians, EditClinician
from ui.screens.letters.columns import NARROW, columns
from ui.screens.letters.request_table import RequestTable
from ui.screens.letters.whose import WhoseLetter
from ui.screens.practice import Credentials
from ui.table import Table
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import Segments, primary, quiet
from ui.widgets.cards import Card, Empty, column
from ui.widgets.fields import Choice, Search
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QResizeEvent

    from clinic.office.letter_list import ListedLetter
    from clinic.office.requests import Row
    from ui.screen import Counter

ENDED, REQUESTS = "ended", "requests"
RENEWABLE = frozenset({LetterKind.LMN, LetterKind.PRESCRIPTION})
PARTS: dict[str, frozenset[Standing]] = {
    "all": frozenset(Standing),
    "running_out": frozenset({Standing.EXPIRING}),
    "incomplete": frozenset({Standing.INCOMPLETE}),
    "used_up": frozenset({Standing.USED_UP}),
}
ROOM_FOR_PARTS = 620
"""A screen less wide than this names the parts in a list instead of side by side."""


class Letters(Screen):
    """Everybody's letters; those that end first stand first."""

    key: ClassVar[str] = "letters"
    icon: ClassVar[str] = "file-text"
    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.CLIENTS, Topic.LETTERS, Topic.CALENDAR, Topic.MONEY}
    )

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._rows: tuple[ListedLetter, ...] = ()
        self._asked: tuple[Row, ...] = ()
        self.search = Search(_("Client or number"))
        self.search.setMaximumWidth(theme.px(280))
        self.search.textChanged.connect(lambda _typed: self.reload())
        self.search.installEventFilter(self)
        self.parts = Segments(self._choices(), _("Which letters"))
        self.parts.switched.connect(self._switch)
        self.pick = Choice(self._choices())
        self.pick.setAccessibleName(_("Which letters"))
        self.pick.activated.connect(lambda _at: self._pick())
        self._asked_ended = False
        self._empty = Empty(
            _("Letters from doctors and insurers stand here, each with its client."),
            _("To the clients"),
            lambda: counter.go("clients"),
            "file-text",
        )
        self.table: Table[ListedLetter] = Table(
            columns(), name=_("Letters"), empty=self._empty, identity=lambda row: row.card.id
        )
        self.table.opened.connect(lambda row: counter.go("clients", OfLetter(row.client, row.card.id)))
        self.requests = RequestTable(counter)
        self.requests.hide()
        self._many = text.soft()
        self.add = primary(_("Add letter"), self._add, icon="plus")
        self.add.setVisible(counter.seat.allows("letter_change"))
        self.renew = quiet(_("Renew"), self._renew, icon="file-text")
        self.renew.hide()
        self.table.view.selectionModel().currentChanged.connect(self._chosen)
        self.practice = quiet(_("Practice's papers"), self._show_practice, icon="badge-check")
        self.clinicians = quiet(_("Clinicians"), self._open_clinicians, icon="users")
        card = Card(margin=1)
        tools = Flow(self.parts, self.pick, self.search, last_right=True)
        tools.setContentsMargins(15, 11, 15, 3)
        card.body.setSpacing(8)
        card.body.addLayout(tools)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.requests, 1)
        lines = column(spacing=16, margin=20)
        title = text.title(self.title())
        beside = QWidget()
        beside.setLayout(Flow(self.renew, self.clinicians, self.practice, self.add))
        head = Flow(title, self._many, beside, spacing=12, last_right=True)
        lines.addLayout(head)
        lines.addWidget(card, 1)
        self.setLayout(lines)
        self.setFocusProxy(self.search)
        self.setMinimumHeight(theme.px(300))

    @staticmethod
    def title() -> str:
        return _("Letters")

    def reload(self) -> None:
        """Ask again for the letters that speak, or for those that ended."""
        ended = self.parts.chosen == ENDED
        query = partial(letter_list.listed, typed=self.search.text(), ended=ended)
        self.runner.ask(query, partial(self._show, ended=ended), latest="letters/list")
        self.runner.ask(requests.listed, self._show_requests, latest="letters/requests")

    def _show_requests(self, asked: tuple[Row, ...]) -> None:
        self._asked = asked
        self.requests.show_rows(asked)
        self._offer()
        if self.parts.chosen == REQUESTS:
            self._show_part()

    def _chosen(self) -> None:
        chosen = self.table.current
        self.renew.setVisible(chosen is not None and chosen.card.kind in RENEWABLE)

    def _add(self) -> None:
        """Ask whose letter it is; its form opens on their page."""
        panel = WhoseLetter(self.counter)
        self.counter.show_panel(panel)
        panel.setFocus()

    def _renew(self) -> None:
        """Ask for the chosen letter to be renewed."""
        chosen = self.table.current
        if chosen is not None:
            panel = RequestPanel(self.counter, chosen.client, RequestKind.RENEWAL, chosen.card.id)
            self.counter.show_panel(panel)

    def _show_practice(self) -> None:
        self._open_practice(None)

    def _open_practice(self, then: Callable[[Credentials], object] | None) -> None:
        """Show certificates, insurance, courses and registrations beside the letters."""
        shown = QWidget()
        under = _("Certificates, insurance, courses, registration: when each ends.")
        head = Head(_("Practice's papers"), under, self.counter.hide_panel)
        shown.setLayout(column(head, Credentials(self.counter, then), spacing=14, margin=18))
        self.counter.show_panel(shown)

    def reopen(self, form: str, of: Mapping[str, str]) -> None:
        """Open again the form of a new clinician, or of something for the practice's papers."""
        if form == "clinician":
            self.counter.show_panel(EditClinician(self.counter, None))
        else:
            self._open_practice(partial(Credentials.ask_again, form=form, of=of))

    def _open_clinicians(self) -> None:
        self.counter.show_panel(Clinicians(self.counter))

    def _offer(self) -> None:
        self.parts.offer(self._choices())
        self.pick.offer(self._choices())
        self.pick.choose(self.parts.chosen)

    def _pick(self) -> None:
        self.parts.choose(self.pick.currentData())
        self._switch(self.parts.chosen)

    def _switch(self, part: str) -> None:
        """Turn to another part; only what ended has to be asked for."""
        if (part == ENDED) is self._asked_ended:
            self._show_part()
        else:
            self.reload()

    def _show(self, rows: tuple[ListedLetter, ...], *, ended: bool) -> None:
        self._rows, self._asked_ended = rows, ended
        if not ended:
            self._offer()
        self._show_part()

    def _show_part(self) -> None:
        asked = self.parts.chosen == REQUESTS
        self.requests.setVisible(asked)
        self.table.setHidden(asked)
        if asked:
            said = ngettext("{n} request", "{n} requests", len(self._asked))
            self._many.setText(said.format(n=f"{len(self._asked):,}"))
            return
        wanted = PARTS.get(self.parts.chosen, frozenset(Standing))
        shown = tuple(row for row in self._rows if row.card.standing in wanted)
        narrowed = bool(self.search.text().strip()) or self.parts.chosen != "all"
        self._empty.sentence.setText(
            _("No letter stands like this.")
            if narrowed
            else _("Letters from doctors and insurers stand here, each with its client.")
        )
        self._empty.button.setHidden(narrowed)
        self.table.show_rows(shown)
        self._many.setText(ngettext("{n} letter", "{n} letters", len(shown)).format(n=f"{len(shown):,}"))

    def _choices(self) -> tuple[tuple[str, str], ...]:
        """Name the parts, with how many letters stand in each."""
        named = {
            "all": _("Current {n}"),
            "running_out": _("Running out {n}"),
            "incomplete": _("Not complete {n}"),
            "used_up": _("Used up {n}"),
        }
        many = {
            part: sum(row.card.standing in standings for row in self._rows)
            for part, standings in PARTS.items()
        }
        counted = tuple((part, words.format(n=many[part] or "").strip()) for part, words in named.items())
        asked = _("Requests {n}").format(n=len(self._asked) or "").strip()
        return (*counted, (ENDED, _("Ended")), (REQUESTS, asked))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow down lead from the search into the table."""
        down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if down and event.type() == QEvent.Type.KeyPress and self.table.model.rows:
            self.table.view.setFocus(Qt.FocusReason.TabFocusReason)
            if self.table.current is None:
                self.table.view.selectRow(0)
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= theme.px(ROOM_FOR_PARTS)
        self.parts.setVisible(roomy)
        self.pick.setVisible(not roomy)
        self.pick.choose(self.parts.chosen)
        for at, least in NARROW:
            self.table.view.setColumnHidden(at, self.width() < theme.px(least))
