"""The rule book in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.office import rules
from ui.screens.settings.rule import RulePanel
from ui.screens.settings.rules import Rules

if TYPE_CHECKING:
    from tests.ui.settings.the_owner import Owner


def test_a_rule_is_found_raised_and_put_back(owner: Owner) -> None:
    page = owner.open(Rules)
    assert len(page.table.model.rows) == 138
    owner.unlock(page)
    mild = next(row for row in owner.desk.reading(rules.book).rows if max(row.severities) < "S3")
    page.search.setText(mild.id)
    (row,) = [each for each in page.table.model.rows if each.id == mild.id]
    page.table.opened.emit(row)
    panel = owner.panel
    assert isinstance(panel, RulePanel)
    panel.raised.choose("S4")
    panel.raised.switched.emit("S4")
    owner.settle()
    assert told(owner, mild.id).tightened_to == "S4"
    page.search.clear()
    page.parts.choose("changed")
    page.parts.switched.emit("changed")
    assert [each.id for each in page.table.model.rows] == [mild.id]
    owner.undo()
    assert told(owner, mild.id).tightened_to is None


def test_a_rule_is_switched_off_and_on_unless_it_guards_a_life(owner: Owner) -> None:
    page = owner.open(Rules)
    owner.unlock(page)
    book = owner.desk.reading(rules.book)
    mild = next(row for row in book.rows if not row.guards_life)
    grave = next(row for row in book.rows if row.guards_life)
    page.table.opened.emit(grave)
    assert owner.panel.switch.isHidden()
    page.table.opened.emit(mild)
    owner.panel.switch.click()
    owner.settle()
    assert told(owner, mild.id).off
    page.table.opened.emit(told(owner, mild.id))
    owner.panel.switch.click()
    owner.settle()
    assert not told(owner, mild.id).off


def test_rules_do_not_change_without_leave(owner: Owner) -> None:
    page = owner.open(Rules)
    assert not page.strict.isEnabled()
    page.table.opened.emit(page.table.model.rows[0])
    assert not owner.panel.change.isEnabled()
    page._do(lambda work, reason: rules.be_strict(work, strict=True, reason=reason))
    owner.settle()
    assert page._refusal.text()
    assert not owner.desk.reading(rules.book).strict


def test_the_practice_can_be_strict_and_say_when_a_trimester_ends(owner: Owner) -> None:
    page = owner.open(Rules)
    owner.unlock(page)
    page.strict.click()
    owner.settle()
    page.weeks.choose(13)
    page.weeks.activated.emit(page.weeks.currentIndex())
    owner.settle()
    book = owner.desk.reading(rules.book)
    assert (book.strict, book.first_trimester_ends) == (True, 13)
    owner.undo()
    assert owner.desk.reading(rules.book).first_trimester_ends is None


def test_the_practice_says_up_to_which_age_a_guardian_is_there(owner: Owner) -> None:
    page = owner.open(Rules)
    owner.unlock(page)
    for box, age in ((page.on_premises, 16), (page.in_room, 14)):
        box.choose(age)
        box.activated.emit(box.currentIndex())
        owner.settle()
    book = owner.desk.reading(rules.book)
    assert (book.guardian_in_room_under, book.guardian_on_premises_under) == (14, 16)
    page.in_room.choose(18)
    page.in_room.activated.emit(page.in_room.currentIndex())
    owner.settle()
    assert "on the premises too" in page._refusal.text()
    assert page.in_room.currentData() == 14
    owner.undo()
    assert owner.desk.reading(rules.book).guardian_in_room_under is None


def told(owner: Owner, rule: str) -> rules.Row:
    return next(row for row in owner.desk.reading(rules.book).rows if row.id == rule)
