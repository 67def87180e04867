"""The columns of a table: nothing is cut short while there is room, and no more than needed where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetrics

from ui.theme import theme
from ui.widgets.cutting import cut
from ui.widgets.widths import Wish, longest, sampled, shared

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

NAME = Wish(0, 180, 112, shares=True)
DAY, AMOUNT = Wish(120, 90, 90), Wish(80, 70, 70)


def test_usual_widths_stand_and_the_rest_goes_to_those_who_share_it() -> None:
    assert shared([NAME, DAY, AMOUNT], 600) == [400, 120, 80]
    assert shared([NAME, NAME, AMOUNT], 601) == [261, 260, 80]


def test_a_column_is_wider_than_usual_where_its_words_need_it() -> None:
    assert shared([NAME, Wish(120, 150, 100)], 400) == [250, 150]


def test_a_column_wider_than_it_needs_gives_before_a_word_is_cut() -> None:
    assert shared([NAME, DAY, AMOUNT], 350) == [180, 98, 72]
    assert shared([NAME, DAY, AMOUNT], 340) == [180, 90, 70]


def test_the_sharing_column_is_cut_short_first_and_then_the_widest() -> None:
    assert shared([NAME, DAY, AMOUNT], 280) == [120, 90, 70]
    words = Wish(200, 200, 60)
    assert shared([NAME, words, Wish(100, 100, 60), AMOUNT], 400) == [112, 118, 100, 70]


def test_past_the_least_a_table_is_wider_than_its_room() -> None:
    assert shared([NAME, DAY, AMOUNT], 100) == [112, 90, 70]


def test_a_width_drawn_by_hand_is_kept() -> None:
    by_hand = Wish(40, 90, 0, fixed=True)
    assert shared([NAME, by_hand, AMOUNT], 600) == [480, 40, 80]
    assert shared([NAME, by_hand, AMOUNT], 200)[1] == 40


def test_no_column_needs_no_room() -> None:
    assert shared([], 300) == []


WISHES = st.builds(
    lambda usual, needed, least, shares: Wish(0 if shares else usual, needed, min(least, needed), shares),
    st.integers(1, 300),
    st.integers(1, 400),
    st.integers(1, 120),
    st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(wishes=st.lists(WISHES, min_size=1, max_size=9), room=st.integers(1, 2_000))
def test_the_room_is_used_and_never_overdrawn_for_longer_than_must_be(wishes: list[Wish], room: int) -> None:
    widths = shared(wishes, room)
    assert all(width >= min(wish.least, wish.needed) for wish, width in zip(wishes, widths, strict=True))
    if sum(widths) > room:
        assert widths == [wish.least for wish in wishes]
    if sum(wish.needed for wish in wishes) <= room:
        assert all(width >= wish.needed for wish, width in zip(wishes, widths, strict=True))


def test_wide_scripts_are_measured_though_they_have_fewer_signs() -> None:
    names = [
        "Jonah Abrams",
        *("Ana" for _each in range(50)),
        "\N{CJK UNIFIED IDEOGRAPH-9673}" * 7,
        "Bo",
        "Cy",
    ]
    assert names[51] in longest(names)


def test_a_long_table_is_looked_at_here_and_there() -> None:
    seen = sampled(range(10_000))
    assert len(seen) <= 120
    assert 9_999 - int(str(seen[-1])) < 100
    assert list(sampled([1, 2, 3])) == [1, 2, 3]


def test_the_dots_of_a_name_cut_short_stand_where_its_script_goes_on(qapp: QApplication) -> None:
    assert qapp is not None
    metrics = QFontMetrics(theme.font())
    whole = "نور الهدى الشهابي"
    short = cut(metrics, whole, metrics.horizontalAdvance(whole) // 2)
    assert short.endswith("…\N{RIGHT-TO-LEFT MARK}")
    assert cut(metrics, whole, 2_000) == whole
    assert cut(metrics, "Anneliese Brandt", 60).endswith("…")
