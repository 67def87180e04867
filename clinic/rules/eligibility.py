"""Eligibility: what the tax office, an HSA, an FSA and an insurer may each make of one line, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.values import (
    AccountKind,
    LineKind,
    PlanType,
    Purpose,
    Regime,
    Relation,
    State,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from clinic.rules.counting import Policy, Stand, Visit
    from clinic.rules.necessity import Letter, Patient
    from clinic.values import StaffId

# domain C4, rows 16 to 23: what can never be care. A bundle is care on its visits, not when it is sold.
ITEMS: Mapping[LineKind, str] = {
    LineKind.TIP: "E-ITEM-TIP",
    LineKind.FEE: "E-ITEM-FEE",
    LineKind.PRODUCT: "E-ITEM-PRODUCT",
    LineKind.GIFT_SALE: "E-ITEM-PRODUCT",
    LineKind.BUNDLE_SALE: "E-NOTPROVIDED",
}
KIN = frozenset({Relation.SELF, Relation.SPOUSE, Relation.PARENT, Relation.CHILD})
PERSONAL = (Regime.TAX, Regime.HSA, Regime.FSA)
"""Regimes of the client's own money; the mark stands as long as one of them is left."""
EVERYWHERE = frozenset(Regime)


@dataclass(frozen=True, slots=True)
class Account:
    """A tax-favoured account of the client's."""

    kind: AccountKind
    opened: date | None = None
    year_start: date | None = None
    year_end: date | None = None
    grace_until: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """The client as the four regimes see them."""

    patient: Patient
    plan: PlanType | None = None
    accounts: tuple[Account, ...] = ()
    relations: Mapping[StaffId, Relation] | None = None


@dataclass(frozen=True, slots=True)
class Therapist:
    """Whose hands it was, and the certificate that says what they are."""

    id: StaffId
    name: str
    certificate: str = ""
    certified_from: date | None = None
    certified_until: date | None = None

    def certified_on(self, day: date) -> bool:
        """Tell whether a certificate on file spoke for this day."""
        begun = self.certified_from is None or self.certified_from <= day
        return (
            bool(self.certificate) and begun and (self.certified_until is None or day <= self.certified_until)
        )


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid on a line, as far as the mark is concerned."""

    by_client: bool
    by_insurer: bool
    by_gift: bool

    @property
    def anything(self) -> bool:
        """Whether any money came in."""
        return self.by_client or self.by_insurer or self.by_gift


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of a line: every reason and warning, and each regime's answer."""

    codes: tuple[str, ...]
    verdicts: Mapping[Regime, Verdict]
    letter: Letter | None
    visit: int | None
    share: tuple[int, int]
    """Minutes prescribed and given: the part of the line that the letter speaks for."""

    @property
    def documented(self) -> bool:
        """Whether any of the client's own regimes is left."""
        return any(self.verdicts[regime] is not Verdict.NO for regime in PERSONAL)


@dataclass(frozen=True, slots=True)
class Charge:
    """A line, and what stands behind it."""

    kind: LineKind
    paid: Paid
    visit: Visit | None = None
    stand: Stand | None = None
    therapist: Therapist | None = None
    permitted: bool = True
    """Whether the health plan's referral or authorisation is on file, where the plan wants one."""
    unmeasured: bool = False
    """Whether outcomes are kept of this client, and none was in the 90 days up to the visit."""


def judge(charge: Charge, person: Person, policy: Policy) -> Judgement:
    """Judge one line by all the reasons of `domain.md` C3, in the order of C5, without stopping at the first."""
    visit, stand, paid = charge.visit, charge.stand, charge.paid
    if charge.kind in ITEMS:
        return _judged(_together({ITEMS[charge.kind]: EVERYWHERE}, _money(paid, policy)), {}, paid)
    bars = dict.fromkeys(stand.bars if stand else (), EVERYWHERE)
    if visit is None or stand is None:
        # Nobody can tell whether a treatment took place, and for what, that no visit stands behind.
        return _judged(_together({"E-NOTPROVIDED": EVERYWHERE}, bars, _money(paid, policy)), {}, paid)
    prescribed = stand.prescribed_minutes
    share = (
        (prescribed, visit.minutes) if prescribed is not None and 0 < prescribed < visit.minutes else (1, 1)
    )
    barred = _together(
        _delivery(visit),
        bars,
        dict.fromkeys(stand.fsa_bars, frozenset({Regime.FSA})),
        dict.fromkeys(stand.warnings, frozenset()),
        {"W-DX-VAGUE": frozenset({Regime.INS})} if "W-DX-VAGUE" in stand.warnings else {},
        {"E-MINUTES": frozenset()} if share != (1, 1) else {},
        {"W-NOFUNCTION": frozenset()} if charge.unmeasured else {},
        _provider(visit, charge.therapist, person),
        _plan(person, permitted=charge.permitted),
        _accounts(visit, person),
        _money(paid, policy),
    )
    return _judged(barred, _unsure(stand, barred), paid, stand, share)


