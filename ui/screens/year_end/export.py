"""The fourth step: where the set goes, how far it is, and where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from clinic.values import Money
from clinic.wording import _, money, ngettext
from ui.widgets import buttons, text
from ui.widgets.busy import BusyBar
from ui.widgets.cards import Card, Facts, row
from ui.widgets.fields import Line
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from clinic.office.year_end import Made
    from ui.runner import Job, Runner


MOST_NAMED = 6


def _clients(n: int) -> str:
    return ngettext("{n} client", "{n} clients", n).format(n=f"{n:,}")


def _said(change: dict[str, Any]) -> str:
    """Say what changed for a client: one of the index's columns a line."""
    if change["what"] != "changed":
        return {"new": _("new in the set"), "gone": _("no longer in the set")}[change["what"]]
    return "\n".join(
        _("{what}: {before} → {now}").format(what=_column(name), before=before, now=now)
        for name, (before, now) in change["columns"].items()
    )


def _column(name: str) -> str:
    return {
        "lines": _("Lines"),
        "client_paid": _("Paid"),
        "marked_personal": _("Documented, own money"),
        "marked_hsa_fsa": _("Documented, HSA or FSA"),
        "not_marked": _("Not documented"),
        "prepaid_open": _("Prepaid, open"),
        "refunds_prior_year": _("Paid back of earlier years"),
        "letters": _("Letters"),
        "exceptions": _("Exceptions"),
    }[name]


def usual_folder(year: int) -> Path:
    """Propose a folder among the person's documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / _("Year-end {year}").format(year=year)


class ExportStep(QWidget):
    """The folder before, the progress during, the result after."""

    thrown_away = Signal()
    """Somebody wants nothing of the run that was stopped."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._folder = Line()
        self._folder.setAccessibleName(_("Folder"))
        self._made: Made | None = None
        self.names: dict[str, str] = {}
        """How clients are called, to say for whom a set changed."""
        self._explained = text.soft("", wrap=True)
        self._busy = BusyBar(runner)
        self._busy.hide()
        self._message = text.label("", tone="refused", wrap=True)
        self._paused = text.label("", wrap=True)
        self._facts = Facts()
        self._open = buttons.quiet(_("Open the folder"), self._show_folder, icon="folder-open")
        self.throw = buttons.quiet(_("Throw away what is finished"), self.thrown_away.emit)
        self._changes, self._news = Facts(), Card(_("Changed since the set before"))
        self._news.add(self._changes)
        card = Card(_("Where the set goes"))
        line = row(self._folder)
        line.addWidget(buttons.quiet(_("Choose…"), self._choose))
        card.body.addLayout(line)
        card.add(self._explained, self._busy, self._message, self._paused, self._facts)
        card.body.addLayout(Flow(self._open, self.throw))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(16)
        for each in (card, self._news):
            each.setMaximumWidth(760)
            lines.addWidget(each)
        lines.addStretch(1)
        self._clear()

    @property
    def folder(self) -> Path:
        """The folder named."""
        return Path(self._folder.text().strip())

    def propose(self, year: int, clients: int) -> None:
        """Get ready to write a year."""
        self._folder.setText(str(usual_folder(year)))
        self._clear()
        self._explained.setText(
            ngettext(
                "One folder for {n} client: the statement, the receipts and every line; beside it the tables of all.",
                "One folder for each of {n} clients: the statement, the receipts and every line; beside them the "
                "tables of all.",
                clients,
            ).format(n=clients),
        )

    def _clear(self) -> None:
        self._facts.show_facts(())
        for each in (self._message, self._paused, self._open, self.throw, self._news):
            each.hide()

    def show_stopped(self, finished: int) -> None:
        """Say what a run that was stopped leaves: the set of before, and aside of it what is finished."""
        self._busy.hide()
        self.throw.setVisible(bool(finished))
        self._paused.show()
        there = _("What was in the folder before is there unchanged.")
        if not finished:
            self._paused.setText(f"{_('Stopped. Nothing of this set is kept.')} {there}")
            return
        self._paused.setText(
            ngettext(
                "Stopped. The papers of {n} client are finished and kept aside; going on does not make them again.",
                "Stopped. The papers of {n} clients are finished and kept aside; going on does not make them "
                "again.",
                finished,
            ).format(n=f"{finished:,}")
            + f" {there}"
        )

    def show_job(self, job: Job) -> None:
        """Show how far the writing is."""
        self._clear()
        self._busy.show_job(job)
        self._busy.show()

    def show_made(self, made: Made) -> None:
        """Say where the set lies, and which one it took the place of."""
        self._made = made
        self._busy.hide()
        totals = made.manifest["totals"]
        facts = [
            (_("Clients"), str(made.manifest["clients"])),
            (_("Files"), str(len(made.manifest["files"]) + 1)),
            (_("Paid by clients"), money(Money.of(totals["client_paid"]))),
            (
                _("Documented under a letter"),
                money(Money.of(totals["marked_personal"]) + Money.of(totals["marked_hsa_fsa"])),
            ),
            (_("Takes the place of"), _("an earlier set") if made.manifest["supersedes"] else _("nothing")),
        ]
        if made.again:
            facts.append((_("Finished by the run before"), _clients(made.again)))
        self._explained.setText(_("The set is written and lies in {folder}.").format(folder=made.folder))
        self._facts.show_facts(facts)
        self._open.show()
        if made.manifest["supersedes"]:
            self._show_changes(made.manifest.get("changes", []))

    def _show_changes(self, changes: list[dict[str, Any]]) -> None:
        """Say for whom the set says something else than the one before, and what; a few by name."""
        said = [
            (self.names.get(each["client_id"], _("Somebody who is gone")), _said(each))
            for each in changes[:MOST_NAMED]
        ]
        if (more := len(changes) - len(said)) > 0:
            said.append((_("And others"), _clients(more)))
        self._changes.show_facts(said or [(_("Nothing"), _("Everybody's figures are the same."))])
        self._news.show()

    def show_refusal(self, sentence: str) -> None:
        """Say why nothing was written."""
        self._busy.hide()
        self._message.setText(sentence)
        self._message.show()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where the set goes"), str(self.folder.parent))
        if chosen:
            self._folder.setText(chosen)

    def _show_folder(self) -> None:
        if self._made is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made.folder)))
