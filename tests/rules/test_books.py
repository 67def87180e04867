"""Papers are numbered without a gap, never twice, and taken back only with a story."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules import books
from clinic.rules.books import Book, Number
from clinic.values import Money, Refusal, StaffId

OWNER = StaffId("owner")
TODAY = date(2026, 11, 23)
A_VOID = books.Void(OWNER, TODAY, "Wrong client")

series = st.sampled_from(("R", "C", "RB", "CB", "RY", "RZ", "RZB", "CZZ", "CZZK"))
numbers = st.builds(Number, series, st.integers(1900, 2199), st.integers(1, 10**8))


@given(numbers)
def test_a_number_reads_as_it_was_written(number: Number) -> None:
    assert books.parse(str(number)) == number


@pytest.mark.parametrize(
    "text",
    [
        "R-2026-000000",
        "R-2026-123",
        "R-2026-0000123",
        "R-26-000123",
        "r-2026-000123",
        "X-2026-000123",
        "RA-2026-000123",
        "RBB-2026-000123",
        "R-2026-000123 ",
        "R-2026-00012٣",
        "",
    ],
)
def test_a_number_of_another_make_is_not_ours(text: str) -> None:
    assert books.parse(text) is None


def test_a_million_papers_in_a_year_still_have_numbers() -> None:
    assert str(books.next_number("R", 2026, 999_999)) == "R-2026-1000000"


def test_d08_a_void_number_stays_and_the_next_follows_it() -> None:
    taken = [books.next_number("R", 2026, 122)]
    books.void(by=OWNER, on=TODAY, reason="Wrong client", earlier=None, used=False)
    taken.append(books.next_number("R", 2026, books.highest(taken)["R", 2026]))
    assert [str(number) for number in taken] == ["R-2026-000123", "R-2026-000124"]
    assert books.gaps([*range(1, 123), *(number.sequence for number in taken)], 124) == ()


def test_d10_a_discarded_draft_uses_no_number() -> None:
    """A draft has no number to lose: the same last number gives the same next one."""
    assert books.next_number("R", 2026, 122) == books.next_number("R", 2026, 122)


def test_d17_a_new_year_begins_at_one() -> None:
    last = {("R", 2026): 122}
    numbered = books.number_all([(date(2027, 1, 2), "invoice")], "R", last)
    assert str(numbered["invoice"]) == "R-2027-000001"


def test_credit_notes_are_numbered_in_a_book_of_their_own() -> None:
    assert str(books.next_number(books.current(Book.CREDIT_NOTES, ["R", "RB"]), 2027, 0)) == "C-2027-000001"


def test_the_latest_series_of_a_book_is_in_use() -> None:
    assert books.current(Book.RECEIPTS, []) == "R"
    assert books.current(Book.RECEIPTS, ["R", "CB", "C"]) == "R"
    assert books.current(Book.RECEIPTS, ["RB", "R", "CD"]) == "RB"


def test_a_lost_high_water_mark_opens_series_b_of_both_books() -> None:
    known = {"R", "C"}
    assert books.after_loss(known) == ("RB", "CB")
    assert str(books.next_number("RB", 2026, 0)) == "RB-2026-000001"
    assert books.after_loss(known | {"RB"}) == ("RC", "CB")
    assert books.after_loss(()) == ("RB", "CB")


@given(st.sampled_from(tuple(Book)), st.integers(1, 60))
def test_series_follow_each_other_for_ever_and_sort_as_text(book: Book, losses: int) -> None:
    opened = [book.value]
    for _loss in range(losses):
        opened.append(books.following(opened[-1]))
    assert opened == sorted(set(opened))
    assert all(books.parse(f"{name}-2026-000001") for name in opened)
    assert books.current(book, opened) == opened[-1]


def test_many_papers_are_numbered_by_day_then_id_each_year_on_its_own() -> None:
    papers = [
        (date(2026, 3, 2), "b"),
        (date(2026, 3, 2), "a"),
        (date(2025, 12, 31), "z"),
        (date(2026, 1, 5), "c"),
    ]
    numbered = books.number_all(papers, "R", {("R", 2026): 7, ("RB", 2026): 99})
    assert {paper: str(number) for paper, number in numbered.items()} == {
        "z": "R-2025-000001",
        "c": "R-2026-000008",
        "a": "R-2026-000009",
        "b": "R-2026-000010",
    }


@given(st.dictionaries(st.text(min_size=1), st.dates(date(2024, 1, 1), date(2026, 12, 31))))
def test_numbering_many_leaves_no_gap_whatever_their_order(papers: dict[str, date]) -> None:
    listed = [(day, paper) for paper, day in papers.items()]
    numbered = books.number_all(listed, "R", {})
    assert books.number_all(listed[::-1], "R", {}) == numbered
    for (_series, year), last in books.highest(numbered.values()).items():
        taken = [number.sequence for number in numbered.values() if number.year == year]
        assert sorted(taken) == list(range(1, last + 1))
        assert books.gaps(taken, last) == ()


def test_the_last_numbers_of_a_year_are_told_by_series() -> None:
    given = [Number("R", 2026, 4), Number("R", 2026, 9), Number("C", 2026, 1), Number("R", 2025, 30)]
    assert books.highest(given) == {("R", 2026): 9, ("C", 2026): 1, ("R", 2025): 30}


def test_gaps_are_found_as_runs_and_explained_ones_left_out() -> None:
    assert books.gaps([1, 2, 5, 9], 10) == (range(3, 5), range(6, 9), range(10, 11))
    assert books.gaps([1, 2, 5, 9], 10, skipped=[range(3, 5), range(10, 11)]) == (range(6, 9),)
    assert books.gaps([], 0) == ()


def test_a_void_says_who_when_and_why() -> None:
    void = books.void(by=OWNER, on=TODAY, reason="  Wrong client ", earlier=None, used=False)
    assert void == A_VOID


@pytest.mark.parametrize(
    ("earlier", "used", "reason", "code"),
    [
        (A_VOID, False, "Again", "already_void"),
        (None, True, "Client changed her mind", "already_used"),
        (None, False, "  ", "reason_missing"),
    ],
)
def test_some_papers_can_not_be_taken_back(
    earlier: books.Void | None, reason: str, code: str, *, used: bool
) -> None:
    with pytest.raises(Refusal, match=code):
        books.void(by=OWNER, on=TODAY, reason=reason, earlier=earlier, used=used)


def test_d12_money_paid_back_this_year_is_no_adjustment() -> None:
    back = books.credit(
        Money.of("40"), paid=Money.of("120"), paid_back=Money(0), paid_on=date(2026, 3, 1), on=TODAY
    )
    assert back == books.Credit(Money.of("40"), prior_year=False)


def test_c19_money_of_an_earlier_year_is_paid_back_as_an_adjustment_of_this_one() -> None:
    back = books.credit(
        Money.of("60"),
        paid=Money.of("60"),
        paid_back=Money(0),
        paid_on=date(2026, 12, 30),
        on=date(2027, 2, 1),
    )
    assert back.prior_year


@pytest.mark.parametrize(("amount", "code"), [("0", "amount_wrong"), ("80.01", "refund_too_much")])
def test_no_more_than_is_left_of_a_payment_is_paid_back(amount: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        books.credit(
            Money.of(amount), paid=Money.of("120"), paid_back=Money.of("40"), paid_on=TODAY, on=TODAY
        )


def test_nothing_is_dated_into_a_closed_year() -> None:
    books.check_open(date(2026, 1, 1), {2024, 2025})
    with pytest.raises(Refusal, match="year_closed"):
        books.check_open(date(2025, 12, 31), {2024, 2025})
