"""Diagnosis codes: the releases known here, and a newer one loaded from the official file."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QFileDialog

from clinic.office import code_releases
from clinic.wording import _, day, ngettext
from clinic.wording.refusals import sentence
from ui.screens.settings.section import Section
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import Card, Facts
from ui.widgets.dates import DayLine
from ui.widgets.fields import Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from clinic.office.code_releases import Known, Loaded
    from clinic.values import Progress, Refusal

YEAR = re.compile(r"20\d\d")
OCTOBER = 10
"""A release of a fiscal year holds from October 1 of the year before."""


class Codes(Section):
    """Which codes a letter may name, and since when."""

    key: ClassVar[str] = "codes"
    icon: ClassVar[str] = "activity"

    @staticmethod
    def title() -> str:
        return _("Diagnosis codes")

    def lay_out(self) -> None:
        self._file: Path | None = None
        self._known: Known | None = None
        said = _(
            "A letter keeps the codes it was signed with. A newer release adds codes and ends others; "
            "those that ended stay readable."
        )
        self.body.addWidget(text.soft(said, wrap=True))
        self.facts = Facts([])
        there = Card(_("Releases"))
        there.add(self.facts)
        self.out = quiet(_("Take the newest out again"), self._take_out)
        self.out.hide()
        there.body.addLayout(Flow(self.out))
        self.choose = quiet(_("Choose the order file"), self._choose, icon="upload")
        self._chosen = text.soft(
            _("The file whose name begins with icd10cm_order, as CMS publishes it each year."), wrap=True
        )
        self.name = Line(hint="FY 2027")
        self.since = DayLine(date.today())  # noqa: DTZ011 - for the typing of days only
        self.form = Form(2)
        self.form.add("name", _("Release"), self.name)
        self.form.add("since", _("Holds from"), self.since)
        self.load = primary(_("Load this release"), self._load)
        new = Card(_("A newer release"))
        new.add(self._chosen)
        new.body.addLayout(Flow(self.choose))
        new.add(self.form)
        new.body.addLayout(Flow(self.load))
        self.body.addWidget(there)
        self.body.addWidget(new)
        new.setVisible(self.counter.seat.allows("practice_change"))
        self._suit()

    def reload(self) -> None:
        """Show the releases known now."""
        self.counter.runner.ask(code_releases.known, self._show, latest="settings/codes")

    def _show(self, known: Known) -> None:
        self._known = known
        facts = [(known.shipped, _("came with the program"))]
        facts += [(each.name, _told(each)) for each in known.loaded]
        self.facts.show_facts(facts)
        self.out.setVisible(bool(known.loaded) and self.counter.seat.allows("practice_change"))

    def _suit(self) -> None:
        self.form.setVisible(self._file is not None)
        self.load.setVisible(self._file is not None)

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Choose the order file"), "", _("Order file (*.txt)")
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, file: Path) -> None:
        """Take a file, and propose what its name says of the release."""
        self._file = file
        self._chosen.setText(file.name)
        year = YEAR.search(file.name)
        if year is not None:
            self.name.setText(_("FY {year}").format(year=year[0]))
            self.since.set_day(date(int(year[0]) - 1, OCTOBER, 1))
        self.form.clear_messages()
        self._suit()

    def _load(self) -> None:
        file, since = self._file, self.since.day
        if since is None:
            self.form.refuse("since", _("Type a day, such as oct 1 2026."))
            return
        if file is None:
            return
        self.load.setEnabled(False)
        name = self.name.text()

        def load(desk: Any, _progress: Progress) -> Loaded:
            return code_releases.load_file(desk, file, name=name, since=since)

        self.counter.runner.long_do(load, self._loaded, self._refused, words=_("Loading the codes"))

    def _loaded(self, loaded: Loaded) -> None:
        file, self._file = self._file, None
        self.load.setEnabled(True)
        self._chosen.setText(_("Letters can name its codes now."))
        self._suit()
        self.reload()
        runner, last = self.counter.runner, [loaded]

        def back() -> None:
            words = _("Taking the codes out")
            runner.long_do(partial(_unload, release=last[0].id), lambda _done: self.reload(), words=words)

        def again() -> None:
            if file is not None:
                task = partial(_load_again, file=file, loaded=loaded)
                runner.long_do(task, lambda new: last.__setitem__(0, new), words=_("Loading the codes"))

        step = Step(_("loading of codes"), back=back, again=again)
        self.counter.toast(
            _("{release} is loaded, {what}").format(release=loaded.name, what=_told(loaded)), step
        )

    def _take_out(self) -> None:
        if self._known is not None and self._known.loaded:
            task = partial(_unload, release=self._known.loaded[-1].id)
            self.counter.runner.long_do(task, self._taken_out, self._refused, words=_("Taking the codes out"))

    def _taken_out(self, _done: None) -> None:
        self.reload()
        self.counter.toast(_("The release is taken out; letters keep the codes they name"))

    def _refused(self, refusal: Refusal) -> None:
        self.load.setEnabled(True)
        self.form.refuse(refusal.at, sentence(refusal))


def _told(loaded: Loaded) -> str:
    """Say from when a release holds, and what it changed."""
    new = ngettext("{n} new code", "{n} new codes", loaded.added).format(n=f"{loaded.added:,}")
    gone = ngettext("{n} ended", "{n} ended", loaded.ended).format(n=f"{loaded.ended:,}")
    return _("from {day}: {new}, {gone}").format(day=day(loaded.since), new=new, gone=gone)


def _unload(desk: Any, _progress: Progress, *, release: str) -> None:
    code_releases.unload(desk, release)


def _load_again(desk: Any, _progress: Progress, *, file: Path, loaded: Loaded) -> Loaded:
    return code_releases.load_file(desk, file, name=loaded.name, since=loaded.since)
