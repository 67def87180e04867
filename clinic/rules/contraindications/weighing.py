"""From a rule that applies to a finding: its effects on this request, a clearance on file, the owner's policy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clinic.values import Technique

from .outcome import Finding, latest
from .vocabulary import ClearsBy, Hit, Kind, Referral, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .book import Effect, Place, Rule, RuleBook
    from .case import Clearance
    from .visit import Visit

CLEARED = "cleared"
"""The band a rule falls to, where the row says what stays in force after clearance."""

_EVERYTHING = frozenset(Technique)


def compose(rule: Rule, hits: Sequence[Hit], visit: Visit) -> Finding | None:
    """One finding for all that made the rule apply: the gravest band, every denial, the lightest pressure."""
    effects = [(rule.bands[hit.band], hit) for hit in hits if not hit.silent]
    if not effects:
        return None
    order = list(rule.bands)  # of bands equally grave the catalogue has the stricter one further down
    gravest, _ = max(effects, key=lambda each: (each[0].severity, order.index(each[1].band)))
    return _in_force(_bare(rule, gravest), effects, visit)


def _bare(rule: Rule, effect: Effect) -> Finding:
    return Finding(
        rule=rule.id,
        severity=effect.severity,
        found=effect.severity,
        kind=effect.kind,
        clears_by=effect.clears_by,
        effect=effect,
        source=rule.source,
        chronic=rule.chronic,
        contagious=rule.contagious,
    )


def _in_force(finding: Finding, effects: Sequence[tuple[Effect, Hit]], visit: Visit) -> Finding:
    caps = [effect.cap for effect, _ in effects]
    denied = set[Technique]().union(*(effect.denied for effect, _ in effects))
    sites = frozenset[str]().union(*(effect.sites | hit.sites for effect, hit in effects))
    for effect, hit in effects:
        for place in effect.places:
            if _bites(place, hit, effect, sites, visit):
                denied |= place.denied
                caps.append(place.cap)
    needs = {need for effect, hit in effects for need in (*effect.needs, *hit.needs)}
    if _waits_for_clearance(finding):
        needs.add("CLEARANCE")
    return replace(
        finding,
        denied=frozenset(denied),
        cap=min((cap for cap in caps if cap is not None), default=None),
        sites=sites,
        positions=frozenset(each for effect, hit in effects for each in (*effect.positions, *hit.positions)),
        products=frozenset(each for _, hit in effects for each in hit.products),
        needs=frozenset(needs),
        minutes=min((effect.minutes for effect, _ in effects if effect.minutes is not None), default=None),
        referral=max(effect.referral if hit.referral is None else hit.referral for effect, hit in effects),
        earliest=latest(*(hit.earliest for _, hit in effects)) if finding.severity >= Severity.S3 else None,
        hits=tuple(hit for _, hit in effects),
    )


def _bites(place: Place, hit: Hit, effect: Effect, avoided: frozenset[str], visit: Visit) -> bool:
    """Whether the work would reach these areas.

    Work on the whole body can pass by a spot, or by what is left out anyway; it can't pass by half a body.
    """
    areas, wished = place.areas or hit.there, visit.case.request.sites
    if wished:
        return not areas or not wished.isdisjoint(areas)
    return (bool(place.named) or effect.kind is not Kind.LOCAL) and not (areas and areas <= avoided)


def _waits_for_clearance(finding: Finding) -> bool:
    return finding.effect.clearance_lowers and finding.clears_by is ClearsBy.CLEARANCE


def clear(finding: Finding, rule: Rule, visit: Visit) -> Finding:
    """Let every clearance that names the rule speak: it may lower the finding, and what it forbids always counts."""
    if finding.severity is Severity.S5:
        return finding
    valid = [each for each in visit.case.clearances if each.covers(rule, visit.day, visit.clearance_ends)]
    if not valid:
        return finding
    lowered = finding
    if _lowers(finding):
        lowered = replace(finding, severity=_beside_the_letter(finding, rule), cleared=True, raised=None)
    if CLEARED in rule.bands and (lowered.cleared or finding.severity <= Severity.S2):
        left = rule.bands[CLEARED]
        lowered = _in_force(replace(lowered, effect=left), [(left, hit) for hit in finding.hits], visit)
    elif lowered.cleared and lowered.denied == _EVERYTHING:
        lowered = replace(lowered, denied=frozenset[Technique]())
    if lowered.cleared:
        lowered = replace(lowered, needs=lowered.needs - {"CLEARANCE"}, referral=Referral.NONE, earliest=None)
    for each in valid:
        lowered = _within(each, lowered)
    return lowered


def _beside_the_letter(finding: Finding, rule: Rule) -> Severity:
    """What is left once a letter has spoken: S1, or what else made the rule apply without needing one."""
    found = [rule.bands[hit.band].severity for hit in finding.hits]
    return max([Severity.S1, *(severity for severity in found if severity <= Severity.S2)])


def _within(clearance: Clearance, finding: Finding) -> Finding:
    """What the clinician left out of the permission is left out of the visit; the stricter word wins."""
    denied, cap = finding.denied, finding.cap
    if clearance.techniques_allowed is not None:
        denied |= _EVERYTHING - clearance.techniques_allowed
    if clearance.pressure_cap is not None:
        cap = clearance.pressure_cap if cap is None else min(cap, clearance.pressure_cap)
    sites = finding.sites | clearance.areas_excluded
    return replace(finding, denied=denied, cap=cap, sites=sites, cleared_by=clearance.id)


def tighten(finding: Finding, rule: Rule, book: RuleBook) -> Finding:
    """Raise what the owner wants raised; nothing is ever lowered here."""
    wanted = book.policy.tightened.get(rule.id, Severity.S0)
    if book.policy.strict_contraindications and rule.founding:
        wanted = max(wanted, Severity.S4)
    if wanted <= finding.severity:
        return finding
    needs = finding.needs | {"CLEARANCE"} if wanted is Severity.S3 else finding.needs
    return replace(finding, severity=wanted, raised=book.raised[wanted], needs=needs)


def _lowers(finding: Finding) -> bool:
    """Whether a letter may lower it: as its row says, or because the owner asks for a letter and no more."""
    if finding.raised is not None:
        return finding.severity is Severity.S3
    return finding.effect.clearance_lowers
