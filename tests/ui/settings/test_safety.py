"""The settings of paper, backups, keys and the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from clinic.office import custody, sign_in
from tests import practices
from ui.screens.settings.backups import Backups
from ui.screens.settings.keys import Keys
from ui.screens.settings.paper import Sheets
from ui.screens.settings.window import Look
from ui.theme import theme

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.ui.settings.the_owner import Owner


def test_paper_is_chosen_and_shown(owner: Owner) -> None:
    page = owner.open(Sheets)
    assert len(page.paper._sheets) == 1
    letter = page.paper._sheets[0]._picture.height()
    page.sizes.choose("a4")
    page.sizes.switched.emit("a4")
    owner.settle()
    assert page.paper._sheets[0]._picture.height() > letter


def test_a_copy_is_made_and_tried(owner: Owner) -> None:
    page = owner.open(Backups)
    assert not page.trial.isEnabled()
    page.now.click()
    owner.settle()
    assert len(page.table.model.rows) == 1
    page.trial.click()
    owner.settle()
    assert page.told.text().startswith("Restored to one side and checked")
    page.check.click()
    owner.settle()
    assert "checks passed" in page.told.text()
    newest = page.table.model.rows[0].path
    newest.write_bytes(newest.read_bytes()[:-400])
    with owner.qtbot.waitSignal(owner.runner.troubled) as told:
        page.trial.click()
    assert told.args[0].code == "damaged_backup"


def test_a_second_place_is_chosen_and_left(owner: Owner, tmp_path: Path) -> None:
    page = owner.open(Backups)
    page._put_second(tmp_path / "stick")
    owner.settle()
    assert str(tmp_path / "stick") in page._second.text()
    page.no_place.click()
    owner.settle()
    assert custody.copies(owner.desk).second is None
    owner.undo()
    assert custody.copies(owner.desk).second == tmp_path / "stick"


def test_the_own_password_changes_only_with_the_old_one(owner: Owner) -> None:
    page = owner.open(Keys)
    page.old.setText("not my password at all")
    page.new.setText("six plain words do it well")
    page.change.click()
    owner.settle()
    assert page.form["old"].message == "The password is wrong."
    page.old.setText(practices.PASSWORD)
    page.change.click()
    owner.settle()
    name = practices.PEOPLE["owner"]
    sign_in.sign_in(owner.desk.vault.path, name, "six plain words do it well").close()


def test_a_new_recovery_key_is_typed_back(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.storage.keys.calibrated", lambda: practices.CHEAP)
    page = owner.open(Keys)
    assert not page.renew.isEnabled()
    owner.unlock(page)
    page.renew.click()
    owner.settle()
    assert page.shown is not None
    QTest.keyClicks(page.shown.typed, page.shown._key)
    page.shown.go_on.click()
    assert page.shown is None


def test_the_window_wears_what_is_chosen(owner: Owner) -> None:
    page = owner.open(Look)
    before = theme.percent, theme.mode
    try:
        page.sizes.switched.emit("125")
        page.mode.switched.emit("dark")
        page.lock.switched.emit("10")
        assert (theme.percent, theme.mode) == (125, "dark")
        memory = owner.shell.memory
        assert (memory.percent, memory.mode) == (125, "dark")
    finally:
        theme.choose(percent=before[0], mode=before[1])
