"""A client on one page: who they are, how their letter stands, what happened and what is to come."""

from __future__ import annotations

import weakref
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QWidget
from shiboken6 import isValid

from clinic.office import flag_cards, merging
from clinic.office.charts import May
from clinic.office.handouts import Handout
from clinic.office.happenings import Entry, Happening
from clinic.office.measures import Tool
from clinic.values import AppointmentId, LetterId, MergeId, RequestKind
from clinic.wording import _
from ui.screens.booking import BookFor, open_booking
from ui.screens.clients import coverage, happenings
from ui.screens.clients.about import PROVES, Side
from ui.screens.clients.access_panel import AccessPanel
from ui.screens.clients.aftercare_panel import AftercarePanel
from ui.screens.clients.care import CareCards
from ui.screens.clients.clearance_panel import ClearancePanel
from ui.screens.clients.coverage_card import CoverageCard
from ui.screens.clients.coverage_panel import CoveragePanel
from ui.screens.clients.covering_panel import CoveringPanel
from ui.screens.clients.edit import EditClient
from ui.screens.clients.heading import Heading, chips
from ui.screens.clients.health import HealthPanel
from ui.screens.clients.letter_panel import LetterPanel
from ui.screens.clients.merge_panel import MergePanel
from ui.screens.clients.page import page_of
from ui.screens.clients.request_panel import RequestPanel, TrackPanel
from ui.screens.clients.scan_view import ScanBeside
from ui.screens.clients.scans import dropped
from ui.screens.note.page import OfNote
from ui.screens.till import ForClient, OfReceipt, PapersOf
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import Segments
from ui.widgets.cards import Card, Empty, column, row
from ui.widgets.flow import Flow
from ui.widgets.timeline import SIDE, Timeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent

    from clinic.office.charts import Chart
    from clinic.office.flag_cards import Seen
    from clinic.office.measures import Point, Series
    from clinic.office.requests import Row
    from clinic.values import ClientId, Refusal
    from ui.screen import Counter
    from ui.screens.clients.page import Page
    from ui.screens.clients.scan_view import Looked

SIDE_WIDTH = 320
BESIDE = 860
"""From this width on the cards stand beside the line of time."""


