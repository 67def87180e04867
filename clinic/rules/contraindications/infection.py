"""Fever and what can be caught: rest until it is over, keep off the spot, or wait for a written word."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clinic.rules.answers import moment_of, said_no, said_yes, sure_yes

from .family import Family
from .history import days_between, healed
from .visit import Numbers, Visit, areas_of, temperatures
from .vocabulary import Hit, Referral

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = Family()


def _ask_on_the_day(visit: Visit) -> Iterator[Hit]:
    """What nobody knows the end of is decided by the quick check of the day, once it has been asked."""
    if not visit.today("C01", "feverish"):
        yield Hit(silent=True, needs=("QUICK_CHECK",))


@RULES.reads("INF-01")
def fever(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Fever now, within a day, or hidden by a pill; a fever without a known end is asked again on the day."""
    last = last_fever(visit, n["celsius"])
    if last is None:
        return
    answers = visit.answers
    clear_at = last + timedelta(hours=n["clear_hours"])
    ended = answers.moment("C01", "ended_at")
    end_known = ended is not None and ended >= last
    not_improving = answers.of("C01").get("improving") in ("no", "unsure") and visit.today("C01", "improving")
    masked = visit.recent(answers.moment("C01", "antipyretic_at"), n["antipyretic_hours"])
    if visit.at < clear_at or not_improving or masked or (not end_known and last.date() == visit.day):
        yield Hit(earliest=clear_at if clear_at > visit.at else None, referral=_fever_referral(visit, n))
    elif not end_known:
        yield from _ask_on_the_day(visit)


def last_fever(visit: Visit, celsius_limit: float) -> datetime | None:
    """Give the last moment at which there is known to have been fever."""
    answers = visit.answers
    known: list[datetime | None] = [answers.moment("C01", "ended_at")]
    known += [
        answers.said_at("C01", key)
        for key, degrees in temperatures(answers).items()
        if degrees >= celsius_limit
    ]
    if answers.yes("C01", "feverish"):
        known.append(answers.said_at("C01", "feverish"))
    if answers.yes("C01", "fever_last_24h"):
        known.append(_within_the_day(answers.said_at("C01", "fever_last_24h"), known[0]))
    return max((each for each in known if each is not None), default=None)


def _within_the_day(said: datetime, ended: datetime | None) -> datetime:
    """Give the last moment of a fever of the 24 hours before: its end where one was told, and lies within them."""
    return ended if ended is not None and ended > said - timedelta(days=1) else said


def _fever_referral(visit: Visit, n: Numbers) -> Referral | None:
    answers = visit.answers.of("C01")
    if visit.answers.yes("C01", "red_flags"):
        return Referral.ER
    highest = max(temperatures(visit.answers).values(), default=0.0)
    if highest >= n["high_celsius"] or answers.get("days", 0) > n["long_days"]:
        return Referral.SAME_DAY
    return None


