"""The settings of the house: details, people, prices, rooms and terms."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from clinic.office import booking, handing_over, practice, price_list, sign_in, taking_back, upkeep
from clinic.values import ClientId, Gender, Money, Refusal, Role
from tests import practices
from tests.ui.settings.the_owner import THERAPIST, Owner, field
from ui.screens.booking.stranded import StrandedPanel
from ui.screens.settings.credentials import Papers
from ui.screens.settings.hours import read, written
from ui.screens.settings.house import House
from ui.screens.settings.leave import Gate
from ui.screens.settings.people import People
from ui.screens.settings.person import PersonPanel
from ui.screens.settings.rooms import Rooms
from ui.screens.settings.terms import Terms
from ui.screens.settings.treatments import TreatmentPanel, Treatments
from ui.widgets.cards import Card


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


def test_a_practice_that_never_said_its_hours_is_shown_those_it_goes_by(owner: Owner) -> None:
    page = owner.open(House)
    owner.type(page.hours._lines["sun"], "10-12")
    kept = owner.desk.reading(practice.letterhead).hours
    assert kept["sun"] == [["10:00", "12:00"]]
    assert kept["mon"] == [["09:00", "19:00"]]
    owner.undo()
    assert "sun" not in owner.desk.reading(practice.letterhead).hours
    assert read(page.hours._lines["sat"].text()) == [["09:00", "19:00"]]


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
    owner.panel.hours.own.click()
    owner.settle()
    owner.type(owner.panel.hours.week._lines["tue"], "12-5pm")
    assert owner.desk.reading(partial(upkeep.colleague, staff=THERAPIST)).hours == {
        "tue": [["12:00", "17:00"]]
    }


def test_single_days_limits_training_and_gender_are_kept_and_undone(owner: Owner) -> None:
    page = owner.open(People)
    owner.unlock(page)
    page.open(THERAPIST)
    owner.settle()
    panel = owner.panel

    def kept() -> upkeep.ColleagueFile:
        return owner.desk.reading(partial(upkeep.colleague, staff=THERAPIST))

    field(panel, "gender").setCurrentIndex(1)
    panel.form.look()
    field(panel, "lymphatic_certified").click()
    owner.settle()
    assert (kept().gender, kept().lymphatic_certified) == (Gender.FEMALE, True)
    owner.type(field(panel.enough, "visits"), "5")
    owner.type(field(panel.enough, "deep"), "2")
    assert kept().limits == {"visits": 5, "deep": 2}
    owner.type(field(panel.enough, "visits"), "")
    assert kept().limits == {"deep": 2}
    owner.undo()
    assert kept().limits == {"visits": 5, "deep": 2}
    panel.hours.days.add.click()
    (row,) = panel.hours.days.rows
    owner.type(row.hours, "9-noon")
    assert kept().special_days == ()
    owner.type(row.on, "dec 24 2030")
    assert kept().special_days == ({"on": "2030-12-24", "hours": [["09:00", "12:00"]]},)
    owner.type(row.hours, "late")
    assert "9-1" in row._under.text()
    assert kept().special_days[0]["hours"] == [["09:00", "12:00"]]
    row.away.click()
    owner.settle()
    assert kept().special_days == ()


def test_a_colleague_who_leaves_hands_their_visits_over(owner: Owner) -> None:
    booked = partial(
        booking.book,
        client=ClientId("c-own"),
        treatment=owner.desk.reading(practice.treatments)[0].id,
        staff=THERAPIST,
    )
    for hour in (10, 14):
        owner.desk.writing(partial(booked, at=datetime(2030, 3, 5, hour)))
    page = owner.open(People)
    owner.unlock(page)
    page.open(THERAPIST)
    owner.settle()
    leaving = owner.panel.leaving
    owner.type(field(leaving, "left_on"), "mar 5 2030")
    leaving.visits.click()
    owner.settle()
    panel = owner.panel
    assert isinstance(panel, StrandedPanel)
    assert panel.button.text() == "Hand over 2 visits"
    panel.rows[1].instead.setCurrentIndex(0)
    panel.button.click()
    owner.settle()
    panel = owner.panel
    assert [row.stranded.visit.at.hour for row in panel.rows] == [14]
    panel.button.click()
    owner.settle()
    assert owner.panel is None
    assert owner.desk.reading(partial(handing_over.left_behind, staff=THERAPIST)) == ()
    owner.undo()
    assert len(owner.desk.reading(partial(handing_over.left_behind, staff=THERAPIST))) == 1


def test_the_house_has_days_with_other_hours(owner: Owner) -> None:
    page = owner.open(House)
    page.days.add.click()
    owner.type(page.days.rows[0].on, "dec 24 2030")
    owner.type(page.days.rows[0].hours, "9-1")
    days = owner.desk.reading(practice.letterhead).special_days
    assert days == ({"on": "2030-12-24", "hours": [["09:00", "13:00"]]},)
    assert len(page.days.rows) == 1


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
    owner.undo()
    assert added.id not in {row.id for row in page.table.model.rows}
    owner.shell._undo.redo()
    owner.settle()
    assert added.id in {row.id for row in page.table.model.rows}
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
    with pytest.raises(Refusal, match="still_named"):
        owner.desk.writing(partial(taking_back.colleague, staff=added.id, reason="new"))
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
    owner.undo()
    offered = {row.name for row in owner.desk.reading(practice.treatments)}
    assert "Scalp and neck" not in offered
    owner.shell._undo.redo()
    owner.settle()
    assert "Scalp and neck" in {row.name for row in owner.desk.reading(practice.treatments)}


def test_rooms_are_added_and_renamed(owner: Owner) -> None:
    page = owner.open(Rooms)
    page.new.setText("Lantern")
    QTest.keyClick(page.new, Qt.Key.Key_Return)
    owner.settle()
    room = next(place for place in owner.desk.reading(practice.rooms) if place.name == "Lantern")
    owner.undo()
    assert room not in owner.desk.reading(practice.rooms)
    assert room.id not in page._lines
    owner.shell._undo.redo()
    owner.settle()
    assert room in owner.desk.reading(practice.rooms)
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


def test_certificates_stand_in_the_settings_too(owner: Owner) -> None:
    page = owner.open(Papers)
    names = {card.accessibleName() for card in page.credentials.findChildren(Card)}
    assert practices.PEOPLE["s-therapist"] in names
