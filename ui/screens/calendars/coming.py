"""Taking a calendar in: whose time it is, what becomes of each entry, and then all of it at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from clinic.office import calendar_import, practice
from clinic.office.calendar_import import Fate, Into
from clinic.values import TREATING, Refusal
from clinic.wording import _, clock, ngettext, short_day
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.table import Column, Table
from ui.theme import theme
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import Segments, primary, quiet
from ui.widgets.cards import Empty, column
from ui.widgets.fields import Choice
from ui.widgets.forms import Form
from ui.widgets.painting import Mark

if TYPE_CHECKING:
    from clinic.office.calendar_import import Entry, TakenIn
    from clinic.office.practice import Colleague, Offer, Place
    from clinic.values import Progress, Trouble
    from ui.screen import Counter

BLOCKS, VISITS = "blocks", "visits"
MARKS = {
    Fate.NEW: Mark("plus", "accent", "accent_tint"),
    Fate.THERE: Mark("check", "soft_ink", "sunken"),
    Fate.REFUSED: Mark("x", "info", "info_on"),
    Fate.NO_CLIENT: Mark("user", "info", "info_on"),
}


def _who(work: Any) -> tuple[tuple[Colleague, ...], tuple[Place, ...], tuple[Offer, ...]]:
    return practice.colleagues(work), practice.rooms(work), practice.treatments(work)


class CalendarIn(QWidget):
    """Asks whose time a file speaks of, and shows what would come."""

    def __init__(self, counter: Counter, file: Path) -> None:
        super().__init__()
        self._counter, self._file = counter, file
        self.kind = Segments(((BLOCKS, _("As blocks")), (VISITS, _("As visits"))), _("What the entries are"))
        self.kind.switched.connect(lambda _kind: self._look())
        self.whose, self.treatment = Choice(), Choice()
        self._form = Form()
        self._form.add("whose", _("Whose time"), self.whose)
        self._treatment = self._form.add("treatment", _("Treatment"), self.treatment)
        self._told = text.soft("", wrap=True)
        self.entries: Table[Entry] = Table(
            (
                Column(_("When"), _when, 112, under=_until),
                Column(_("Entry"), lambda entry: entry.title or _("Without a title"), under=said),
                Column("", lambda _entry: "", 36, mark=lambda entry: MARKS.get(entry.fate)),
            ),
            name=_("Entries of the file"),
            empty=Empty(_("The file has no entries."), icon="calendar"),
            identity=lambda entry: entry.row,
        )
        self.entries.setMinimumSize(theme.px(360), theme.px(260))
        self.take = primary(_("Take them in"), self._take)
        self.take.setEnabled(False)
        head = Head(_("Calendar taken in"), file.name, counter.hide_panel)
        lines = column(head, self.kind, self._form, self._told, spacing=12, margin=18)
        lines.addWidget(self.entries, 1)
        lines.addWidget(self.take)
        lines.addWidget(quiet(_("Leave it"), counter.hide_panel))
        self.setLayout(lines)
        self.setAccessibleName(_("Calendar taken in"))
        self.setFocusProxy(self.whose)
        counter.runner.ask(_who, self._offer)

    @classmethod
    def choose(cls, parent: QWidget, counter: Counter) -> CalendarIn | None:
        """Let the person choose a file."""
        chosen, _kind = QFileDialog.getOpenFileName(
            parent, _("Choose a calendar"), "", _("Calendars (*.ics *.ical)")
        )
        return cls(counter, Path(chosen)) if chosen else None

    @property
    def into(self) -> Into:
        """Where the entries go."""
        staff, room = self.whose.currentData() or (None, None)
        treatment = self.treatment.currentData() if self.kind.chosen == VISITS else None
        return Into(staff, room, treatment)

    def _offer(self, found: tuple[tuple[Colleague, ...], tuple[Place, ...], tuple[Offer, ...]]) -> None:
        people, rooms, offers = found
        treating = [each for each in people if each.role in TREATING]
        choices: list[tuple[str, object]] = [(each.name, (each.id, None)) for each in treating]
        choices += [(each.name, (None, each.id)) for each in rooms]
        self.whose.offer([*choices, (_("The whole practice"), (None, None))])
        self.treatment.offer([(f"{each.name}, {each.minutes} min", each.id) for each in offers])
        self.whose.currentIndexChanged.connect(lambda _at: self._look())
        self.treatment.currentIndexChanged.connect(lambda _at: self._look())
        self._look()

    def _look(self) -> None:
        """Ask what would become of the entries."""
        self._treatment.setVisible(self.kind.chosen == VISITS)
        self.take.setEnabled(False)
        self._counter.runner.outside(
            partial(_preview, self._counter.seat.desk, self._file, self.into), self._show, self._refused
        )

    def _show(self, entries: tuple[Entry, ...]) -> None:
        self._form.clear_messages()
        self.entries.show_rows(entries)
        new = sum(entry.fate is Fate.NEW for entry in entries)
        others = len(entries) - new
        taken = ngettext("{n} entry comes in", "{n} entries come in", new).format(n=new)
        left = ngettext("{n} stays out", "{n} stay out", others).format(n=others)
        self._told.setText(_("{taken}, {left}.").format(taken=taken, left=left) if others else f"{taken}.")
        self.take.setEnabled(bool(new))
        self.take.say(ngettext("Take {n} entry in", "Take {n} entries in", new).format(n=new))

    def _take(self) -> None:
        self.take.setEnabled(False)
        self._counter.runner.long_do(
            partial(_take_in, file=self._file, into=self.into),
            self._taken,
            self._refused,
            words=_("Taking a calendar in"),
        )

    def _taken(self, taken: TakenIn) -> None:
        runner = self._counter.runner
        self._counter.hide_panel()
        many = len(taken.blocks) + len(taken.visits)
        said_ = ngettext("{n} entry was taken in.", "{n} entries were taken in.", many).format(n=many)
        back = partial(calendar_import.take_back, taken=taken)
        self._counter.toast(said_, Step(_("calendar taken in"), lambda: runner.do(back, lambda _done: None)))

    def _refused(self, said_no: Refusal | Trouble) -> None:
        self.entries.show_rows(())
        self._told.setText("")
        self._form.refuse(None, sentence(said_no))


def _when(entry: Entry) -> str:
    return short_day(entry.begins.date())


def _until(entry: Entry) -> str:
    return _("whole days") if entry.begins.time() == entry.ends.time() else clock(entry.begins)


def said(entry: Entry) -> str:
    """Say what becomes of an entry."""
    if entry.fate is Fate.REFUSED:
        return sentence(Refusal(entry.code))
    if entry.in_the_way:
        lie = ngettext("{n} visit lies on it", "{n} visits lie on it", entry.in_the_way)
        return lie.format(n=entry.in_the_way)
    return {
        Fate.NEW: _("comes back") if entry.repeats else _("comes in"),
        Fate.THERE: _("is there already"),
        Fate.OVER: _("is over"),
        Fate.CALLED_OFF: _("was called off"),
        Fate.NO_CLIENT: _("no client of this name"),
    }[entry.fate]


def _preview(desk: Any, file: Path, into: Into, _progress: Progress) -> tuple[Entry, ...]:
    return calendar_import.preview(desk, file, into)


def _take_in(desk: Any, _progress: Progress, *, file: Path, into: Into) -> TakenIn:
    return calendar_import.take_in(desk, file, into)
