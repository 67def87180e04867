"""A list of clients from another program, in words: what a column says, and why a row can't be a client."""

from __future__ import annotations

from clinic.wording import _


def column(which: str) -> str:
    """Name what a column of the list may say."""
    return {
        "given_name": _("Given name"),
        "family_name": _("Family name"),
        "name": _("Whole name"),
        "preferred_name": _("Preferred name"),
        "born": _("Born"),
        "phone": _("Phone"),
        "other_phone": _("Other phone"),
        "email": _("Email"),
        "street": _("Street"),
        "street_2": _("Street, second line"),
        "city": _("City"),
        "region": _("State"),
        "postal": _("ZIP"),
        "emergency_name": _("Emergency contact"),
        "emergency_phone": _("Phone in an emergency"),
        "emergency_relation": _("Emergency contact is"),
        "guardian_name": _("Guardian"),
        "guardian_phone": _("Phone of the guardian"),
    }[which]


def fault(which: str | None, code: str) -> str:
    """Say what is wrong in a column of a row, or with all of it."""
    if which is None:
        return _("the row has more cells than the heading")
    said = {
        "name_missing": _("there is no name"),
        "not_a_name": _("this is no name"),
        "not_a_phone": _("this is no phone number"),
        "not_an_email": _("this is no email address"),
        "not_a_day": _("this is no day"),
        "born_ahead": _("this day is still to come"),
        "born_long_ago": _("this day is too long ago"),
        "too_long": _("this is too long"),
    }[code]
    return f"{column(which)}: {said}"