@RULES.reads("INF-02")
def just_recovered(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """The first days after a fever or a cold."""
    answers = visit.answers
    ended = answers.moment("C01", "ended_at")
    if ended is not None and visit.at < ended + timedelta(hours=n["clear_hours"]):
        return
    days = [None if ended is None else ended.date(), answers.day("C02", "ended_on")]
    if any(days_between(visit, day, n["from_days"], n["until_days"]) for day in days):
        yield Hit()


@RULES.reads("INF-03")
def respiratory(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A cough, a sore throat or aches that are not getting better."""
    answers = visit.answers
    over = visit.days_since(answers.day("C02", "ended_on"))
    if not answers.yes("C02", "respiratory") or sure_yes(answers.of("C02").get("improving")):
        return
    if over is None or over < 1:
        yield from _for_a_day(visit, "respiratory", n["clear_hours"])


@RULES.reads("INF-04")
def gut(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Vomiting or diarrhoea of the last two days."""
    ended = visit.answers.moment("C02", "gastro_ended_at")
    if ended is not None:
        clear_at = ended + timedelta(hours=n["clear_hours"])
        if visit.at < clear_at:
            yield Hit(earliest=clear_at)
    elif visit.answers.yes("C02", "gastro"):
        yield from _for_a_day(visit, "gastro", n["clear_hours"])


def _for_a_day(visit: Visit, key: str, clear_hours: float) -> Iterator[Hit]:
    """Stand on the day it was said and as long as it can't be over; afterwards the day's own quick check decides."""
    said = visit.answers.said_at("C02", key)
    clear_at = said + timedelta(hours=clear_hours)
    if said.date() == visit.day or visit.at < clear_at:
        yield Hit(earliest=clear_at)
    else:
        yield from _ask_on_the_day(visit)


@RULES.reads("INF-05")
def contagious_rash(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A childhood rash or mpox, or fever with a new rash all over."""
    diagnosed = visit.answers.of("C02").get("diagnosed", ())
    fever_at = last_fever(visit, n["celsius"])
    feverish = fever_at is not None and days_between(visit, fever_at.date(), 0, n["fever_days"])
    rashes = [
        each
        for each in visit.answers.each("C03", "rash")
        if not healed(each) and said_yes(each.get("widespread"))
    ]
    if {"chickenpox", "measles", "rubella", "mpox"} & set(diagnosed) or any(
        feverish or said_yes(each.get("fever")) for each in rashes
    ):
        yield Hit()


@RULES.reads("INF-06")
def shingles(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Blisters along a nerve: contagious until every one has crusted, tender after."""
    for item in visit.answers.each("C03", "shingles"):
        if item.get("state") not in ("crusted", "healed"):
            yield Hit("open", sites=areas_of([item]))
        elif item["state"] == "crusted" and not said_no(item.get("painful")):
            yield Hit("crusted", sites=areas_of([item]))


@RULES.reads("INF-07")
def cellulitis(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """An infection spreading in the skin, until antibiotics have clearly taken hold."""
    for item in visit.answers.each("C03", "cellulitis"):
        treated = moment_of(item.get("antibiotic_at"))
        better = sure_yes(item.get("improving")) and treated is not None
        if healed(item) or (
            better and treated and visit.at >= treated + timedelta(hours=n["antibiotic_hours"])
        ):
            continue
        yield Hit(sites=areas_of([item]), referral=Referral.ER if said_yes(item.get("fever")) else None)


@RULES.reads("INF-08")
def staphylococcus(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A boil or its kin: draining stops the visit, dry and covered keeps off the spot."""
    for item in visit.answers.each("C03", "mrsa", "boil", "impetigo"):
        if healed(item):
            continue
        treated = moment_of(item.get("antibiotic_at"))
        long_enough = treated is not None and visit.at >= treated + timedelta(hours=n["antibiotic_hours"])
        dry = item.get("state") == "covered" and (item["what"] != "impetigo" or long_enough)
        yield Hit("covered" if dry else "draining", sites=areas_of([item]))


@RULES.reads("INF-09")
def infestation(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Scabies or lice, until two days after the first full treatment."""
    for item in visit.answers.each("C03", "scabies", "lice"):
        treated = moment_of(item.get("treated_at"))
        clear_at = None if treated is None else treated + timedelta(hours=n["clear_hours"])
        if not healed(item) and (clear_at is None or visit.at < clear_at):
            yield Hit(earliest=clear_at)


@RULES.reads("INF-10")
def fungus_and_warts(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """What spreads by touching the spot."""
    for item in visit.answers.each("C03", "tinea", "wart", "molluscum"):
        if not healed(item):
            yield Hit(sites=areas_of([item]))


@RULES.reads("INF-11")
def cold_sore(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A cold sore that has not crusted; spread over eczema it is serious."""
    for item in visit.answers.each("C03", "cold_sore"):
        if said_yes(item.get("widespread")) and not healed(item):
            yield Hit("spread")
        elif item.get("state") not in ("crusted", "healed"):
            yield Hit("spot", sites=areas_of([item]) or frozenset({"face"}))


@RULES.reads("INF-12")
def mononucleosis(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Glandular fever: the spleen needs four weeks."""
    if "mononucleosis" not in visit.answers.of("C02").get("diagnosed", ()):
        return
    diagnosed = visit.answers.day("C02", "diagnosed_on")
    clear_on = None if diagnosed is None else diagnosed + timedelta(days=n["days"])
    if clear_on is None or visit.day < clear_on:
        yield Hit(earliest=clear_on)


@RULES.reads("INF-13")
def notifiable(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Tuberculosis, or another infection that stays until someone writes that it is over."""
    if {"tuberculosis", "other"} & set(visit.answers.of("C02").get("diagnosed", ())):
        yield Hit()


@RULES.reads("INF-14")
def hiv(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """HIV, told freely: the usual care, gentler if frail."""
    if visit.answers.yes("E02", "hiv"):
        yield Hit("frail" if visit.answers.yes("OBS", "frail") else "stable")
