"""The reason and warning codes of a line in words: short for a list, in full for whoever mends it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from clinic import wording
from clinic.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping


def phrase(code: str) -> str:
    """Name a reason in a few words, beside the visit or the line it is about."""
    return _phrases(wording.language()).get(code, code)


def meaning(code: str) -> str:
    """Say for the list of exceptions what kept the line from being marked, and what would clear it."""
    what, remedy = _meanings(wording.language()).get(code, (code, ""))
    return f"{what} {remedy}".rstrip()


def codes() -> frozenset[str]:
    """Every code there are words for."""
    return frozenset(_meanings(wording.language()))


@cache
def _phrases(_language: str) -> Mapping[str, str]:
    # domain C4: this is said of a day without a letter, and never that something is not deductible.
    none_for_this_date = _("no letter of medical necessity on file for this date")
    return {
        "E-NOLMN": none_for_this_date,
        "E-LMN-FUTURE": none_for_this_date,
        "E-LMN-EXPIRED": none_for_this_date,
        "E-LMN-INCOMPLETE": _("The letter on file is not complete"),
        "E-LMN-SIGNER": _("Signed by somebody whose letter does not count here"),
        "E-LMN-PATIENT": _("The letter is for somebody else"),
        "E-PURPOSE": _("Booked for relaxation"),
        "E-DX": _("For a condition the letter does not name"),
        "E-COUNT": _("All visits of the letter were used"),
        "E-FREQ": _("More visits than the letter prescribes for the time"),
        "E-MINUTES": _("Longer than prescribed; the minutes beyond are left out"),
        "E-UNPAID": _("Nothing paid yet"),
        "E-INSPAID": _("Paid by an insurer"),
        "E-TENDER-GIFT": _("Paid by gift certificate"),
        "E-ITEM-TIP": _("Tip"),
        "E-ITEM-FEE": _("Fee, not a treatment"),
        "E-ITEM-PRODUCT": _("Goods or a certificate, not a treatment"),
        "E-NOTPROVIDED": _("Not provided yet, or not at all"),
        "E-CONTRA": _("Not given, for reasons of health"),
        "E-PROVIDER": _("Whether this provider counts is the plan's decision"),
        "E-RELATED": _("Therapist or signer is family"),
        "E-LPFSA": _("The account is for dental and vision care only"),
        "E-HSA-DATE": _("Before the HSA was opened"),
        "E-PLANYEAR": _("Outside the plan year"),
        "E-RUNOUT": _("The plan takes no more claims for this year"),
        "E-DOUBLE": _("Handed in before"),
        "E-MEDICARE": _("Original Medicare does not pay for massage therapy"),
        "E-AUTH": _("No authorization of the insurer for this visit"),
        "W-LMN-SELFREPORT": _("The letter names no examination"),
        "W-DX-VAGUE": _("The diagnosis is a general one"),
        "W-LMN-NODURATION": _("The letter states no duration; twelve months taken"),
        "W-LMN-SIGNER": _("Whether this signer counts is the plan's decision"),
        "W-NOFUNCTION": _("No goal or outcome noted in the last 90 days"),
        "W-PAST": _("This day has passed"),
        "W-HOURS": _("Outside the therapist's hours"),
        "W-SKILL": _("The therapist is not trained for this treatment"),
        "W-ENOUGH": _("More than the therapist takes on in one day"),
        "W-CERTIFICATE-EXPIRED": _("The therapist's certificate has expired"),
        "W-CERTIFICATE-MISSING": _("No certificate of the therapist on file"),
        "W-INS-EXPIRED": _("The therapist's insurance has expired"),
        "W-INS-MISSING": _("No insurance of the therapist on file"),
        "W-NCCI": _("Two procedure codes that payers deny side by side"),
    }


@cache
def _meanings(_language: str) -> Mapping[str, tuple[str, str]]:
    """Say of each code what it means for a line, and what would clear it."""
    return {
        "E-NOLMN": (
            _("The client has no letter of medical necessity and no prescription on file."),
            _("Put one on file if there is one for this date; a new letter does not reach back."),
        ),
        "E-LMN-FUTURE": (
            _("The visit was before the day from which a letter speaks."),
            _("Compare the signing, starting and approval days with the paper."),
        ),
        "E-LMN-EXPIRED": (
            _("The visit was after the last day of every letter on file."),
            _("Add the letter that covers this date, or ask the clinician for a new one for visits to come."),
        ),
        "E-LMN-INCOMPLETE": (
            _("The letter lacks something it can't do without."),
            _("Complete patient, diagnosis, treatment, signer, signature and date from the paper."),
        ),
        "E-LMN-SIGNER": (
            _("The letter is signed by somebody whose word does not count for this."),
            _("Ask a physician or another clinician that the plan accepts for a letter."),
        ),
        "E-LMN-PATIENT": (
            _("The name on the letter is not this client's."),
            _("File the letter with the right client, or correct the name if it was mistyped."),
        ),
        "E-PURPOSE": (
            _("The treatment was booked for relaxation, which no letter covers."),
            _("Book visits under a letter as a therapeutic or medical treatment."),
        ),
        "E-DX": (
            _("The visit names a diagnosis that the letter has not."),
            _("Correct the visit's diagnosis, or add the letter that names it."),
        ),
        "E-COUNT": (
            _("The letter's visits were all used before this one."),
            _("Ask the clinician for a new letter; it covers visits from its own first day."),
        ),
        "E-FREQ": (
            _("There were more visits in the week or month than the letter prescribes."),
            _("Keep to the prescribed frequency, or ask the clinician for a letter that allows more."),
        ),
        "E-MINUTES": (
            _("The visit was longer than prescribed; only the prescribed minutes are marked."),
            _("Check the minutes given, or ask the clinician for a letter that allows more."),
        ),
        "E-UNPAID": (
            _("Nothing was paid on this line."),
            _("Take the payment, or allocate one to the line."),
        ),
        "E-INSPAID": (
            _("An insurer paid all or part of this line; that part is not the client's."),
            _("Check the insurer's payment if the client did pay it."),
        ),
        "E-TENDER-GIFT": (
            _("The line was paid by gift certificate, which counts where it was bought."),
            _("Nothing is to be done, unless the payment was entered by the wrong method."),
        ),
        "E-ITEM-TIP": (
            _("A tip is never part of a treatment's price."),
            _("Nothing is to be done."),
        ),
        "E-ITEM-FEE": (
            _("A fee is not a treatment."),
            _("Nothing is to be done."),
        ),
        "E-ITEM-PRODUCT": (
            _("Goods and gift certificates are not a treatment."),
            _("Nothing is to be done."),
        ),
        "E-NOTPROVIDED": (
            _("No visit that took place stands behind this line."),
            _("Set the visit to done if it was given, or link it; a bundle counts as its visits are used."),
        ),
        "E-CONTRA": (
            _("The visit was declined for reasons of health."),
            _("Nothing is to be done; check whether it should have been charged at all."),
        ),
        "E-PROVIDER": (
            _("The therapist had no certificate in force on the day of the visit."),
            _("Enter the certificate with its dates, if there was one."),
        ),
        "E-RELATED": (
            _("The therapist or the signer is the client or a member of the family."),
            _("Check the relation in the client's file; an FSA or HRA needs an independent provider."),
        ),
        "E-LPFSA": (
            _("The client's account is limited to dental and vision care."),
            _("Check the kind of account in the client's file."),
        ),
        "E-HSA-DATE": (
            _("The visit was before the HSA was opened."),
            _("Check the day of opening in the client's file."),
        ),
        "E-PLANYEAR": (
            _("The visit was outside the plan year of the client's account."),
            _("Check the plan year and its grace period in the client's file."),
        ),
        "E-RUNOUT": (
            _("The plan's time for handing in claims is over."),
            _("Ask the plan's administrator whether late claims are taken."),
        ),
        "E-DOUBLE": (
            _("This money was handed in before; the same amount counts once."),
            _("Hand in only what is left."),
        ),
        "E-MEDICARE": (
            _("Original Medicare does not pay for massage therapy; the client pays all of it."),
            _("Check the kind of plan in the client's file."),
        ),
        "E-AUTH": (
            _("The insurer's authorization or referral is missing, has ended, or its units are used."),
            _("Put the authorization or referral for this date on file."),
        ),
        "W-LMN-SELFREPORT": (
            _("The letter looks like one bought online on the client's own answers."),
            _("Ask for the day of the examination behind it and enter it."),
        ),
        "W-DX-VAGUE": (
            _("The diagnosis is too general for some administrators."),
            _("Ask the clinician for a specific one."),
        ),
        "W-LMN-NODURATION": (
            _("The letter states no duration, so twelve months from its first day are taken."),
            _("Ask the clinician to state one: some plans require it."),
        ),
        "W-LMN-SIGNER": (
            _("The signer is a clinician but no physician; some plans accept that and some do not."),
            _("Let the client ask the plan, or get a physician's letter."),
        ),
        "W-NOFUNCTION": (
            _("No goal or outcome was noted in the 90 days before the visit."),
            _("Note a measure at the next visit."),
        ),
        "W-PAST": (
            _("The visit is entered for a day that has passed."),
            _("Look at the date; a late entry is kept with today's date in the record of changes."),
        ),
        "W-HOURS": (
            _("The time is outside the therapist's hours."),
            _("Choose another time, or change the hours."),
        ),
        "W-SKILL": (
            _("The treatment asks for a training that is not on the therapist's file."),
            _("Choose another therapist, or enter the training."),
        ),
        "W-ENOUGH": (
            _("The day already holds as much as the therapist wants to take on."),
            _("Choose another day or therapist."),
        ),
        "W-CERTIFICATE-EXPIRED": (
            _("The therapist's certificate will have expired on that day."),
            _("Enter the renewed certificate."),
        ),
        "W-CERTIFICATE-MISSING": (
            _("No certificate is on the therapist's file."),
            _("Enter the certificate, if there is one."),
        ),
        "W-INS-MISSING": (
            _("No policy is on the therapist's file."),
            _("Enter the professional and the general liability policy."),
        ),
        "W-INS-EXPIRED": (
            _("A policy of the therapist will have ended on that day."),
            _("Enter the renewed policy, or let the owner accept the booking."),
        ),
        "W-NCCI": (
            _("These two procedure codes are denied side by side unless they were distinct."),
            _("Use one code, or add modifier 59 or XS and note the separate areas."),
        ),
    }
