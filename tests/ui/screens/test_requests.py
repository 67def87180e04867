"""Requests at the window: written beside the chart, printed, followed until their answer is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication, QImage, Qt

from clinic.office import clinicians, coverage, requests
from clinic.values import ClientId, LetterId, RequestKind
from tests import practices
from tests.ui.screens.at_clients import OWN, Counter, a_document, seated
from ui import printing
from ui.screens.clients.coverage_panel import CoveragePanel
from ui.screens.clients.request_panel import RequestPanel, TrackPanel
from ui.screens.letters.clinicians import Clinicians, EditClinician
from ui.screens.letters.screen import REQUESTS, Letters
from ui.widgets.buttons import Button

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clinic.office.requests import Row
    from ui.memory import Memory


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("requests"), a_document())


@pytest.fixture
def sit(qtbot: QtBot, template: Path, tmp_path: Path, memory: Memory) -> Iterator[Callable[[str], Counter]]:
    with seated(qtbot, template, tmp_path, memory, screens=[Letters]) as sitting:
        yield sitting


@pytest.fixture
def counter(sit: Callable[[str], Counter]) -> Counter:
    return sit("owner")


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where a PDF goes that somebody saves."""
    path = tmp_path / "paper.pdf"
    monkeypatch.setattr(printing, "ask_file", lambda _parent, _name: path)
    return path


def listed(counter: Counter) -> tuple[Row, ...]:
    return counter.desk.reading(lambda work: requests.listed(work, client=OWN, all_of_them=True))


def button(counter: Counter, name: str) -> Button:
    def there() -> Button | None:
        named = (b for b in counter.shell.findChildren(Button) if b.accessibleName().startswith(name))
        return next((each for each in named if each.isVisible()), None)

    counter.qtbot.waitUntil(lambda: there() is not None)
    found = there()
    assert found is not None
    return found


def test_a_renewal_is_two_presses_from_the_chart(counter: Counter, saved: Path) -> None:
    counter.open()
    counter.press(button(counter, "Print renewal request"))
    panel = counter.panel()
    assert isinstance(panel, RequestPanel)
    assert listed(counter) == ()  # looking keeps nothing
    counter.press(panel.out.save)
    counter.settle()
    assert saved.read_bytes().startswith(b"%PDF")
    (row,) = listed(counter)
    assert (row.kind, row.letter, row.open) == (RequestKind.RENEWAL, LetterId("l-1"), True)
    counter.press(panel.out.save)
    assert len(listed(counter)) == 1  # printed again, not made again
    counter.undo()
    assert not listed(counter)[0].open


def test_a_request_is_sent_and_answered_and_that_taken_back(counter: Counter, saved: Path) -> None:
    counter.open()
    counter.screen.chart.write(RequestKind.LMN, None)
    counter.settle()
    panel = counter.panel()
    assert isinstance(panel, RequestPanel)
    counter.press(panel.out.save)
    counter.press(button(counter, "Request for a letter, made"))
    counter.press(button(counter, "by post"))
    assert listed(counter)[0].sent_by == "post"
    counter.press(button(counter, "Request for a letter, made"))
    track = counter.panel()
    assert isinstance(track, TrackPanel)
    counter.press(track.answered)
    assert not listed(counter)[0].open
    counter.undo()
    assert listed(counter)[0].open
    assert saved.exists()


def test_a_request_that_nobody_needs_any_more_is_called_off(counter: Counter, saved: Path) -> None:
    counter.open()
    counter.screen.chart.write(RequestKind.RECORDS, None)
    counter.settle()
    panel = counter.panel()
    assert isinstance(panel, RequestPanel)
    assert panel.form["text"].isHidden()
    counter.press(panel.out.save)
    assert saved.exists()
    counter.press(button(counter, "Release of records, made"))
    track = counter.panel()
    assert isinstance(track, TrackPanel)
    counter.press(track.call_off)
    assert listed(counter)[0].withdrawn_on is not None


