"""The coverage check beside a client's page: how it looks, why, what to ask, and what the insurer said."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QWidget

from clinic.office import coverage
from clinic.values import PlanType
from clinic.wording import _, ngettext
from clinic.wording import coverage as words
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.paper_out import PaperOut
from ui.screens.clients.letter_fields import NumberLine, no_day
from ui.undo import Step
from ui.unfinished import Way
from ui.widgets import text
from ui.widgets.cards import column
from ui.widgets.dates import DayLine
from ui.widgets.fields import Choice, Line
from ui.widgets.forms import Form
from ui.widgets.ticks import Ticks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QHideEvent

    from clinic.office.coverage import Check
    from clinic.values import ClientId, Refusal
    from ui.screen import Counter

REST_MS = 900
YES_NO = ("requires_rx", "requires_referral", "requires_authorisation")


class CoveragePanel(QWidget):
    """What is typed here is kept as one goes, and the answer changes with it."""

    def __init__(self, counter: Counter, client: ClientId, today: date, *, editable: bool) -> None:
        super().__init__()
        self._counter, self._client = counter, client
        self.way = Way("clients", "coverage", {"client": client})
        self._found: Check | None = None
        self._first: Check | None = None
        self.headline = text.label("", "title", "accent", wrap=True)
        self._reasons = column(spacing=4)
        self._questions = column(spacing=6)
        self.plan = Choice([(words.plan(None), None), *((words.plan(p.value), p) for p in PlanType)])
        self.basis = Choice(
            [(_("Not asked"), None), *((words.basis(b.value), b.value) for b in coverage.Basis)]
        )
        self.needs = {name: Choice(_answers()) for name in YES_NO}
        self.limit, self.minutes = NumberLine(), NumberLine()
        self.providers = Ticks([(words.provider(p.value), p.value) for p in coverage.Provider])
        self.asked_on, self.asked_of, self.criteria = DayLine(today, past=True), Line(), Line()
        self.form = self._made()
        self.form.setVisible(editable)
        self.out = PaperOut(counter, "coverage-check", partial(coverage.paper, client=client))
        self.out.paper.hide()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.keep)
        self._lay_out()
        counter.runner.ask(partial(coverage.check, client=client), self._show, self._refused)

    def _made(self) -> Form:
        form = Form(2)
        form.add("plan_type", _("Kind of plan"), self.plan)
        form.add("basis", _("Massage is covered as"), self.basis)
        named = (_("Prescription needed"), _("Referral needed"), _("Authorization needed"))
        for key, name in zip(YES_NO, named, strict=True):
            form.add(key, name, self.needs[key])
        form.add("visit_limit", _("Visits a year"), self.limit, optional=True)
        form.add("minutes_max", _("Minutes a visit"), self.minutes, optional=True)
        form.add(
            "asked_on", _("Asked on"), self.asked_on, optional=True, check=partial(no_day, self.asked_on)
        )
        form.add("asked_of", _("Spoke with"), self.asked_of, optional=True)
        form.add("providers", _("The plan pays for"), self.providers, wide=True)
        form.add("criteria", _("Criteria, as the plan words them"), self.criteria, wide=True, optional=True)
        return form

    def _lay_out(self) -> None:
        under = _("From what is on file, and what the insurer said. Never a promise.")
        lines = column(Head(_("Is it covered?"), under, self._counter.hide_panel), spacing=14, margin=18)
        answer = QFrame()
        answer.setProperty("role", "sunken")
        inside = column(self.headline, spacing=8, margin=14)
        inside.addLayout(self._reasons)
        answer.setLayout(inside)
        lines.addWidget(answer)
        lines.addWidget(self.out)
        lines.addWidget(text.section(_("Ask the insurer")))
        lines.addLayout(self._questions)
        lines.addWidget(text.section(_("What the insurer said")))
        lines.addWidget(self.form)
        lines.addWidget(text.caption(words.notice(), wrap=True))
        lines.addStretch(1)
        self.setLayout(lines)
        self.setFocusProxy(self.plan)

    def _show(self, found: Check) -> None:
        first = self._found is None
        self._found = found
        outlook = found.outlook
        needs = tuple(each.value for each in outlook.needs)
        self.headline.setText(words.prospect(outlook.prospect.value, needs))
        text.clear(self._reasons)
        for reason in outlook.reasons:
            self._reasons.addWidget(text.label(words.reason(reason.value), wrap=True))
        given = ngettext("{n} visit this year.", "{n} visits this year.", found.visits_this_year)
        self._reasons.addWidget(text.caption(given.format(n=found.visits_this_year)))
        text.clear(self._questions)
        for question in outlook.questions:
            self._questions.addWidget(text.label(f"\u2022  {words.question(question.value)}", wrap=True))
        if first:
            self._first = found
            self._fill(found)
            self._listen()

    def _fill(self, found: Check) -> None:
        said = found.benefit
        self.plan.choose(found.plan)
        self.basis.choose(said.get("basis"))
        for name, choice in self.needs.items():
            choice.choose(said.get(name))
        self.limit.set_number(said.get("visit_limit"))
        self.minutes.set_number(said.get("minutes_max"))
        self.providers.tick(said.get("providers") or ())
        asked = said.get("asked_on")
        self.asked_on.set_day(date.fromisoformat(asked) if asked else None)
        self.asked_of.setText(said.get("asked_of", ""))
        self.criteria.setText(said.get("criteria", ""))

    def _listen(self) -> None:
        for choice in (self.plan, self.basis, *self.needs.values()):
            choice.currentIndexChanged.connect(lambda _at: self._rest.start(0))
        for line in (self.limit, self.minutes, self.asked_on, self.asked_of, self.criteria):
            line.textChanged.connect(lambda _typed: self._rest.start(REST_MS))
        self.providers.changed.connect(lambda: self._rest.start(0))

    @property
    def plan_type(self) -> PlanType | None:
        """The kind of plan chosen."""
        chosen = self.plan.currentData()  # the widget hands the word back, and not its kind
        return PlanType(chosen) if chosen else None

    def benefit(self) -> dict[str, Any]:
        """Read out what the insurer said; what was not asked is left out."""
        said: dict[str, Any] = {
            "basis": self.basis.currentData(),
            **{name: choice.currentData() for name, choice in self.needs.items()},
            "providers": self.providers.ticked or None,
            "visit_limit": self.limit.number,
            "minutes_max": self.minutes.number or None,
            "asked_on": self.asked_on.day.isoformat() if self.asked_on.day else None,
            "asked_of": self.asked_of.text().strip() or None,
            "criteria": self.criteria.text().strip() or None,
        }
        return {name: value for name, value in said.items() if value is not None}

    def _changed(self) -> bool:
        found = self._found
        return found is not None and (self.plan_type, self.benefit()) != (
            found.plan,
            dict(found.benefit),
        )

    def keep(self) -> None:
        """Keep what the insurer said, and look again how it looks now."""
        if self._changed():
            task = partial(_note, client=self._client, plan=self.plan_type, benefit=self.benefit())
            self._counter.runner.do(task, self._show, self._refused)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is left to keep on leaving, and offer the way back once."""
        super().hideEvent(event)
        first, counter, client = self._first, self._counter, self._client
        if event.spontaneous() or first is None:
            return
        self._first = None
        plan, benefit = self.plan_type, self.benefit()
        if (plan, benefit) == (first.plan, dict(first.benefit)):
            return
        back = partial(_note, client=client, plan=first.plan, benefit=dict(first.benefit))
        again = partial(_note, client=client, plan=plan, benefit=benefit)
        step = Step(
            _("what the insurer said"),
            back=lambda: counter.runner.do(back, _nothing),
            again=lambda: counter.runner.do(again, _nothing),
        )
        counter.runner.do(again, lambda _found: counter.toast(_("What the insurer said is kept"), step))

    def _refused(self, refusal: Refusal) -> None:
        self.form.refuse(refusal.at, sentence(refusal))


def _answers() -> list[tuple[str, object]]:
    return [(_("Not asked"), None), (_("Yes"), True), (_("No"), False)]


def _note(work: Any, *, client: ClientId, plan: PlanType | None, benefit: Mapping[str, Any]) -> Check:
    version = coverage.check(work, client).version
    coverage.note(work, client, plan=plan, benefit=benefit, version=version)
    return coverage.check(work, client)


def _nothing(_answer: object) -> None:
    """Wait for no answer: what was touched is shown by itself."""
