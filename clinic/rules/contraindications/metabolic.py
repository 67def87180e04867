"""Sugar and thyroid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.rules.answers import moment_of, said_yes
from clinic.rules.areas import expand

from .family import Family
from .vocabulary import Hit, Referral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .visit import Numbers, Visit

RULES = Family()

_RECHECK = ("RECHECK_GLUCOSE",)


@RULES.reads("DM-01")
def low_sugar(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Sugar too low by the meter or by the signs."""
    answers = visit.answers
    measured = answers.of("J02").get("glucose", {}).get("mg_dl")
    faint_diabetic = visit.faint_today and answers.of("J02").get("diabetes", "none") != "none"
    least = n["clear_mg_dl"] if _was_low_today(visit, n["mg_dl"]) else n["mg_dl"]
    if (measured is not None and measured < least) or answers.yes("J02", "hypo_signs_now") or faint_diabetic:
        yield Hit(needs=_RECHECK)


def _was_low_today(visit: Visit, limit: float) -> bool:
    """Whether sugar was low earlier on the same day, by the form or a quick check: then it has to climb further."""
    full = visit.case.full
    told = [full.answers.get("J02", {})] if full is not None and full.at.date() == visit.day else []
    told += [each.answers.get("Q10", {}) for each in visit.case.earlier]
    return any(
        said_yes(each.get("hypo_signs_now")) or each.get("glucose", {}).get("mg_dl", limit) < limit
        for each in told
    )


@RULES.reads("DM-02")
def insulin_site(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Where insulin has just gone in, and what is worn on the skin."""
    answers = visit.answers.of("J02")
    worn = expand([*answers.get("pump", ()), *answers.get("cgm", ())])
    if worn:
        yield Hit(sites=worn)
    injected = answers.get("insulin", {})
    if visit.recent(moment_of(injected.get("at")), n["hours"]):
        yield Hit(sites=expand([injected["site"]] if "site" in injected else []))
    for medicine in visit.doses("insulin"):
        if visit.recent(medicine.last, n["hours"]):
            yield Hit(sites=medicine.sites)


@RULES.reads("DM-03")
def high_sugar(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Sugar far too high, or out of hand."""
    answers = visit.answers
    measured = answers.of("J02").get("glucose", {}).get("mg_dl")
    ill = answers.yes("J02", "thirst_vomiting")
    if measured is not None and measured > n["mg_dl"]:
        yield Hit("ill" if ill else "high", needs=_RECHECK)
    elif answers.of("J02").get("controlled") in ("no", "unsure") or (
        ill and (measured is None or measured >= n["ill_mg_dl"])
    ):
        yield Hit("high", needs=_RECHECK)


@RULES.reads("DM-04")
def foot_ulcer(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A sore on a diabetic foot."""
    if visit.answers.yes("J02", "foot_ulcer"):
        feverish = visit.feverish_today
        yield Hit(referral=Referral.SAME_DAY if feverish else None)


@RULES.reads("END-01")
def throat(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """An overactive thyroid matters when the throat is asked for; the throat is left out for everybody."""
    out_of_hand = visit.answers.of("J03").get("thyroid") == "uncontrolled"
    yield Hit(sites=expand(["neck_ant"]), silent=not (out_of_hand and visit.asks_for("neck_ant")))
