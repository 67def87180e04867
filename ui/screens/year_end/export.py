"""The fourth step: where the set goes, how far it is, and where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from clinic.values import Money
from clinic.wording import _, money, ngettext
from ui.widgets import buttons, text
from ui.widgets.busy import BusyBar
from ui.widgets.cards import Card, Facts, row
from ui.widgets.fields import Line

if TYPE_CHECKING:
    from clinic.office.year_end import Made
    from ui.runner import Job, Runner


MOST_NAMED = 6


def usual_folder(year: int) -> Path:
    """Propose a folder among the person's documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / _("Year-end {year}").format(year=year)


class ExportStep(QWidget):
    """The folder before, the progress during, the result after."""

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
        self._facts = Facts()
        self._open = buttons.quiet(_("Open the folder"), self._show_folder, icon="folder-open")
        self._open.hide()
        card = Card(_("Where the set goes"))
        line = row(self._folder)
        line.addWidget(buttons.quiet(_("Choose…"), self._choose))
        card.body.addLayout(line)
        card.add(self._explained, self._busy, self._message, self._facts, self._open)
        card.setMaximumWidth(760)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(card)
        lines.addStretch(1)

    @property
    def folder(self) -> Path:
        """The folder named."""
        return Path(self._folder.text().strip())

    def propose(self, year: int, clients: int) -> None:
        """Get ready to write a year."""
        self._folder.setText(str(usual_folder(year)))
        self._message.setText("")
        self._facts.show_facts(())
        self._open.hide()
        self._explained.setText(
            ngettext(
                "One folder for {n} client: the statement, the receipts and every line; beside it the tables of all.",
                "One folder for each of {n} clients: the statement, the receipts and every line; beside them the "
                "tables of all.",
                clients,
            ).format(n=clients),
        )

    def show_job(self, job: Job) -> None:
        """Show how far the writing is."""
        self._message.setText("")
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
        if made.manifest["supersedes"]:
            facts.append((_("Changed since"), self._changed(made.manifest.get("changes", []))))
        self._explained.setText(_("The set is written and lies in {folder}.").format(folder=made.folder))
        self._facts.show_facts(facts)
        self._open.show()

    def _changed(self, changes: list[dict[str, Any]]) -> str:
        """Say for whom the set says something else, a few by name."""
        if not changes:
            return _("nothing")
        named = [
            self.names.get(each["client_id"], _("somebody who is gone")) for each in changes[:MOST_NAMED]
        ]
        more = len(changes) - len(named)
        told = ", ".join(named)
        return (
            ngettext("{told} and {n} more", "{told} and {n} more", more).format(told=told, n=more)
            if more
            else told
        )

    def show_refusal(self, sentence: str) -> None:
        """Say why nothing was written."""
        self._busy.hide()
        self._message.setText(sentence)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where the set goes"), str(self.folder.parent))
        if chosen:
            self._folder.setText(chosen)

    def _show_folder(self) -> None:
        if self._made is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made.folder)))
