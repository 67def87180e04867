"""The rule book: every rule of the screening, what it asks for, and what the owner has made stricter or put off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from clinic.office import rules
from clinic.wording import _, ngettext
from clinic.wording.flags import severity
from clinic.wording.refusals import sentence
from ui.screens.settings.leave import Gate
from ui.screens.settings.rule import RulePanel
from ui.screens.settings.section import Section, listing
from ui.table import Column, Table
from ui.theme import theme
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import Segments
from ui.widgets.cards import Card, Empty, row
from ui.widgets.fields import Choice, Search
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from clinic.office.rules import Before, Book, Row
    from clinic.values import Refusal

WEEKS, AGES = range(10, 17), range(10, 19)
NARROW = ((1, 700), (2, 460))


class Rules(Section):
    """What the rule book says, and what holds in this practice."""

    key: ClassVar[str] = "rules"
    icon: ClassVar[str] = "stethoscope"

    @staticmethod
    def title() -> str:
        return _("Rules of the screening")

    def lay_out(self) -> None:
        self._book: Book | None = None
        self.strict = Tick(
            _("Put off the visit, instead of adapting it, for everything on the founding list")
        )
        self.strict.clicked.connect(self._be_strict)
        self.weeks = Choice([(_("As in the rule book"), None), *((str(n), n) for n in WEEKS)])
        self.weeks.setAccessibleName(_("Weeks after which the first trimester ends"))
        self.weeks.activated.connect(lambda _at: self._end_trimester())
        ages = [(_("As in the rule book"), None), *((str(n), n) for n in AGES)]
        self.in_room, self.on_premises = Choice(ages), Choice(ages)
        self._refusal = text.label("", "caption", "refused", wrap=True)
        self._refusal.hide()
        whole = Card(_("For the whole practice"))
        founding = _(
            "Fever, contagious disease, blood clots, pregnancy, kidney or liver conditions, cancer, inflammation,"
            " blood pressure out of control."
        )
        whole.add(self.strict, text.soft(founding, wrap=True))
        ending = row(text.label(_("Weeks after which the first trimester ends"), wrap=True), self.weeks)
        ending.setStretch(0, 1)
        whole.body.addLayout(ending)
        for said, box in (
            (_("A guardian is in the room with anybody under"), self.in_room),
            (_("A guardian is on the premises with anybody under"), self.on_premises),
        ):
            box.setAccessibleName(said)
            box.activated.connect(lambda _at: self._guard_minors())
            line = row(text.label(said, wrap=True), box)
            line.setStretch(0, 1)
            whole.body.addLayout(line)
        whole.add(self._refusal)
        self.search = Search(_("Condition or rule"))
        self.search.setMaximumWidth(theme.px(220))
        self.search.textChanged.connect(lambda _typed: self._narrowed())
        self.parts = Segments([("all", _("All")), ("changed", _("Changed here"))], _("Which rules"))
        self.parts.switched.connect(lambda _part: self._narrowed())
        columns: list[Column[Row]] = [
            Column(
                _("Rule"),
                lambda row: row.condition,
                weight="semibold",
                under=lambda row: row.trigger,
                tone=lambda row: "soft_ink" if row.off else "ink",
                sort=lambda row: row.condition,
            ),
            Column(_("Asks for"), _asks, 210, tone="soft_ink"),
            Column(_("Here"), _here, 150, tone="accent"),
        ]
        self.table: Table[Row] = Table(
            columns,
            name=_("Rules"),
            empty=Empty(_("No rule is named like this.")),
            identity=lambda row: row.id,
        )
        self.table.setMinimumHeight(theme.px(420))
        self.table.opened.connect(self._open)
        self._many = text.caption("", wrap=True)
        self.body.addWidget(Gate(self.leave, self.counter))
        self.body.addWidget(whole)
        self.body.addWidget(listing(_("The rule book"), self.table, self.parts, self.search), 1)
        self.body.addWidget(self._many)
        self.leave.changed.connect(self._allow)

    def reload(self) -> None:
        """Show the rule book."""
        self.counter.runner.ask(rules.book, self._show, latest="settings/rules")

    def _show(self, book: Book) -> None:
        self._book = book
        self.strict.setChecked(book.strict)
        self.weeks.choose(book.first_trimester_ends)
        self.in_room.choose(book.guardian_in_room_under)
        self.on_premises.choose(book.guardian_on_premises_under)
        reviewed = sum(row.reviewed for row in book.rows)
        n = len(book.rows)
        said = ngettext(
            "Edition {edition}, one rule, {reviewed} reviewed by a clinician. Every change is kept with its reason.",
            "Edition {edition}, {n} rules, {reviewed} reviewed by a clinician. Every change is kept with its reason.",
            n,
        )
        self._many.setText(said.format(edition=book.version, n=n, reviewed=reviewed))
        self._allow()
        self._narrowed()

    def _allow(self) -> None:
        given = self.leave.given and self._book is not None and self._book.may_change
        self.strict.setEnabled(given)
        for box in (self.weeks, self.in_room, self.on_premises):
            box.setEnabled(given)

    def _narrowed(self) -> None:
        """Show the rules that are looked for."""
        typed = self.search.text().strip().casefold()
        changed = self.parts.chosen == "changed"
        self.table.show_rows(
            tuple(
                row
                for row in (self._book.rows if self._book else ())
                if (typed in f"{row.condition} {row.id} {row.trigger}".casefold())
                and (not changed or row.off or row.tightened_to is not None)
            )
        )

    def _open(self, row: Row) -> None:
        if self._book is not None:
            panel = RulePanel(self.counter, self.leave, row, may_change=self._book.may_change)
            panel.asked.connect(self._do)
            self.counter.show_panel(panel)

    def _be_strict(self, strict: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._do(partial(rules.be_strict, strict=strict))

    def _end_trimester(self) -> None:
        self._do(partial(rules.end_first_trimester, weeks=self.weeks.currentData()))

    def _guard_minors(self) -> None:
        ages = {"in_room": self.in_room.currentData(), "on_premises": self.on_premises.currentData()}
        self._do(partial(rules.guard_minors, **ages))

    def _do(self, change: Callable[..., Before]) -> None:
        self._refusal.hide()
        self.counter.runner.do(
            partial(change, reason=self.leave.reason), partial(self._done, change), self._refused
        )

    def _done(self, change: Callable[..., Before], before: Before) -> None:
        runner, reason = self.counter.runner, self.leave.reason
        step = Step(
            _("change of the rules"),
            back=lambda: runner.do(partial(rules.put_back, before=before, reason=reason), _nothing),
            again=lambda: runner.do(partial(change, reason=reason), _nothing),
        )
        self.counter.hide_panel()
        self.counter.toast(_("Rules changed. Visits ahead are judged again."), step)

    def _refused(self, refusal: Refusal) -> None:
        self._refusal.setText(sentence(refusal))
        self._refusal.show()
        self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for at, least in NARROW:
            self.table.view.setColumnHidden(at, self.width() < theme.px(least))


def _asks(row: Row) -> str:
    """Say from the least to the gravest what a rule may ask for."""
    named = [severity(name) for name in row.severities if name != "S0"]
    if not named:
        return _("a note")
    return (
        named[0] if len(named) == 1 else _("{least} to {gravest}").format(least=named[0], gravest=named[-1])
    )


def _here(row: Row) -> str:
    if row.off:
        return _("switched off")
    return severity(row.tightened_to) if row.tightened_to is not None else ""


def _nothing(_answer: Any) -> None:
    """Wait for no answer: what was touched is shown by itself."""
