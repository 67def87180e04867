"""Pictures of what the chart is for: a letter with its scan, two visits compared, measures, the coverage check."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont, QPageSize, QPainter, QPdfWriter

from clinic.office import measures, note_list
from ui.order import bring_into_view
from ui.screens.clients.chart import ChartPage
from ui.screens.clients.letter_panel import LetterPanel
from ui.screens.note import Note, OfNote

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.values import ClientId
    from ui.front import Seat
    from ui.shell import Shell

    Take = Callable[[str], None]

AS_WRITTEN = (
    "To whom it may concern,",
    "",
    "My patient is treated here for the condition named below. I recommend therapeutic massage,",
    "60 minutes, once every two weeks, for 12 visits, to restore movement of the neck.",
    "",
    "Diagnosis: M54.2 Cervicalgia",
    "",
    "Signed today, after an examination",
)


def take(shell: Shell, seat: Seat, client: ClientId, taken: Take, settled: Callable[[], None]) -> None:
    """Open one client's chart and what stands beside it, and have a picture taken of each."""
    shell.go("clients", client)
    settled()
    page = next(iter(shell.findChildren(ChartPage)))
    page.open_letter(None)
    panel = page.window().findChildren(LetterPanel)[-1]
    with tempfile.TemporaryDirectory() as folder:
        panel.bring(a_letter(Path(folder)))
        taken("letter_scan")
    shell.hide_panel()
    page.check_coverage()
    taken("coverage_check")
    shell.hide_panel()
    settled()
    bring_into_view(page.care.plot)
    taken("outcomes")
    _compare(shell, seat, client, taken, settled)


def _compare(shell: Shell, seat: Seat, client: ClientId, taken: Take, settled: Callable[[], None]) -> None:
    """Lay an early visit under the latest one that has marks."""
    marked = [
        note for note in seat.desk.reading(partial(note_list.of_client, client=client)) if note.content.marks
    ]
    if len(marked) > 1:
        shell.go("note", OfNote(marked[-1].id))
        settled()
        for note in shell.findChildren(Note):
            note.middle.compare_with(len(marked) // 2)
        taken("note_compared")


def most_measured(seat: Seat, clients: list[ClientId]) -> ClientId | None:
    """Choose of these clients the one whose measures say most."""

    def taken(client: ClientId) -> int:
        series = seat.desk.reading(partial(measures.of_client, client=client))
        return sum(len(each.points) for each in series)

    return max(clients, key=taken, default=None)


def a_letter(folder: Path) -> Path:
    """Write a letter such as comes by fax."""
    file = folder / "letter.pdf"
    paper = QPdfWriter(str(file))
    paper.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    paper.setResolution(72)
    painter = QPainter(paper)
    painter.setFont(QFont("Inter", 15, QFont.Weight.DemiBold))
    painter.drawText(QPoint(40, 60), "Harbor Family Medicine")
    painter.setFont(QFont("Inter", 10))
    for at, line in enumerate(AS_WRITTEN):
        painter.drawText(QPoint(40, 100 + 18 * at), line)
    painter.end()
    return file
