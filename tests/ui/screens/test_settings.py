"""The settings, on a small real practice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from clinic.office import booking, custody, openings, practice, price_list, sign_in, upkeep
from clinic.values import BlockKind, ClientId, Money, Refusal, Role, StaffId
from tests import practices
from tests.ui.makers import a_seat
from ui.runner import Runner
from ui.screens.settings import Settings
from ui.screens.settings.backups import Backups
from ui.screens.settings.block import BlockPanel, ToMove
from ui.screens.settings.hours import read, written
from ui.screens.settings.house import House
from ui.screens.settings.keys import Keys
from ui.screens.settings.leave import Gate
from ui.screens.settings.paper import Sheets
from ui.screens.settings.people import People
from ui.screens.settings.person import PersonPanel
from ui.screens.settings.rooms import Rooms
from ui.screens.settings.terms import Terms
from ui.screens.settings.time_off import TimeOff
from ui.screens.settings.treatments import TreatmentPanel, Treatments
from ui.screens.settings.window import Look
from ui.shell import Shell
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any, TypeVar

    from pytestqt.qtbot import QtBot

    from clinic.office.desk import Desk
    from ui.memory import Memory

    S = TypeVar("S")

THERAPIST = StaffId("s-therapist")
MARCH_5 = date(2030, 3, 5)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("settings"))


class Owner:
    """The owner, who looks after the house."""

    def __init__(self, qtbot: QtBot, desk: Desk, memory: Memory) -> None:
        self.qtbot, self.desk, self.runner = qtbot, desk, Runner()
        self.bugs: list[BaseException] = []
        self.runner.broken.connect(self.bugs.append)
        self.runner.sit_down(desk)
        seat = replace(a_seat(), desk=desk, confirm=partial(sign_in.confirm, desk))
        self.shell = Shell(seat, self.runner, [Settings], memory)
        qtbot.addWidget(self.shell)
        self.shell.resize(1300, 900)
        with qtbot.waitExposed(self.shell):
            self.shell.show()

    def open(self, section: type[S]) -> S:
        self.shell.go("settings", section.key)  # type: ignore[attr-defined]
        self.settle()
        shown = self.shell.findChildren(Settings)[0].section
        assert isinstance(shown, section)
        return shown

    def settle(self) -> None:
        for _again in range(3):
            self.qtbot.waitUntil(lambda: not self.runner.busy, timeout=20_000)
            self.qtbot.wait(2)
        assert not self.bugs

    def type(self, line: Any, words: str) -> None:
        """Type over what stands in a field, and leave it."""
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, words) if words else QTest.keyClick(line, Qt.Key.Key_Delete)
        line.clearFocus()
        self.settle()

    def unlock(self, section: Any, why: str = "January") -> None:
        gate = section.findChildren(Gate)[0]
        gate.reason.setText(why)
        gate.password.setText(practices.PASSWORD)
        gate.unlock.click()
        self.settle()

    @property
    def panel(self) -> Any:
        return self.shell._panel.shown

    def undo(self) -> None:
        self.shell._undo.undo()
        self.settle()


def field(part: Any, key: str) -> Any:
    """What one types into."""
    return part.form[key].editor


@pytest.fixture
def owner(qtbot: QtBot, template: Path, tmp_path: Path, memory: Memory) -> Iterator[Owner]:
    desk = practices.sit_down(practices.copied(template, tmp_path / "copy"))
    sitting = Owner(qtbot, desk, memory)
    yield sitting
    sitting.shell.hide_panel()
    qtbot.wait(1)
    sitting.runner.close()
    qtbot.wait(1)


def test_a_detail_of_the_practice_is_kept_on_leaving_its_field_and_can_be_undone(owner: Owner) -> None:
    page = owner.open(House)
    before = owner.desk.reading(practice.letterhead)
    owner.type(field(page, "city"), "Port Alder")
    kept = owner.desk.reading(practice.letterhead)
    assert (kept.address or {})["city"] == "Port Alder"
    assert kept.name == before.name
    owner.undo()
    assert (owner.desk.reading(practice.letterhead).address or {}).get("city") == (before.address or {}).get(
        "city"
    )


def test_a_refused_detail_says_so_under_its_field(owner: Owner) -> None:
    page = owner.open(House)
    owner.type(field(page, "name"), "")
    assert page.form["name"].message == "A name is needed."
    owner.type(field(page, "npi"), "1234567890")
    assert "check digit" in page.form["npi"].message


def test_hours_are_typed_as_people_say_them(owner: Owner) -> None:
    page = owner.open(House)
    monday = page.hours._lines["mon"]
    owner.type(monday, "9-1, 2-6:30")
    assert (owner.desk.reading(practice.letterhead).hours or {})["mon"] == [
        ["09:00", "13:00"],
        ["14:00", "18:30"],
    ]
    owner.type(monday, "whenever")
    assert page.hours.hours() is None
    assert (owner.desk.reading(practice.letterhead).hours or {})["mon"][0] == ["09:00", "13:00"]


@pytest.mark.parametrize("typed", ["5", "9-", "6-9, 8-10", "10-9am", "a-b", "1-2-3"])
def test_what_is_no_hours_is_not_taken_for_hours(typed: str) -> None:
    assert read(typed) is None


def test_hours_read_back_as_they_are_written() -> None:
    week = [["09:00", "13:00"], ["14:00", "18:30"]]
    assert read(written(week)) == week
    assert read("") == []


def test_nothing_about_people_changes_without_password_and_reason(owner: Owner) -> None:
    page = owner.open(People)
    page.open(THERAPIST)
    owner.settle()
    assert isinstance(owner.panel, PersonPanel)
    assert not owner.panel.form.isEnabled()
    gate = page.findChildren(Gate)[0]
    gate.unlock.click()
    assert "reason" in gate.form["reason"].message.lower()
    gate.reason.setText("January")
    gate.password.setText("not the password at all")
    gate.unlock.click()
    owner.settle()
    assert gate.form["password"].message == "The password is wrong."
    owner.unlock(page)
    assert owner.panel.form.isEnabled()
    page.leave.end()
    assert not owner.panel.form.isEnabled()


def test_a_colleague_is_changed_and_the_change_undone(owner: Owner) -> None:
    page = owner.open(People)
    owner.unlock(page)
    page.open(THERAPIST)
    owner.settle()
    owner.type(field(owner.panel, "number"), "99171")
    owner.type(field(owner.panel, "title"), "CMT, lead")
    kept = owner.desk.reading(partial(upkeep.colleague, staff=THERAPIST))
    assert (kept.certificate["number"], kept.title) == ("99171", "CMT, lead")
    owner.undo()
    assert owner.desk.reading(partial(upkeep.colleague, staff=THERAPIST)).title != "CMT, lead"
    owner.panel.own.click()
    owner.settle()
    owner.type(owner.panel.week._lines["tue"], "12-5pm")
    assert owner.desk.reading(partial(upkeep.colleague, staff=THERAPIST)).hours == {
        "tue": [["12:00", "17:00"]]
    }


def test_a_colleague_is_added_given_a_way_in_and_it_is_ended(owner: Owner) -> None:
    page = owner.open(People)
    owner.unlock(page)
    page.new.click()
    owner.panel.add.click()
    owner.settle()
    assert owner.panel.form["name"].message == "A name is needed."
    field(owner.panel, "name").setText("Ines Duarte")
    field(owner.panel, "role").choose(Role.FRONT_DESK)
    field(owner.panel, "number").setText("12")
    owner.panel.add.click()
    owner.settle()
    added = next(row for row in page.table.model.rows if row.name == "Ines Duarte")
    assert added.role is Role.FRONT_DESK
    page.open(added.id)
    owner.settle()
    owner.panel.password.setText("short")
    owner.panel.give.click()
    owner.settle()
    assert "15 characters" in owner.panel._pass["password"].message
    owner.panel._suggest()
    assert len(owner.panel.password.text().split()) == 6
    owner.desk.writing(
        partial(
            sign_in.give_access,
            staff=added.id,
            password=practices.PASSWORD,
            reason="new",
            cost=practices.CHEAP,
        )
    )
    page.reload()
    page.open(added.id)
    owner.settle()
    owner.panel.end.click()
    asking = owner.panel.findChildren(QMessageBox)[0]
    assert asking.defaultButton().text() == "Leave it"
    assert added.id in owner.desk.reading(upkeep.ways_in)
    next(button for button in asking.buttons() if button.text() == "End the way in").click()
    owner.settle()
    assert added.id not in owner.desk.reading(upkeep.ways_in)


def test_a_price_is_changed_and_a_treatment_added(owner: Owner) -> None:
    page = owner.open(Treatments)
    owner.unlock(page)
    first = page.table.model.rows[0]
    page.table.opened.emit(first)
    owner.settle()
    assert isinstance(owner.panel, TreatmentPanel)
    owner.type(field(owner.panel, "price_cents"), "144")
    assert owner.desk.reading(partial(price_list.treatment, treatment=first.id)).price == Money(14_400)
    owner.undo()
    assert owner.desk.reading(partial(price_list.treatment, treatment=first.id)).price == first.price
    field(owner.panel, "active").click()
    owner.settle()
    assert first.id not in {row.id for row in page.table.model.rows}
    page.retired.setChecked(True)
    owner.settle()
    assert first.id in {row.id for row in page.table.model.rows}
    page.new.click()
    owner.panel.add.click()
    owner.settle()
    assert owner.panel.form["name"].message == "A name is needed."
    field(owner.panel, "name").setText("Scalp and neck")
    field(owner.panel, "price_cents").setText("55")
    owner.panel.add.click()
    owner.settle()
    assert "Scalp and neck" in {row.name for row in page.table.model.rows}


def test_rooms_are_added_and_renamed(owner: Owner) -> None:
    page = owner.open(Rooms)
    page.new.setText("Lantern")
    QTest.keyClick(page.new, Qt.Key.Key_Return)
    owner.settle()
    room = next(place for place in owner.desk.reading(practice.rooms) if place.name == "Lantern")
    owner.type(page._lines[room.id], "Harbor")
    assert "Harbor" in {place.name for place in owner.desk.reading(practice.rooms)}
    owner.undo()
    assert "Lantern" in {place.name for place in owner.desk.reading(practice.rooms)}
    page.new.setText(" ")
    QTest.keyClick(page.new, Qt.Key.Key_Return)
    owner.settle()
    assert page._told.text() == "A name is needed."


def test_terms_are_kept_at_once(owner: Owner) -> None:
    page = owner.open(Terms)
    field(page, "strict_duration").click()
    owner.settle()
    owner.type(field(page, "fsa_signers"), "md, dc")
    settings = owner.desk.reading(practice.letterhead).settings
    assert settings["strict_duration"] is True
    assert settings["fsa_signers"] == ["MD", "DC"]
    owner.undo()
    assert "fsa_signers" not in owner.desk.reading(practice.letterhead).settings


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


def test_time_off_is_kept_free_and_the_visits_on_it_are_listed(owner: Owner) -> None:
    page = owner.open(TimeOff)
    visit, _ = owner.desk.writing(
        partial(
            booking.book,
            client=ClientId("c-own"),
            treatment=owner.desk.reading(practice.treatments)[0].id,
            staff=THERAPIST,
            at=datetime(2030, 3, 5, 12, 15),
        )
    )
    page.new.click()
    panel = owner.panel
    assert isinstance(panel, BlockPanel)
    panel.whose.choose(("staff", THERAPIST))
    panel.kind.choose(BlockKind.TRAINING)
    for line, words in (
        (panel.first, "mar 5 2030"),
        (panel.last, "mar 5 2030"),
        (panel.start, "noon"),
        (panel.end, "2pm"),
    ):
        owner.type(line, words)
    panel.keep.click()
    owner.settle()
    assert isinstance(owner.panel, ToMove)
    assert visit.appointment
    with pytest.raises(Refusal):
        owner.desk.writing(
            partial(
                booking.book,
                client=ClientId("c-other"),
                treatment=owner.desk.reading(practice.treatments)[0].id,
                staff=THERAPIST,
                at=datetime(2030, 3, 5, 13, 15),
            )
        )
    owner.undo()
    assert owner.desk.reading(partial(openings.blocks, first=MARCH_5, last=MARCH_5)) == ()


def test_whole_days_off_are_changed_and_taken_away(owner: Owner) -> None:
    page = owner.open(TimeOff)
    page.new.click()
    panel = owner.panel
    panel.whose.choose(("house", None))
    panel.whole.setChecked(True)
    owner.type(panel.first, "t")
    owner.type(panel.last, "+2d")
    panel.keep.click()
    owner.settle()
    (row,) = page.table.model.rows
    page.table.opened.emit(row)
    owner.settle()
    panel = owner.panel
    assert panel.whole.isChecked()
    assert (panel.last.day - panel.first.day).days == 2
    owner.type(panel.last, "jan 1 2020")
    panel.keep.click()
    owner.settle()
    assert panel.form["ends"].message
    panel.remove.click()
    owner.settle()
    assert page.table.model.rows == ()


def test_a_time_off_without_a_time_says_what_is_missing(owner: Owner) -> None:
    page = owner.open(TimeOff)
    page.new.click()
    owner.type(owner.panel.start, "")
    owner.panel.keep.click()
    assert owner.panel.form["start"].message == "Type a time."
