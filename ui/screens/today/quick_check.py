"""The quick check of the day, read out at the counter: no to all is one press, a yes opens what to ask further."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinic.office import intake
from clinic.office.forms import PartKind, lacking, no_of, questionnaire, settled
from clinic.values import ScreeningKind
from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.asking.control import Manner, Tick, first_in
from ui.asking.groups import Group, make
from ui.asking.lists import Readings
from ui.panel import Head
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import Page, column, row
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.forms import Asked
    from clinic.office.intake import QuickCheck
    from clinic.values import AppointmentId, Refusal
    from ui.screen import Counter

BESIDES = ("Q9", "Q10", "Q12", "Q14", "OBS")
"""What is measured, seen or agreed to, and has no plain no; left alone it stays unanswered."""
PRESSURE = "Q9"
"""The cuff is at hand for everybody: whoever feels dizzy is measured, whatever the history says."""


class Row(QFrame):
    """One question, and what to ask further once it is pressed."""

    changed = Signal()

    def __init__(self, asked: Asked, manner: Manner) -> None:
        super().__init__()
        self.setProperty("role", "line")
        self.asked = asked
        words = manner.say(asked.part.text)
        self.head = text.label(words, wrap=True)
        self.yes = Tick(manner.word("quick_yes"), manner)
        self.yes.setAccessibleName(f"{manner.word('quick_yes')}: {words}")
        self.yes.clicked.connect(self._press)
        self.head.setBuddy(self.yes)
        self.control = make(asked.part, manner)
        self.control.changed.connect(self.changed)
        self.control.hide()
        top = row(self.head, spacing=10)
        top.setStretch(0, 1)
        top.addWidget(self.yes)
        lines = column(spacing=8)
        lines.setContentsMargins(0, 5, 0, 5)
        lines.addLayout(top)
        lines.addWidget(self.control)
        self.setLayout(lines)

    def _press(self) -> None:
        opened = self.yes.isChecked()
        self.control.setVisible(opened)
        yes_nos = [
            part for part in self.asked.part.parts if part.kind is PartKind.YES_NO and part.when is None
        ]
        only = opened and len(yes_nos) == 1
        self.control.show_answer({yes_nos[0].key: "yes"} if only else None)
        self.changed.emit()

    def show_said(self, answer: Any) -> None:
        """Show what was answered earlier; a plain no stays closed."""
        opened = answer is not None and answer != no_of(self.asked.part)
        self.yes.setChecked(opened)
        self.control.setVisible(opened)
        self.control.show_answer(answer if opened else None)

    @property
    def said_yes(self) -> bool:
        """Whether it was not simply no."""
        return self.yes.isChecked()

    @property
    def answer(self) -> Any:
        """Give the plain no, or what was said further; parts nobody spoke of are no."""
        plain = no_of(self.asked.part)
        if not self.yes.isChecked():
            return plain
        said = settled(self.asked.part, self.control.answer)
        return {**plain, **said} if isinstance(plain, dict) and said else said

    def mark(self) -> bool:
        """Show that a yes still wants its details, and tell whether it does."""
        said = self.answer
        wanting = self.yes.isChecked() and (said in (None, [], no_of(self.asked.part)))
        open_ = () if said is None else lacking(self.asked, {self.asked.id: said})
        text.retone(self.head, "refused" if wanting or open_ else "ink")
        if isinstance(self.control, Group):
            self.control.mark(open_)
        return wanting


class Beside(QFrame):
    """What may be measured, seen or agreed to; it opens when it is."""

    opened = Signal(object)

    def __init__(self, asked: Asked, manner: Manner) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        words = manner.say(asked.part.text)
        self.press = Tick(words, manner)
        self.press.clicked.connect(self._press)
        self.control = make(asked.part, manner)
        self.setLayout(column(text.strong(words), self.control, spacing=8, margin=12))
        self.hide()

    def _press(self) -> None:
        opened = self.press.isChecked()
        self.setVisible(opened)
        first = first_in(self.control)
        if opened and first is not None:
            first.setFocus()
            self.opened.emit(self)

    def show_said(self, answer: Any) -> None:
        """Show what was measured or said earlier; of the blood pressure another reading is taken beside it."""
        if answer is None:
            return
        self.press.setChecked(True)
        self.show()
        self.control.show_answer(answer)
        readings = self.readings
        if readings is not None:
            readings.measure_again(answer.get("readings") or ())

    @property
    def readings(self) -> Readings | None:
        """The fields of the blood pressure, where it is taken here."""
        inner = self.control.controls.values() if isinstance(self.control, Group) else ()
        return next((each for each in inner if isinstance(each, Readings)), None)


class QuickCheckPanel(QWidget):
    """The questions of the day for one visit."""

    kept = Signal(object)
    """The visit whose check was kept."""

    def __init__(
        self, counter: Counter, check: QuickCheck, then: str = "", later: Callable[[], object] | None = None
    ) -> None:
        """Name on the button what comes next, such as the beginning of the treatment, if anything does."""
        super().__init__()
        self._counter = counter
        self._check = check
        self._then = then
        self.setAccessibleName(_("Quick check"))
        manner = Manner(check.now, may_judge=check.may_judge)
        self._manner = manner
        asked = [each for each in questionnaire().asked("quick") if each.id in {*check.asks, PRESSURE}]
        asked += questionnaire().asked("staff") if check.may_judge else ()
        self.rows = {each.id: Row(each, manner) for each in asked if each.id not in BESIDES}
        self.besides = {each.id: Beside(each, manner) for each in asked if each.id in BESIDES}
        if "Q14" in self.besides:
            self.besides["Q14"].control.show_answer({"initials": check.initials})
        self.save = primary(manner.word("no_to_all"), self.keep, icon="circle-check")
        self._message = text.label("", tone="refused", wrap=True)
        self._message.hide()
        self._lay_out(later)
        for key, answer in (check.said or {}).items():
            line = self.rows.get(key) or self.besides.get(key)
            if line is not None:
                line.show_said(answer)
        self._name_button()
        self.setFocusProxy(self._first())

    def _first(self) -> QWidget:
        """Where the hands begin: at the next reading where the pressure is measured again, else at the button."""
        measured = self.besides[PRESSURE].readings
        again = PRESSURE in (self._check.said or {})
        return measured.high.line if again and measured is not None else self.save

    def _lay_out(self, later: Callable[[], object] | None) -> None:
        check = self._check
        self._page = Page(margin=18, spacing=10)
        lines = self._page.body
        lines.addWidget(Head(_("Quick check"), check.name, self._counter.hide_panel))
        lines.addWidget(text.soft(self._manner.word("quick_say"), wrap=True))
        stack = column(spacing=0)
        for line in self.rows.values():
            line.changed.connect(self._name_button)
            stack.addWidget(line)
        lines.addLayout(stack)
        if self.besides:
            lines.addWidget(text.caption(self._manner.word("measures")))
            lines.addLayout(Flow(*(beside.press for beside in self.besides.values()), spacing=6))
        for beside in self.besides.values():
            beside.opened.connect(self._bring_up)
            lines.addWidget(beside)
        lines.addStretch(1)
        away = quiet(_("Ask later"), later or self._counter.hide_panel)
        self._foot = QFrame()
        self._foot.setProperty("role", "line")
        along = column(self._message, spacing=8, margin=16)
        along.addLayout(Flow(self.save, away))
        self._foot.setLayout(along)
        self.setLayout(column(self._page, self._foot, spacing=0))

    def minimumSizeHint(self) -> QSize:
        inner = self._page.widget()
        widest = inner.minimumSizeHint().width() if inner is not None else 0
        return QSize(max(widest, self._foot.minimumSizeHint().width()), 0)

    def begin(self) -> None:
        """Put the keys where the hands begin, once it stands in the panel."""
        first = self._first()
        first.setFocus()
        if first is not self.save:
            self._bring_up(self.besides[PRESSURE])

    def _bring_up(self, opened: QWidget) -> None:
        """Let what was opened be seen whole, as soon as it has its place."""
        QTimer.singleShot(0, opened, lambda: self._page.ensureWidgetVisible(opened, 0, 8))

    def _name_button(self) -> None:
        said = any(row.said_yes for row in self.rows.values())
        words = self._manner.word("quick_others" if said else "no_to_all")
        self.save.say(f"{words}, {self._then}" if self._then else words)
        self._message.hide()

    def answers(self) -> dict[str, Any]:
        """Take what was said, with a plain no wherever nothing else was."""
        told = {key: line.answer for key, line in self.rows.items()}
        for key, beside in self.besides.items():
            answer = beside.control.answer if beside.press.isChecked() else None
            if key == "Q14" and not (answer or {}).get("consent"):
                continue  # nobody has agreed to anything by leaving a box empty
            told[key] = answer
        return {key: answer for key, answer in told.items() if answer is not None}

    def keep(self) -> None:
        """Keep the check, unless a yes still wants to be told further."""
        wanting = [line for line in self.rows.values() if line.mark()]
        if wanting:
            self._message.setText(_("Say what the yes is about, or take it back."))
            self._message.show()
            wanting[0].yes.setFocus()
            return
        self.save.setEnabled(False)
        task = partial(
            intake.record, client=self._check.client, kind=ScreeningKind.QUICK, answers=self.answers()
        )
        self._counter.runner.do(task, self._kept, self._refused)

    def _kept(self, _screening: object) -> None:
        self.kept.emit(self._check.appointment)

    def _refused(self, refusal: Refusal) -> None:
        self.save.setEnabled(True)
        self._message.setText(sentence(refusal))
        self._message.show()


def put_up(counter: Counter, panel: QuickCheckPanel) -> None:
    """Put a quick check at the right, with the keys where the hands begin."""
    counter.show_panel(panel)
    QTimer.singleShot(0, panel, panel.begin)


def check_on_arrival(counter: Counter, visit: AppointmentId) -> None:
    """Open the quick check of a client who has just arrived, unless it was asked today."""

    def show(check: QuickCheck) -> None:
        if check.due:
            panel = QuickCheckPanel(counter, check)
            panel.kept.connect(lambda _visit: _said(counter))
            put_up(counter, panel)

    _ask(counter, visit, show, lambda: None)


def check_before(counter: Counter, visit: AppointmentId, go_on: Callable[[], object]) -> None:
    """Ask the quick check of the day before the hands are laid on, then go on."""

    def show(check: QuickCheck) -> None:
        if not check.due:
            go_on()
            return
        panel = QuickCheckPanel(counter, check, _("begin"))

        def kept(_visit: object) -> None:
            _said(counter)
            go_on()

        panel.kept.connect(kept)
        put_up(counter, panel)

    _ask(counter, visit, show, go_on)


def _ask(
    counter: Counter,
    visit: AppointmentId,
    show: Callable[[QuickCheck], object],
    otherwise: Callable[[], object],
) -> None:
    """Look what is to be asked; whoever may not ask is told by the step itself."""
    query = partial(intake.quick_check, appointment=visit)
    counter.runner.ask(query, show, lambda _refusal: otherwise(), latest="today/quick")


def _said(counter: Counter) -> None:
    counter.hide_panel()
    counter.toast(_("The quick check is kept."))
