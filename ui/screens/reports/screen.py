"""The reports' screen: which report, of which time and by which clock; and the way out as a workbook."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from clinic.office.reports import reading, writing
from clinic.office.reports.shape import OF_TODAY, About, Asked, By
from clinic.values import Basis, Topic
from clinic.wording import _
from clinic.wording import reports as words
from clinic.wording.refusals import sentence
from ui.screen import Offer, Screen
from ui.screens.closing.earlier import open_closed_days
from ui.screens.reports.page import ReportPage
from ui.screens.till.screen import OfReceipt
from ui.shortcuts import shortcut
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import Button, Segments, primary, quiet
from ui.widgets.cards import Page, column, row
from ui.widgets.fields import Choice
from ui.widgets.flow import Flow
from ui.widgets.period import Period, today

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from clinic.office.reports.shape import Detail
    from clinic.values import Refusal
    from ui.screen import Counter

ICONS = {
    About.INCOME: "chart-column",
    About.OWED: "clock",
    About.TIPS: "banknote",
    About.SALES_TAX: "receipt-text",
    About.HELD: "badge-check",
    About.ABSENCES: "calendar-x",
    About.LETTERS: "file-text",
    About.CLIENTS: "users",
    About.SCHEDULE_C: "archive",
    About.JOURNAL: "notebook-pen",
}
NARROW = 860
"""In pixels at 100 %: where it is narrower, the list of reports folds into one field."""


class Reports(Screen):
    """A report in one interaction, its workbook in another."""

    key = "reports"
    icon = "chart-column"
    topics = frozenset({Topic.MONEY, Topic.CALENDAR, Topic.LETTERS, Topic.CLIENTS})

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._about = About.INCOME
        self._offered: tuple[About, ...] = ()
        self._title, self._told = text.title(self.title()), text.soft("", wrap=True)
        self.period = Period(today())
        self.basis = Segments(
            [(Basis.PAYMENT.value, _("By payment")), (Basis.SERVICE.value, _("By service"))],
            _("Which clock counts"),
        )
        self.by = Segments([], _("Gathered by"))
        self.page = ReportPage()
        self.export = primary(_("Export workbook"), self._export, icon="download")
        self.table_out = quiet(_("CSV"), partial(self._export, table=True))
        self.table_out.setToolTip(_("Every entry as a plain table, for an accountant's import"))
        self._group = QButtonGroup(self)
        self._entries: dict[About, Button] = {}
        self._list = QFrame()
        self._list.setProperty("role", "card")
        self._names = QVBoxLayout(self._list)
        self._names.setContentsMargins(8, 8, 8, 8)
        self._names.setSpacing(2)
        self._names.addStretch(1)
        self._folded = Choice()
        self._folded.setAccessibleName(_("Which report"))
        self._folded.activated.connect(lambda _at: self.choose(About(self._folded.currentData())))
        self.period.changed.connect(self._ask)
        self.basis.switched.connect(self._ask)
        self.by.switched.connect(self._ask)
        self.page.opened.connect(self._open)
        shortcut(self, _("Export the report"), "Ctrl+E", self.export.click)
        self._lay_out()

    def _lay_out(self) -> None:
        top = row(spacing=16)
        top.addLayout(column(self._title, self._told, spacing=2), 1)
        self.closed = quiet(_("Closed days"), lambda: open_closed_days(self.counter), icon="moon")
        seat = self.counter.seat  # whoever keeps a calendar and closes no day sees their own money only
        self.closed.setVisible(seat.allows("day_close") or not seat.allows("calendar_change"))
        buttons = QWidget()
        buttons.setLayout(row(self.closed, self.table_out, self.export, spacing=8))
        top.addWidget(buttons)
        self._list.setFixedWidth(theme.px(196))
        beside = row(spacing=16)
        left = column(self._list, spacing=0)
        left.addStretch(1)
        beside.addLayout(left)
        self._tools = Flow(self._folded, self.period, self.basis, self.by)
        right = column(spacing=16)
        right.addLayout(self._tools)
        right.addWidget(self.page, 1)
        beside.addLayout(right, 1)
        page = Page()
        page.body.addLayout(top)
        page.body.addLayout(beside, 1)
        whole = column(page)
        self.setLayout(whole)

    @staticmethod
    def title() -> str:
        return _("Reports")

    @classmethod
    def offers(cls) -> tuple[Offer, ...]:
        return ()

    def set_context(self, what: object) -> None:
        """Open on a report by its name."""
        if isinstance(what, str) and what in set(About):
            self._about = About(what)

    @property
    def asked(self) -> Asked:
        """What is asked for now."""
        first, last = self.period.days
        basis = Basis(self.basis.chosen) if self._about is About.INCOME else Basis.PAYMENT
        by = By(self.by.chosen or By.MONTH.value) if self._about is About.INCOME else By.MONTH
        return Asked(self._about, first, last, basis, by)

    def reload(self) -> None:
        if not self._offered:
            self.runner.ask(reading.offered, self._offer, self._refuse, latest="reports/offered")
        else:
            self._ask()

    def _offer(self, offered: tuple[About, ...]) -> None:
        self._offered = offered
        for at, about in enumerate(offered):
            entry = Button(words.title(about), ICONS[about], "place", partial(self.choose, about))
            entry.setCheckable(True)
            self._group.addButton(entry)
            self._entries[about] = entry
            self._names.insertWidget(at, entry)
        self._folded.offer([(words.title(about), about) for about in offered])
        self._fit()
        self.choose(self._about if self._about in offered else offered[0])

    def choose(self, about: About) -> None:
        """Show another report."""
        self._about = about
        self._entries[about].setChecked(True)
        self._folded.choose(about)
        self._ask()

    def _ask(self) -> None:
        about = self._about
        self.period.setVisible(about not in OF_TODAY)
        self.basis.setVisible(about is About.INCOME)
        self.by.setVisible(about is About.INCOME)
        if about is About.INCOME:
            self._offer_ways()
        asked = self.asked
        self._title.setText(words.title(about))
        self._told.setText(words.told(about, asked.basis))
        self.runner.ask(
            partial(reading.read, asked=asked), self.page.show_report, self._refuse, latest="reports/read"
        )

    def _offer_ways(self) -> None:
        """Offer what income is gathered by; what was delivered was not paid by anything yet."""
        ways = [(By.MONTH.value, _("Month")), (By.METHOD.value, _("Paid by"))]
        ways += [(By.TREATMENT.value, _("Treatment")), (By.THERAPIST.value, _("Therapist"))]
        if self.basis.chosen == Basis.SERVICE.value:
            del ways[1]
        chosen = self.by.chosen
        self.by.offer(ways)
        if chosen in dict(ways):
            self.by.choose(chosen)

    def _open(self, detail: Detail) -> None:
        if detail.receipt:
            self.counter.go("till", OfReceipt(detail.receipt))
        elif detail.client is not None:
            self.counter.go("clients", detail.client)

    def _export(self, *, table: bool = False) -> None:
        asked = self.asked
        path = usual_folder() / writing.file_name(asked, table=table)
        task = partial(writing.write_out, asked=asked, path=path)
        self.runner.do(task, self._written, self._refuse)

    def _written(self, path: Path) -> None:
        self.counter.toast(_("Saved as {name} in {folder}").format(name=path.name, folder=path.parent))

    def _refuse(self, refusal: Refusal) -> None:
        self._told.setText(sentence(refusal))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < theme.px(NARROW)
        self._list.setVisible(not narrow)
        self._folded.setVisible(narrow)


def usual_folder() -> Path:
    """Choose where reports go: a folder of their own among the person's documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(documents or Path.home()) / _("Reports")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
