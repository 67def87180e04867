"""Backups: the verified copies, a second place for them, and the trial that shows that one can be restored."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QFileDialog

from clinic.office import custody
from clinic.wording import _, moment, ngettext
from clinic.wording.refusals import sentence
from ui.screens.settings.section import Section, listing
from ui.table import Column, Table
from ui.theme import theme
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import quiet
from ui.widgets.cards import Card, Empty, Facts
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clinic.office.custody import Backup, Copied, Copies
    from clinic.values import Progress, Refusal, Trouble

MEGABYTE = 1_000_000


class Backups(Section):
    """What there is, how fresh it is, whether it was ever tried."""

    key: ClassVar[str] = "backups"
    icon: ClassVar[str] = "archive"

    @staticmethod
    def title() -> str:
        return _("Backups")

    def lay_out(self) -> None:
        self._copies: Copies | None = None
        self.facts = Facts()
        self.told = text.label("", wrap=True)
        self.told.hide()
        self.now = quiet(_("Back up now"), self._back_up, icon="archive")
        self.trial = quiet(_("Try to restore the newest"), self._try_newest, icon="shield-check")
        self.check = quiet(_("Check the practice file"), self._check, icon="badge-check")
        how = Card(_("How safe the practice is"))
        how.add(self.facts)
        how.body.addLayout(Flow(self.now, self.trial, self.check))
        how.add(self.told)
        self.place = quiet(_("Choose a folder"), self._choose, icon="folder-open")
        self.no_place = quiet(_("No second place"), self._leave_place)
        self._second = text.soft("", wrap=True)
        where = Card(_("Second place"))
        where.add(self._second)
        where.body.addLayout(Flow(self.place, self.no_place))
        columns: list[Column[Backup]] = [
            Column(_("Made"), lambda row: _when(row.taken_at)),
            Column(_("Number"), lambda row: str(row.sequence), 90, figures=True),
            Column(
                _("Size"), lambda row: _("{n} MB").format(n=f"{row.size / MEGABYTE:.1f}"), 110, figures=True
            ),
        ]
        self.table: Table[Backup] = Table(
            columns,
            name=_("Copies"),
            empty=Empty(_("Copies stand here; one is made by itself every hour in which something changed.")),
            identity=lambda row: row.path,
        )
        self.table.setMinimumHeight(theme.px(240))
        self.table.opened.connect(self._try)
        for card in (how, where, listing(_("Copies on this computer"), self.table)):
            self.body.addWidget(card)

    def reload(self) -> None:
        """Look at what copies there are."""
        desk: Any = self.counter.seat.desk
        self.counter.runner.outside(lambda _progress: custody.copies(desk), self._show)

    def _show(self, copies: Copies) -> None:
        self._copies = copies
        newest = copies.own[0] if copies.own else None
        tried = copies.tried_at
        self.facts.show_facts(
            [
                (_("Newest copy"), _when(newest.taken_at) if newest else _("none yet")),
                (_("Copies kept"), str(len(copies.own))),
                (_("Last tried to restore"), _when(tried) if tried else _("never")),
                (_("Where"), str(copies.folder)),
            ]
        )
        self.trial.setEnabled(newest is not None)
        self.no_place.setVisible(copies.second is not None)
        if copies.second is None:
            said = _(
                "A stick or another disk keeps the practice when this laptop is lost. Copies are encrypted."
            )
        elif copies.second_last is None:
            said = _(
                "{folder}: no copy lies there yet. One is made with the next backup, if it can be reached."
            )
        else:
            said = _("{folder}: the newest copy there is of {when}.")
        last = copies.second_last
        self._second.setText(said.format(folder=copies.second, when=_when(last.taken_at) if last else ""))
        self.table.show_rows(copies.own)

    # What is done

    def _back_up(self) -> None:
        def task(desk: Any, progress: Progress) -> Copied:
            return custody.back_up(desk, progress=progress)

        self.counter.runner.long_do(task, self._backed_up, self._refused, words=_("Backing up"))

    def _backed_up(self, _made: Copied) -> None:
        self._tell(_("A copy was made, read back and checked."))
        self.reload()

    def _try_newest(self) -> None:
        if self._copies is not None and self._copies.own:
            self._try(self._copies.own[0])

    def _try(self, copy: Backup) -> None:
        def task(desk: Any, progress: Progress) -> Sequence[Any]:
            return custody.try_restore(desk, copy.path, progress=progress)

        words = _("Restoring to one side")
        self.counter.runner.long_do(task, self._tried, self._refused, words=words)

    def _tried(self, found: Sequence[Any]) -> None:
        bad = [finding for finding in found if not finding.ok]
        n = len(found)
        if bad:
            self._tell(_("This copy does not pass every check. Make a new one now."), good=False)
        else:
            said = ngettext(
                "Restored to one side and checked: the one check passed.",
                "Restored to one side and checked: all {n} checks passed.",
                n,
            )
            self._tell(said.format(n=n))
        self.reload()

    def _check(self) -> None:
        def task(desk: Any, _progress: Progress) -> Sequence[Any]:
            return custody.verify(desk)

        self.counter.runner.long_do(task, self._checked, self._refused, words=_("Checking"))

    def _checked(self, found: Sequence[Any]) -> None:
        bad = [finding.check for finding in found if not finding.ok]
        if bad:
            said = _("Not in order: {checks}. Restore the last backup; this file is kept.")
            self._tell(said.format(checks=", ".join(bad)), good=False)
        else:
            n = len(found)
            told = ngettext("The one check passed.", "All {n} checks passed.", n)
            self._tell(told.format(n=n))

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Second place for backups"))
        if folder:
            self._put_second(Path(folder))

    def _leave_place(self) -> None:
        self._put_second(None)

    def _put_second(self, folder: Path | None) -> None:
        before = self._copies.second if self._copies else None
        runner = self.counter.runner

        def kept(_done: None) -> None:
            step = Step(
                _("change of the second place"),
                back=lambda: runner.do(partial(custody.choose_second, folder=before), lambda _d: None),
                again=lambda: runner.do(partial(custody.choose_second, folder=folder), lambda _d: None),
            )
            self.counter.toast(_("Second place changed"), step)

        runner.do(partial(custody.choose_second, folder=folder), kept, self._refused)

    def _refused(self, refusal: Refusal | Trouble) -> None:
        self._tell(sentence(refusal), good=False)

    def _tell(self, words: str, *, good: bool = True) -> None:
        text.retone(self.told, "accent" if good else "refused")
        self.told.setText(words)
        self.told.show()


def _when(at: datetime) -> str:
    return moment(at.replace(tzinfo=None))
