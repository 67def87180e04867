"""Breathing, mind, age, consent and allergies: what concerns anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.rules.answers import said_yes
from clinic.rules.areas import ENDANGERED, expand
from clinic.rules.screening import birthday

from .family import Family
from .history import healed
from .visit import Numbers, Visit, areas_of
from .vocabulary import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = Family()

_SEEDS = ("nut", "almond", "peanut", "macadamia", "sesame")
_CONTACT = ("latex", "fragrance", "lanolin", "adhesive", "iodine", "other")


@RULES.reads("RSP-01")
def breathless(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Somebody who fights for air."""
    if visit.answers.yes("OBS", "breathless_at_rest") or "breathless" in visit.answers.of("D01").get(
        "symptoms", ()
    ):
        yield Hit()


@RULES.reads("RSP-02")
def lungs(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Weak lungs, or oxygen from a bottle."""
    if visit.answers.yes("OBS", "copd_or_oxygen"):
        yield Hit()


@RULES.reads("PSY-01")
def crisis(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A crisis of the mind."""
    if visit.answers.yes("OBS", "suicidal") or visit.answers.yes("L01", "acute_crisis"):
        yield Hit()


@RULES.reads("PSY-02")
def trauma(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Somebody for whom touch is not simple; where they do not want it is left out for anybody."""
    untouched = expand(visit.answers.of("L01").get("no_touch", ()))
    yield Hit(sites=untouched, silent=not visit.answers.yes("L01", "trauma"))


@RULES.reads("AGE-01")
def minor(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """A child comes with a guardian's written consent, and with the guardian."""
    age, born = visit.age, visit.case.born
    if age is None or born is None or age >= n["of_age"]:
        return
    near = n["of_age"] if visit.on_premises_under is None else visit.on_premises_under
    in_room = n["in_room_under"] if visit.in_room_under is None else visit.in_room_under
    nearby: tuple[str, ...] = ("GUARDIAN_ON_PREMISES",) if age < near else ()
    if age < in_room:
        nearby = ("GUARDIAN_IN_ROOM",)
    if visit.case.guardian_consent:
        yield Hit(silent=True, needs=nearby)
    else:
        of_age = birthday(born, int(n["of_age"]))
        yield Hit(needs=("GUARDIAN_CONSENT", *nearby), earliest=of_age)


@RULES.reads("AGE-02")
def frail(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Old age, or frailty at any."""
    if (visit.age is not None and visit.age >= n["age"]) or visit.answers.yes("OBS", "frail"):
        yield Hit()


@RULES.reads("GEN-01")
def inflamed(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Red, hot, swollen and painful: the spot is left alone, an ill person waits."""
    places = [item for item in visit.answers.each("C03", "inflamed") if not healed(item)]
    sites = areas_of(places)
    unwell = any(said_yes(item.get("fever")) for item in places) or visit.feverish_today
    many = max(len(places), sum(len(item.get("sites", ())) for item in places)) >= n["many_sites"]
    if places:
        yield Hit("ill" if unwell or many else "spot", sites=sites, there=sites)


@RULES.reads("GEN-02")
def endangered(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Where a hand can do harm: left out for everybody, and said aloud when asked for."""
    asked_for = bool(visit.case.request.sites & ENDANGERED)
    yield Hit(sites=ENDANGERED, silent=not asked_for)


@RULES.reads("GEN-03")
def unexplained_pain(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Strong pain or fever that nobody can explain."""
    answers = visit.answers
    strong = answers.of("B03").get("now", 0) >= n["pain"]
    unexplained = answers.yes("B05", "unexplained") and (strong or answers.yes("B05", "fever"))
    if unexplained or _headache_or_sight(visit, n):
        yield Hit()


def _headache_or_sight(visit: Visit, n: Numbers) -> bool:
    """A severe headache or changed sight on the day, unless a graver row speaks of it."""
    symptoms = {"severe_headache", "vision"}.intersection(visit.answers.of("D01").get("symptoms", ()))
    high = visit.pressure is not None and visit.pressure.reaches(n["systolic"], n["diastolic"])
    return bool(symptoms) and visit.today("D01", "symptoms") and not (high or visit.pregnant)


@RULES.reads("GEN-04")
def no_consent(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Nobody is treated who can't or does not agree."""
    if visit.answers.yes("OBS", "cannot_consent") or visit.answers.of("Q14").get("consent") is False:
        yield Hit()


@RULES.reads("GEN-05")
def full_or_dry(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Just eaten, or dried out."""
    answers = visit.answers
    dry = answers.yes("C05", "dehydrated") and visit.today("C05", "dehydrated")
    faint = answers.yes("C05", "faint") and visit.today("C05", "faint")
    if dry or faint or visit.recent(answers.moment("C05", "meal_at"), n["meal_hours"]):
        yield Hit()


@RULES.reads("ALG-01")
def seed_allergy(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """One nut stands for all: what is pressed from any of them stays away."""
    if not set(_SEEDS).isdisjoint(visit.answers.values.get("K02", ())):
        yield Hit(products=_blocked(visit, _SEEDS))


@RULES.reads("ALG-02")
def contact_allergy(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """What the skin must not meet."""
    told = [each for each in _CONTACT if each in visit.answers.values.get("K02", ())]
    if told:
        yield Hit(products=_blocked(visit, [each for each in told if each != "other"]))


def _blocked(visit: Visit, words: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The products wished for that hold any of these; when none was named, the words to look for on the label."""
    wished = visit.case.request.products
    if not wished:
        return tuple(words)
    return tuple(product for product in wished if any(word in product.casefold() for word in words))
