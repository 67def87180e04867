"""A signed note on paper, in the panel at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from clinic.office import note_papers
from clinic.wording import _
from ui.panel import Head
from ui.paper_out import PaperOut
from ui.widgets.cards import column

if TYPE_CHECKING:
    from clinic.values import NoteId
    from ui.screen import Counter


class NotePaper(QWidget):
    """What is seen is what is printed or saved."""

    def __init__(self, counter: Counter, note: NoteId) -> None:
        super().__init__()
        fetch = partial(note_papers.print_note, note=note)
        self.out = PaperOut(counter, "note", fetch)
        head = Head(_("Treatment note"), _("It leaves the practice as paper or file."), counter.hide_panel)
        self.setLayout(column(head, self.out, spacing=12, margin=18))
        self.setAccessibleName(_("Note on paper"))
        counter.runner.ask(fetch, self.out.show_pdf)
