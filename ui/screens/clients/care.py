"""A client's care on their page: the plan and how far it has come, measures through time, and notes to search."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from clinic.office import measures, note_search, plans
from clinic.values import Refusal
from clinic.wording import _, day, ngettext, outcomes, short_day
from clinic.wording import plans as words
from ui.screens.booking.series_of_plan import book_plan
from ui.screens.clients.plan_panel import PlanPanel
from ui.screens.note.page import OfNote
from ui.screens.note.session import went
from ui.widgets import text
from ui.widgets.buttons import link, quiet, small
from ui.widgets.cards import Card, Facts, column
from ui.widgets.fields import Choice, Search
from ui.widgets.flow import Flow
from ui.widgets.trend import TrendPlot

if TYPE_CHECKING:
    from datetime import date

    from clinic.office.measures import Series
    from clinic.office.note_search import NoteHit
    from clinic.office.plans import PlanCard
    from clinic.values import ClientId
    from ui.screen import Counter

PAUSE_MS = 150
FEW = 6


class Care(NamedTuple):
    """What may be shown of a client's care."""

    plan: PlanCard | None
    series: tuple[Series, ...]


def care_of(work: Any, client: ClientId) -> Care | None:
    """Ask for a client's care; None for those whose role reads no notes."""
    try:
        return Care(plans.current(work, client), measures.of_client(work, client))
    except Refusal:
        return None


