"""The reports' words: their names, their columns, and how a cell is written."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from clinic.values import Basis, Method, Money, State
from clinic.wording import _, day, figure, language, payments

if TYPE_CHECKING:
    from collections.abc import Callable


def title(about: str) -> str:
    """Name a report."""
    return {
        "income": _("Income"),
        "owed": _("Still owed"),
        "tips": _("Tips"),
        "sales_tax": _("Sales tax"),
        "held": _("Gifts and prepaid"),
        "absences": _("No-shows"),
        "letters": _("Visits by letter"),
        "clients": _("Clients who stay"),
        "schedule_c": _("For Schedule C"),
        "journal": _("For the accountant"),
    }[about]


def told(about: str, basis: Basis) -> str:
    """Say in one sentence what a report counts."""
    if about == "income":
        return (
            _("By day of payment: what came in from clients and insurers, less what was paid back.")
            if basis is Basis.PAYMENT
            else _("By day of service: what was delivered, before tax, whoever pays for it and whenever.")
        )
    return {
        "owed": _("As it stands today: what is open on receipts, by the days since they were issued."),
        "tips": _("By day of payment, less what was paid back: whose tips they are, in cash and by card."),
        "sales_tax": _("By day of sale: the tax charged on goods; treatments bear none."),
        "held": _("As it stands today: money that is owed in visits and goods, and not earned yet."),
        "absences": _("By day of the visit: who did not come, or said so too late, and what was charged."),
        "letters": _("As it stands today: every letter that speaks, with its visits used and left."),
        "clients": _("By day of the visit. Whoever comes again within ninety days has stayed."),
        "schedule_c": _("By day of payment. In the order the form asks; what counts is for a tax adviser."),
        "journal": _(
            "By day of booking: every movement on two accounts, named by its paper and by nobody's name."
        ),
    }[about]


def heading(name: str) -> str:
    """Write a column's heading, a figure's name, or a row's where it is not a person's or a thing's."""
    return _headings()[name]


def _headings() -> dict[str, str]:
    return {
        "month": _("Month"),
        "method": _("Paid by"),
        "treatment": _("Treatment"),
        "therapist": _("Therapist"),
        "client": _("Client"),
        "receipt": _("Receipt"),
        "day": _("Day"),
        "for": _("For"),
        "amount": _("Amount"),
        "care": _("Treatments"),
        "tips": _("Tips"),
        "goods": _("Goods"),
        "fees": _("Fees"),
        "goods_and_fees": _("Goods and fees"),
        "ahead": _("Sold ahead"),
        "on_account": _("On account"),
        "total": _("Total"),
        "came_in": _("Came in"),
        "delivered": _("Delivered"),
        "visits": _("Visits"),
        "visits_paid": _("Visits paid for"),
        "since": _("Since"),
        "age_0": _("Up to 30 days"),
        "age_1": _("31 to 60"),
        "age_2": _("61 to 90"),
        "age_3": _("Over 90 days"),
        "open": _("Open"),
        "charged": _("Charged"),
        "clients_owing": _("Clients who owe"),
        "tips_given": _("Tips given"),
        "in_cash": _("In cash"),
        "by_card": _("By card"),
        "otherwise": _("Otherwise"),
        "average": _("On average"),
        "goods_taxed": _("Goods, taxed"),
        "goods_untaxed": _("Goods, untaxed"),
        "tax_paid_back": _("Tax paid back"),
        "sales_tax": _("Sales tax"),
        "net": _("Before tax"),
        "held_as": _("Held as"),
        "how_many": _("How many"),
        "held": _("Held"),
        "visits_left": _("Visits left"),
        "paid_for": _("Sold for"),
        "gifts": _("Gift certificates"),
        "bundles": _("Prepaid visits"),
        "credit": _("On account"),
        "no_shows": _("No-shows"),
        "late_cancels": _("Cancelled late"),
        "share_absent": _("Share absent"),
        "fees_paid": _("Fees paid"),
        "state": _("State"),
        "letter": _("Letter"),
        "letters": _("Letters that speak"),
        "standing": _("Standing"),
        "valid_from": _("From"),
        "valid_to": _("To"),
        "visits_given": _("Given"),
        "visits_used": _("Visits used"),
        "visits_planned": _("Booked"),
        "seen": _("Clients seen"),
        "new": _("New"),
        "again": _("Came again"),
        "stayed": _("New, and stayed"),
        "share_stayed": _("Share that stays"),
        "lost": _("Not seen since"),
        "came": _("How they came"),
        "last_visit": _("Last visit"),
        "line": _("Line"),
        "entries": _("Entries"),
        "gross_care": _("Line 1, gross receipts: treatments"),
        "gross_tips": _("Line 1, gross receipts: tips"),
        "gross_goods": _("Line 1, gross receipts: goods, before tax"),
        "gross_fees": _("Line 1, gross receipts: fees"),
        "gross_ahead": _("Line 1, gross receipts: sold ahead and on account"),
        "returns": _("Line 2, returns and allowances"),
        "net_receipts": _("Line 3, gross receipts less returns"),
        "tax_collected": _("Sales tax collected, not among the receipts"),
        "date": _("Day"),
        "account": _("Account"),
        "debited": _("Debit"),
        "credited": _("Credit"),
        "memo": _("Paper"),
    }


