"""A client on one page: who they are, how their letter stands, what happened and what is to come."""

from __future__ import annotations

import weakref
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget
from shiboken6 import isValid

from clinic.office import charts, clients, flag_cards, merging, requests, screenings
from clinic.office.charts import May
from clinic.office.handouts import Handout
from clinic.office.happenings import Entry, Happening
from clinic.values import AppointmentId, LetterId, MergeId, NoteId, RequestKind
from clinic.wording import _
from ui.screens.booking import BookFor, open_booking
from ui.screens.clients import coverage, figures, happenings, heading
from ui.screens.clients.about import PROVES, Side
from ui.screens.clients.access_panel import AccessPanel
from ui.screens.clients.aftercare_panel import AftercarePanel
from ui.screens.clients.care import CareCards
from ui.screens.clients.clearance_panel import ClearancePanel
from ui.screens.clients.coverage_card import CoverageCard
from ui.screens.clients.coverage_panel import CoveragePanel
from ui.screens.clients.covering_panel import CoveringPanel
from ui.screens.clients.edit import EditClient
from ui.screens.clients.health import HealthPanel
from ui.screens.clients.letter_panel import LetterPanel
from ui.screens.clients.merge_panel import MergePanel
from ui.screens.clients.request_panel import RequestPanel, TrackPanel
from ui.screens.clients.scans import dropped
from ui.screens.note.page import OfNote
from ui.screens.till import ForClient, OfReceipt, PapersOf
from ui.theme import theme
from ui.widgets import flags, text
from ui.widgets.buttons import Segments, icon_only, link, primary, quiet
from ui.widgets.cards import Card, Empty, Figures, column, row
from ui.widgets.flow import Flow
from ui.widgets.names import Name
from ui.widgets.timeline import Timeline
from ui.widgets.tools import Tools

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent

    from clinic.office.charts import Chart
    from clinic.office.clients import Details, Found
    from clinic.office.flag_cards import Seen
    from clinic.office.merging import Done
    from clinic.office.requests import Row
    from clinic.office.screenings import Renewal
    from clinic.values import ClientId, Refusal
    from ui.screen import Counter

SIDE_WIDTH = 320
FLAGS_SHOWN, BESIDE = 4, 860
"""From this width on the cards stand beside the line of time."""
NAMING, BACK, ABREAST, AROUND = 300, 48, 620, 56
"""The least for the name, the way back before it, the width from which buttons stand beside it, what is around."""


class Page(NamedTuple):
    """All that a client's page shows."""

    chart: Chart
    details: Details
    requests: tuple[Row, ...]
    household: tuple[Found, ...]
    merges: tuple[Done, ...]
    health: Renewal | None
    """Whether the health history is to be asked again; None for whoever asks nobody."""


def page_of(work: Any, client: ClientId) -> Page:
    """Open a client's page."""
    chart = charts.chart(work, client)
    asked = requests.listed(work, client=client, all_of_them=True) if May.SEE_LETTERS in chart.may else ()
    return Page(
        chart,
        clients.details(work, client),
        asked,
        clients.household(work, client),
        merging.of_client(work, client),
        screenings.due(work, client) if May.ASK_HEALTH in chart.may else None,
    )


