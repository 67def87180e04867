"""What makes a password good enough to be the only lock: its length, and that nobody would guess it."""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS_FOLDER = Path(__file__).parents[2] / "resources" / "wordlist"
LEAST = 15
MOST = 1024
"""Far beyond what anybody types; it only keeps a pasted book from being hashed."""
OWN_LETTERS = 6
"""Letters that must be left once everything guessable is taken out."""
WORTH = "\0\0"
"""What is left of a guessable word: drawn from a hundred of them, one is as hard to guess as two letters."""
RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1234567890",
    "qazwsxedcrfvtgbyhnujmikolp",
)
LONG_RUN = 4
YEAR = re.compile(r"(?:19|20)\d\d")
WORDS = 6


def normal(password: str) -> str:
    """Bring a password into one form, so that every keyboard that can type it opens the file."""
    return unicodedata.normalize("NFKC", password)


def check(password: str, *, about: Iterable[str] = ()) -> None:
    """Refuse a password that is too short or that somebody would guess; there are no other rules to obey."""
    text = normal(password)
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text):
        raise Refusal("password_text", at="password")
    if len(text) < LEAST:
        raise Refusal("password_too_short", at="password", least=LEAST)
    if len(text) > MOST:
        raise Refusal("password_too_long", at="password", most=MOST)
    if len(_unguessable(text.casefold(), about)) < OWN_LETTERS:
        raise Refusal("password_too_common", at="password")


def six_words() -> str:
    """Make a password that is easy to keep in mind: six words drawn at random."""
    words = _list("words.txt")
    return " ".join(secrets.choice(words) for _ in range(WORDS))


def _unguessable(text: str, about: Iterable[str]) -> str:
    """Reduce a text to what is left after what is tried first: names, years, common words, rows of keys, repeats."""
    names = (word for name in about for word in normal(name).casefold().split() if len(word) >= LONG_RUN)
    for guess in sorted(names, key=len, reverse=True):
        text = text.replace(guess, "")
    text, worth = YEAR.sub("", text), ""
    for guess in sorted(_list("common.txt"), key=len, reverse=True):
        if guess in text:
            text, worth = text.replace(guess, ""), worth + WORTH
    letters = re.sub(r"[\W_]", "", text)
    for run in RUNS:
        for direction in (run * 2, run[::-1] * 2):
            letters = _without_runs(letters, direction)
    return re.sub(r"(.{1,8}?)\1+", r"\1", letters) + worth


def _without_runs(letters: str, run: str) -> str:
    left, at = "", 0
    while at < len(letters):
        length = 1
        while at + length < len(letters) and letters[at : at + length + 1] in run:
            length += 1
        if length < LONG_RUN:
            left += letters[at : at + length]
        at += length
    return left


@lru_cache
def _list(name: str) -> tuple[str, ...]:
    return tuple((WORDS_FOLDER / name).read_text(encoding="utf-8").split())
