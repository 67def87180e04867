"""Which passwords are good enough to be the only lock."""

from __future__ import annotations

import pytest

from clinic.storage import passwords
from clinic.values import Refusal


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_too_short"),
        ("fourteen signs", "password_too_short"),
        ("x" * 2000, "password_too_long"),
        ("password1234567", "password_too_common"),
        ("Password-Password-1", "password_too_common"),
        ("aaaaaaaaaaaaaaaaaaaa", "password_too_common"),
        ("abcabcabcabcabcabc", "password_too_common"),
        ("qwertyuiopasdfgh", "password_too_common"),
        ("poiuytrewq0987654321", "password_too_common"),
        ("open sesame, open sesame", "password_too_common"),
        ("letmein password", "password_too_common"),
        ("Mirela Oduya 2026", "password_too_common"),
        ("a good one but \x00 cut", "password_text"),
        ("a good one but \ud800 not", "password_text"),
    ],
)
def test_what_is_short_or_guessed_first_is_refused(password: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        passwords.check(password, about=("Mirela Oduya",))
    assert (refusal.value.code, refusal.value.at) == (code, "password")


@pytest.mark.parametrize(
    "password",
    [
        "we had tea on the ferry",
        "密碼很長很長的喔真的很長很長喔",
        "пять белых уток летят",
        "k" + "Vq7#t2Wz" * 8,
        "8 f x t p z r w q y",
        "monkey superman october default",
    ],
)
def test_any_long_password_of_ones_own_will_do(password: str) -> None:
    passwords.check(password, about=("Mirela Oduya",))


def test_six_words_are_always_good_and_never_the_same() -> None:
    made = {passwords.six_words() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        assert len(password.split()) == 6
        passwords.check(password)


def test_six_words_are_drawn_from_enough_words() -> None:
    words = passwords._list("words.txt")
    assert len(set(words)) == len(words) >= 1296


def test_two_ways_to_type_the_same_letters_are_one_password() -> None:
    assert passwords.normal("cafe\u0301") == passwords.normal("caf\u00e9")