def test_the_letters_screen_lists_what_is_waited_for_and_renews_the_chosen_letter(
    counter: Counter, saved: Path
) -> None:
    counter.shell.go("letters")
    counter.settle()
    screen = next(iter(counter.shell.findChildren(Letters)))
    assert screen.renew.isHidden()
    screen.table.view.selectRow(0)
    counter.press(screen.renew)
    panel = counter.panel()
    assert isinstance(panel, RequestPanel)
    counter.press(panel.out.save)
    assert saved.exists()
    counter.settle()
    screen.parts.choose(REQUESTS)
    screen.parts.switched.emit(REQUESTS)
    counter.settle()
    assert [row.kind for row in screen.requests.model.rows] == [RequestKind.RENEWAL]
    assert screen.table.isHidden()
    screen.requests.opened.emit(screen.requests.model.rows[0])
    counter.settle()
    assert isinstance(counter.panel(), TrackPanel)


def test_the_front_desk_follows_a_request_and_cannot_read_it(sit: Callable[[str], Counter]) -> None:
    counter = sit("s-desk")
    counter.open()
    names = {each.accessibleName() for each in counter.shell.findChildren(Button) if each.isVisible()}
    assert "Is it covered?" in names
    assert not any("request" in name.lower() for name in names)


def test_a_clinician_is_found_put_right_and_that_taken_back(counter: Counter) -> None:
    counter.shell.go("letters")
    counter.settle()
    counter.press(button(counter, "Clinicians"))
    counter.press(button(counter, "Dr. Miriam Adeyemi, MD"))
    panel = counter.panel()
    assert isinstance(panel, EditClinician)
    panel.lines["npi"].setText("1234567890")
    counter.press(panel.save)
    assert panel.form["npi"].message
    panel.lines["npi"].setText("1234567893")
    counter.press(panel.save)
    assert isinstance(counter.panel(), Clinicians)
    kept = counter.desk.reading(clinicians.directory)
    counter.undo()
    assert counter.desk.reading(clinicians.directory)[0].id is None
    counter.shell._undo.redo()
    counter.settle()
    assert counter.desk.reading(clinicians.directory) == kept
    counter.press(button(counter, "Dr. Miriam Adeyemi, MD"))
    again = counter.panel()
    assert isinstance(again, EditClinician)
    again.lines["address.city"].setText("Alameda")
    counter.press(again.save)
    (known,) = counter.desk.reading(clinicians.directory)
    assert (known.npi, known.address) == ("1234567893", {"city": "Alameda"})
    counter.undo()
    assert counter.desk.reading(clinicians.directory)[0].address is None


def test_what_the_insurer_said_changes_the_answer_as_one_types(counter: Counter) -> None:
    counter.open()
    counter.press(button(counter, "Is it covered?"))
    panel = counter.panel()
    assert isinstance(panel, CoveragePanel)
    assert panel.headline.text() == "Ask the insurer"
    panel.plan.setCurrentIndex(panel.plan.findText("HMO"))
    counter.qtbot.waitUntil(lambda: "referral" in panel.headline.text())
    counter.shell.hide_panel()
    counter.settle()
    assert counter.desk.reading(lambda work: coverage.check(work, OWN)).plan == "HMO"
    counter.undo()
    assert counter.desk.reading(lambda work: coverage.check(work, OWN)).plan is None


def test_a_picture_is_pasted_as_a_scan(counter: Counter) -> None:
    panel = counter.open_letter()
    QGuiApplication.clipboard().clear()
    panel.drop.paste()
    assert "nothing" in panel.drop.said.text() or "no picture" in panel.drop.said.text()
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(picture)
    counter.press(panel.drop.paste_it)
    assert "PNG" in button(counter, "Open scan").accessibleName()


def test_a_client_without_letters_is_offered_no_renewal(counter: Counter) -> None:
    counter.open(ClientId("c-new"))
    names = {each.accessibleName() for each in counter.shell.findChildren(Button) if each.isVisible()}
    assert "Request for a letter" in names
    assert "Renewal request" not in names
