"""The practice's own papers at the window, and files made one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog

from clinic.office import access, certificates, clients
from clinic.values import ClientId
from tests import practices
from tests.ui.screens.at_clients import OWN, Counter, a_document, seated
from ui.screens.clients.access_panel import AccessPanel
from ui.screens.clients.aftercare_panel import AftercarePanel
from ui.screens.clients.edit import EditClient
from ui.screens.clients.merge_panel import MergePanel
from ui.screens.letters.screen import Letters
from ui.screens.practice import Credentials
from ui.screens.practice.entry import Entry
from ui.widgets.buttons import Button

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.memory import Memory

NEW = ClientId("c-new")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("papers"), a_document())


@pytest.fixture
def counter(qtbot: QtBot, template: Path, tmp_path: Path, memory: Memory) -> Iterator[Counter]:
    with seated(qtbot, template, tmp_path, memory, screens=[Letters]) as sitting:
        yield sitting("owner")


def button(counter: Counter, name: str) -> Button:
    def there() -> Button | None:
        named = (b for b in counter.shell.findChildren(Button) if b.accessibleName().startswith(name))
        return next((each for each in named if each.isVisible()), None)

    counter.qtbot.waitUntil(lambda: there() is not None)
    found = there()
    assert found is not None
    return found


def open_papers(counter: Counter) -> None:
    counter.shell.go("letters")
    counter.settle()
    counter.press(button(counter, "Practice's papers"))


def test_insurance_is_entered_and_that_taken_back(counter: Counter) -> None:
    open_papers(counter)
    counter.press(button(counter, "Add insurance"))
    entry = counter.panel()
    assert isinstance(entry, Entry)
    counter.press(entry.save)
    assert entry.form["type"].message  # nothing is kept half
    for key, typed in (("type", "professional"), ("insurer", "Gull"), ("number", "P-1")):
        entry.lines[key].setText(typed)
    for key, typed in (("effective", "2026-01-01"), ("expires", "2026-12-31")):
        entry.lines[key].setText(typed)
        entry.lines[key].textEdited.emit(typed)
    counter.press(entry.save)
    counter.settle()
    holders = counter.desk.reading(certificates.held).holders
    assert sum(len(each.policies) for each in holders) == 1
    counter.undo()
    assert sum(len(each.policies) for each in counter.desk.reading(certificates.held).holders) == 0


def test_a_register_is_saved(counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counter.desk.writing(lambda work: certificates.write_registrations(work, [{"city": "Alameda"}]))
    path = tmp_path / "register.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    open_papers(counter)
    counter.press(button(counter, "Export register"))
    counter.qtbot.waitUntil(path.exists)
    assert "Hạnh Nguyễn" in path.read_text("utf-8")
    assert counter.shell.findChildren(Credentials)


def test_two_files_are_made_one_at_the_window_and_parted_again(counter: Counter) -> None:
    counter.open()
    counter.press(button(counter, "Same person twice?"))
    panel = counter.panel()
    assert isinstance(panel, MergePanel)
    assert panel.leave.isDefault()  # the safe one is what Enter presses
    panel.search.setText("vale")
    counter.press(button(counter, "Idris Vale"))
    counter.qtbot.waitUntil(panel.make_one.isEnabled)
    panel.choices["given_name"].setCurrentIndex(1)
    counter.press(panel.make_one)
    counter.qtbot.waitUntil(lambda: counter.panel() is None)
    assert counter.desk.reading(lambda work: clients.details(work, OWN)).given_name == "Idris"
    assert counter.desk.reading(lambda work: clients.details(work, NEW)).archived_on is not None
    counter.press(button(counter, "Part them again"))
    counter.settle()
    assert counter.desk.reading(lambda work: clients.details(work, OWN)).given_name == "Hạnh"


def test_a_whole_file_is_written_once_the_password_was_given(counter: Counter, tmp_path: Path) -> None:
    counter.open()
    counter.press(button(counter, "Give out the whole file"))
    panel = counter.panel()
    assert isinstance(panel, AccessPanel)
    counter.desk.confirm()
    panel.write(tmp_path)
    counter.qtbot.waitUntil(lambda: bool(panel.note.text()))
    assert {path.suffix for path in tmp_path.glob("client-file-*")} == {".pdf", ".json"}
    counter.press(panel.hold)
    counter.qtbot.waitUntil(lambda: panel.hold.text() == "Lift the hold")
    assert counter.desk.reading(lambda work: access.kept(work, OWN)).hold


def test_accounts_plan_and_therapist_are_chosen(counter: Counter) -> None:
    counter.open()
    counter.screen.chart.edit()
    panel = counter.panel()
    assert isinstance(panel, EditClient)
    counter.qtbot.waitUntil(lambda: panel.ties.assigned.count() > 1)
    assert panel.changes() == {}
    panel.ties.plan.setCurrentIndex(panel.ties.plan.findText("PPO"))
    panel.ties.assigned.choose("owner")
    panel.ties._add({"kind": "HSA", "opened": "2025-07-01"})
    panel.lines["household"].setText("nguyen")
    counter.press(panel.save)
    details = counter.desk.reading(lambda work: clients.details(work, OWN))
    assert details.accounts == ({"kind": "HSA", "opened": "2025-07-01"},)
    assert (details.payer, details.assigned_to, details.household) == (
        {"plan_type": "PPO"},
        "owner",
        "nguyen",
    )
    counter.undo()
    details = counter.desk.reading(lambda work: clients.details(work, OWN))
    assert (details.accounts, details.payer, details.assigned_to) == (None, None, None)


def test_the_after_care_sheet_changes_its_language_and_goes_into_a_mail(
    counter: Counter, tmp_path: Path
) -> None:
    counter.desk.writing(lambda work: clients.edit(work, OWN, {"email": "hanh@post.example"}, version=1))
    counter.open()
    counter.press(button(counter, "After-care sheet"))
    panel = counter.panel()
    assert isinstance(panel, AftercarePanel)
    panel.language.choose("es")
    panel.language.switched.emit("es")
    counter.settle()
    path = tmp_path / "after-care.eml"
    panel.draft(path)
    counter.qtbot.waitUntil(path.exists)
    assert b"X-Unsent: 1" in path.read_bytes()
