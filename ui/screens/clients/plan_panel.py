"""The panel of a plan: what a series is for, how it is dosed, and physical therapy beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from clinic.office import plans, practice
from clinic.office.plans import WEEKDAYS, Facts, Goal, GoalKind, Side
from clinic.values import Refusal
from clinic.wording import _, outcomes
from clinic.wording import plans as words
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.undo import Step
from ui.unfinished import Way
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import column, row
from ui.widgets.dates import DayLine
from ui.widgets.fields import Choice, Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Field, Form

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from clinic.office.plans import Hint, LetterChoice, PlanCard
    from clinic.office.practice import Offer
    from clinic.values import ClientId
    from ui.screen import Counter

PAUSE_MS = 250
RHYTHMS = ((3, 1), (2, 1), (1, 1), (1, 2), (1, 3), (1, 4))


class Choices(NamedTuple):
    """What the form offers."""

    letters: tuple[LetterChoice, ...]
    treatments: tuple[Offer, ...]
    today: date


def choices(work: Any, client: ClientId) -> Choices:
    """Ask for letters and treatments to choose from."""
    try:
        letters = plans.letters(work, client)
    except Refusal:
        letters = ()
    return Choices(letters, practice.treatments(work), work.today)


class GoalLine(QWidget):
    """One goal: ticked, in the client's words, and where it can be measured by what and how far."""

    def __init__(self, kind: GoalKind) -> None:
        super().__init__()
        self.kind = kind
        self.tick = QCheckBox(outcomes.goal(kind.value))
        self.tick.setAccessibleName(outcomes.goal(kind.value))
        self.words = Line(hint=_hint(kind))
        self.words.setAccessibleName(
            _("{goal}, in the client's words").format(goal=outcomes.goal(kind.value))
        )
        self.tool = Choice(
            [
                (_("not measured"), ""),
                *((outcomes.tool(key), key) for key in ("NRS", "NDI", "ODI", "PSFS", "ROM")),
            ]
        )
        self.tool.setAccessibleName(_("{goal}, measured by").format(goal=outcomes.goal(kind.value)))
        self.target = Line(hint=_("target"))
        self.target.setAccessibleName(_("{goal}, target").format(goal=outcomes.goal(kind.value)))
        self.target.setFixedWidth(70)
        self._more = QWidget()
        measured = row(self.tool, self.target, spacing=8)
        measured.setStretch(0, 1)
        lines = column(self.words, spacing=6)
        lines.addLayout(measured)
        self._more.setLayout(lines)
        self._more.hide()
        self.tick.toggled.connect(self._more.setVisible)
        self.setLayout(column(self.tick, self._more, spacing=6))

    def show_goal(self, goal: Goal) -> None:
        """Show a goal of this kind."""
        self.tick.setChecked(True)
        self.words.setText(goal.text)
        self.tool.choose(goal.tool)
        self.target.setText("" if goal.target is None else outcomes.number(goal.target))

    @property
    def goal(self) -> Goal | None:
        """The goal, if it is one."""
        if not self.tick.isChecked():
            return None
        typed = self.target.text().strip().replace(",", ".")
        known = typed.replace(".", "", 1).removeprefix("-").isdecimal()
        return Goal(
            self.kind, self.words.text(), self.tool.currentData() or "", float(typed) if known else None
        )


def _hint(kind: GoalKind) -> str:
    return {
        GoalKind.PAIN: _("Sleep through without waking from it"),
        GoalKind.MOBILITY: _("Look over the shoulder"),
        GoalKind.STRESS: _("An evening without the jaw clenched"),
        GoalKind.CIRCULATION: _("Warm hands at the desk"),
        GoalKind.SLEEP: _("Six hours in a row"),
        GoalKind.FUNCTION: _("Reverse the car with ease"),
    }[kind]


