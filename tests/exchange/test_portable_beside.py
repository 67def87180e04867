"""What a portable file is refused for beside what the practice keeps already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clinic.exchange import portable
from clinic.values import Refusal
from tests.exchange.made import a_file, a_practice
from tests.exchange.test_portable_refusals import A_VISIT

if TYPE_CHECKING:
    from clinic.exchange.contents import PortablePractice


def kept(document: dict[str, Any]) -> PortablePractice:
    return portable.parse(a_file(document))


def only(**lists: Any) -> PortablePractice:
    return portable.parse(a_file({"format": "clinic-practice", "version": 1, **lists}))


def test_a_file_may_refer_to_what_the_practice_keeps_already() -> None:
    portable.check(only(appointments=[A_VISIT]), kept(a_practice()))


def test_a_visit_that_overlaps_one_already_kept_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        portable.check(
            only(appointments=[A_VISIT | {"staff": "owner", "at": "2026-02-02T10:00"}]), kept(a_practice())
        )
    assert (refusal.value.code, refusal.value.at) == ("overlap", "/appointments/0")
    assert refusal.value.facts == {"other": None, "by": "staff"}


def test_an_id_of_the_file_stands_in_for_the_same_id_already_kept() -> None:
    moved = a_practice()["appointments"][1] | {"at": "2026-02-02T15:00"}
    portable.check(only(appointments=[moved]), kept(a_practice()))


def test_a_number_already_given_out_can_not_come_in_again() -> None:
    line = {"id": "new", "kind": "tip", "text": "Tip", "price_cents": 100}
    invoice = {
        "id": "i9",
        "client": "c1",
        "issued_on": "2026-05-05",
        "lines": [line],
        "number": "R-2026-000001",
    }
    with pytest.raises(Refusal) as refusal:
        portable.check(only(invoices=[invoice]), kept(a_practice()))
    assert (refusal.value.code, refusal.value.at) == ("doubled_number", "/invoices/0/number")


def test_payments_in_file_and_practice_share_one_gift() -> None:
    second = {
        "id": "p9",
        "client": "c2",
        "paid_on": "2026-05-05",
        "method": "gift",
        "gift": "g1",
        "amount_cents": 4021,
    }
    with pytest.raises(Refusal) as refusal:
        portable.check(only(payments=[second]), kept(a_practice()))
    assert (refusal.value.code, refusal.value.at) == ("gift_spent", "/payments/0/amount_cents")
    portable.check(only(payments=[second | {"amount_cents": 4020}]), kept(a_practice()))
