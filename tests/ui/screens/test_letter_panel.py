"""The panel of a letter beside its client's page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage, QImageIOHandler, QImageWriter
from PySide6.QtWidgets import QLabel

from clinic.office import charts, letters
from clinic.values import ClientId, LetterId
from tests import practices
from tests.ui.screens.at_clients import OWN, Counter, a_document, seated
from ui.screens.clients.letter_panel import LetterPanel
from ui.screens.clients.scan_view import looked
from ui.screens.clients.screen import OfLetter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.memory import Memory


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("clients"), a_document())


@pytest.fixture
def sit(qtbot: QtBot, template: Path, tmp_path: Path, memory: Memory) -> Iterator[Callable[[str], Counter]]:
    with seated(qtbot, template, tmp_path, memory) as sitting:
        yield sitting


@pytest.fixture
def counter(sit: Callable[[str], Counter]) -> Counter:
    return sit("owner")


def test_a_letter_is_put_on_file_with_its_scan(counter: Counter, tmp_path: Path) -> None:
    counter.open(ClientId("c-new"))
    counter.press(counter.screen.chart.heading.add_letter)
    panel = counter.panel()
    assert isinstance(panel, LetterPanel)
    panel.fields.number.setText("L-9")
    scan = tmp_path / "scan.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan))])
    panel.drop.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    counter.press(panel.save)
    counter.settle()
    (kept,) = counter.desk.reading(lambda work: charts.letters(work, ClientId("c-new")))
    assert kept.reference == "L-9"
    (stored,) = counter.desk.reading(lambda work: letters.scans(work, kept.id))
    assert stored.media_type == "image/png"


def test_a_scan_stands_beside_the_fields_until_its_letter_is_closed(counter: Counter) -> None:
    page = counter.screen.chart
    counter.open(ClientId("c-new"))
    counter.press(page.heading.add_letter)
    panel = counter.panel()
    assert isinstance(panel, LetterPanel)
    panel.bring(_photograph())
    counter.settle()
    counter.qtbot.waitUntil(page.scan.isVisible)
    assert not page.heading.isVisible()
    paper = page.scan.paper
    assert paper is not None
    assert paper.pages == 1
    wide = paper._sheets[0].width()
    page.scan.larger.click()
    assert paper._sheets[0].width() > wide
    page.scan.turn.click()
    page.scan.close_it.click()
    assert page.heading.isVisible()
    panel.drop.opened.emit(None)
    counter.qtbot.waitUntil(page.scan.isVisible)
    counter.press(panel.save)
    counter.settle()
    assert not page.scan.isVisible()
    assert page.heading.isVisible()

    (kept,) = counter.desk.reading(lambda work: charts.letters(work, ClientId("c-new")))
    counter.open(ClientId("c-new"))
    page.side.scan_asked.emit(kept)
    counter.settle()
    counter.qtbot.waitUntil(page.scan.isVisible)
    counter.shell.hide_panel()
    assert not page.scan.isVisible()


def test_where_there_is_no_room_beside_it_a_scan_stands_among_the_fields(counter: Counter) -> None:
    counter.shell.resize(700, 640)
    counter.open(ClientId("c-new"))
    counter.press(counter.screen.chart.heading.add_letter)
    panel = counter.panel()
    assert isinstance(panel, LetterPanel)
    panel.bring(b"%PDF-1.7 nobody can read this")
    counter.settle()
    assert not counter.screen.chart.isVisible()
    (said,) = [label.text() for label in panel.findChildren(QLabel) if "cannot be shown" in label.text()]
    assert "kept as it came" in said


def test_a_photograph_is_shown_as_the_camera_was_held() -> None:
    scan = looked(_photograph())
    assert scan.picture is not None
    assert scan.picture.height() > scan.picture.width()


def _photograph() -> bytes:
    """Take a picture with a camera held upright, whose sensor lies."""
    picture = QImage(80, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    content = QByteArray()
    into = QBuffer(content)
    into.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(into, QByteArray(b"jpeg"))
    writer.setTransformation(QImageIOHandler.Transformation.TransformationRotate90)
    assert writer.write(picture)
    into.close()
    return bytes(content.data())


def test_what_is_no_scan_is_refused_under_the_form(counter: Counter, tmp_path: Path) -> None:
    panel = counter.open_letter()
    fake = tmp_path / "scan.pdf"
    fake.write_text("no scan", encoding="utf-8")
    panel.bring(fake)
    counter.settle()
    assert panel.fields.form._general.text()


def test_what_a_letter_lacks_is_said_part_by_part(counter: Counter) -> None:
    counter.open(ClientId("c-new"))
    counter.press(counter.screen.chart.heading.add_letter)
    panel = counter.panel()
    assert isinstance(panel, LetterPanel)
    panel.fields.signed.setChecked(True)
    counter.qtbot.waitUntil(lambda: "Signature: there" in _chips(panel))
    assert "Diagnosis: missing" in _chips(panel)
    panel.fields.diagnoses.setPlainText("M54.2 Cervicalgia")
    counter.qtbot.waitUntil(lambda: "Diagnosis: there" in _chips(panel))


def _chips(panel: LetterPanel) -> list[str]:
    items = (panel._parts.itemAt(at) for at in range(panel._parts.count()))
    shown = (item.widget() for item in items if item is not None)
    return [chip.accessibleName() for chip in shown if chip is not None]


def test_a_letter_is_corrected_and_the_correction_taken_back(counter: Counter) -> None:
    panel = counter.open_letter()
    panel._rest.setInterval(0)
    panel.fields.visits.setText("10")
    counter.qtbot.waitUntil(lambda: panel._kept.text() == "Kept.")
    assert _letter(counter).visits == 10
    panel.fields.minutes.setText("60")
    counter.shell.hide_panel()  # what is typed last is kept on leaving
    counter.settle()
    assert (_letter(counter).visits, _letter(counter).minutes) == (10, 60)
    counter.undo()
    assert (_letter(counter).visits, _letter(counter).minutes) == (12, None)


def test_a_field_that_is_refused_keeps_no_other_from_being_kept(counter: Counter) -> None:
    panel = counter.open_letter()
    panel._rest.setInterval(0)
    panel.fields.visits.setText("10")
    panel.fields.npi.setText("1234567890")
    counter.qtbot.waitUntil(lambda: bool(panel.fields.form._general.text() or _said(panel)))
    counter.settle()
    assert _letter(counter).visits == 10


def _said(panel: LetterPanel) -> str:
    return panel.fields.form["signer"].message


def test_a_letter_is_revoked_and_reinstated(counter: Counter) -> None:
    panel = counter.open_letter()
    counter.press(panel.revoke)
    counter.press(panel.revoking.sure)
    assert panel.revoking.form["reason"].message  # a reason comes first
    panel.revoking.reason.setText("The clinician took it back")
    counter.press(panel.revoking.sure)
    assert _letter(counter).standing is charts.Standing.REVOKED
    opened = counter.desk.reading(lambda work: letters.details(work, LetterId("l-1")))
    assert opened.revoked_for == "The clinician took it back"
    counter.undo()
    assert _letter(counter).standing is charts.Standing.ACTIVE


def test_a_letter_taken_off_the_file_again_leaves_the_one_before_it_speaking(counter: Counter) -> None:
    counter.open()
    counter.press(counter.screen.chart.heading.add_letter)
    panel = counter.panel()
    assert isinstance(panel, LetterPanel)
    panel.fields.signed_on.set_day(date(2026, 11, 10))
    panel.follows.setCurrentIndex(panel.follows.findData(LetterId("l-1")))
    counter.press(panel.save)
    assert _letter(counter).standing is charts.Standing.SUPERSEDED
    counter.undo()
    assert _letter(counter).standing is charts.Standing.ACTIVE
    counter.shell._undo.redo()
    counter.settle()
    assert _letter(counter).standing is charts.Standing.SUPERSEDED


def _letter(counter: Counter) -> charts.LetterCard:
    found = counter.desk.reading(lambda work: charts.letters(work, OWN))
    return next(card for card in found if card.id == LetterId("l-1"))


def test_a_letter_named_opens_beside_its_clients_page(counter: Counter) -> None:
    counter.shell.go("clients", OfLetter(OWN, LetterId("l-1")))
    counter.settle()
    panel = counter.panel()
    assert isinstance(panel, LetterPanel)
    assert panel.fields.number.text() == "L-2026-014"
    counter.shell.hide_panel()
    counter.screen.reload()
    counter.settle()
    assert counter.panel() is None


def test_a_scan_dropped_on_the_page_begins_a_letter(counter: Counter, tmp_path: Path) -> None:
    counter.open()
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"%PDF-1.7 a letter")
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path))])
    counter.screen.chart.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            files,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    counter.settle()
    panel = counter.panel()
    assert isinstance(panel, LetterPanel)
    assert "letter.pdf" in panel.drop.said.text()