def _together(*found: Mapping[str, frozenset[Regime]]) -> dict[str, frozenset[Regime]]:
    """Put reasons together; one found twice bars what either bars."""
    barred: dict[str, frozenset[Regime]] = {}
    for reasons in found:
        for code, regimes in reasons.items():
            barred[code] = barred.get(code, frozenset()) | regimes
    return barred


def _delivery(visit: Visit) -> dict[str, frozenset[Regime]]:
    """Weigh whether anything was delivered, and whether it was care: the state tells, not the clock."""
    found = {}
    if visit.state is State.DECLINED:
        found["E-CONTRA"] = EVERYWHERE
    elif visit.state is not State.DONE:
        found["E-NOTPROVIDED"] = EVERYWHERE
    if visit.purpose is Purpose.RELAXATION:
        found["E-PURPOSE"] = EVERYWHERE
    return found


def _unsure(stand: Stand, barred: Mapping[str, frozenset[Regime]]) -> dict[Regime, Verdict]:
    """Name the regimes that may see it either way (the question marks of `domain.md` C4)."""
    questions = {"W-DX-VAGUE", "E-PROVIDER", "W-LMN-SIGNER", "W-LMN-NODURATION"}
    asks_plan = questions & barred.keys() or (stand.letter is not None and not stand.physician)
    return {Regime.FSA: Verdict.PLAN} if asks_plan else {}


def _judged(
    barred: Mapping[str, frozenset[Regime]],
    unsure: Mapping[Regime, Verdict],
    paid: Paid,
    stand: Stand | None = None,
    share: tuple[int, int] = (1, 1),
) -> Judgement:
    in_part = share != (1, 1) or (paid.by_client and (paid.by_insurer or "E-TENDER-GIFT" in barred))
    verdicts = {}
    for regime in Regime:
        if any(regime in regimes for regimes in barred.values()):
            verdicts[regime] = Verdict.NO
        elif regime is Regime.INS:
            verdicts[regime] = Verdict.PLAN  # an insurer is never promised for
        elif regime in unsure:
            verdicts[regime] = unsure[regime]
        else:
            verdicts[regime] = Verdict.PARTIAL if in_part else Verdict.YES
    return Judgement(
        tuple(sorted(barred)),
        verdicts,
        stand.letter if stand else None,
        stand.visit if stand else None,
        share,
    )


def _provider(visit: Visit, therapist: Therapist | None, person: Person) -> dict[str, frozenset[Regime]]:
    """Weigh who gave the visit (`domain.md` C4, rows 27, 28 and 30)."""
    found: dict[str, frozenset[Regime]] = {}
    if therapist is None or not therapist.certified_on(visit.day):
        found["E-PROVIDER"] = frozenset({Regime.INS})
    if (person.relations or {}).get(visit.staff) in KIN:
        found["E-RELATED"] = frozenset({Regime.FSA, Regime.INS})
    return found


def _plan(person: Person, *, permitted: bool) -> dict[str, frozenset[Regime]]:
    """Weigh the client's health plan: Original Medicare never pays, an HMO wants its referral first."""
    if person.plan is PlanType.MEDICARE:
        return {"E-MEDICARE": frozenset({Regime.INS})}
    return {} if permitted else {"E-AUTH": frozenset({Regime.INS})}


def _accounts(visit: Visit, person: Person) -> dict[str, frozenset[Regime]]:
    """Weigh the client's accounts by the day of service (`domain.md` C4, rows 31, 35 and 36)."""
    found: dict[str, frozenset[Regime]] = {}
    by_kind: dict[AccountKind, list[Account]] = {}
    for account in person.accounts:
        by_kind.setdefault(account.kind, []).append(account)
    hsas = by_kind.get(AccountKind.HSA, [])
    if hsas and all(account.opened is not None and visit.day < account.opened for account in hsas):
        found["E-HSA-DATE"] = frozenset({Regime.HSA})
    flexible = by_kind.get(AccountKind.FSA, []) + by_kind.get(AccountKind.HRA, [])
    if flexible and not any(_in_plan_year(account, visit.day) for account in flexible):
        found["E-PLANYEAR"] = frozenset({Regime.FSA})
    if AccountKind.LPFSA in by_kind and not flexible:
        found["E-LPFSA"] = frozenset({Regime.FSA})
    return found


def _in_plan_year(account: Account, day: date) -> bool:
    end = account.grace_until or account.year_end
    return (account.year_start is None or account.year_start <= day) and (end is None or day <= end)


def _money(paid: Paid, policy: Policy) -> dict[str, frozenset[Regime]]:
    """Weigh how a line was paid; what others paid leaves the mark on the client's own part."""
    found: dict[str, frozenset[Regime]] = {}
    if not paid.anything:
        found["E-UNPAID"] = frozenset({Regime.TAX, Regime.HSA})
    if paid.by_insurer:
        found["E-INSPAID"] = frozenset() if paid.by_client else frozenset(PERSONAL)
    if paid.by_gift and not policy.gift_tender_eligible:
        found["E-TENDER-GIFT"] = frozenset() if paid.by_client else frozenset(PERSONAL)
    return found