class ChartPage(QWidget):
    """The page of the client who is open."""

    def __init__(self, counter: Counter, back: Callable[[], object]) -> None:
        super().__init__()
        self._counter = counter
        self.client: ClientId | None = None
        self.page: Page | None = None
        self._pain: dict[date, Point] = {}
        self._then: Callable[[], object] | None = None
        """What is opened beside the page once it is shown."""
        self._panel: weakref.ref[QWidget] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setAccessibleName(_("Client's page"))
        ways = {
            "back": back,
            "book": self._book,
            "charge": self._charge,
            "papers": self._open_papers,
            "add_letter": lambda: self.open_letter(None),
            "health": self._open_health,
            "clearances": self.open_clearances,
        }
        self.heading = Heading(ways)
        self.scan = ScanBeside()
        self.scan.closed.connect(self._close_scan)
        self._coverage = CoverageCard()
        self.side = Side()
        self.care = CareCards(counter)
        self.care.measured.connect(self._tell_pain)
        self.side.letter_asked.connect(lambda card: self.open_letter(card.id if card else None))
        self.side.scan_asked.connect(lambda card: self.open_letter(card.id, with_scan=True))
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
                ("messages", _("Messages")),
            ),
            _("What the line of time shows"),
        )
        self.parts.switched.connect(lambda _part: self._show_happenings())
        nothing = Empty(
            _("Visits, letters, money and messages stand here as they come."),
            _("Book a visit"),
            self._book,
            icon="calendar",
        )
        self.timeline = Timeline(_("Timeline"), nothing)
        self.timeline.opened.connect(self._follow)
        self._lay_out()

    def open(self, client: ClientId, then: Callable[[], object] | None = None) -> None:
        """Turn to a client; the page is blank until it is known, and then something may be opened beside it."""
        self._then = then
        if client == self.client:
            return
        self.client, self.page = client, None
        self.care.open(client)
        self._counter.hide_panel()
        self.heading.clear()
        self.timeline.begin_anew()
        self.timeline.show_entries(())
        self._pain = {}
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
        self.heading.show_client(chart, page.health, self.width())
        self._ask_flags(chart)
        line = coverage.line_of(chart)
        self._coverage.show_line(line, renewable=May.CHANGE_LETTERS in chart.may)
        self.side.show_client(chart, page.details, page.requests, page.household, page.merges)
        self.timeline.empty.button.setVisible(May.BOOK in chart.may)
        self._show_happenings()
        self._body.setVisible(self.scan.isHidden())
        then, self._then = self._then, None
        if then is not None:
            then()

    def _ask_flags(self, chart: Chart) -> None:
        """Ask what the rules say of the next visit, or of one today; whoever may see no flag sees none."""
        query = partial(flag_cards.of_client, client=chart.id)
        show = partial(self._show_flags, chart.id)
        self._counter.runner.ask(query, show, self._see_no_flags, latest="clients/flags")

    def _show_flags(self, client: ClientId, seen: Seen) -> None:
        if client == self.client and self.page is not None:
            self.heading.show_marks(seen.cards, chips(self.page.chart, self.page.health))

    def _see_no_flags(self, _refusal: Refusal) -> None:
        """Leave what stands under the name as it is."""

    def open_clearances(self) -> None:
        """Open what clinicians are asked about this client."""
        if self.page is None:
            return
        chart = self.page.chart
        panel = ClearancePanel(self._counter, chart.id)
        panel.answer_asked.connect(lambda row: self._show_letter(self._letter_panel(chart, answers=row)))
        self._show_panel(panel)

    def _show_happenings(self) -> None:
        if self.page is not None:
            page = self.page
            shown = happenings.lines(page.chart, page.requests, self._pain, self.parts.chosen)
            self.timeline.show_entries(shown)

    def _tell_pain(self, series: tuple[Series, ...]) -> None:
        """Say at each visit how the pain went, once that is known."""
        pain = next((each for each in series if each.tool is Tool.NRS), None)
        self._pain = {point.on: point for point in pain.points} if pain is not None else {}
        self._show_happenings()

    def _follow(self, entry: Entry | Row) -> None:
        """Open what an entry of the line of time is about."""
        if self.page is None:
            return
        if not isinstance(entry, Entry):
            self._track(entry)
        elif entry.what is Happening.LETTER:
            self.open_letter(LetterId(entry.id))
        elif entry.what is Happening.VISIT:
            self._follow_visit(entry, self.page.chart)
        elif entry.what is Happening.RECEIPT:
            self._counter.go("till", OfReceipt(entry.number))

    def _follow_visit(self, entry: Entry, chart: Chart) -> None:
        """Open the note of a visit, or where there is none to read the letter that counts for it."""
        if entry.note is not None and May.READ_NOTES in chart.may:
            self._counter.go("note", OfNote(entry.note))
        else:
            self.choose_letter(AppointmentId(entry.id))

    def open_letter(self, letter: LetterId | None, *, with_scan: bool = False) -> None:
        """Open a letter, or the form of a new one, beside the page, and its scan with it."""
        if self.page is not None and May.CHANGE_LETTERS in self.page.chart.may:
            self._show_letter(self._letter_panel(self.page.chart, letter, with_scan=with_scan))

    def _letter_panel(self, chart: Chart, letter: LetterId | None = None, **how: Any) -> LetterPanel:
        return LetterPanel(self._counter, chart, letter, beside=self._look_at, **how)

    def _show_letter(self, panel: LetterPanel) -> None:
        panel.gone.connect(self._close_scan)
        self._show_panel(panel)

    def _look_at(self, scan: Looked) -> bool:
        """Show a scan in place of the page, as long as its letter is open; False where the page is not on view."""
        if not self.isVisible():
            return False
        self.scan.show_scan(scan)
        self.heading.hide()
        self._body.hide()
        return True

    def _close_scan(self) -> None:
        """Show the page again in place of the scan."""
        if not self.scan.isHidden():
            self.scan.clear()
            self.heading.show()
            self._body.setVisible(self.page is not None)

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
            panel = self._letter_panel(self.page.chart)
            panel.bring(path)
            self._show_letter(panel)
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
            self._counter.go("till", PapersOf(self.client, self.heading.name.text(), what=Handout.STATEMENT))

    def _lay_out(self) -> None:
        happened = Card(margin=0)
        head = Flow(text.section(_("Timeline")), self.parts, last_right=True)
        head.setContentsMargins(SIDE, SIDE, SIDE, 0)
        happened.body.addLayout(head)
        happened.body.addWidget(self.timeline)
        happened.body.addSpacing(SIDE)
        self._beside = QWidget()
        cards = column(self.side, self.care, spacing=16)
        cards.addStretch(1)
        self._beside.setLayout(cards)
        self._below = row(happened, self._beside, spacing=16)
        self._below.setStretch(0, 1)
        self._below.setAlignment(happened, Qt.AlignmentFlag.AlignTop)
        self._body = QWidget()
        self._body.setObjectName("canvas")
        body = column(spacing=16, margin=20)
        body.addWidget(self._coverage)
        body.addLayout(self._below, 1)
        self._body.setLayout(body)
        whole = column(self.heading, spacing=0)
        whole.addWidget(self._body, 1)
        whole.addWidget(self.scan, 1)
        whole.addStretch(0)
        self.setLayout(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme.px(BESIDE)
        self.heading.fit(self.width())
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._below.setDirection(across if beside else down)
        self._beside.setMaximumWidth(theme.px(SIDE_WIDTH) if beside else 16_777_215)
        self._beside.setMinimumWidth(theme.px(SIDE_WIDTH) if beside else 0)
