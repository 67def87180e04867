"""Printing the rule book as a table to read: ``python -m clinic.exchange.rulebook`` writes it into docs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.exchange.catalogue import rule_book
from clinic.exchange.resources import RESOURCES
from clinic.rules.areas import parts
from clinic.rules.contraindications.vocabulary import Kind, Language, Referral
from clinic.values import Technique

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic.rules.contraindications.book import Effect, Rule, RuleBook

PAGE = RESOURCES.parent / "docs" / "CONTRAINDICATIONS.md"

_KINDS = {
    Kind.SYSTEMIC: "systemic",
    Kind.LOCAL: "local",
    Kind.PRECAUTION: "precaution",
    Kind.CLEARANCE: "clearance",
}
_REFERRALS = {
    Referral.ROUTINE: "to a doctor soon",
    Referral.SAME_DAY: "to a doctor the same day",
    Referral.ER: "to the emergency room",
}
_HEAD = """\
# Contraindications

Made from `resources/catalogue/contraindications.toml` by `python -m clinic.exchange.rulebook`; do not edit by hand.

Ruleset {version}: {rules} rules, {reviewed} of them reviewed by a clinician. A row that nobody has reviewed is a
proposal. The list is an aid to screening, not a standard of care.

**S0** inform · **S1** adapt · **S2** leave areas out · **S3** clearance first · **S4** not today · **S5** emergency.
Techniques: SW Swedish, TH therapeutic, DT deep tissue, TP trigger point, MFR myofascial, PN prenatal, MLD lymph
drainage, HS hot stone, SP sports, CU cupping. Pressure P0 (resting hand) to P5 (deep).
"""
_COLUMNS = (
    "| rule | condition | applies when | effect | clears | source | reviewed |\n|---|---|---|---|---|---|---|"
)


def page(book: RuleBook) -> str:
    """Write the whole page."""
    reviewed = sum(rule.reviewed for rule in book.rules.values())
    return "\n".join(
        [
            _HEAD.format(version=book.version, rules=len(book.rules), reviewed=reviewed),
            *_tables(book),
            *_sources(book),
        ]
    )


def _tables(book: RuleBook) -> Iterator[str]:
    for family in dict.fromkeys(rule.family for rule in book.rules.values()):
        yield f"## {family.capitalize()}\n\n{_COLUMNS}"
        yield from (_row(rule) for rule in book.rules.values() if rule.family == family)
        yield ""


def _sources(book: RuleBook) -> Iterator[str]:
    yield "## Sources\n"
    yield from (f"- **{key}** {source}" for key, source in book.sources.items())
    yield ""


def _row(rule: Rule) -> str:
    effects = "<br>".join(_effect(name, effect) for name, effect in rule.bands.items())
    source = " ".join(rule.source)
    reviewed = f"{rule.reviewer}, {rule.reviewed_on}" if rule.reviewed else "no"
    return f"| {rule.id} | {rule.condition} | {rule.trigger} | {effects} | {rule.clears} | {source} | {reviewed} |"


def _effect(band: str, effect: Effect) -> str:
    told = [_KINDS[effect.kind], *_everywhere(effect), *_in_places(effect)]
    name = "" if band == "fires" else f"{band.replace('_', ' ')}: "
    said = effect.texts[Language.ENGLISH].therapist
    return f"{name}**{effect.severity.name}** {'; '.join(told)}. *{said}*"


def _everywhere(effect: Effect) -> Iterator[str]:
    if effect.denied:
        yield f"no {_names(effect.denied)}"
    if effect.cap is not None:
        yield f"at most {effect.cap.name}"
    if effect.minutes is not None:
        yield f"at most {effect.minutes} minutes"
    if effect.positions:
        yield ", ".join(each.replace("_", " ") for each in effect.positions)
    if effect.sites:
        yield "leave out " + ", ".join(sorted({parts(each)[1].replace("_", " ") for each in effect.sites}))
    if effect.referral is not Referral.NONE:
        yield _REFERRALS[effect.referral]
    if effect.clearance_lowers:
        yield "a clearance lowers it to S1"


def _in_places(effect: Effect) -> Iterator[str]:
    for place in effect.places:
        there = (
            "on " + ", ".join(each.replace("_", " ") for each in place.named)
            if place.named
            else "at the place"
        )
        if place.denied:
            yield f"{there} no {_names(place.denied)}"
        if place.cap is not None:
            yield f"{there} at most {place.cap.name}"


def _names(techniques: frozenset[Technique]) -> str:
    if techniques == frozenset(Technique):
        return "hands-on work"
    return " ".join(each.value for each in Technique if each in techniques)


if __name__ == "__main__":
    PAGE.write_text(page(rule_book()), "utf-8")
