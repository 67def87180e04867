"""The screen of the year's end: it walks through the four steps and hands the work to the office."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from clinic.office import requests, year_end
from clinic.values import LetterId, RequestKind, Topic
from clinic.wording import _, ngettext
from clinic.wording.refusals import sentence
from ui.screen import Offer, Screen
from ui.screens.till.screen import ForClient
from ui.screens.year_end.books import BooksPanel
from ui.screens.year_end.checks import ChecksStep
from ui.screens.year_end.choose import Choose
from ui.screens.year_end.choose import sentence as clock_sentence
from ui.screens.year_end.export import ExportStep
from ui.screens.year_end.grid import GridStep
from ui.undo import Step
from ui.widgets import buttons, text
from ui.widgets.cards import column, row
from ui.widgets.flow import Flow
from ui.widgets.stepper import Stepper

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.office.year_end import Grid, Made, ToCheck
    from clinic.values import Basis, Progress, Refusal, RequestId
    from ui.runner import Job
    from ui.screen import Counter

CHOOSE, GRID, CHECKS, EXPORT = range(4)
LATE_SPRING = 6
"""Until June people ask for the year before."""
YEARS_BACK = 10


def usual_year(today: QDate) -> int:
    """Propose the year people are likely to ask for."""
    return today.year() - 1 if today.month() <= LATE_SPRING else today.year()


class YearEnd(Screen):
    """Everybody's year in four interactions: open, next, export, done."""

    key = "year_end"
    icon = "archive"
    topics = frozenset({Topic.MONEY, Topic.LETTERS, Topic.CALENDAR, Topic.CLIENTS, Topic.STAFF})

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        today = QDate.currentDate()
        self._step = GRID
        self._grid: Grid | None = None
        self._finished = False
        self._kept = 0
        """Clients whose papers a run that was stopped had finished."""
        self._job: Job | None = None
        self._title = text.title(self.title())
        self._told = text.soft("", wrap=True)
        self._stepper = Stepper([_("Year and basis"), _("Check the grid"), _("Exceptions"), _("Export")])
        self._choose = Choose(range(today.year(), today.year() - YEARS_BACK, -1), usual_year(today))
        self._table = GridStep()
        self._checks = ChecksStep()
        self._export = ExportStep(self.runner)
        self._steps = QStackedWidget()
        for step in (self._choose, self._table, self._checks, self._export):
            self._steps.addWidget(step)
        self._table.opened.connect(self._open_client)
        self._checks.opened.connect(self._mend)
        self._checks.request_asked.connect(self._request)
        self._export.thrown_away.connect(self._throw_away)
        self.runner.ended.connect(self._ended)
        self._back = buttons.quiet(_("Back"), self._go_back)
        self._next = buttons.primary(_("Next"), self.go_on)
        self.books = buttons.quiet(_("Books of the year"), self._open_books)
        self._lay_out()

    def _lay_out(self) -> None:
        top = row(spacing=16)
        top.addLayout(column(self._title, self._told, spacing=2))
        top.addStretch(1)
        top.addWidget(self._stepper)
        note = text.caption(
            _(
                "Refunds count in the year they were paid back. Statements state what was documented; whether an "
                "amount counts is decided by the tax authority or the account administrator."
            ),
            wrap=True,
        )
        foot = QFrame()
        line = row(spacing=12)
        line.addWidget(note, 1)
        line.addLayout(Flow(self.books, self._back, self._next))
        foot.setLayout(line)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 16, 20, 16)
        lines.setSpacing(16)
        lines.addLayout(top)
        lines.addWidget(self._steps, 1)
        lines.addWidget(foot)

    @staticmethod
    def title() -> str:
        return _("Year-end")

    @classmethod
    def offers(cls) -> tuple[Offer, ...]:
        return (Offer(_("Year-end papers"), cls.icon, "Ctrl+Shift+Y", None, "year_end"),)

    def reload(self) -> None:
        year, basis = self._choose.year, self._choose.basis
        self._title.setText(_("Year-end for {year}").format(year=year))
        self._told.setText(clock_sentence(basis))
        self.runner.ask(
            partial(year_end.grid, year=year, basis=basis), self._show_grid, self._refuse, latest="year_end"
        )
        self._show_step()

    @property
    def has_exceptions(self) -> bool:
        """Whether there is something to look at before the export."""
        return self._grid is not None and bool(self._grid.to_check)

    def _show_grid(self, grid: Grid) -> None:
        self._grid = grid
        self._table.show_grid(grid)
        self._checks.show_checks(grid)
        self._show_step()

    def _show_step(self) -> None:
        self._steps.setCurrentIndex(self._step)
        self._stepper.go(self._step)
        self._back.setVisible(self._step != CHOOSE and not self._finished)
        self._next.say(self._next_words())
        self._next.setEnabled(self._step == CHOOSE or self._grid is not None)

    def _next_words(self) -> str:
        checks = len(self._grid.to_check) if self._grid else 0
        if self._step == EXPORT:
            return _("Done") if self._finished else _("Go on") if self._kept else _("Write the set")
        if self._step == CHECKS or (self._step == GRID and not checks):
            return _("Export")
        if self._step == GRID:
            return ngettext("Next: {n} exception", "Next: {n} exceptions", checks).format(n=checks)
        return _("Next")

    def _go_back(self) -> None:
        if self._step == EXPORT and not (self._grid and self._grid.to_check):
            self._step = GRID
        else:
            self._step -= 1
        self._show_step()

    def go_on(self) -> None:
        """Take the next step."""
        if self._step == CHOOSE:
            self._step, self._grid = GRID, None
            self.reload()
        elif self._step == GRID and self._grid is not None and self._grid.to_check:
            self._step = CHECKS
            self._show_step()
        elif self._step in {GRID, CHECKS}:
            self._step = EXPORT
            self._export.propose(self._choose.year, len(self._grid.rows) if self._grid else 0)
            self._write()
        elif self._finished:
            self._finished, self._step = False, GRID
            self.counter.go("today")
        else:
            self._write()

    def _write(self) -> None:
        task = partial(
            _written,
            year=self._choose.year,
            basis=self._choose.basis,
            folder=self._export.folder,
            along=self._choose.along,
        )
        self._show_step()
        self._next.setEnabled(False)
        self._export.names = {row.client: row.name for row in self._grid.rows} if self._grid else {}
        words = _("Writing the year's papers")
        self._job = self.runner.long_do(task, self._written, self._refuse, words=words)
        self._export.show_job(self._job)

    def _written(self, made: Made) -> None:
        self._finished, self._kept = True, 0
        self._export.show_made(made)
        self._show_step()
        self._next.setFocus()

    def _ended(self, job: Job) -> None:
        """Take the writing's end: where it was stopped, what it had finished is counted."""
        if job is not self._job:
            return
        self._job = None
        self._next.setEnabled(True)
        if job.stopped:
            self._look_aside()

    def _look_aside(self) -> None:
        folder = self._export.folder
        self.runner.outside(lambda _progress: year_end.kept_aside(folder), self._stopped)

    def _stopped(self, kept: int) -> None:
        if not self._finished and self._job is None:
            self._kept = kept
            self._export.show_stopped(kept)
            self._show_step()

    def _throw_away(self) -> None:
        folder = self._export.folder
        self.runner.outside(lambda _progress: year_end.throw_away(folder), lambda _done: self._look_aside())

    def _refuse(self, refusal: Refusal) -> None:
        self._export.show_refusal(sentence(refusal))
        self._next.setEnabled(self._step in {CHOOSE, EXPORT})
        if self._step != EXPORT:
            self._told.setText(sentence(refusal))

    def _open_books(self) -> None:
        self.counter.show_panel(BooksPanel(self.counter, self._choose.year))

    def _open_client(self, client: object) -> None:
        self.counter.go("clients", client)

    def _mend(self, check: ToCheck) -> None:
        """Go where a reason is put right."""
        if check.code == "E-UNPAID":
            self.counter.go("till", ForClient(check.client))
        elif check.code == "E-PROVIDER":
            self.counter.go("settings")
        else:
            self.counter.go("clients", check.client)

    def _request(self, check: ToCheck) -> None:
        """Make the request to the clinician; it waits among the requests until it is sent."""
        letter = LetterId(check.letter) if check.letter else None
        kind = RequestKind.RENEWAL if letter else RequestKind.LMN
        task = partial(requests.make, client=check.client, kind=kind, letter=letter)
        self.runner.do(task, partial(self._requested, check), self._refuse)

    def _requested(self, check: ToCheck, request: RequestId) -> None:
        self._checks.requested(check)
        withdraw = partial(self.runner.do, partial(requests.withdraw, request_=request), lambda _done: None)
        self.counter.toast(
            _("A request to the clinician is made for {name}").format(name=check.name),
            Step(_("request of a letter"), back=withdraw),
        )


def _written(
    desk: Desk, progress: Progress, *, year: int, basis: Basis, folder: Path, along: year_end.Along
) -> Made:
    return year_end.export(desk, year, folder, basis=basis, along=along, progress=progress)