class ChartPage(QWidget):
    """The page of the client who is open."""

    def __init__(self, counter: Counter, back: Callable[[], object]) -> None:
        super().__init__()
        self._counter = counter
        self.client: ClientId | None = None
        self.page: Page | None = None
        self._then: Callable[[], object] | None = None
        """What is opened beside the page once it is shown."""
        self._panel: weakref.ref[QWidget] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setAccessibleName(_("Client's page"))
        self.name = Name()
        self._beside_name = text.soft()
        self._chips = Flow()
        self._figures = Figures()
        self._figures.setProperty("role", "")
        self.book = primary(_("Book visit"), self._book, icon="plus")
        self.charge = quiet(_("Take payment"), self._charge, icon="receipt-text")
        self.papers = quiet(_("Papers and claims"), self._open_papers, icon="printer")
        self.add_letter = quiet(_("Add letter"), lambda: self.open_letter(None), icon="file-text")
        self.health = quiet(_("Health"), self._open_health, icon="stethoscope")
        self._flags = Flow(spacing=6)
        self._coverage = CoverageCard()
        self.side = Side()
        self.care = CareCards(counter)
        self.side.letter_asked.connect(lambda card: self.open_letter(card.id if card else None))
        self.side.edit_asked.connect(self.edit)
        self.side.request_asked.connect(self.write)
        self.side.track_asked.connect(self._track)
        self.side.coverage_asked.connect(self.check_coverage)
        self.side.client_asked.connect(lambda client: self._counter.go("clients", client))
        self.side.merge_asked.connect(self._merge)
        self.side.aftercare_asked.connect(self._care_after)
        self.side.parted.connect(self._part)
        self.side.access_asked.connect(self.give_out)
        self._coverage.renewal_asked.connect(self.renew)
        self._coverage.visit_asked.connect(self.choose_letter)
        self.parts = Segments(
            (
                ("all", _("All")),
                ("visits", _("Visits")),
                ("letters", _("Letters")),
                ("money", _("Money")),
            ),
            _("What the line of time shows"),
        )
        self.parts.switched.connect(lambda _part: self._show_happenings())
        self.timeline = Timeline(
            _("Timeline"), Empty(_("Visits, letters and money stand here as they come."), icon="calendar")
        )
        self.timeline.opened.connect(self._follow)
        self._lay_out(icon_only("arrow-left", _("All clients"), back))

    def open(self, client: ClientId, then: Callable[[], object] | None = None) -> None:
        """Turn to a client; the page is blank until it is known, and then something may be opened beside it."""
        self._then = then
        if client == self.client:
            return
        self.client, self.page = client, None
        self.care.open(client)
        self._counter.hide_panel()
        self.name.clear()
        self._beside_name.clear()
        self.timeline.show_entries(())
        self._body.hide()

    def ask(self) -> None:
        """Look again."""
        client = self.client
        if client is not None:
            self._counter.runner.ask(lambda work: page_of(work, client), self._show, latest="clients/chart")
            self.care.ask()

    def _show(self, page: Page) -> None:
        self.page = page
        chart = page.chart
        self.name.setText(chart.name)
        self.name.setToolTip(chart.name)
        self._beside_name.setText(heading.beside(chart))
        text.clear(self._chips)
        for chip in heading.chips(chart, page.health):
            self._chips.addWidget(chip)
        self._figures.show_figures(figures.of(chart))
        self.book.setVisible(May.BOOK in chart.may)
        self.charge.setVisible(May.TAKE_MONEY in chart.may)
        self.papers.setVisible(May.TAKE_MONEY in chart.may)
        self.add_letter.setVisible(May.CHANGE_LETTERS in chart.may)
        self.health.setVisible(May.ASK_HEALTH in chart.may)
        self._fit_head()
        self._ask_flags(chart)
        line = coverage.line_of(chart)
        self._coverage.show_line(line, renewable=May.CHANGE_LETTERS in chart.may)
        self.side.show_client(chart, page.details, page.requests, page.household, page.merges)
        self._show_happenings()
        self._body.show()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _ask_flags(self, chart: Chart) -> None:
        """Ask what the rules say of the next visit, or of one today; whoever may see no flag sees none."""
        query = partial(flag_cards.of_client, client=chart.id)
        show = partial(self._show_flags, chart.id)
        self._counter.runner.ask(query, show, self._see_no_flags, latest="clients/flags")

    def _show_flags(self, client: ClientId, seen: Seen) -> None:
        if client != self.client:
            return
        text.clear(self._flags)
        for card in seen.cards[:FLAGS_SHOWN]:
            shown = flags.chip_of(card)
            if shown is not None:
                shown.setToolTip(card.text)
                self._flags.addWidget(shown)
        self._flags.addWidget(link(_("Clearances"), self.open_clearances))

    def _see_no_flags(self, _refusal: Refusal) -> None:
        text.clear(self._flags)

    def open_clearances(self) -> None:
        """Open what clinicians are asked about this client."""
        if self.page is None:
            return
        chart = self.page.chart
        panel = ClearancePanel(self._counter, chart.id)
        panel.answer_asked.connect(
            lambda row: self._show_panel(LetterPanel(self._counter, chart, answers=row))
        )
        self._show_panel(panel)

    def _show_happenings(self) -> None:
        if self.page is not None:
            self.timeline.show_entries(happenings.lines(self.page.chart, self.parts.chosen))

    def _follow(self, entry: Entry) -> None:
        """Open what an entry of the line of time is about."""
        if self.page is None:
            return
        if entry.what is Happening.LETTER:
            self.open_letter(LetterId(entry.id))
        elif entry.what is Happening.VISIT:
            self.choose_letter(AppointmentId(entry.id))
        elif entry.what is Happening.RECEIPT:
            self._counter.go("till", OfReceipt(entry.number))
        elif entry.what is Happening.NOTE:
            self._counter.go("note", OfNote(NoteId(entry.id)))

    def open_letter(self, letter: LetterId | None) -> None:
        """Open a letter, or the form of a new one, beside the page."""
        if self.page is not None and May.CHANGE_LETTERS in self.page.chart.may:
            self._show_panel(LetterPanel(self._counter, self.page.chart, letter))

    def choose_letter(self, visit: AppointmentId) -> None:
        """Show which letter counts for a visit, beside the page."""
        if self.page is not None and May.CHANGE_LETTERS in self.page.chart.may:
            self._show_panel(CoveringPanel(self._counter, visit, self.open_letter))

    def write(self, kind: RequestKind, letter: LetterId | None) -> None:
        """Begin a request to a clinician or plan, beside the page."""
        if self.client is not None:
            self._show_panel(RequestPanel(self._counter, self.client, kind, letter))

    def check_coverage(self) -> None:
        """Open the question whether a plan pays, beside the page."""
        if self.page is not None:
            chart = self.page.chart
            editable = May.CHANGE_CLIENT in chart.may
            self._show_panel(CoveragePanel(self._counter, chart.id, chart.today, editable=editable))

    def _care_after(self) -> None:
        if self.client is not None:
            self._show_panel(AftercarePanel(self._counter, self.client))

    def _merge(self) -> None:
        if self.page is not None:
            chart = self.page.chart
            self._show_panel(MergePanel(self._counter, chart.id, chart.name))

    def _part(self, merge: str) -> None:
        """Part two files again that were made one."""
        counter = self._counter
        task = partial(merging.take_back, merge_=MergeId(merge))
        counter.runner.do(task, lambda _done: counter.toast(_("The two files are two again")))

    def give_out(self) -> None:
        """Ask why the whole file is given out."""
        if self.page is not None:
            self._show_panel(AccessPanel(self._counter, self.page.chart.id))

    def renew(self) -> None:
        """Ask for the letter to be renewed that speaks last."""
        if self.page is None:
            return
        letters = [card for card in self.page.chart.letters if card.kind in PROVES and card.valid_to]
        if letters:
            self.write(RequestKind.RENEWAL, letters[0].id)

    def _track(self, row: Row) -> None:
        self._show_panel(TrackPanel(self._counter, row, readable=row.readable))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        may = self.page is not None and May.CHANGE_LETTERS in self.page.chart.may
        if may and dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take a scan dropped on the page for a new letter."""
        path = dropped(event)
        if self.page is not None and path is not None:
            panel = LetterPanel(self._counter, self.page.chart)
            panel.bring(path)
            self._show_panel(panel)
            event.acceptProposedAction()

    def edit(self) -> None:
        """Open what is kept of the client, to be put right."""
        if self.page is not None:
            self._show_panel(EditClient(self._counter, self.page.details, self.page.chart.today))

    def keep(self) -> None:
        """Keep what is typed into a panel that keeps by itself, before the window locks."""
        panel = self._panel and self._panel()
        if isinstance(panel, LetterPanel | CoveragePanel) and isValid(panel):
            panel.keep()

    def _show_panel(self, panel: QWidget) -> None:
        self._panel = weakref.ref(panel)
        self._counter.show_panel(panel)
        QTimer.singleShot(0, panel, panel.setFocus)

    def _open_health(self) -> None:
        if self.client is not None:
            self._counter.show_panel(HealthPanel(self._counter, self.client))

    def _book(self) -> None:
        open_booking(self._counter, BookFor(self.client))

    def _charge(self) -> None:
        if self.client is not None:
            self._counter.go("till", ForClient(self.client))

    def _open_papers(self) -> None:
        if self.client is not None:
            self._counter.go("till", PapersOf(self.client, self.name.text(), what=Handout.STATEMENT))

    def _lay_out(self, back: QWidget) -> None:
        who = QWidget()
        top = row(back, spacing=8)
        top.addLayout(Flow(self.name, self._beside_name, spacing=12), 1)
        who.setLayout(top)
        self._tools = Tools(self.health, self.papers, self.add_letter, self.charge, self.book)
        self._head = row(who, self._tools, spacing=16)
        self._head.setStretch(0, 1)
        self._head.setAlignment(self._tools, Qt.AlignmentFlag.AlignTop)
        band = QFrame()
        band.setObjectName("band")
        inside = column(spacing=8)
        inside.setContentsMargins(20, 16, 20, 0)
        for part in (self._head, self._chips, self._flags):
            inside.addLayout(part)
        inside.addWidget(self._figures)
        band.setLayout(inside)
        happened = Card()
        happened.body.addLayout(Flow(text.section(_("Timeline")), self.parts, last_right=True))
        happened.body.addWidget(self.timeline, 1)
        self.timeline.setMinimumHeight(theme.px(360))
        self._beside = QWidget()
        self._beside.setLayout(column(self.side, self.care, spacing=16))
        self._below = row(happened, self._beside, spacing=16)
        self._below.setStretch(0, 1)
        self._body = QWidget()
        self._body.setObjectName("canvas")
        body = column(spacing=16, margin=20)
        body.addWidget(self._coverage)
        body.addLayout(self._below, 1)
        self._body.setLayout(body)
        whole = column(band, spacing=0)
        whole.addWidget(self._body, 1)
        whole.addStretch(0)
        self.setLayout(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme.px(BESIDE)
        self._fit_head()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._below.setDirection(across if beside else down)
        self._beside.setMaximumWidth(theme.px(SIDE_WIDTH) if beside else 16_777_215)
        self._beside.setMinimumWidth(theme.px(SIDE_WIDTH) if beside else 0)

    def _fit_head(self) -> None:
        """Stand the buttons beside the name where there is room, their words with them where they fit."""
        abreast = self.width() >= theme.px(ABREAST)
        naming = max(theme.px(NAMING), self.name.sizeHint().width() + theme.px(BACK))
        taken = AROUND + (naming if abreast else 0)
        self._tools.fit(self.width() - taken)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(across if abreast else down)
