"""What needs attention, as it is listed: the visits of one client together, long kinds folded, and no more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from clinic.office.attention import Item, Why
from clinic.values import AppointmentId, ClientId, Money
from ui.screens.today.attention import Attention
from ui.screens.today.folded import ALONE, told_together

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TODAY = date(2026, 11, 23)
KINDS = ("A visit can't be on its day", "$125.00 unpaid", "Note not signed")


@pytest.fixture
def listed(qtbot: QtBot) -> Attention:
    listed = Attention()
    qtbot.addWidget(listed)
    return listed


def of(why: Why, many: int) -> tuple[Item, ...]:
    return tuple(
        Item(
            why,
            f"Ana Ferreira {n}",
            client=ClientId(f"c-{n}"),
            appointment=AppointmentId(f"a-{n}"),
            amount=Money(12500),
            on=TODAY - timedelta(days=n),
        )
        for n in range(many)
    )


def said(listed: Attention) -> list[str]:
    return [
        each.text().replace("\u2068", "").replace("\u2069", "").replace("\u00a0", " ")
        for each in listed.findChildren(QLabel)
        if each.isVisibleTo(listed)
    ]


def links(listed: Attention) -> list[QPushButton]:
    return [each for each in listed.findChildren(QPushButton) if each.isVisibleTo(listed)]


def test_visits_told_of_together_name_the_first_and_count_the_others(listed: Attention) -> None:
    whole = Item(Why.QUESTIONS_OPEN, "Hạnh Nguyễn", appointment=AppointmentId("a-1"), on=TODAY, count=3)
    two = Item(Why.UNPAID, "Odile Marchetti", client=ClientId("c"), amount=Money(20000), on=TODAY, count=2)
    listed.show_items((whole, two), TODAY)
    assert "Hạnh Nguyễn, visit of today, and 2 more visits" in said(listed)
    assert "Odile Marchetti, visit of today, and one more visit" in said(listed)
    followed: list[object] = []
    listed.followed.connect(followed.append)
    links(listed)[0].click()
    assert followed == [whole]


def test_entries_alike_are_told_in_one_that_opens_its_own_list(listed: Attention) -> None:
    listed.show_items((*of(Why.FLAG_REFUSES, 2), *of(Why.UNPAID, 17), *of(Why.UNSIGNED, 3)), TODAY)
    assert [said(listed).count(what) for what in KINDS] == [2, 0, 0]
    assert {"17 clients owe $2,125.00 in all", "3 notes not signed", "4"} <= set(said(listed))
    assert "Ana Ferreira 0, Ana Ferreira 1 and 15 more" in said(listed)
    folds = [each for each in links(listed) if each.text() == "List them"]
    assert folds[0].accessibleName() == "List them: 17 clients owe $2,125.00 in all"
    folds[0].click()
    assert [said(listed).count(what) for what in KINDS] == [2, 17, 0]
    assert len([each for each in links(listed) if each.text() == "Take payment"]) == 17
    next(each for each in links(listed) if each.text() == "Fold the list").click()
    assert [said(listed).count(what) for what in KINDS] == [2, 0, 0]


def test_several_visits_of_one_client_count_as_so_many(listed: Attention) -> None:
    both = Item(Why.UNSIGNED, "Hạnh Nguyễn", client=ClientId("c"), on=TODAY, count=2)
    listed.show_items((both, *of(Why.UNSIGNED, 2)), TODAY)
    assert "4 notes not signed" in said(listed)
    assert "Hạnh Nguyễn, Ana Ferreira 0 and one more" in said(listed)


def test_no_emergency_is_folded_away(listed: Attention) -> None:
    listed.show_items(of(Why.FLAG_EMERGENCY, 6), TODAY)
    assert said(listed).count("An emergency was told") == 6


@pytest.mark.parametrize("why", [why for why in Why if why not in ALONE])
def test_every_kind_has_words_for_several(why: Why) -> None:
    told = told_together(why, of(why, 3), ["Ana", "Ana", "Bea"])
    assert "3" in told.what
    assert told.why == "Ana, Bea"


def test_what_was_unfolded_stays_so_when_the_list_is_told_anew(listed: Attention) -> None:
    listed.show_items(of(Why.UNPAID, 8), TODAY)
    next(each for each in links(listed) if each.text() == "List them").click()
    listed.show_items(of(Why.UNPAID, 7), TODAY)
    assert said(listed).count("$125.00 unpaid") == 7
