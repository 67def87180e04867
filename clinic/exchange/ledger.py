"""The money in a file: nothing paid out twice, nothing settled for somebody else, every sale of its kind."""

from __future__ import annotations

from collections import Counter, defaultdict

from clinic.exchange.contents import Item, Joined, Place, under
from clinic.values import LineKind, Method, Refusal


def check_money(joined: Joined) -> None:
    """Refuse amounts beyond what they are taken from, and lines that are not what they are used as.

    What was taken in before some of this was asked stays taken in: only what comes now is refused for it.
    """
    for at, line, invoice in joined.every_line():
        if line.get("discount_cents", 0) > line["price_cents"]:
            raise Refusal("discount_beyond_price", at=under(at, "discount_cents"))
        visit = joined.items["appointments"].get(line.get("appointment", ""))
        if at is not None and visit is not None and visit["client"] != invoice["client"]:
            raise Refusal("other_client", at=under(at, "appointment"))
    _check_bundles(joined)
    _check_gifts(joined)
    allocated = _check_payments(joined)
    _check_refunds(joined, allocated)
    _check_lines(joined)


def _check_bundles(joined: Joined) -> None:
    sales: Counter[str] = Counter()
    for at, bundle in joined.every("bundles"):
        line, invoice = joined.lines[bundle["line"]]
        sales[line["id"]] += 1
        if sales[line["id"]] > 1:  # the same money would pay the visits of both
            raise Refusal("bundle_sold_twice", at=under(at, "line"))
        if line["kind"] != LineKind.BUNDLE_SALE:
            raise Refusal("not_a_bundle_sale", at=under(at, "line"))
        if invoice["client"] != bundle["client"]:
            raise Refusal("other_client", at=under(at, "line"))
    uses: Counter[str] = Counter()
    for at, line, invoice in joined.every_line():
        if (line["kind"] == LineKind.BUNDLE_USE) and "bundle" not in line:
            raise Refusal("missing_key", at=at, key="bundle")
        if "bundle" not in line:
            continue
        bundle = joined.items["bundles"][line["bundle"]]
        sharing = {bundle["client"], *(one["client"] for one in bundle.get("shared_with", ()))}
        if invoice["client"] not in sharing:
            raise Refusal("other_client", at=under(at, "bundle"))
        uses[bundle["id"]] += line["kind"] == LineKind.BUNDLE_USE and "void" not in invoice
        if uses[bundle["id"]] > bundle["visits"]:
            raise Refusal("bundle_used_up", at=under(at, "bundle"))


def _check_gifts(joined: Joined) -> None:
    for at, gift in joined.every("gifts"):
        if joined.lines[gift["line"]][0]["kind"] != LineKind.GIFT_SALE:
            raise Refusal("not_a_gift_sale", at=under(at, "line"))
    returned: Counter[str] = Counter()
    for _, refund in joined.every("refunds"):
        returned[refund["payment"]] += refund["amount_cents"]
    spent: Counter[str] = Counter()
    for _, gift in joined.every("gifts"):
        spent[gift["id"]] += sum(rest["cents"] for rest in gift.get("paid_out", ()))
    for at, payment in joined.every("payments"):
        if "gift" not in payment:
            continue
        if payment["method"] != Method.GIFT:
            raise Refusal("not_a_gift_payment", at=under(at, "gift"))
        gift = joined.items["gifts"][payment["gift"]]
        spent[gift["id"]] += payment["amount_cents"] - returned[payment["id"]]
        if spent[gift["id"]] > gift["amount_cents"]:
            raise Refusal("gift_spent", at=under(at, "amount_cents"))
    for at, gift in joined.every("gifts"):  # a rest may have come back by a refund before it was paid in cash
        if spent[gift["id"]] > gift["amount_cents"]:
            raise Refusal("gift_spent", at=under(at, "paid_out"))


Allocated = dict[str, Counter[str]]
"""By payment, where the file says so itself: cents by line."""


def _check_payments(joined: Joined) -> Allocated:
    allocated: Allocated = {}
    for at, payment in joined.every("payments"):
        if "allocations" in payment:
            allocated[payment["id"]] = _shares(joined, at, payment, payment["client"])
    return allocated


def _check_refunds(joined: Joined, allocated: Allocated) -> None:
    left = {identity: payment["amount_cents"] for identity, payment in joined.items["payments"].items()}
    taken: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for at, refund in joined.every("refunds"):
        payment = joined.items["payments"][refund["payment"]]
        if at is not None and refund["refunded_on"] < payment["paid_on"]:
            raise Refusal("refund_before_payment", at=under(at, "refunded_on"))
        left[payment["id"]] -= refund["amount_cents"]
        if left[payment["id"]] < 0:
            raise Refusal("refund_beyond_payment", at=under(at, "amount_cents"))
        taken[payment["id"]] += _shares(joined, at, refund, payment["client"])
        for place, share in enumerate(refund.get("allocations", ())):
            line = share["line"]
            if payment["id"] in allocated and taken[payment["id"]][line] > allocated[payment["id"]][line]:
                raise Refusal("refund_beyond_line", at=under(at, "allocations", place, "amount_cents"))


def _check_lines(joined: Joined) -> None:
    """Refuse what pays a line beyond what it asks for and was not paid back.

    What the insurer pays and what others pay are held against the line each on its own: an insurer may pay late for
    what the client has paid already, and the client gets it back when it is noticed.
    """
    back: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, refund in joined.every("refunds"):
        parts = refund.get("allocations")
        if parts is None:  # nobody says of which line it went back: it may have been of any
            payment = joined.items["payments"][refund["payment"]]
            parts = [
                part | {"amount_cents": refund["amount_cents"]} for part in payment.get("allocations", ())
            ]
        for part in parts:
            back[refund["payment"]][part["line"]] += part["amount_cents"]
    stands: Counter[tuple[str, bool]] = Counter()
    for at, payment in joined.every("payments"):
        for place, part in enumerate(payment.get("allocations", ())):
            line, invoice = joined.lines[part["line"]]
            if "void" in invoice:  # its money is free for another line
                continue
            gone = min(back[payment["id"]][line["id"]], part["amount_cents"])
            back[payment["id"]][line["id"]] -= gone
            key = line["id"], payment["method"] == Method.INSURER
            stands[key] += part["amount_cents"] - gone
            whole = line["price_cents"] - line.get("discount_cents", 0) + line.get("tax_cents", 0)
            if at is not None and stands[key] > whole:
                raise Refusal("allocated_beyond_line", at=under(at, "allocations", place, "amount_cents"))


def _shares(joined: Joined, at: Place, paper: Item, client: str) -> Counter[str]:
    """Add up what a payment or refund says of each line, within its own amount."""
    shares: Counter[str] = Counter()
    for place, share in enumerate(paper.get("allocations", ())):
        line, invoice = joined.lines[share["line"]]
        if invoice["client"] != client:
            raise Refusal("other_client", at=under(at, "allocations", place, "line"))
        if line["kind"] == LineKind.BUNDLE_USE:  # its bundle has paid for it already
            raise Refusal("bundle_use_is_paid", at=under(at, "allocations", place, "line"))
        shares[line["id"]] += share["amount_cents"]
        if shares.total() > paper["amount_cents"]:
            raise Refusal("allocated_beyond_amount", at=under(at, "allocations", place, "amount_cents"))
    return shares
