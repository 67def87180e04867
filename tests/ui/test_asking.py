"""The forms as they are drawn: whatever was answered is shown again as it was, in every control there is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from clinic.exchange.forms import questionnaire
from clinic.rules.forms import settled
from tests.rules.contraindications.cases import cases, laid_over
from ui.asking.control import Manner
from ui.asking.page import PageView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

NOW = datetime(2026, 11, 18, 14, 10)
EVERY = 4
"""Every so manieth case is shown: their answers repeat."""


def told() -> Iterator[dict[str, Any]]:
    for case in cases()[::EVERY]:
        whole = laid_over(case["over"])
        yield from (whole[form]["answers"] for form in ("full", "quick") if form in whole)


def views(qtbot: QtBot, form: str, manner: Manner) -> list[PageView]:
    made = [PageView(page, manner) for page in questionnaire().pages[form]]
    for view in made:
        qtbot.addWidget(view)
    return made


@pytest.mark.parametrize("form", ["full", "quick", "staff"])
def test_what_was_answered_is_shown_and_read_back_as_it_was(qtbot: QtBot, form: str) -> None:
    made = views(qtbot, form, Manner(NOW, may_judge=True))
    seen = 0
    for answers in told():
        for view in made:
            own = {key: value for key, value in answers.items() if key in view.cards}
            if not own:
                continue
            view.show_answers(answers)
            read = view.answers
            for key, card in view.cards.items():
                wanted = settled(card.asked.part, own.get(key))
                if not card.isHidden() and wanted != {}:
                    assert read.get(key) == wanted, key
                    seen += 1
    assert seen > 0


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("touch", [True, False])
def test_every_page_is_drawn_and_everything_on_it_has_a_name(
    qtbot: QtBot, language: str, *, touch: bool
) -> None:
    for form in ("full", "quick", "staff"):
        for view in views(qtbot, form, Manner(NOW, language, touch)):
            nameless = [
                widget
                for widget in view.findChildren(QWidget)
                if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
            ]
            assert nameless == []
            assert view.answers == {}


@pytest.fixture
def page(qtbot: QtBot) -> Callable[..., PageView]:
    """Draw one page of the full form."""

    def drawn(name: str, **manner: Any) -> PageView:
        found = next(each for each in questionnaire().pages["full"] if each.id == name)
        view = PageView(found, Manner(NOW, **manner))
        qtbot.addWidget(view)
        kept.append(view)
        return view

    kept: list[PageView] = []
    return drawn


def test_no_to_the_rest_leaves_what_was_said(page: Callable[..., PageView]) -> None:
    view = page("today")
    view.show_answers({"C04": {"alcohol": "yes", "drugs": "no"}})
    view.say_no_to_rest()
    assert view.answers["C04"] == {"alcohol": "yes", "drugs": "no"}
    assert view.answers["C03"] == []
    assert view.open_questions() == {}


def test_one_press_says_none_of_these_and_takes_it_back(page: Callable[..., PageView]) -> None:
    card = page("today").cards["B05"]
    card._no.click()
    assert set(card.answer.values()) == {"no"}
    card._no.click()
    assert card.answer is None


def test_a_question_that_hangs_on_another_comes_and_goes(page: Callable[..., PageView]) -> None:
    view = page("body")
    pregnant: Any = view.cards["F01"].control
    assert view.cards["F02"].isHidden()
    pregnant.ticks["yes"].click()
    assert not view.cards["F02"].isHidden()
    pregnant.ticks["no"].click()
    assert view.cards["F02"].isHidden()
    assert view.answers == {"F01": "no"}


def test_a_medicine_is_offered_as_one_types_and_a_stranger_is_asked_about(
    page: Callable[..., PageView],
) -> None:
    view = page("comfort", may_judge=True)
    control: Any = view.cards["K01"].control
    QTest.keyClicks(control.line, "eliq")
    offered = [control.line._flow.itemAt(at).widget().text() for at in range(control.line._flow.count())]
    assert offered[0] == "Eliquis"
    QTest.keyClick(control.line, Qt.Key.Key_Return)
    QTest.keyClicks(control.line, "Zorbatrix")
    QTest.keyClick(control.line, Qt.Key.Key_Return)
    assert [item["name"] for item in view.answers["K01"]] == ["Eliquis", "Zorbatrix"]
    known, unknown = control.cards
    assert known.classes.isHidden()
    assert not unknown.classes.isHidden()
    unknown.classes.controls["class"].ticks["sedative"].click()
    assert view.answers["K01"][1] == {"name": "Zorbatrix", "class": "sedative"}
    known.away.click()
    assert [item["name"] for item in view.answers["K01"]] == ["Zorbatrix"]
    control.none.click()
    assert view.answers["K01"] == []


def test_a_client_is_not_asked_what_an_unknown_medicine_is_for(page: Callable[..., PageView]) -> None:
    control: Any = page("comfort", touch=True).cards["K01"].control
    control.add("Zorbatrix")
    assert control.cards[0].classes.isHidden()


def test_areas_are_chosen_by_side_and_taken_away(page: Callable[..., PageView]) -> None:
    view = page("comfort")
    places: Any = view.cards["L01"].control.controls["no_touch"]  # type: ignore[attr-defined]
    places.toggle()
    places._ticks["left_foot"].click()
    places._ticks["scalp"].click()
    assert places.answer == ["left_foot", "scalp"]
    places._take_away("left_foot", None)
    assert places.answer == ["scalp"]
    places.none.click()
    assert places.answer == []


def test_an_answer_pressed_twice_is_taken_back(page: Callable[..., PageView]) -> None:
    control: Any = page("body").cards["F01"].control
    for _press in range(2):
        control.ticks["no"].click()
    assert control.answer is None


def test_a_thing_of_a_list_is_opened_asked_and_closed(page: Callable[..., PageView]) -> None:
    view = page("today")
    skin: Any = view.cards["C03"].control
    skin.ticks["burn"].click()
    assert "C03" in view.open_questions()
    skin.entries[0].away.click()
    assert skin.answer is None
    skin.ticks["burn"].click()
    skin.ticks["burn"].click()
    assert skin.entries == []
    skin.none.click()
    assert skin.answer == []


def test_a_time_alone_is_of_today(page: Callable[..., PageView]) -> None:
    card = page("today").cards["C05"]
    meal: Any = card.control.controls["meal_at"]  # type: ignore[attr-defined]
    QTest.keyClicks(meal.time, "1pm")
    assert meal.answer == "2026-11-18T13:00"
