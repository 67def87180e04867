"""What needs attention, as it is listed: the visits of one client together, long kinds folded, and no more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from clinic.office.attention import Item, Why
from clinic.values import AppointmentId, ClientId, Money
from ui.screens.today.attention import Attention

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


def test_a_long_kind_shows_five_and_unfolds_alone(listed: Attention) -> None:
    listed.show_items((*of(Why.FLAG_REFUSES, 6), *of(Why.UNPAID, 17), *of(Why.UNSIGNED, 5)), TODAY)
    assert [len([t for t in said(listed) if t == what]) for what in KINDS] == [5, 5, 5]
    folds = [each for each in links(listed) if each.text().startswith("Show")]
    assert [each.text() for each in folds] == ["Show one more", "Show 12 more"]
    assert folds[1].accessibleName() == "Show 12 more: $125.00 unpaid"
    folds[1].click()
    assert [len([t for t in said(listed) if t == what]) for what in KINDS] == [5, 17, 5]
    assert [each.text() for each in links(listed) if each.text().startswith("Show")] == ["Show one more"]


def test_what_was_unfolded_stays_so_when_the_list_is_told_anew(listed: Attention) -> None:
    listed.show_items(of(Why.UNPAID, 8), TODAY)
    next(each for each in links(listed) if each.text() == "Show 3 more").click()
    listed.show_items(of(Why.UNPAID, 7), TODAY)
    assert said(listed).count("$125.00 unpaid") == 7
