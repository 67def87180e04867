"""The purses of the demo's clients: how they pay, when, with whose money, and what they get back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from clinic.values import LineKind, Method, Money

if TYPE_CHECKING:
    from random import Random

    from clinic.office.demo.catalogue import Item
    from clinic.office.demo.people import Client

HEALTH_CARD = {"HSA": Method.HSA_CARD, "FSA": Method.FSA_CARD, "HRA": Method.HRA_CARD}
INSURERS = frozenset({"PPO", "EPO", "POS"})
COVERED = frozenset({LineKind.TREATMENT, LineKind.BUNDLE_SALE})
USUAL = (Method.CARD, Method.CASH, Method.CARD, Method.CHECK, Method.CARD, Method.OTHER, Method.CARD)
TRUSTING = 10
"""Every so many-th client pays without saying what for."""
FILES_WITH_INSURER = 3
"""Every so many-th client with a plan that pays and a letter has it pay its share."""
INSURER_PERCENT = 60
ROUND_SUM = 5000
GOODWILL = 4000
FRESH = timedelta(days=60)

# How often things happen, of one.
FAITHFUL = 0.8  # to the usual way of paying
LATER = 0.006
UNPAID, UNPAID_FRESH, UNPAID_TODAY = 0.0005, 0.006, 0.1
IN_JANUARY = 0.3  # what Christmas made short
TIP_IN_CASH = 0.4
ROUNDED_UP = 0.03
PAID_BACK, IN_FULL = 0.005, 0.5
LEFT_AT_HOME = 0.5  # a gift certificate
CHRISTMAS = (12, 16)


@dataclass(slots=True, eq=False)
class Purse:
    """All money that came in and went back."""

    today: date
    dice: Random
    payments: list[Item] = field(default_factory=list)
    refunds: list[Item] = field(default_factory=list)
    _gifts: dict[int, list[Item]] = field(default_factory=dict)
    _spent: dict[str, int] = field(default_factory=dict)

    def hand_over(self, gift: Item, client: Client) -> None:
        """Give a gift certificate to somebody who will bring it along."""
        self._gifts.setdefault(client.number, []).append(gift)

    def pay(self, client: Client, invoice: Item, *, is_care: bool) -> None:
        """Pay an invoice the way this client does."""
        issued = date.fromisoformat(invoice["issued_on"])
        owed = {line["id"]: total for line in invoice["lines"] if (total := _total(line))}
        if not owed:
            return
        paid_on = self._when(issued)
        if client.number % TRUSTING == TRUSTING - 2:  # takes along no gift and leaves nothing open
            self._take(client, paid_on or issued, self._usual(client), owed, said=False)
            return
        care = [line["id"] for line in invoice["lines"] if line["kind"] in COVERED and is_care]
        if care and client.letter and _is_insured(client):
            self._charge_insurer(client, issued, care[0], owed)
        if paid_on is None:
            return
        self._redeem(client, paid_on, owed)
        tips = [line["id"] for line in invoice["lines"] if line["kind"] == LineKind.TIP]
        if self.dice.random() < TIP_IN_CASH:
            self._settle(client, paid_on, Method.CASH, tips, owed)
        account = client.account(issued)
        if account is not None:
            self._settle(client, paid_on, HEALTH_CARD[account], care, owed)
        method, settled = self._usual(client), dict(owed)
        payment = self._settle(client, paid_on, method, list(owed), owed)
        if payment is None:
            return
        if method is Method.CHECK and self.dice.random() < ROUNDED_UP:
            payment["amount_cents"] = -(-payment["amount_cents"] // ROUND_SUM) * ROUND_SUM
        elif care and settled.get(care[0]) and self.dice.random() < PAID_BACK:
            self._give_back(payment, care[0], paid_on + timedelta(days=self.dice.randint(1, 9)))

    def give_back_across_the_year(self) -> None:
        """Refund in January what was paid before Christmas, once, where the demo has seen a New Year."""
        returned = {refund["payment"] for refund in self.refunds}
        for payment in reversed(self.payments):
            paid_on = date.fromisoformat(payment["paid_on"])
            back_on = date(paid_on.year + 1, 1, 5)
            before_christmas = (paid_on.month, paid_on.day) >= CHRISTMAS and back_on <= self.today
            if before_christmas and payment["id"] not in returned and _can_go_back(payment):
                self._give_back(payment, payment["allocations"][0]["line"], back_on)
                return

    def _when(self, issued: date) -> date | None:
        """Choose the day of payment: mostly at once; what is unpaid has none."""
        chance = self.dice.random()
        unpaid = UNPAID_FRESH if self.today - issued < FRESH else UNPAID
        if issued == self.today:
            unpaid = UNPAID_TODAY
        if chance < unpaid:
            return None
        late = chance < unpaid + LATER
        paid_on = issued + timedelta(days=self.dice.randint(4, 40)) if late else issued
        if (issued.month, issued.day) >= CHRISTMAS and chance > 1 - IN_JANUARY:
            paid_on = date(issued.year + 1, 1, self.dice.randint(3, 14))
        return paid_on if paid_on <= self.today else None

    def _usual(self, client: Client) -> Method:
        return USUAL[client.number % len(USUAL)] if self.dice.random() < FAITHFUL else Method.CARD

    def _charge_insurer(self, client: Client, issued: date, line: str, owed: dict[str, int]) -> None:
        """Leave the insurer's share to the insurer, who takes weeks."""
        share = Money(owed[line]).share(INSURER_PERCENT, 100).cents
        owed[line] -= share
        settled = issued + timedelta(days=self.dice.randint(18, 45))
        if settled <= self.today:
            self._take(client, settled, Method.INSURER, {line: share})

    def _redeem(self, client: Client, on: date, owed: dict[str, int]) -> None:
        """Lay gift certificates on the counter first, when they are not forgotten."""
        for gift in self._gifts.get(client.number, ()):
            if self.dice.random() < LEFT_AT_HOME:
                continue
            left = gift["amount_cents"] - self._spent.get(gift["id"], 0)
            shares = {}
            for line, cents in owed.items():
                shares[line] = min(cents, left)
                owed[line] -= shares[line]
                left -= shares[line]
            self._take(client, on, Method.GIFT, shares, gift=gift["id"])
            self._spent[gift["id"]] = gift["amount_cents"] - left

    def _settle(
        self, client: Client, on: date, method: Method, lines: list[str], owed: dict[str, int]
    ) -> Item | None:
        """Pay what is still owed on some lines in one go."""
        return self._take(client, on, method, {line: owed.pop(line) for line in lines if line in owed})

    def _take(
        self,
        client: Client,
        on: date,
        method: Method,
        shares: dict[str, int],
        *,
        said: bool = True,
        gift: str | None = None,
    ) -> Item | None:
        allocations = [{"line": line, "amount_cents": cents} for line, cents in shares.items() if cents]
        if not allocations:
            return None
        payment: Item = {
            "id": f"p-{len(self.payments) + 1:06}",
            "client": client.id,
            "paid_on": str(on),
            "method": method.value,
            "amount_cents": sum(share["amount_cents"] for share in allocations),
        }
        if gift is not None:
            payment["gift"] = gift
        if said:
            payment["allocations"] = allocations
        self.payments.append(payment)
        return payment

    def _give_back(self, payment: Item, line: str, on: date) -> None:
        if on > self.today:
            return
        paid = next(share["amount_cents"] for share in payment["allocations"] if share["line"] == line)
        cents = paid if self.dice.random() < IN_FULL else min(paid, GOODWILL)
        self.refunds.append(
            {
                "id": f"r-{len(self.refunds) + 1:04}",
                "payment": payment["id"],
                "refunded_on": str(on),
                "amount_cents": cents,
                "allocations": [{"line": line, "amount_cents": cents}],
            }
        )


def _total(line: Item) -> int:
    if line["kind"] == LineKind.BUNDLE_USE:
        return 0  # its bundle has paid for it
    return int(line["price_cents"] - line.get("discount_cents", 0) + line.get("tax_cents", 0))


def _is_insured(client: Client) -> bool:
    plan = client.item.get("payer", {}).get("plan_type")
    return plan in INSURERS and client.number % FILES_WITH_INSURER == 0


def _can_go_back(payment: Item) -> bool:
    return "allocations" in payment and payment["method"] in (Method.CARD, Method.CHECK, Method.OTHER)
