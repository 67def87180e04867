"""What fits a page: paper in place, the line of time, figures flush with it, columns equally wide."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea
from reportlab.pdfgen.canvas import Canvas

from tests.ui.makers import put_on
from ui.widgets.cards import Empty, Figure, Figures
from ui.widgets.forms import Form
from ui.widgets.paper import Paper
from ui.widgets.timeline import FIRST, Entry, Timeline

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_timeline_opens_what_an_entry_is_about(qtbot: QtBot) -> None:
    line = Timeline("Timeline", Empty("Visits stand here."))
    put_on(qtbot, line)
    line.show_entries(
        [
            Entry(
                "Jan 13", "calendar", "Therapeutic, 60 min", what="visit", group="Ahead", remark="No letter"
            ),
            Entry(
                "Nov 4",
                "copy",
                "Receipt",
                "$145.00",
                "$145.00",
                "ink",
                "check",
                "receipt",
                group="2026",
            ),
        ]
    )
    model = line.view.model()
    assert [model.index(at, 0).data() for at in (0, 2)] == ["Ahead", "2026"]
    line.grab()
    line.view.setCurrentIndex(model.index(3, 0))
    with qtbot.waitSignal(line.opened) as told:
        QTest.mouseClick(
            line.view.viewport(),
            Qt.MouseButton.LeftButton,
            pos=line.view.visualRect(model.index(3, 0)).center(),
        )
    assert told.args == ["receipt"]
    line.show_entries([])
    assert not line.view.isVisible()


def test_flush_with_the_page_only_the_first_figure_of_a_line_has_no_line_before_it(qtbot: QtBot) -> None:
    figures = Figures(flush=True)
    figures.show_figures([Figure("Balance", "$0.00", first=True), Figure("Balance", "$0.00", first=True)])
    put_on(qtbot, figures)
    cells = [cell for cell in figures.findChildren(QFrame) if cell.property("role") == "cell"]
    assert [bool(cell.property("first")) for cell in cells] == [True, False]
    first, second = (cell.sizeHint().width() for cell in cells)
    assert second - first <= 1  # where a cell stands changes nothing of where it finds room


def test_columns_of_a_form_are_equally_wide(qtbot: QtBot) -> None:
    form = Form(2)
    short, long = QLineEdit(), QLineEdit()
    form.add("short", "No.", short)
    form.add("long", "Before anybody asked", long)
    put_on(qtbot, form, size=(320, 200))
    qtbot.waitUntil(lambda: abs(short.width() - long.width()) <= 1)


def test_a_long_timeline_shows_the_newest_first_and_all_of_it_when_asked(qtbot: QtBot) -> None:
    line = Timeline("Timeline", Empty("Visits stand here.", "Book a visit"))
    page = QScrollArea()
    page.setWidgetResizable(True)
    page.setWidget(line)
    put_on(qtbot, page, size=(600, 400))
    line.show_entries([Entry(f"Nov {n}", "calendar", "A visit", what=n) for n in range(FIRST + 25)])
    rows = line.view.model()
    assert rows.rowCount() == FIRST
    assert line.view.height() == FIRST * line.view.sizeHintForRow(0)  # the page scrolls, the list does not
    line.more.click()
    assert rows.rowCount() == FIRST + 25
    assert not line.more.isVisible()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > FIRST * line.view.sizeHintForRow(0))
    line.view.setCurrentIndex(rows.index(FIRST + 24, 0))
    assert page.verticalScrollBar().value() > FIRST * line.view.sizeHintForRow(0) - page.height()


def a_pdf(pages: int) -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(612, 792))
    for _page in range(pages):
        canvas.rect(100, 100, 400, 500, fill=1)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def test_paper_shows_every_page_in_place_and_fits_the_room(qtbot: QtBot) -> None:
    paper = Paper()
    put_on(qtbot, paper, size=(500, 700))
    paper.show_pdf(a_pdf(3))
    assert [sheet.accessibleName() for sheet in paper._sheets] == [
        "Page 1 of 3",
        "Page 2 of 3",
        "Page 3 of 3",
    ]
    first = paper._sheets[0]
    assert first.width() <= paper.viewport().width()
    assert abs(first.height() / first.width() - 792 / 612) < 0.01
    picture = first.grab().toImage()
    assert picture.pixelColor(picture.width() // 2, picture.height() // 2).lightness() < 40
    assert picture.pixelColor(10, 10).lightness() > 240
    paper.show_pdf(a_pdf(1))
    assert paper.pages == 1


def test_a_page_that_lies_on_its_side_is_turned_and_small_print_enlarged(qtbot: QtBot) -> None:
    paper = Paper()
    put_on(qtbot, paper, size=(500, 700))
    picture = QImage(400, 200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    picture.setPixelColor(0, 0, Qt.GlobalColor.black)
    paper.show_picture(picture)
    (sheet,) = paper._sheets
    lying = sheet.width()
    assert sheet.width() == 2 * sheet.height()
    paper.turn()
    assert sheet.height() == 2 * sheet.width()
    assert sheet._picture.pixelColor(199, 0).lightness() == 0  # what was at the left is at the right
    paper.turn()
    paper.enlarge(2)
    assert sheet.width() == 2 * lying
    qtbot.waitUntil(lambda: paper.horizontalScrollBar().maximum() > 0)
