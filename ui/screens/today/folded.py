"""Entries alike, told in one: how many there are, and whom the first few are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.office.attention import Why
from clinic.values import NOTHING
from clinic.wording import money, ngettext
from ui.screens.today.told import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.office.attention import Item

FROM = 3
"""So many entries of one kind are told in one."""
NAMED = 2
"""How many of them are named."""
ALONE = frozenset({Why.FLAG_EMERGENCY, Why.BREACH, Why.NOTHING_OFFERED, Why.BACKUP_OVERDUE})
"""What is never told of together: each of them is seen to by itself, and at once."""
OF_VISITS = frozenset({Why.FLAG_REFUSES, Why.FLAG_HOLDS, Why.FLAG_SETTLED, Why.UNCHARGED, Why.UNSIGNED})
"""Kinds that count visits; an entry of theirs may stand for several of one client."""


def foldable(why: Why, items: Sequence[Item]) -> bool:
    """Tell whether entries of a kind are told in one."""
    return len(items) >= FROM and why not in ALONE


def told_together(why: Why, items: Sequence[Item], names: Sequence[str]) -> Told:
    """Say how many entries there are of a kind, and name the first; what clears them stands with each."""
    n = sum(item.count for item in items) if why in OF_VISITS else len(items)
    said = _many(why, n).format(n=n, amount=money(sum((item.amount for item in items), NOTHING)))
    whom = list(dict.fromkeys(names))
    left = len(whom) - NAMED
    first = ", ".join(whom[:NAMED])
    if left > 0:
        first = ngettext("{names} and one more", "{names} and {n} more", left).format(names=first, n=left)
    return Told(said, first, "")


def _many(why: Why, n: int) -> str:
    return {
        Why.FLAG_REFUSES: ngettext("{n} visit can't be on its day", "{n} visits can't be on their days", n),
        Why.FLAG_HOLDS: ngettext(
            "{n} confirmed visit needs the doctor's word", "{n} confirmed visits need the doctor's word", n
        ),
        Why.FLAG_SETTLED: ngettext("{n} visit is held no more", "{n} visits are held no more", n),
        Why.QUESTIONS_OPEN: ngettext(
            "{n} client has health questions open", "{n} clients have health questions open", n
        ),
        Why.HISTORY_ENDS: ngettext(
            "{n} health history runs out before a visit", "{n} health histories run out before a visit", n
        ),
        Why.HISTORY_AWAY: ngettext(
            "{n} client was away long and is asked anew", "{n} clients were away long and are asked anew", n
        ),
        Why.CLEARANCE_TO_ASK: ngettext("{n} doctor is to be asked", "{n} doctors are to be asked", n),
        Why.CLEARANCE_LATE: ngettext("{n} doctor has not answered", "{n} doctors have not answered", n),
        Why.CLEARANCE_TO_VERIFY: ngettext(
            "{n} clearance is to be verified", "{n} clearances are to be verified", n
        ),
        Why.LEAVES: ngettext(
            "{n} therapist leaves with visits booked", "{n} therapists leave with visits booked", n
        ),
        Why.AFTER_LETTER: ngettext(
            "{n} letter ends before visits booked", "{n} letters end before visits booked", n
        ),
        Why.BEYOND_LETTER: ngettext(
            "{n} letter gives fewer visits than booked", "{n} letters give fewer visits than booked", n
        ),
        Why.LETTER_ENDS: ngettext("{n} letter runs out", "{n} letters run out", n),
        Why.FEW_VISITS: ngettext("{n} letter has few visits left", "{n} letters have few visits left", n),
        Why.UNPAID: ngettext("{n} client owes {amount} in all", "{n} clients owe {amount} in all", n),
        Why.UNCHARGED: ngettext("{n} visit not charged", "{n} visits not charged", n),
        Why.FEE_OPEN: ngettext(
            "{n} fee not charged, {amount} in all", "{n} fees not charged, {amount} in all", n
        ),
        Why.DRAFT: ngettext("{n} note you were writing is kept", "{n} notes you were writing are kept", n),
        Why.UNSIGNED: ngettext("{n} note not signed", "{n} notes not signed", n),
        Why.CERTIFICATE_ENDS: ngettext("{n} certificate ends", "{n} certificates end", n),
        Why.POLICY_ENDS: ngettext("{n} insurance ends", "{n} insurances end", n),
        Why.REGISTRATION_ENDS: ngettext("{n} registration ends", "{n} registrations end", n),
        Why.REVIEW_DUE: ngettext(
            "{n} client's measures are due again", "{n} clients' measures are due again", n
        ),
    }[why]
