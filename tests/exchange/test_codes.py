"""The ICD-10-CM table: what stands in it and how it is found."""

from __future__ import annotations

import re
from datetime import date

import pytest

from clinic.exchange import codes
from clinic.rules.diagnoses import excluded_pair, is_billable

TODAY = date(2026, 11, 23)

# domain D4: codes that come with massage orders
ORDERED = re.findall(
    r"\S+",
    """
M54.50 M54.51 M54.59 M54.2 M54.6 M54.89 M54.9 M54.30 M54.31 M54.32 M54.40 M54.41 M54.42 M54.12 M54.16 M54.17
M54.81 M51.360 M51.361 M51.362 M51.370 M51.379 M47.812 M47.816 M47.817 M48.061 M48.062 M79.10 M79.11 M79.12
M79.18 M79.7 M62.830 M62.831 M62.838 M62.81 M62.40 M62.411 M62.412 M25.511 M25.512 M25.519 M25.551 M25.552
M25.559 M25.561 M25.562 M25.569 M25.571 M25.572 M25.60 M25.611 M25.612 M75.01 M75.02 M75.41 M75.42 M75.51
M75.52 M75.101 M75.102 M77.11 M77.12 M77.01 M77.02 M72.2 M76.61 M76.62 M70.61 M70.62 M76.31 M76.32 M53.3
M46.1 G57.00 G57.01 G57.02 G56.00 G56.01 G56.02 G56.03 G54.0 M99.01 M99.05 G44.201 G44.209 G44.211 G44.219
G44.221 G44.229 G44.86 G43.909 R51.9 M26.601 M26.602 M26.603 M26.609 M26.621 M26.622 M26.623 M26.629 S13.4XXA
S13.4XXD S16.1XXA S16.1XXD S39.012A S39.012D S33.5XXA M17.10 M17.11 M17.12 M17.0 M19.90 I89.0 I97.2 M35.7
Q79.62 G89.29 G89.4 F41.1 G47.00 O99.891 L90.5 O26.891
""",
)


@pytest.mark.parametrize("code", ORDERED)
def test_the_codes_of_massage_orders_are_billable_today(code: str) -> None:
    assert is_billable(codes.look_up(code), TODAY)


@pytest.mark.parametrize("code", ["M54.5", "M79.1", "G44.2", "M26.62", "M51.36", "M51.37", "R51"])
def test_codes_that_were_split_up_are_not_billable_today(code: str) -> None:
    assert codes.look_up(code) is not None
    assert not is_billable(codes.look_up(code), TODAY)


@pytest.mark.parametrize(
    ("old", "new", "changed_on"),
    [
        ("M54.5", "M54.50", date(2021, 10, 1)),
        ("M51.36", "M51.360", date(2024, 10, 1)),
        ("M79.1", "M79.18", date(2018, 10, 1)),
        ("R51", "R51.9", date(2020, 10, 1)),
    ],
)
def test_a_code_is_billable_until_the_day_finer_ones_replace_it(old: str, new: str, changed_on: date) -> None:
    eve = changed_on.replace(month=9, day=30)
    assert is_billable(codes.look_up(old), eve)
    assert not is_billable(codes.look_up(old), changed_on)
    assert not is_billable(codes.look_up(new), eve)
    assert is_billable(codes.look_up(new), changed_on)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("M54.50", "M54.41"),
        ("M54.50", "S39.012A"),
        ("M54.50", "M51.26"),
        ("M54.59", "M51.360"),
        ("M54.31", "M54.41"),
        ("M54.31", "G57.01"),
        ("M54.31", "M51.16"),
        ("M54.2", "M50.20"),
        ("M54.6", "M51.24"),
        ("M79.18", "M79.7"),
        ("M79.11", "M60.9"),
        ("M79.2", "M54.12"),
    ],
)
def test_pairs_that_exclude_each_other_are_found_in_either_order(first: str, second: str) -> None:
    assert excluded_pair([first, second], codes.look_up) == (0, 1)
    assert excluded_pair([second, first], codes.look_up) == (0, 1)


@pytest.mark.parametrize(
    ("first", "second"),
    [("M54.50", "M54.2"), ("M54.50", "M62.830"), ("M54.2", "G44.209"), ("M25.511", "M75.41")],
)
def test_pairs_that_go_together_are_let_be(first: str, second: str) -> None:
    assert excluded_pair([first, second], codes.look_up) is None


def test_a_code_tells_its_label_and_release() -> None:
    code = codes.look_up("S39.012A")
    assert code is not None
    assert code.label == "Strain of muscle, fascia and tendon of lower back, initial encounter"
    assert code.release == "2026-04"


@pytest.mark.parametrize("text", ["", "M", "M54.", "m54.50", "M54.50\t1", "ZZZ.99", "Z99.9999", "~"])
def test_what_is_no_code_is_not_found(text: str) -> None:
    assert codes.look_up(text) is None


def test_words_find_codes_by_their_labels() -> None:
    assert [code.code for code in codes.search("pain SHOULDER", TODAY)] == ["M25.511", "M25.512", "M25.519"]


def test_the_beginning_of_a_code_finds_those_billable_that_day() -> None:
    assert [code.code for code in codes.search("m54.5", TODAY)] == ["M54.50", "M54.51", "M54.59"]
    assert [code.code for code in codes.search("m54.5", date(2021, 9, 30))] == ["M54.5"]


def test_a_search_gives_as_many_as_wanted_and_nothing_for_nothing() -> None:
    assert len(codes.search("pain", TODAY, limit=7)) == 7
    assert codes.search("  ", TODAY) == ()
    assert codes.search("2026-04", TODAY) == ()


@pytest.mark.parametrize(
    ("typed", "first"),
    [("low back", "M54.50"), ("sciat", "M54.30"), ("M54.2", "M54.2"), ("fibromy", "M79.7")],
)
def test_the_likeliest_diagnosis_comes_first(typed: str, first: str) -> None:
    assert codes.search(typed, TODAY)[0].code == first


def likeliest(words: str, on: date) -> list[str]:
    """Find codes the plain way: every row looked at, then put in order."""
    phrase = " ".join(words.lower().split())
    found: list[tuple[int, bool, str]] = []
    for row in (line.split("\t") for line in codes.table()):
        code, label, shown = row[0], row[6].lower(), f"{row[0]} {row[6]}".lower()
        good = row[1] == "1" and row[2] <= on.isoformat() and (not row[3] or on.isoformat() <= row[3])
        if good and all(token in shown for token in phrase.split()):
            likely = (label.startswith(phrase), shown.startswith(phrase), f" {phrase}" in shown, True)
            found.append((likely.index(True), code[0] not in "GM", code))
    return [code for *_kind, code in sorted(found)]


@pytest.mark.parametrize(
    "typed",
    [
        "left knee pa",
        "initial enc",
        "54.4 left",
        "(lumb",
        "xxa",
        "1",
        "arthritis",
        "of pain",
        "m54.5 low",
        "z",
    ],
)
def test_the_quick_way_finds_what_looking_at_every_code_finds(typed: str) -> None:
    assert [code.code for code in codes.search(typed, TODAY, limit=60)] == likeliest(typed, TODAY)[:60]
