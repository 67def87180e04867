"""The coverage check in words: how it looks, why, and what to ask the insurer. Nothing here is a promise."""

from __future__ import annotations

from clinic.wording import _


def prospect(which: str, needs: tuple[str, ...]) -> str:
    """Say how it looks, in one line."""
    if which == "needs":
        return _("Not before there is {needs}").format(needs=_(" and ").join(need(each) for each in needs))
    return {
        "likely": _("Likely covered"),
        "unknown": _("Ask the insurer"),
        "no": _("Not covered"),
    }[which]


def need(which: str) -> str:
    """Name what has to be there first."""
    return {
        "prescription": _("a prescription"),
        "referral": _("a referral"),
        "authorisation": _("an authorization"),
    }[which]


def reason(which: str) -> str:
    """Say why it looks as it does."""
    return {
        "no_plan": _(
            "There is no health plan. The client pays, and may still use an HSA, an FSA or the tax return."
        ),
        "medicare": _("Original Medicare pays for no massage therapist: the client pays 100 %."),
        "not_a_benefit": _("The plan said that such visits are no benefit of it."),
        "relaxation": _("The treatment is for relaxation; no plan calls that medically necessary."),
        "provider": _("The plan pays for other providers, and not for a massage therapist."),
        "limit_reached": _("The visits the plan allows in a year are used."),
        "limit_near": _("Few of the visits the plan allows in a year are left."),
        "too_long": _("The visits are longer than the plan pays for; the minutes beyond are the client's."),
        "hmo": _("In an HMO the primary-care provider authorizes the referral."),
        "medi_cal": _(
            "Medi-Cal plans differ, and seldom know massage therapists: ask before the first visit."
        ),
        "benefit": _("The plan said that it has such a benefit, where its own criteria are met."),
        "accident": _(
            "An accident or workers' compensation insurer pays under rules of its own: have the claim number."
        ),
    }[which]


def question(which: str) -> str:
    """Word a question as the client can read it out on the phone."""
    return {
        "is_benefit": _("Is massage therapy, or manual therapy, a benefit of my plan?"),
        "habilitative": _(
            "Is it covered as rehabilitative or habilitative care, an essential health benefit in California?"
        ),
        "provider": _(
            "Which providers do you pay for it: a certified massage therapist too, or a physical therapist only?"
        ),
        "prescription": _("Do you need a prescription, and from whom? Does a chiropractor's count?"),
        "referral": _("Do I need a referral from my primary-care provider?"),
        "authorisation": _("Do you have to authorize it first? From which visit on?"),
        "limit": _("How many visits a year do you pay for?"),
        "minutes": _("How many minutes, or units, of one visit do you pay for?"),
        "criteria": _("When do you call it medically necessary? Please send me the criteria."),
        "codes": _("Do you pay for the procedure codes 97124 and 97140? Do you want a modifier?"),
        "share": _("What is my share: deductible, copay, and what out of network?"),
        "medicare_advantage": _(
            "If it is a Medicare Advantage plan: does it add a massage benefit, and for what?"
        ),
    }[which]


def notice() -> str:
    """Say that the check binds nobody."""
    return _(
        "This is no promise and no decision. Whether anything is paid is decided by the insurer alone, by the plan's "
        "own criteria; an insurer may refuse in spite of a prescription. Note the day, the name and the reference "
        "of a call."
    )


def basis(which: str) -> str:
    """Name what a benefit rests on."""
    return {
        "NONE": _("No benefit"),
        "REHAB": _("Rehabilitative care"),
        "HABILITATIVE": _("Habilitative care"),
        "RIDER": _("A rider of the plan"),
        "AUTO": _("Accident insurance"),
        "WORKCOMP": _("Workers' compensation"),
    }[which]


def provider(which: str) -> str:
    """Name whose visits a plan pays for."""
    return {
        "MT": _("Massage therapist"),
        "PT": _("Physical therapist"),
        "DC": _("Chiropractor"),
        "LAC": _("Acupuncturist"),
        "MD": _("Physician"),
    }[which]


def plan(which: str | None) -> str:
    """Name the kind of a health plan."""
    return {
        None: _("Not asked"),
        "HMO": _("HMO"),
        "PPO": _("PPO"),
        "EPO": _("EPO"),
        "POS": _("POS"),
        "MEDICARE": _("Original Medicare"),
        "MEDI_CAL": _("Medi-Cal"),
        "OTHER": _("Another kind"),
        "NONE": _("No health plan"),
    }[which]
