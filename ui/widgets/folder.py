"""Where files go: a folder typed whole or chosen, proposed among the person's documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.widgets.buttons import quiet
from ui.widgets.cards import column, row
from ui.widgets.fields import Line
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.values import Refusal, Trouble


def among_documents(name: str) -> Path:
    """Propose a folder of this name among the person's documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / name


class FolderForm(QWidget):
    """A line for a folder, with a button to choose one; Enter goes on."""

    def __init__(self, proposed: str, asked: str, go_on: Callable[[], object]) -> None:
        """Take the name of the folder proposed, what is asked where one chooses, and what Enter does."""
        super().__init__()
        self._asked = asked
        self.line = Line(str(among_documents(proposed)))
        self.line.returnPressed.connect(go_on)
        self.form = Form()
        self.form.add("folder", _("Folder"), self.line)
        lines = column(self.form)
        lines.addLayout(row(quiet(_("Choose…"), self._choose), spacing=8))
        self.setLayout(lines)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._asked, self.line.text())
        if chosen:
            self.line.setText(chosen)

    @property
    def folder(self) -> Path | None:
        """The folder; None, and said beside the line, where it is not written out whole."""
        folder = Path(self.line.text().strip())
        if folder.is_absolute():
            return folder
        self.form.refuse("folder", _("Type where the folder lies, from the beginning."))
        return None

    def refuse(self, said_no: Refusal | Trouble) -> None:
        """Say beside the line why nothing could be written there."""
        self.form.refuse("folder", sentence(said_no))
