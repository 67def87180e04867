"""Writing calendars for other programs: how much they show, and where they go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from clinic.office import calendars
from clinic.office.calendars import Titles
from clinic.wording import _, ngettext
from ui.panel import Head
from ui.widgets import text
from ui.widgets.buttons import Segments, primary
from ui.widgets.cards import column
from ui.widgets.folder import FolderForm

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.calendars import Out
    from clinic.values import Progress, Refusal, Trouble
    from ui.screen import Counter


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
        self.folder = FolderForm(_("Calendars"), _("Where the calendars go"), self._write)
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
            self.folder,
            spacing=12,
            margin=18,
        )
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

    def _write(self) -> None:
        folder = self.folder.folder
        if folder is None:
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
        self.folder.refuse(said_no)


def _write_all(desk: Any, progress: Progress, *, folder: Path, titles: Titles) -> Out:
    return calendars.write_all(desk, folder, titles, progress)
