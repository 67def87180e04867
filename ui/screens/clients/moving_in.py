"""Clients brought from another program: what their list says, who would come, and then all of them at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from clinic.office import moving_in
from clinic.office.moving_in import TAKEN_ON, Column, DayOrder, Fate
from clinic.wording import _, ngettext
from clinic.wording import newcomers as words
from clinic.wording.refusals import sentence
from ui import table
from ui.panel import Head
from ui.theme import theme
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import Segments, primary, quiet
from ui.widgets.cards import Empty, column
from ui.widgets.fields import Choice
from ui.widgets.flow import Flow
from ui.widgets.forms import Form
from ui.widgets.painting import Mark

if TYPE_CHECKING:
    from clinic.office.moving_in import Entry, Looked, TakenBack, TakenOn
    from clinic.values import Progress, Refusal, Trouble
    from ui.screen import Counter

LISTS = "*.csv *.tsv *.txt"
MARKS = {
    Fate.NEW: Mark("plus", "accent", "accent_tint"),
    Fate.NAMESAKE: Mark("users", "accent", "accent_tint"),
    Fate.THERE: Mark("check", "soft_ink", "sunken"),
    Fate.TWICE: Mark("copy", "soft_ink", "sunken"),
    Fate.REFUSED: Mark("x", "info", "info_on"),
}
LONGEST = 80
"""Letters of the heading that are shown where none of its words is known."""
LOOKED_AT_FIRST = (Fate.REFUSED, Fate.NAMESAKE, Fate.TWICE, Fate.THERE, Fate.NEW)
"""What somebody should look at stands above what goes well."""


class MovingIn(QWidget):
    """Shows what becomes of each row of a list, and lets its columns be named where the guess is wrong."""

    def __init__(self, counter: Counter, file: Path) -> None:
        super().__init__()
        self._counter, self._file = counter, file
        self._looked: Looked | None = None
        self.told = text.soft("", wrap=True)
        self.order = Segments(
            ((DayOrder.MONTH.value, _("Month first")), (DayOrder.DAY.value, _("Day first"))),
            _("How days are written"),
        )
        self.order.switched.connect(lambda _key: self._look_again())
        self.order.hide()
        self.form = Form(columns=2)
        self.columns: dict[Column, Choice] = {}
        self.unfold = quiet(_("Choose the columns"), self._unfold)
        self.form.hide()
        self.entries: table.Table[Entry] = table.Table(
            (
                table.Column(_("Row"), lambda entry: f"{entry.row:,}", 64, figures=True),
                table.Column(_("Client"), lambda entry: entry.name, under=said),
                table.Column("", lambda _entry: "", 36, mark=lambda entry: MARKS[entry.fate]),
            ),
            name=_("Rows of the list"),
            empty=Empty(_("Nobody is found in the list yet."), icon="users"),
            identity=lambda entry: entry.row,
        )
        self.entries.setMinimumSize(theme.px(360), theme.px(260))
        self.take = primary(_("Take them on"), self._take)
        self.take.setEnabled(False)
        self.aside = quiet(_("Keep the others in a table"), self._put_aside)
        self.aside.hide()
        head = Head(_("Clients from another program"), file.name, counter.hide_panel)
        lines = column(head, self.told, self.order, self.unfold, self.form, spacing=12, margin=18)
        lines.addWidget(self.entries, 1)
        lines.addLayout(Flow(self.take, self.aside, quiet(_("Leave it"), counter.hide_panel)))
        self.setLayout(lines)
        self.setAccessibleName(_("Clients from another program"))
        self.setFocusProxy(self.take)
        self._look()

    @classmethod
    def choose(cls, parent: QWidget, counter: Counter) -> MovingIn | None:
        """Let the person choose a file."""
        kinds = _("Lists of people ({endings})").format(endings=LISTS)
        chosen, _kind = QFileDialog.getOpenFileName(parent, _("Choose a list of clients"), "", kinds)
        return cls(counter, Path(chosen)) if chosen else None

    def _look(self, chosen: dict[Column, int] | None = None, order: DayOrder | None = None) -> None:
        """Ask what would become of the rows."""
        self.take.setEnabled(False)
        desk: Any = self._counter.seat.desk
        task = partial(moving_in.look, desk, self._file, columns=chosen, order=order)
        self._counter.runner.outside(lambda _progress: task(), self._show, self._refused)

    def _look_again(self) -> None:
        self._look(self._chosen(), DayOrder(self.order.chosen))

    def _chosen(self) -> dict[Column, int]:
        return {
            which: at for which, choice in self.columns.items() if isinstance(at := choice.currentData(), int)
        }

    def _show(self, looked: Looked) -> None:
        self._looked = looked
        self.form.clear_messages()
        self._offer(looked)
        rank = {fate: at for at, fate in enumerate(LOOKED_AT_FIRST)}
        self.entries.show_rows(sorted(looked.entries, key=lambda entry: (rank[entry.fate], entry.row)))
        coming, bad = looked.count(*TAKEN_ON), looked.count(Fate.REFUSED)
        self.told.setText(_told(looked))
        self.take.setEnabled(bool(coming))
        self.take.say(ngettext("Take {n} client on", "Take {n} clients on", coming).format(n=f"{coming:,}"))
        self.aside.setVisible(bool(bad))

    def _offer(self, looked: Looked) -> None:
        """Show how the list is read; where no column holds a name, that is the first thing to say."""
        self.order.choose(looked.order.value)
        self.order.setVisible(Column.BORN in looked.columns)
        if not self.columns:
            nothing = (_("Not in the list"), None)
            headings = [
                (heading or _("Column {n}").format(n=at + 1), at) for at, heading in enumerate(looked.heading)
            ]
            for which in Column:
                choice = Choice((nothing, *headings))
                choice.choose(looked.columns.get(which))
                choice.currentIndexChanged.connect(lambda _at: self._look_again())
                self.columns[which] = choice
                self.form.add(which.value, words.column(which.value), choice)
        if not looked.entries:
            self._unfold()

    def _unfold(self) -> None:
        self.form.show()
        self.unfold.hide()

    def _take(self) -> None:
        self.take.setEnabled(False)
        task = partial(_take_on, file=self._file, columns=self._chosen(), order=DayOrder(self.order.chosen))
        self._counter.runner.long_do(task, self._taken, self._refused, words=_("Taking clients on"))

    def _taken(self, taken: TakenOn) -> None:
        runner = self._counter.runner
        self._counter.hide_panel()
        many = len(taken.clients)
        on_file = ngettext("{n} client was taken on.", "{n} clients were taken on.", many).format(
            n=f"{many:,}"
        )
        back = partial(moving_in.take_back, taken=taken.clients)
        step = Step(_("clients taken on"), lambda: runner.do(back, self._taken_back))
        self._counter.toast(on_file, step)

    def _taken_back(self, done: TakenBack) -> None:
        if done.staying:
            stay = ngettext(
                "{n} client stays: something was entered for them since.",
                "{n} clients stay: something was entered for them since.",
                done.staying,
            )
            self._counter.toast(stay.format(n=f"{done.staying:,}"))

    def _put_aside(self) -> None:
        """Write the rows that can't be clients into a table, to be mended there and brought again."""
        suggested = str(self._file.with_name(_("to mend") + f" {self._file.stem}.csv"))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Keep the rows to mend"), suggested, _("Table (*.csv)")
        )
        if chosen and self._looked is not None:
            desk: Any = self._counter.seat.desk
            task = partial(moving_in.put_aside, desk, self._file, self._looked, Path(chosen))
            self._counter.runner.outside(lambda _progress: task(), self._kept, self._refused)

    def _kept(self, many: int) -> None:
        kept = ngettext("{n} row is kept in the table.", "{n} rows are kept in the table.", many)
        self._counter.toast(kept.format(n=f"{many:,}"))

    def _refused(self, said_no: Refusal | Trouble) -> None:
        self.entries.show_rows(())
        self.told.setText("")
        self.form.show()
        self.form.refuse(None, sentence(said_no))


