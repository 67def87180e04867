"""Any name prints, and can be read back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.documents import receipt
from clinic.documents.composing import compose
from clinic.documents.sheets import Client
from clinic.documents.style import BODY, wrap
from tests.documents.reading import opened, words_of
from tests.documents.sheets_made import a_receipt

NAMES = (
    "Nguyễn Thị Hạnh",
    "Zoë O'Neil-Łukasiewicz",
    "Γιώργος Παπαδόπουλος",
    "Дмитрий Соколов",
    "محمد علي",
    "علاء عبد الله صلاح",
    "علی\u200cرضا",
    "رضا\u200d",
    "שרה כהן",
    "प्रिया शर्मा",
    "อารี แก้ว",
    "山田 太郎",
    "王小明",
    "김철수",
    "Ռուբեն",
    "ნინო",
    "ሰላም",
    "আনিকা",
    "தமிழ்",
    "<b>=1+1</b> & ../CON",
)


JOINED = "رضاכהक्ष a1\u200c\u200d\u202b\u202c"
"""Letters of both directions, what joins or parts them by hand, and what turns them."""


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_read_back_as_it_was_written(name: str) -> None:
    assert name in words_of(receipt.pdf(a_receipt(client=Client(name))))


@pytest.mark.parametrize("name", NAMES)
def test_no_glyph_of_a_name_is_a_box(name: str) -> None:
    runs = compose(name, "SemiBold").runs
    assert all(glyph.index for run in runs for glyph in run.glyphs)


def test_an_emoji_has_a_shape() -> None:
    assert "Ann 😀" in words_of(receipt.pdf(a_receipt(client=Client("Ann 😀"))))


def test_a_letter_no_face_has_is_spelt_out() -> None:
    assert "[U+12000]" in words_of(receipt.pdf(a_receipt(client=Client("𒀀"))))


def test_a_leftward_name_stands_in_its_own_order_within_a_rightward_line() -> None:
    runs = compose("Ann (שרה) Lee").runs
    assert "".join(glyph.says for run in runs for glyph in run.glyphs) == "Ann (הרש) Lee"


def test_figures_are_equally_wide_in_columns_only() -> None:
    wide = {compose(figure * 4, columns=True).width for figure in "0123456789"}
    assert len(wide) == 1
    assert compose("1111").width < compose("1111", columns=True).width


def test_words_are_kerned() -> None:
    loose = sum(compose(letter).width for letter in "AVATAR")
    assert compose("AVATAR").width < loose


def test_accents_that_follow_their_letter_join_it() -> None:
    apart = unicodedata.normalize("NFD", "Hạnh")
    assert compose(apart) == compose("Hạnh")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text(JOINED, max_size=12))
def test_any_text_is_set_without_a_fault(text: str) -> None:
    pdf = receipt.pdf(a_receipt(client=Client(text), marks=(), signature=None))
    assert len(opened(pdf).pages) >= 1


@given(st.text("abc XYZ12山ش", max_size=200), st.integers(20, 300))
def test_wrapping_keeps_every_letter_and_stays_inside(text: str, width: int) -> None:
    lines = wrap(text, BODY, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(BODY.width(line) <= width + 0.01 for line in lines if len(line) > 1)


def test_a_joined_pair_is_told_as_two_letters_and_drawn_once() -> None:
    (run,) = compose("علاء").runs
    assert sorted(glyph.says for glyph in run.glyphs) == sorted("علاء")
    unseen = [glyph for glyph in run.glyphs if not glyph.advance]
    assert [glyph.says for glyph in unseen] == ["ل"]
    assert not run.face.font.get_glyph_extents(unseen[0].index).width


def test_a_line_break_in_a_text_is_a_space_on_paper() -> None:
    assert "Ann Lee" in words_of(receipt.pdf(a_receipt(client=Client("Ann\nLee"))))


def test_a_name_of_ten_thousand_letters_is_no_fault() -> None:
    assert len(opened(receipt.pdf(a_receipt(client=Client("ab 山" * 2500)))).pages) >= 1


@pytest.mark.parametrize("name", ["مُحَمَّد", "שָׁלוֹם", "ที่นี่", "क्‍ष", "👩‍👧"])
def test_marks_stay_with_their_letter_in_one_face(name: str) -> None:
    (run,) = compose(name).runs
    assert sorted("".join(glyph.says for glyph in run.glyphs)) == sorted(name)


def test_raised_marks_are_raised_and_the_line_comes_down_again() -> None:
    line = compose("مُحَمَّد")
    assert line.shown[0].count("Ts") >= 2
    assert "0.000 Ts" in line.shown[0]
