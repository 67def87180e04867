"""Writing calendars for other programs: how much they show, and where they go."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic.office import calendars
from clinic.office.calendars import Titles
from clinic.wording import _, ngettext
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.widgets import text
from ui.widgets.buttons import Segments, primary, quiet
from ui.widgets.cards import column
from ui.widgets.fields import Line
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from clinic.office.calendars import Out
    from clinic.values import Progress, Refusal, Trouble
    from ui.screen import Counter


def usual_folder() -> Path:
    """Propose a folder among the person's documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / _("Calendars")


class CalendarsOut(QWidget):
    """Asks what the entries are called and where the files go."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self.titles = Segments(
            ((Titles.BUSY, _("Busy")), (Titles.INITIALS, _("Initials")), (Titles.NAMES, _("Names"))),
            _("What the entries are called"),
        )
        self.titles.switched.connect(lambda _key: self._explain())
        self._told = text.soft("", wrap=True)
        self.folder = Line(str(usual_folder()))
        self.folder.returnPressed.connect(self._write)
        self._form = Form()
        self._form.add("folder", _("Folder"), self.folder)
        self.write = primary(_("Write the calendars"), self._write)
        head = Head(
            _("Calendars for other programs"),
            _("One file for each therapist and room, for a month back and a year ahead"),
            counter.hide_panel,
        )
        lines = column(
            head,
            text.caption(_("Entries are called")),
            self.titles,
            self._told,
            self._form,
            spacing=12,
            margin=18,
        )
        lines.addWidget(quiet(_("Choose…"), self._choose))
        lines.addWidget(self.write)
        lines.addStretch(1)
        self.setLayout(lines)
        self.setAccessibleName(_("Calendars for other programs"))
        self.setFocusProxy(self.write)
        self._explain()

    def _explain(self) -> None:
        """Say what others will see."""
        self._told.setText(
            {
                Titles.BUSY: _("Nobody who sees the calendar learns who comes."),
                Titles.INITIALS: _("Whoever sees the calendar sees the clients' initials."),
                Titles.NAMES: _(
                    "Whoever sees the calendar sees who comes, and so does the program it is given to. "
                    "That names were written out is kept in the record of changes."
                ),
            }[Titles(self.titles.chosen)]
        )

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where the calendars go"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _write(self) -> None:
        folder = Path(self.folder.text().strip())
        if not folder.is_absolute():
            self._form.refuse("folder", _("Type where the folder lies, from the beginning."))
            return
        self.write.setEnabled(False)
        self._counter.runner.long_do(
            partial(_write_all, folder=folder, titles=Titles(self.titles.chosen)),
            partial(self._written, folder),
            self._refused,
            words=_("Writing calendars"),
        )

    def _written(self, folder: Path, out: Out) -> None:
        self._counter.hide_panel()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        said = ngettext("{n} calendar is in the folder.", "{n} calendars are in the folder.", out.files)
        self._counter.toast(said.format(n=out.files))

    def _refused(self, said_no: Refusal | Trouble) -> None:
        self.write.setEnabled(True)
        self._form.refuse("folder", sentence(said_no))


def _write_all(desk: Any, progress: Progress, *, folder: Path, titles: Titles) -> Out:
    return calendars.write_all(desk, folder, titles, progress)
