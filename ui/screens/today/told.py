"""An entry of what needs attention in words, and those that the rules and the clearances bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clinic.office.attention import Why
from clinic.wording import _, ngettext

if TYPE_CHECKING:
    from clinic.office.attention import Item


class Told(NamedTuple):
    """An entry in words: what, why, and what clears it."""

    what: str
    why: str
    remedy: str


def of_visits(item: Item, when: str, name: str) -> str:
    """Name the visit an entry is about, and how many more it stands for."""
    visit = _("{name}, visit of {when}").format(name=name, when=when)
    if item.count == 1:
        return visit
    more = ngettext("{visit}, and one more visit", "{visit}, and {n} more visits", item.count - 1)
    return more.format(visit=visit, n=item.count - 1)


def of_leaving(item: Item, when: str, name: str) -> Told:
    """Say who leaves, and how many visits are booked for later."""
    what = ngettext(
        "A visit is booked with somebody who leaves",
        "{n} visits are booked with somebody who leaves",
        item.count,
    )
    return Told(
        what.format(n=item.count), _("{name}, from {when}").format(name=name, when=when), _("Hand over")
    )


def of_history(item: Item, when: str, since: str, name: str) -> Told:
    """Say why somebody is to be asked their whole history again before a visit."""
    why = _("{name}, told {since}; it no longer speaks on {when}")
    if item.why is Why.HISTORY_AWAY:
        why = _("{name}, last here {since}; comes again {when}")
    said = why.format(name=name, since=since, when=when)
    return Told(_("A health history is to be renewed"), said, _("Ask again"))


def of_flags(item: Item, when: str, name: str) -> Told:
    """Say what the rules, or a clearance that is asked for, want of somebody; never on what ground."""
    visit = of_visits(item, when, name)
    asked = _("{name}, since {when}").format(name=name, when=when)
    return {
        Why.FLAG_EMERGENCY: Told(_("An emergency was told"), visit, _("Open the visit")),
        Why.FLAG_REFUSES: Told(_("A visit can't be on its day"), visit, _("Move or cancel it")),
        Why.FLAG_HOLDS: Told(_("A confirmed visit needs the doctor's word"), visit, _("Review it")),
        Why.FLAG_SETTLED: Told(_("Nothing holds this visit any more"), visit, _("Confirm it")),
        Why.QUESTIONS_OPEN: Told(_("Health questions are open"), visit, _("Review it")),
        Why.CLEARANCE_TO_ASK: Told(_("A doctor is to be asked"), asked, _("Print the request")),
        Why.CLEARANCE_LATE: Told(_("A doctor has not answered"), asked, _("Call, or record the answer")),
        Why.CLEARANCE_TO_VERIFY: Told(_("A clearance is to be verified"), asked, _("Verify by phone")),
    }[item.why]
