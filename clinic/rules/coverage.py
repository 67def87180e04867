"""Whether a health plan is likely to pay for a massage (`domain.md` C8): never a promise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from clinic.values import PlanType, Purpose


class Basis(StrEnum):
    """On what a plan's benefit for such visits rests."""

    NONE = "NONE"
    REHAB = "REHAB"
    HABILITATIVE = "HABILITATIVE"
    RIDER = "RIDER"
    AUTO = "AUTO"
    WORKCOMP = "WORKCOMP"


class Provider(StrEnum):
    """Whose visits a plan may pay for."""

    MASSAGE_THERAPIST = "MT"
    PHYSICAL_THERAPIST = "PT"
    CHIROPRACTOR = "DC"
    ACUPUNCTURIST = "LAC"
    PHYSICIAN = "MD"


class Prospect(StrEnum):
    """How it looks: likely, not before something is there, or no; where too little is known, to be asked."""

    LIKELY = "likely"
    NEEDS = "needs"
    UNKNOWN = "unknown"
    NO = "no"


class Need(StrEnum):
    """What has to be there first."""

    PRESCRIPTION = "prescription"
    REFERRAL = "referral"
    AUTHORISATION = "authorisation"


class Reason(StrEnum):
    """Why it looks as it does."""

    NO_PLAN = "no_plan"
    MEDICARE = "medicare"
    NOT_A_BENEFIT = "not_a_benefit"
    RELAXATION = "relaxation"
    PROVIDER = "provider"
    LIMIT_REACHED = "limit_reached"
    LIMIT_NEAR = "limit_near"
    TOO_LONG = "too_long"
    HMO = "hmo"
    MEDI_CAL = "medi_cal"
    BENEFIT = "benefit"
    ACCIDENT = "accident"


class Question(StrEnum):
    """What to ask the insurer."""

    IS_BENEFIT = "is_benefit"
    HABILITATIVE = "habilitative"
    PROVIDER = "provider"
    PRESCRIPTION = "prescription"
    REFERRAL = "referral"
    AUTHORISATION = "authorisation"
    LIMIT = "limit"
    MINUTES = "minutes"
    CRITERIA = "criteria"
    CODES = "codes"
    SHARE = "share"
    MEDICARE_ADVANTAGE = "medicare_advantage"


@dataclass(frozen=True, slots=True)
class Benefit:
    """What the insurer said when somebody asked; what was not asked is None."""

    basis: Basis | None = None
    requires_rx: bool | None = None
    requires_referral: bool | None = None
    requires_authorisation: bool | None = None
    providers: frozenset[Provider] | None = None
    visit_limit: int | None = None
    minutes_max: int | None = None
    criteria: str = ""


@dataclass(frozen=True, slots=True)
class OnFile:
    """What is on file of a client and the visits they come for."""

    plan: PlanType | None
    purpose: Purpose = Purpose.THERAPEUTIC
    minutes: int | None = None
    provider: Provider = Provider.MASSAGE_THERAPIST
    prescription: bool = False
    referral: bool = False
    authorisation: bool = False
    visits_this_year: int = 0


@dataclass(frozen=True, slots=True)
class Outlook:
    """How it looks, with why, what is needed first, and what to ask the insurer."""

    prospect: Prospect
    needs: tuple[Need, ...] = ()
    reasons: tuple[Reason, ...] = ()
    questions: tuple[Question, ...] = ()


def check(there: OnFile, said: Benefit = Benefit()) -> Outlook:
    """Weigh plan, benefit, papers and provider; whatever nobody asked the insurer becomes a question."""
    against = _against(there, said)
    questions = _questions(there, said)
    if against:
        return Outlook(Prospect.NO, (), against, _after_a_no(there, against))
    if there.plan is None:
        return Outlook(Prospect.UNKNOWN, (), (), questions)
    needs = _needs(there, said)
    reasons = _reasons(there, said)
    if needs:
        return Outlook(Prospect.NEEDS, needs, reasons, questions)
    known = said.basis is not None and said.providers is not None
    return Outlook(Prospect.LIKELY if known else Prospect.UNKNOWN, (), reasons, questions)


def _against(there: OnFile, said: Benefit) -> tuple[Reason, ...]:
    found = {
        Reason.NO_PLAN: there.plan is PlanType.NONE,
        # domain C1, row 32: Original Medicare pays no massage therapist, the client pays all of it.
        Reason.MEDICARE: there.plan is PlanType.MEDICARE and there.provider is Provider.MASSAGE_THERAPIST,
        Reason.RELAXATION: there.purpose is Purpose.RELAXATION,
        Reason.NOT_A_BENEFIT: said.basis is Basis.NONE,
        Reason.PROVIDER: said.providers is not None and there.provider not in said.providers,
        Reason.LIMIT_REACHED: said.visit_limit is not None and there.visits_this_year >= said.visit_limit,
    }
    return tuple(reason for reason, applies in found.items() if applies)


def _after_a_no(there: OnFile, against: tuple[Reason, ...]) -> tuple[Question, ...]:
    """Name what is still worth asking where the answer is no."""
    if Reason.MEDICARE in against:
        return (Question.MEDICARE_ADVANTAGE,)
    if Reason.RELAXATION in against or there.plan is PlanType.NONE:
        return ()
    if Reason.PROVIDER in against:
        return (Question.PROVIDER,)
    return (Question.HABILITATIVE,) if Reason.NOT_A_BENEFIT in against else (Question.LIMIT,)


def _needs(there: OnFile, said: Benefit) -> tuple[Need, ...]:
    # An HMO's primary-care provider authorises the referral, whether somebody asked about it or not.
    refers = said.requires_referral is True or (said.requires_referral is None and there.plan is PlanType.HMO)
    found = {
        Need.PRESCRIPTION: said.requires_rx is True and not there.prescription,
        Need.REFERRAL: refers and not there.referral,
        Need.AUTHORISATION: said.requires_authorisation is True and not there.authorisation,
    }
    return tuple(need for need, missing in found.items() if missing)


def _reasons(there: OnFile, said: Benefit) -> tuple[Reason, ...]:
    left = None if said.visit_limit is None else said.visit_limit - there.visits_this_year
    found = {
        Reason.HMO: there.plan is PlanType.HMO,
        Reason.MEDI_CAL: there.plan is PlanType.MEDI_CAL,
        Reason.BENEFIT: said.basis in {Basis.REHAB, Basis.HABILITATIVE, Basis.RIDER},
        Reason.ACCIDENT: said.basis in {Basis.AUTO, Basis.WORKCOMP},
        Reason.LIMIT_NEAR: left is not None and left <= 2,  # noqa: PLR2004 - as with the visits of a letter
        Reason.TOO_LONG: said.minutes_max is not None and (there.minutes or 0) > said.minutes_max,
    }
    return tuple(reason for reason, applies in found.items() if applies)


def _questions(there: OnFile, said: Benefit) -> tuple[Question, ...]:
    found = {
        Question.IS_BENEFIT: said.basis is None,
        Question.HABILITATIVE: said.basis is None,
        Question.PROVIDER: said.providers is None,
        Question.PRESCRIPTION: said.requires_rx is None,
        Question.REFERRAL: said.requires_referral is None and there.plan is not PlanType.HMO,
        Question.AUTHORISATION: said.requires_authorisation is None,
        Question.LIMIT: said.visit_limit is None,
        Question.MINUTES: said.minutes_max is None,
        Question.CRITERIA: not said.criteria.strip(),
        Question.CODES: True,
        Question.SHARE: True,
    }
    return tuple(question for question, open_ in found.items() if open_)
