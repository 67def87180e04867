"""How a client's page says things: what happened, how a letter stands, what a letter still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.office.charts import LetterCard, Standing
from clinic.values import Method, State
from clinic.wording import _, clock, day, ngettext, short_day
from clinic.wording.letters import kind

if TYPE_CHECKING:
    from datetime import date, datetime


def state(which: State) -> str:
    """Say where a visit stands."""
    return {
        State.TENTATIVE: _("tentative"),
        State.CONFIRMED: _("confirmed"),
        State.ARRIVED: _("arrived"),
        State.IN_TREATMENT: _("in treatment"),
        State.DONE: _("done"),
        State.NO_SHOW: _("did not come"),
        State.LATE_CANCEL: _("cancelled late"),
        State.CANCELLED: _("cancelled"),
        State.DECLINED: _("declined"),
    }[which]


def method(which: Method | None) -> str:
    """Say how money came in."""
    return {
        Method.CASH: _("in cash"),
        Method.CHECK: _("by check"),
        Method.CARD: _("by card"),
        Method.HSA_CARD: _("by HSA card"),
        Method.FSA_CARD: _("by FSA card"),
        Method.HRA_CARD: _("by HRA card"),
        Method.GIFT: _("by gift certificate"),
        Method.INSURER: _("by an insurer"),
        Method.OTHER: "",
        None: "",
    }[which]


def standing(card: LetterCard) -> str:
    """Say how a letter stands today."""
    return {
        Standing.REQUESTED: _("Asked for"),
        Standing.PENDING: _("With the plan"),
        Standing.INCOMPLETE: _("Not complete"),
        Standing.RECEIVED: _("Not verified yet"),
        Standing.COMING: _("Not begun yet"),
        Standing.ACTIVE: _("Valid"),
        Standing.EXPIRING: _("Running out"),
        Standing.USED_UP: _("Used up"),
        Standing.EXPIRED: _("Ended"),
        Standing.DENIED: _("Refused by the plan"),
        Standing.CANCELLED: _("Called off"),
        Standing.SUPERSEDED: _("Followed by another"),
        Standing.REVOKED: _("Revoked"),
        Standing.VOIDED: _("Void since a change"),
    }[card.standing]


def letter(card: LetterCard) -> str:
    """Name a letter: by its number, else by what it is."""
    return kind(card.kind) if card.reference == card.id else card.reference


def lacking(field: str) -> str:
    """Name a part of a letter, as it is missed."""
    return {
        "patient_name": _("the client's name"),
        "diagnoses": _("a diagnosis"),
        "treatment": _("the treatment"),
        "signer": _("who signed"),
        "signed": _("the signature"),
        "signed_on": _("the day it was signed"),
        "ends_on": _("until when it speaks"),
        "necessity_statement": _("why it is necessary"),
        "frequency": _("how often"),
        "minutes": _("how many minutes"),
        "max_visits": _("how many visits"),
        "npi": _("the signer's NPI"),
        "exam_on": _("the day of the examination"),
    }[field]


def part(field: str) -> str:
    """Name a part of a letter that it must say to count."""
    return {
        "patient_name": _("Client's name"),
        "diagnoses": _("Diagnosis"),
        "treatment": _("Treatment"),
        "signer": _("Signer"),
        "signed": _("Signature"),
        "signed_on": _("Day signed"),
        "ends_on": _("Until when"),
    }[field]


def used_up(card: LetterCard) -> str:
    """Count the visits used; those beyond the letter's number are told apart."""
    if not card.visits:
        return ngettext("{n} visit", "{n} visits", card.used).format(n=card.used)
    over = card.used - card.visits
    if over > 0:
        return ngettext(
            "all {visits} used, {n} visit beyond", "all {visits} used, {n} visits beyond", over
        ).format(visits=card.visits, n=over)
    return _("{used} of {visits} used").format(used=card.used, visits=card.visits)


def used(card: LetterCard) -> str:
    """Count a letter's visits: used, of how many, and planned."""
    counted = used_up(card)
    if not card.planned:
        return counted
    planned = ngettext("{n} booked", "{n} booked", card.planned).format(n=card.planned)
    return _("{used}, {planned}").format(used=counted, planned=planned)


def frequency(times: int, per: str) -> str:
    """Say how often a letter wants visits."""
    if per == "week":
        return ngettext("once a week", "{n} times a week", times).format(n=times)
    return ngettext("once a month", "{n} times a month", times).format(n=times)


def since(on: date, today: date) -> str:
    """Say how long ago a day was."""
    days = (today - on).days
    if days <= 1:
        return _("today") if days == 0 else _("yesterday")
    if days < 14:  # noqa: PLR2004 - from two weeks on people count in weeks
        return ngettext("{n} day ago", "{n} days ago", days).format(n=days)
    if days < 70:  # noqa: PLR2004 - and from ten weeks on in months
        return ngettext("{n} week ago", "{n} weeks ago", days // 7).format(n=days // 7)
    if days < 730:  # noqa: PLR2004 - and from two years on in years
        return ngettext("{n} month ago", "{n} months ago", days // 30).format(n=days // 30)
    return ngettext("{n} year ago", "{n} years ago", days // 365).format(n=days // 365)


def soon(at: datetime, today: date) -> str:
    """Write when the next visit is."""
    if at.date() == today:
        return _("Today, {time}").format(time=clock(at))
    on = short_day(at.date()) if at.year == today.year else day(at.date())
    return _("{day}, {time}").format(day=on, time=clock(at))


def detail(name: str) -> str:
    """Name a detail of a client, as the form that keeps it does."""
    return {
        "given_name": _("Given name"),
        "family_name": _("Family name"),
        "preferred_name": _("Likes to be called"),
        "born": _("Born"),
        "phone": _("Phone"),
        "email": _("Email"),
        "address": _("Address"),
        "guardian": _("Guardian"),
        "emergency": _("In an emergency"),
        "payer": _("Health plan"),
        "accounts": _("Accounts"),
        "relations": _("Therapist who is kin"),
        "allergies": _("Allergies"),
        "assigned_to": _("Treated by"),
        "wishes": _("How they like it here"),
        "household": _("Household"),
    }.get(name, name.replace("_", " "))