def accounts() -> dict[str, str]:
    """Call the accounts of the journal, where the practice has no names of its own for them."""
    return {
        "cash": _("Cash drawer"),
        "checks": _("Checks to deposit"),
        "cards": _("Card payments clearing"),
        "health_cards": _("HSA and FSA cards clearing"),
        "insurers": _("Insurer payments"),
        "other_money": _("Other payments"),
        "care": _("Income: treatments"),
        "goods": _("Income: goods"),
        "fees": _("Income: fees"),
        "returns": _("Returns and allowances"),
        "tips": _("Tips owed to therapists"),
        "sales_tax": _("Sales tax owed"),
        "gifts": _("Gift certificates owed"),
        "bundles": _("Prepaid visits owed"),
        "credit": _("Clients' money on account"),
    }


def said(cell: object) -> str:
    """Write a cell that is neither money, a day nor a number."""
    if cell is None:
        return ""
    if isinstance(cell, Method):
        return payments.method(cell)
    if isinstance(cell, State):
        return {State.NO_SHOW: _("No-show"), State.LATE_CANCEL: _("Cancelled late")}.get(cell, str(cell))
    if isinstance(cell, StrEnum):
        return _headings().get(cell.value) or _standing(cell.value)
    text = str(cell)
    return _headings().get(text, text) if text.islower() and " " not in text else text


def _standing(word: str) -> str:
    return {
        "incomplete": _("Incomplete"),
        "coming": _("Coming"),
        "active": _("Speaks"),
        "expiring": _("Running out"),
        "used_up": _("Used up"),
        "expired": _("Ended"),
        "revoked": _("Revoked"),
    }[word]


def month(first: date, *, short: bool = False) -> str:
    """Write a month: ``November 2026``, or ``Nov``."""
    from babel.dates import format_skeleton  # noqa: PLC0415 - babel is slow to import and not needed to start

    locale = {"en": "en_US", "es": "es_US"}[language()]
    return str(format_skeleton("MMM" if short else "yMMMM", first, locale=locale))


def share(permille: int) -> str:
    """Write a share: ``12.5 %``."""
    whole, tenth = divmod(permille, 10)
    return f"{whole}.{tenth} %"


def percent(rate: int) -> str:
    """Write a rate told in thousandths of a per cent: ``10.75 %``."""
    whole, rest = divmod(rate, 1000)
    parts = f"{rest:03d}".rstrip("0")
    return f"{whole}.{parts} %" if parts else f"{whole} %"


def written(cell: object, unit: str) -> str:
    """Write any cell as its column asks."""
    ways: dict[str, Callable[[], str]] = {
        "money": lambda: figure(cell) if isinstance(cell, Money) else "",
        "count": lambda: f"{cell:,}" if isinstance(cell, int) else "",
        "share": lambda: share(cell) if isinstance(cell, int) else "",
        "name": lambda: str(cell or ""),
        "day": lambda: day(cell) if isinstance(cell, date) else "",
        "month": lambda: month(cell) if isinstance(cell, date) else said(cell),
    }
    return ways.get(unit, lambda: said(cell))()
