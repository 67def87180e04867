"""Whatever somebody brings as a practice file: it is taken in or refused, with a place, in no time."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from clinic.exchange import portable
from clinic.exchange.jsontext import walk
from clinic.values import Refusal
from tests.exchange.made import a_file, a_practice

if TYPE_CHECKING:
    import random

SCRAPS: list[Any] = [
    None, True, -1, 0, 10**30, 0.5, 1e300, "", "\0", "\ud800", "=1+1", "../../etc/passwd", "CON", "x" * 200_000,
    "2026-02-30", "2026-03-08T02:30", "9999-12-31", "0000-00-00T00:00", "\u202e😀", [], {}, [[[[]]]], {"id": "c1"},
    "c1", "l1", "x1", "owner", "1234567890", "M54.5", float("nan"), float("-inf"),
]  # fmt: skip
BYTES = [
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b"\\ud800",
    b"9" * 5000,
    b"[" * 5000,
]


def bent(document: Any, dice: random.Random) -> Any:
    """Put something where it does not belong: replaced, removed, doubled or under another key."""
    document = copy.deepcopy(document)
    held = dice.choice([value for _, value in walk(document) if isinstance(value, dict | list)])
    found = dice.choice(list(walk(document)))[1]
    scrap = copy.deepcopy(dice.choice([*SCRAPS, found]))
    if isinstance(held, list):
        match dice.randrange(3):
            case 0:
                held.append(scrap)
            case 1 if held:
                held[dice.randrange(len(held))] = scrap
            case _:
                held.extend(copy.deepcopy(held))
    else:
        match dice.randrange(3):
            case 0:
                held[dice.choice(["id", "at", "line", "client", "\0", "/~", "é" * 50])] = scrap
            case 1 if held:
                held[dice.choice(list(held))] = scrap
            case _ if held:
                del held[dice.choice(list(held))]
    return document


def torn(data: bytes, dice: random.Random) -> bytes:
    """Cut, splice or spoil the bytes themselves."""
    here, there = sorted(dice.randrange(len(data)) for _ in range(2))
    match dice.randrange(4):
        case 0:
            return data[:here]
        case 1:
            return data[:here] + data[there:]
        case 2:
            return data[:here] + dice.choice(BYTES) + data[here:]
        case _:
            return data[:here] + bytes([dice.randrange(256)]) + data[here + 1 :]


def is_there(document: Any, at: str) -> bool:
    """Tell whether a pointer leads to something; what can't be shown in a key is shown as a mark."""
    if at in {"/format", "/practice"} or "\N{REPLACEMENT CHARACTER}" in at:
        return True
    for part in at.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(document, list) and int(key) < len(document):
            document = document[int(key)]
        elif isinstance(document, dict) and key in document:
            document = document[key]
        else:
            return False
    return True


def outcome(data: bytes) -> Refusal | None:
    """Read and check; anything but a Refusal is a fault of ours."""
    try:
        portable.check(portable.parse(data))
    except Refusal as refusal:
        return refusal
    return None


@pytest.mark.sweep(10_000)
def test_a_bent_file_is_refused_with_its_place(rounds: int, dice: random.Random) -> None:
    refusals = 0
    for _ in range(rounds):
        document = bent(a_practice(), dice)
        for _ in range(dice.randrange(3)):
            document = bent(document, dice)
        refusal = outcome(a_file(document))
        if refusal is not None:
            refusals += 1
            assert refusal.at is not None
            assert is_there(document, refusal.at)
    assert refusals > rounds // 2


@pytest.mark.sweep(10_000)
def test_a_torn_file_is_refused_without_a_trace(rounds: int, dice: random.Random) -> None:
    whole = a_file(a_practice())
    outcomes = [outcome(torn(whole, dice)) for _ in range(rounds)]
    assert sum(refusal is not None for refusal in outcomes) > rounds // 2


@pytest.mark.sweep(2_000)
def test_noise_is_no_practice(rounds: int, dice: random.Random) -> None:
    for _ in range(rounds):
        assert outcome(dice.randbytes(dice.randrange(2000))) is not None


@pytest.mark.parametrize(
    "bomb",
    [
        b'{"a":' * 1_000_000,
        b"[" * 10_000_000,
        b'{"version":1' + b"0" * 10_000_000 + b"}",
        b'"' + b"\\u0000" * 1_000_000 + b'"',
        b"[" + b"[],".join([b""] * 1_000_000) + b"[]]",
        json.dumps({f"k{n}": n for n in range(300_000)}).encode(),
    ],
    ids=["nested objects", "nested lists", "a long number", "a long text", "many lists", "many keys"],
)
def test_a_bomb_goes_off_as_a_refusal(bomb: bytes) -> None:
    assert outcome(bomb) is not None


def test_a_text_of_two_hundred_kilobytes_is_refused_where_it_stands() -> None:
    refusal = outcome(a_file(a_practice({"/clients/0/given_name": "x" * 200_000})))
    assert refusal is not None
    assert (refusal.code, refusal.at) == ("text_too_long", "/clients/0/given_name")
