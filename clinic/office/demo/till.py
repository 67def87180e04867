"""The till of the demo: what was charged for each visit, and what else was sold with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clinic.office.demo.catalogue import Item, listed
from clinic.office.demo.house import SALES_TAX
from clinic.office.demo.purse import Purse
from clinic.values import LineKind, Money, State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from clinic.office.demo.people import Client, Visit

TIPS = (1000, 1500, 2000, 2000, 2500, 3000)
DISCOUNT = 1000
OVERCHARGED = 1000
LATE_FEE = 5000
GIFTS = (5000, 7500, 12500, 12500, 20000, 25000)
BUNDLE_OF = (4, 6, 10)
BUYS_BUNDLES = 7
"""Every so many-th client buys bundles, from the visit of this number on."""
BUNDLE_FROM = 3
SHARES = 4
"""Every so many-th bundle is shared in a family."""
BUNDLE_PERCENT = 90
DECEMBER = 12
SURELY_VOIDED = (1, 2)
"""The client and the visit charged wrongly at first in every demo."""
FEES = {State.NO_SHOW: "Missed appointment", State.LATE_CANCEL: "Cancelled less than a day ahead"}

# How often things happen, of one.
TIPPED = 0.5
PRODUCT = 0.05
DISCOUNTED = 0.06
CHARGED_FOR_ABSENCE = 0.7
VOIDED = 0.004
GIVING, GIVING_IN_DECEMBER, HANDED_ON = 0.012, 0.07, 0.8


@dataclass(slots=True, eq=False)
class Bundle:
    """Prepaid visits while they last."""

    id: str
    treatment: str
    shares: Sequence[Money]
    used: int = 0


@dataclass(slots=True, eq=False)
class Till:
    """Where each visit is charged in the order of the diary, and paid there and then, later or never."""

    today: date
    dice: Random
    clients: Sequence[Client]
    purse: Purse = field(init=False)
    invoices: list[Item] = field(default_factory=list)
    bundles: list[Item] = field(default_factory=list)
    gifts: list[Item] = field(default_factory=list)
    _open: dict[int, Bundle] = field(default_factory=dict)
    _visits: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.purse = Purse(self.today, self.dice)

    def charge(self, visits: Sequence[Visit]) -> None:
        """Charge everything that took place or should have."""
        for visit in visits:
            if visit.state is State.DONE:
                self._charge_visit(visit)
            elif visit.state in FEES and self.dice.random() < CHARGED_FOR_ABSENCE:
                self._charge_absence(visit)

    def _charge_visit(self, visit: Visit) -> None:
        dice, client = self.dice, visit.client
        nth = self._visits[client.number] = self._visits.get(client.number, 0) + 1
        if (client.number, nth) == SURELY_VOIDED or dice.random() < VOIDED:
            self._void(visit)
        lines = [self._treatment(visit)]
        if dice.random() < TIPPED:
            lines.append(_line(LineKind.TIP, "Tip", dice.choice(TIPS)))
        if dice.random() < PRODUCT:
            product = dice.choice(listed("practice")["products"])
            tax = Money(product["price_cents"]).share(SALES_TAX, 100_000).cents
            lines.append(_line(LineKind.PRODUCT, product["text"], product["price_cents"], tax_cents=tax))
        bundle, gift = self._sell_bundle(client, nth), self._sell_gift(visit)
        if bundle is not None:
            text = f"{bundle['visits']} visits in advance: {client.treatment.text}"
            lines.append(_line(LineKind.BUNDLE_SALE, text, bundle["price_cents"]))
        if gift is not None:
            lines.append(_line(LineKind.GIFT_SALE, "Gift certificate", gift["amount_cents"]))
        invoice = self._invoice(client, visit.day, lines)
        for sold, kind in ((bundle, LineKind.BUNDLE_SALE), (gift, LineKind.GIFT_SALE)):
            if sold is not None:
                sold["line"] = next(line["id"] for line in invoice["lines"] if line["kind"] == kind)
        self.purse.pay(client, invoice, is_care=visit.treatment.is_care)
        if gift is not None and dice.random() < HANDED_ON:
            self.purse.hand_over(gift, dice.choice(self.clients))

    def _treatment(self, visit: Visit) -> Item:
        text, bundle = visit.treatment.text, self._open.get(visit.client.number)
        if bundle is not None and bundle.treatment == visit.treatment.id:
            share = bundle.shares[bundle.used].cents
            bundle.used += 1
            if bundle.used == len(bundle.shares):
                del self._open[visit.client.number]
            text = f"{text}, visit {bundle.used} of {len(bundle.shares)}"
            return _line(LineKind.BUNDLE_USE, text, share, appointment=visit.id, bundle=bundle.id)
        line = _line(LineKind.TREATMENT, text, visit.treatment.price, appointment=visit.id)
        if self.dice.random() >= DISCOUNTED:
            return line
        reasons = listed("notes")["reasons"]["discount"]
        return {
            **line,
            "discount_cents": DISCOUNT,
            "discount_reason": reasons[visit.client.number % len(reasons)],
        }

    def _sell_bundle(self, client: Client, nth: int) -> Item | None:
        buys = client.number % BUYS_BUNDLES == BUYS_BUNDLES - 2 and nth >= BUNDLE_FROM
        if not buys or client.number in self._open:
            return None
        visits = self.dice.choice(BUNDLE_OF)
        price = Money(client.treatment.price * visits).share(BUNDLE_PERCENT, 100)
        bundle: Item = {
            "id": f"b-{len(self.bundles) + 1:04}",
            "client": client.id,
            "line": "",
            "treatment": client.treatment.id,
            "visits": visits,
            "price_cents": price.cents,
        }
        if self.clients[client.number % len(self.clients)].id != client.id and len(self.bundles) % SHARES == 0:
            bundle["shared_with"] = [{"client": self.clients[client.number % len(self.clients)].id}]
        self._open[client.number] = Bundle(bundle["id"], client.treatment.id, price.split(visits))
        self.bundles.append(bundle)
        return bundle

    def _sell_gift(self, visit: Visit) -> Item | None:
        chance = GIVING_IN_DECEMBER if visit.at.month == DECEMBER else GIVING
        if self.dice.random() >= chance:
            return None
        number = len(self.gifts) + 1
        amount = self.dice.choice(GIFTS)
        gift = {
            "id": f"g-{number:04}",
            "line": "",
            "code": f"FH-{number:05}-{self.dice.randrange(10**4):04}",
            "amount_cents": amount,
        }
        self.gifts.append(gift)
        return gift

    def _charge_absence(self, visit: Visit) -> None:
        fee = min(LATE_FEE, visit.treatment.price // 2)
        line = _line(LineKind.FEE, FEES[visit.state], fee, appointment=visit.id)
        invoice = self._invoice(visit.client, visit.day, [line])
        self.purse.pay(visit.client, invoice, is_care=False)

    def _void(self, visit: Visit) -> None:
        """Charge too much, see it, and void it; the right invoice follows."""
        price = visit.treatment.price + OVERCHARGED
        wrong = _line(LineKind.TREATMENT, visit.treatment.text, price, appointment=visit.id)
        invoice = self._invoice(visit.client, visit.day, [wrong])
        reason = self.dice.choice(listed("notes")["reasons"]["void"])
        invoice["void"] = {"on": invoice["issued_on"], "reason": reason}

    def _invoice(self, client: Client, day: date, lines: list[Item]) -> Item:
        identity = f"i-{len(self.invoices) + 1:06}"
        numbered = [{"id": f"{identity}-{n}", **line} for n, line in enumerate(lines, 1)]
        invoice = {"id": identity, "client": client.id, "issued_on": str(day), "lines": numbered}
        self.invoices.append(invoice)
        return invoice


def _line(kind: LineKind, text: str, cents: int, **more: str | int) -> Item:
    return {"kind": kind.value, **more, "text": text, "price_cents": cents}