def _told(looked: Looked) -> str:
    """Say in one line how many come, and why the others stay out."""
    coming, there = looked.count(*TAKEN_ON), looked.count(Fate.THERE, Fate.TWICE)
    bad = looked.count(Fate.REFUSED)
    if not looked.entries:
        first = ", ".join(heading for heading in looked.heading if heading)
        return _("The first row is taken for the heading: {first}. Say which columns hold the names.").format(
            first=first if len(first) <= LONGEST else f"{first[:LONGEST]}…"
        )
    parts = [
        ngettext("{n} client comes", "{n} clients come", coming).format(n=f"{coming:,}"),
    ]
    if there:
        told = ngettext("{n} is there already", "{n} are there already", there)
        parts.append(told.format(n=f"{there:,}"))
    if bad:
        told = ngettext("{n} can't be a client as it stands", "{n} can't be clients as they stand", bad)
        parts.append(told.format(n=f"{bad:,}"))
    return ", ".join(parts) + "."


def said(entry: Entry) -> str:
    """Say what becomes of a row."""
    if entry.faults:
        return moving_in.reason(entry)
    return {
        Fate.NEW: _("comes"),
        Fate.NAMESAKE: _("comes; somebody else has this name"),
        Fate.THERE: _("is on file already"),
        Fate.TWICE: _("stands further up in the list"),
    }[entry.fate]


def _take_on(
    desk: Any, _progress: Progress, *, file: Path, columns: dict[Column, int], order: DayOrder
) -> TakenOn:
    return moving_in.take_on(desk, file, columns=columns, order=order, leave_out=True)
