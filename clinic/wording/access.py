"""A client's whole file in words: what its parts are called, and how an item of each is headed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clinic.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADINGS = (
    "clients",
    "screenings",
    "consents",
    "letters",
    "requests",
    "appointments",
    "notes",
    "plans",
    "invoices",
    "bundles",
    "payments",
    "refunds",
    "attempts",
    "staff",
)
"""The lists that are printed; the others only explain these."""
DATED = (
    "at",
    "answered_at",
    "signed_at",
    "signed_on",
    "made_on",
    "issued_on",
    "paid_on",
    "refunded_on",
    "on",
)


def heading(name: str) -> str:
    """Name a list."""
    return {
        "clients": _("Who they are"),
        "screenings": _("Health questions answered"),
        "consents": _("Consents"),
        "letters": _("Letters"),
        "requests": _("Requests to clinicians"),
        "appointments": _("Visits"),
        "notes": _("Treatment notes"),
        "plans": _("Treatment plans"),
        "invoices": _("Receipts"),
        "bundles": _("Visits paid ahead"),
        "payments": _("Payments"),
        "refunds": _("Money paid back"),
        "attempts": _("Calls and messages"),
        "staff": _("Who treated them"),
    }[name]


def day_of(item: Mapping[str, Any]) -> str:
    """Find the day an item is of."""
    return next((str(item[key]) for key in DATED if key in item), "")


def headed(name: str, item: Mapping[str, Any]) -> str:
    """Head an item: its day, and what it is."""
    what = {
        "clients": f"{item.get('given_name', '')} {item.get('family_name', '')}",
        "staff": str(item.get("name", "")),
        "letters": " ".join(str(item.get(key, "")) for key in ("kind", "number")),
        "invoices": str(item.get("number", "")),
        "screenings": str(item.get("kind", "")),
        "requests": str(item.get("kind", "")),
        "appointments": str(item.get("state", "")).replace("_", " "),
    }.get(name, "")
    return " ".join(part for part in (day_of(item).replace("T", " "), what.strip()) if part) or item["id"]