class PlanPanel(QWidget):
    """One plan of a client, or a new one."""

    def __init__(
        self, counter: Counter, client: ClientId, plan: PlanCard | None, book: Callable[[], object]
    ) -> None:
        super().__init__()
        self._counter, self._client, self._plan, self._book = counter, client, plan, book
        self._runner = counter.runner
        self.way = Way("clients", "plan", {"client": client})
        self._letters: tuple[LetterChoice, ...] = ()
        self.letter = Choice([(_("No letter"), None)])
        self.condition = Line()
        self.goals = {kind: GoalLine(kind) for kind in GoalKind}
        self.treatment = Choice([(_("Any treatment"), None)])
        self.visits, self.minutes, self.review = Line("6"), Line("60"), Line("3")
        self.rhythm = Choice([(words.rhythm(*each), each) for each in RHYTHMS])
        self.rhythm.choose((1, 2))
        self.begins: DayLine | None = None
        self._today: date | None = None
        self.pt_days = {key: QCheckBox(words.weekday(key)) for key in WEEKDAYS}
        self.pt_side = Choice([(_("not said"), None), *((words.side(side.value), side) for side in Side)])
        self.form = Form(2)
        self._hints = column(spacing=6)
        self.save = primary(_("Keep plan"), self.keep)
        self.book = quiet(_("Book the series"), self._go_and_book)
        self.end = quiet(_("End plan"), self._end)
        self.book.setVisible(plan is not None)
        self.end.setVisible(plan is not None)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._weigh)
        self.setEnabled(False)
        self._runner.ask(partial(choices, client=client), self._offer, self._refused)
        self.setAccessibleName(_("Plan"))

    def _offer(self, offered: Choices) -> None:
        self._letters = offered.letters
        self.letter.offer([(_("No letter"), None), *((each.reference, each.id) for each in offered.letters)])
        self.treatment.offer(
            [(_("Any treatment"), None), *((each.name, each.id) for each in offered.treatments)]
        )
        self._today = offered.today
        self.begins = DayLine(offered.today, offered.today)
        self._lay_out()
        if self._plan is not None:
            self._show(self._plan.facts)
        elif self._letters:
            self.letter.choose(self._letters[0].id)
            self._take_condition()
        self._connect()
        self.setEnabled(True)
        self._weigh()

    def _lay_out(self) -> None:
        named = _("New plan") if self._plan is None else _("Plan")
        under = _("What the series is for, and how far it goes. Hints hold nothing up.")
        lines = column(Head(named, under, self._counter.hide_panel), spacing=14, margin=18)
        self.form.add("letter", _("Letter"), self.letter, wide=True)
        self.form.add(
            "text", _("Condition, as the letter gives it"), self.condition, wide=True, optional=True
        )
        self.form.add("treatment", _("Treatment"), self.treatment, wide=True)
        self.form.add("visits", _("Visits"), self.visits)
        self.form.add("rhythm", _("How often"), self.rhythm)
        self.form.add("minutes", _("Minutes"), self.minutes)
        self.form.add("review_every", _("Review after so many"), self.review, optional=True)
        if self.begins is not None:
            self.form.add("begins_on", _("Begins"), self.begins)
        lines.addWidget(text.section(_("Goals")))
        for line in self.goals.values():
            lines.addWidget(line)
        lines.addWidget(self.form)
        lines.addWidget(text.section(_("Physical therapy")))
        lines.addLayout(Flow(*self.pt_days.values(), spacing=10))
        lines.addWidget(Field(_("Massage comes"), self.pt_side))
        lines.addLayout(self._hints)
        lines.addLayout(Flow(self.save, self.book, self.end))
        lines.addStretch(1)
        self.setLayout(lines)
        self.setFocusProxy(self.goals[GoalKind.PAIN].tick)

    def _show(self, facts: Facts) -> None:
        self.letter.choose(facts.letter)
        self.treatment.choose(facts.treatment)
        self.condition.setText(facts.condition)
        for goal in facts.goals:
            self.goals[goal.kind].show_goal(goal)
        self.visits.setText(str(facts.visits))
        self.minutes.setText(str(facts.minutes))
        self.review.setText("" if facts.review_every is None else str(facts.review_every))
        if (facts.times, facts.weeks) not in RHYTHMS:
            self.rhythm.addItem(words.rhythm(facts.times, facts.weeks), (facts.times, facts.weeks))
        self.rhythm.choose((facts.times, facts.weeks))
        if self.begins is not None:
            self.begins.set_day(facts.begins_on)
        for key, tick in self.pt_days.items():
            tick.setChecked(key in facts.pt_days)
        self.pt_side.choose(facts.pt_side)

    def _connect(self) -> None:
        self.letter.activated.connect(self._take_condition)
        for choice in (self.letter, self.treatment, self.rhythm, self.pt_side):
            choice.currentIndexChanged.connect(self._pause.start)
        for line in (self.condition, self.visits, self.minutes, self.review):
            line.textChanged.connect(self._pause.start)
        for goal in self.goals.values():
            goal.tick.toggled.connect(self._pause.start)
            goal.tool.currentIndexChanged.connect(self._pause.start)

    def _take_condition(self) -> None:
        """Take the condition in the letter's own words."""
        chosen = next((each for each in self._letters if each.id == self.letter.currentData()), None)
        self.condition.setText(chosen.condition if chosen else "")

    def facts(self, today: date) -> Facts:
        """Give the plan as the form says; a series without a day begins today."""
        times, weeks = self.rhythm.currentData()
        return Facts(
            begins_on=(self.begins.day if self.begins else None) or today,
            visits=_number(self.visits),
            times=times,
            weeks=weeks,
            minutes=_number(self.minutes),
            condition=self.condition.text(),
            goals=tuple(goal for line in self.goals.values() if (goal := line.goal) is not None),
            letter=self.letter.currentData(),
            treatment=self.treatment.currentData(),
            review_every=_number(self.review) or None,
            pt_days=tuple(key for key, tick in self.pt_days.items() if tick.isChecked()),
            pt_side=Side(side) if (side := self.pt_side.currentData()) else None,  # Qt gives back plain text
        )

    # Hints

    def _weigh(self) -> None:
        if self._today is None:
            return
        query = partial(plans.hints, client=self._client, facts=self.facts(self._today))
        self._runner.ask(
            query, self._show_hints, lambda _refusal: self._show_hints(()), latest="clients/plan"
        )

    def _show_hints(self, hints: tuple[Hint, ...]) -> None:
        text.clear(self._hints)
        for hint in hints:
            line = QWidget()
            inside = row(text.Glyph("info", "info"), spacing=8)
            inside.addWidget(text.caption(words.hint(hint.value), wrap=True), 1)
            line.setLayout(inside)
            self._hints.addWidget(line)

    # What can be done

    def keep(self) -> None:
        """Keep the plan."""
        if self._today is None:
            return
        self.save.setEnabled(False)
        facts, plan = self.facts(self._today), self._plan
        if plan is None:
            task = partial(plans.write, client=self._client, facts=facts)
            self._runner.do(task, self._written, self._refused)
        else:
            change = partial(plans.rewrite, plan=plan.id, facts=facts, version=plan.version)
            self._runner.do(change, partial(self._changed, plan.id, facts), self._refused)

    def _written(self, plan: str) -> None:
        self._counter.hide_panel()
        self._counter.toast(_("The plan is on file"), _ending(self._counter, plan, ended=False))

    def _changed(self, plan: str, facts: Facts, before: Facts) -> None:
        runner = self._runner

        def write(these: Facts) -> None:
            runner.do(lambda work: _rewrite(work, plan, these), _nothing)

        self._counter.hide_panel()
        step = Step(_("change of plan"), lambda: write(before), lambda: write(facts))
        self._counter.toast(_("Plan changed"), step)

    def _end(self) -> None:
        plan = self._plan
        if plan is not None:
            self._runner.do(partial(plans.end, plan=plan.id), partial(self._ended, plan.id), self._refused)

    def _ended(self, plan: str, _answer: object) -> None:
        self._counter.hide_panel()
        self._counter.toast(
            _("The plan has ended; it stays on file"), _ending(self._counter, plan, ended=True)
        )

    def _go_and_book(self) -> None:
        self._book()

    def _refused(self, refusal: Refusal) -> None:
        self.save.setEnabled(True)
        self.form.refuse(refusal.at, sentence(refusal))


def _ending(counter: Counter, plan: str, *, ended: bool) -> Step:
    """Take the end of a plan back, or a new plan by ending it."""
    runner = counter.runner
    there, back = (plans.end, plans.revive) if ended else (plans.revive, plans.end)
    return Step(
        _("end of plan") if ended else _("new plan"),
        lambda: runner.do(partial(back, plan=plan), _nothing),
        lambda: runner.do(partial(there, plan=plan), _nothing),
    )


def _rewrite(work: Any, plan: str, facts: Facts) -> None:
    plans.rewrite(work, plan, facts, version=plans.version(work, plan))


def _number(line: Line) -> int:
    typed = line.text().strip()
    return int(typed) if typed.isdecimal() and len(typed) < 4 else 0  # noqa: PLR2004 - no series is as long


def _nothing(_answer: object) -> None:
    """Wait for no answer."""