class CareCards(QWidget):
    """The cards under those of the letters."""

    measured = Signal(object)
    """The client's measures through time."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self.client: ClientId | None = None
        self._care: Care | None = None
        self._plan_wanted = False
        self._plan = Card(_("Plan"))
        self._plan_body = column(spacing=10)
        self._plan.body.addLayout(self._plan_body)
        self._measures = Card(_("Measures"))
        self.which = Choice()
        self.which.setAccessibleName(_("Measure shown"))
        self.which.activated.connect(lambda _at: self._show_measure())
        self.plot = TrendPlot()
        self._went = text.caption(wrap=True)
        self._legend = text.caption(wrap=True)
        self._measures.add(self.which, self.plot, self._went, self._legend)
        self._notes = Card(_("Notes"))
        self.search = Search(_("Find in the notes"))
        self._hits = column(spacing=8)
        self._notes.add(self.search)
        self._notes.body.addLayout(self._hits)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.search.textChanged.connect(self._pause.start)
        self.setLayout(column(self._plan, self._measures, self._notes, spacing=16))
        self.hide()

    def open(self, client: ClientId) -> None:
        """Turn to a client."""
        if client != self.client:
            self.client, self._care = client, None
            self.hide()
            self.search.clear()

    def ask(self) -> None:
        """Look again."""
        client = self.client
        if client is not None:
            self._counter.runner.ask(
                partial(care_of, client=client), partial(self._show, client), latest="clients/care"
            )

    def _show(self, client: ClientId, care: Care | None) -> None:
        self.setVisible(care is not None and client == self.client)
        if care is None:
            return
        self._care = care
        self._show_plan(care.plan)
        if self._plan_wanted:
            self.open_plan_soon()
        chosen = self.which.currentData()
        self.which.offer(
            [(outcomes.measure(each.tool.value, each.of), (each.tool, each.of)) for each in care.series]
        )
        self.which.choose(chosen)
        self.which.setVisible(len(care.series) > 1)
        self._measures.setVisible(bool(care.series))
        self._show_measure()
        if client == self.client:
            self.measured.emit(care.series)

    # The plan

    def _show_plan(self, plan: PlanCard | None) -> None:
        text.clear(self._plan_body)
        if plan is None:
            said = _("A plan says what a series of visits is for, how many they are, and when to look again.")
            self._plan_body.addWidget(text.soft(said, wrap=True))
            self._plan_body.addLayout(Flow(small(_("Write a plan"), self.open_plan)))
            return
        bar = QProgressBar()
        bar.setRange(0, plan.progress.whole)
        bar.setValue(min(plan.progress.done, plan.progress.whole))
        bar.setTextVisible(False)
        done = standing(plan)
        bar.setAccessibleName(done)
        self._plan_body.addWidget(text.label(done, weight="medium", wrap=True))
        self._plan_body.addWidget(bar)
        self._plan_body.addWidget(Facts(facts(plan)))
        tools = [quiet(_("Open plan"), self.open_plan)]
        if plan.progress.left:
            tools.append(quiet(_("Book the series"), self._book))
        self._plan_body.addLayout(Flow(*tools))

    def open_plan_soon(self) -> None:
        """Open the plan as soon as it is known whether there is one."""
        self._plan_wanted = self._care is None
        self.open_plan()

    def open_plan(self) -> None:
        """Open the plan, or the form of a new one, beside the page."""
        if self.client is not None and self._care is not None:
            panel = PlanPanel(self._counter, self.client, self._care.plan, self._book)
            self._counter.show_panel(panel)
            QTimer.singleShot(0, panel, panel.setFocus)

    def _book(self) -> None:
        """Book the visits that are neither done nor booked."""
        plan = self._care.plan if self._care is not None else None
        if plan is not None and self.client is not None:
            book_plan(self._counter, self.client, plan)

    # Measures

    def _show_measure(self) -> None:
        series = self._care.series if self._care is not None else ()
        chosen = self.which.currentData()
        shown = next((each for each in series if (each.tool, each.of) == chosen), next(iter(series), None))
        if shown is None:
            return
        days = [point.on for point in shown.points]
        said = went(shown)
        self.plot.show_points(
            days,
            [point.before for point in shown.points],
            [point.after for point in shown.points],
            ends=_ends(days),
            said=f"{outcomes.measure(shown.tool.value, shown.of)}. {said}",
        )
        self._went.setText(said)
        both = any(p.before is not None for p in shown.points) and any(
            p.after is not None for p in shown.points
        )
        unit = outcomes.unit(shown.tool.value)
        self._legend.setText(_("{unit}; filled before, hollow after").format(unit=unit) if both else unit)

    # Notes

    def _look(self) -> None:
        client, typed = self.client, self.search.text()
        if client is not None:
            self._counter.runner.ask(
                lambda work: note_search.find(work, typed, client=client),
                self._show_hits,
                lambda _refusal: self._show_hits(()),
                latest="clients/notes",
            )

    def _show_hits(self, hits: tuple[NoteHit, ...]) -> None:
        text.clear(self._hits)
        for hit in hits[:FEW]:
            opening = link(day(hit.at.date()), partial(self._open_note, hit))
            opening.setAccessibleName(
                _("Note of {on}: {words}").format(on=day(hit.at.date()), words=hit.words)
            )
            self._hits.addWidget(opening)
            self._hits.addWidget(text.caption(hit.words, wrap=True))
        if not hits and len(self.search.text().strip()) >= note_search.LEAST_SIGNS:
            self._hits.addWidget(text.caption(_("None of your notes has these words.")))
        if len(hits) > FEW:
            more = ngettext("and {n} more", "and {n} more", len(hits) - FEW).format(n=len(hits) - FEW)
            self._hits.addWidget(text.caption(more))

    def _open_note(self, hit: NoteHit) -> None:
        self._counter.go("note", OfNote(hit.note))


def _ends(days: list[date]) -> tuple[str, str]:
    """Name the first and the last day, with their years where these differ."""
    written = short_day if days[0].year == days[-1].year else day
    return written(days[0]), written(days[-1])


def standing(plan: PlanCard) -> str:
    """Say how far a series has come."""
    done = _("{done} of {whole} visits").format(done=plan.progress.done, whole=plan.progress.whole)
    if plan.progress.ahead:
        booked = ngettext("{n} more booked", "{n} more booked", plan.progress.ahead)
        return f"{done}, {booked.format(n=plan.progress.ahead)}"
    return done


def facts(plan: PlanCard) -> list[tuple[str, str]]:
    """Say what a plan is, in a few facts."""
    said = plan.facts
    found = [(outcomes.goal(goal.kind.value), _goal(goal)) for goal in said.goals]
    if said.condition:
        found.append((_("As the letter says"), said.condition))
    rhythm = _("{rhythm}, {n} min").format(rhythm=words.rhythm(said.times, said.weeks), n=said.minutes)
    found.append((_("Visits"), rhythm))
    if plan.progress.review_at is not None:
        found.append((_("Review"), _("Visit {n}").format(n=plan.progress.review_at)))
    if said.pt_days:
        days = ", ".join(words.weekday(each) for each in said.pt_days)
        if said.pt_side is not None:
            days = _("{days}; massage {side}").format(days=days, side=words.side(said.pt_side.value))
        found.append((_("Physical therapy"), days))
    return found


def _goal(goal: plans.Goal) -> str:
    parts = [goal.text]
    if goal.tool and goal.target is not None:
        target = _("{measure} {value}").format(
            measure=outcomes.tool(goal.tool), value=outcomes.number(goal.target)
        )
        parts.append(target)
    return ", ".join(part for part in parts if part) or "–"  # noqa: RUF001 - a dash for no words
