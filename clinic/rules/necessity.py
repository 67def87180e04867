"""Letters of medical necessity: how long one speaks, what it lacks, whom it is for, who may sign it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from dateutil.relativedelta import relativedelta

from clinic.rules.diagnoses import is_vague
from clinic.values import ClientId, LetterId, LetterKind, LetterSource, Relation

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from clinic.values import Technique

SUPPORTING = frozenset({LetterKind.LMN, LetterKind.PRESCRIPTION})
"""Letters that can make a visit documented; a complete prescription serves as well (`domain.md` E)."""
PERMITTING = frozenset({LetterKind.REFERRAL, LetterKind.AUTHORISATION})
"""Letters by which a health plan lets a visit be billed."""

# domain C4, rows 7 to 10: whose signature counts where.
ALSO_KNOWN = {
    "MD": frozenset({"MD", "MBBS", "MBCHB", "MBBCH"}),
    "DO": frozenset({"DO"}),
    "NP": frozenset({"NP", "FNP", "DNP", "APRN", "ARNP", "CRNP", "CNP", "ANP", "PNP", "AGNP", "CNM", "CNS"}),
    "PA": frozenset({"PA", "PAC"}),
}
"""The credentials that count most, and what else they are called."""
PHYSICIANS = frozenset({"MD", "DO"})
OTHER_CLINICIANS = frozenset(
    {"DC", "PT", "DPT", "MPT", "OT", "OTR", "OTD", "LAC", "PSYD", "PHD", "DPM", "DDS", "DMD", "ND", "RN"}
)
MASSAGE_THERAPISTS = frozenset({"CMT", "CMP", "LMT", "LMP", "RMT", "MT", "MMT", "BCTMB", "MASSAGETHERAPIST"})
FSA_SIGNERS = ("MD", "DO", "NP", "PA")

# What people write where a letter asks how its signer stands to the client.
RELATIONS = {relation.value: relation for relation in Relation} | dict.fromkeys(
    ("husband", "wife", "partner", "domestic partner"), Relation.SPOUSE
)
NO_RELATION = frozenset({"", "none", "no", "n/a", "unrelated", "not related", "no relation"})
TREATS_THEM = frozenset({"physician", "doctor", "clinician", "provider", "practitioner", "gp", "pcp"})
TITLES = frozenset({"dr", "doctor", "prof", "mr", "mrs", "ms", "miss", "mx"})

IN_NAMES = frozenset("'’ʼʻ`.")  # noqa: RUF001 - the signs that names carry
# Letters that Unicode does not take apart into a letter and an accent.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed a letter, and how they stand to the client."""

    name: str
    credential: str = ""
    npi: str = ""
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the letter says is wrong, in words and perhaps as an ICD-10-CM code."""

    text: str
    icd10: str = ""


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often the letter allows a visit."""

    times: int
    per: Literal["week", "month"]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter on file says; what it does not say is None."""

    id: LetterId
    client: ClientId
    kind: LetterKind
    number: str | None = None
    units: int | None = None
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    lifetime: bool = False
    patient_name: str | None = None
    signer: Signer | None = None
    signed: bool = False
    diagnoses: tuple[Diagnosis, ...] = ()
    treatment: str | None = None
    techniques: tuple[Technique, ...] | None = None
    minutes: int | None = None
    max_visits: int | None = None
    used_before: int = 0
    frequency: Frequency | None = None
    necessity_statement: bool | None = None
    source: LetterSource | None = None
    exam_on: date | None = None
    admin_approved_on: date | None = None
    revoked_on: date | None = None
    revoked_for: str = ""
    superseded_on: date | None = None
    verified: bool = False
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """The client as letters name them."""

    id: ClientId
    given_name: str
    family_name: str
    preferred_name: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The days a letter speaks for, both ends included."""

    start: date
    end: date

    def covers(self, day: date) -> bool:
        """Tell whether the letter speaks for this day."""
        return self.start <= day <= self.end


@lru_cache(maxsize=4096)
def _year_from(day: date) -> date:
    """Last day of the twelve months that begin on a day; February 29 counts as the 28th a year later."""
    return day + relativedelta(months=12) - timedelta(days=1)


def window(letter: Letter, retro_days: int = 0) -> Window | None:
    """Work out the days a letter speaks for, twelve months at most (`domain.md` C2); undated is None."""
    signed = letter.signed_on
    if signed is None and letter.kind in PERMITTING:
        signed = letter.starts_on  # a payer's approval is dated by its own start
    if signed is None:
        return None
    start = max(signed, letter.starts_on or signed)
    end = min(letter.ends_on or _year_from(signed), _year_from(start))
    for over in (letter.revoked_on, letter.superseded_on):
        if over is not None:
            end = min(end, over - timedelta(days=1))
    if retro_days:
        start = max(
            signed - timedelta(days=retro_days), letter.starts_on or signed - timedelta(days=retro_days)
        )
    return Window(start, end)


def ends_too_early(
    signed_on: date | None, starts_on: date | None, ends_on: date | None, retro_days: int = 0
) -> bool:
    """Tell whether a letter would end before its first day: it could never speak for any visit."""
    if ends_on is None:
        return False
    reaches_back = None if signed_on is None else signed_on - timedelta(days=retro_days)
    return any(first is not None and ends_on < first for first in (starts_on, reaches_back))


def missing(letter: Letter, *, strict_duration: bool = False) -> tuple[str, ...]:
    """Name what keeps a letter from counting: the short list of E-LMN-INCOMPLETE (`domain.md` C3)."""
    absent = {
        "patient_name": not (letter.patient_name or "").strip(),
        "diagnoses": not any(d.text.strip() or d.icd10 for d in letter.diagnoses),
        "treatment": not ((letter.treatment or "").strip() or letter.techniques),
        "signer": letter.signer is None or not letter.signer.name.strip(),
        "signed": not letter.signed,
        "signed_on": letter.signed_on is None,
        "ends_on": strict_duration and not states_duration(letter),
    }
    return tuple(name for name, lacking in absent.items() if lacking)


def wanting(letter: Letter) -> tuple[str, ...]:
    """Name what administrators like to see besides (`domain.md` C2): shown as missing, stopping nothing."""
    signer = letter.signer
    absent = {
        "necessity_statement": not letter.necessity_statement,
        "frequency": letter.frequency is None,
        "minutes": letter.minutes is None,
        "max_visits": letter.max_visits is None,
        "ends_on": not states_duration(letter),
        "npi": signer is None or not signer.npi,
        "exam_on": letter.exam_on is None,
    }
    return tuple(name for name, lacking in absent.items() if lacking)


def states_duration(letter: Letter) -> bool:
    """Tell whether the letter says how long it is meant to speak; otherwise twelve months are assumed."""
    return letter.ends_on is not None or letter.lifetime


@lru_cache(maxsize=1024)  # every letter is held against the names of all who work here
def _words(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    bare = (c for c in plain if c not in IN_NAMES and not unicodedata.combining(c))
    # The vowel signs of Indic scripts are marks that belong to the word, not gaps in it.
    spaced = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in bare)
    return tuple(spaced.split())


def names(written: str, patient: Patient) -> bool:
    """Tell whether a written name is this client's: case, accents, order and middle names do not matter."""
    found = _words(written)
    family = _words(patient.family_name)
    if not set(family) <= set(found) and not _run_together(found, patient):
        return False
    firsts = [words[0] for name in (patient.given_name, patient.preferred_name) if (words := _words(name))]
    rest = list(found)
    for word in family:
        if word in rest:
            rest.remove(word)
    return not firsts or any(first in rest for first in firsts) or _run_together(found, patient)


def _run_together(found: Sequence[str], patient: Patient) -> bool:
    """Compare names of scripts that write no space between family and given name."""
    whole = "".join(found)
    family = "".join(_words(patient.family_name))
    return any(
        whole in (family + given, given + family)
        for name in (patient.given_name, patient.preferred_name)
        if (given := "".join(_words(name)))
    )


def relation_in(words: str) -> Relation | None:
    """Read how a letter says its signer stands to the client; a word that we do not know is taken for kin."""
    said = " ".join(words.casefold().split())
    if said in NO_RELATION or TREATS_THEM & set(_words(said)):
        return None
    return RELATIONS.get(said, Relation.OTHER)


def _letters(text: str) -> str:
    return re.sub(r"[^A-Z]", "", text.upper())


def _credentials(signer: Signer) -> frozenset[str]:
    """Read the credentials a signer holds: ``M.D.``, ``FNP-C`` and ``DC, CMT`` alike."""
    pieces = [_letters(piece) for piece in re.split(r"[-,;/\s]+", signer.credential)]
    held = {*pieces, _letters(signer.credential)} - {""}
    return frozenset(held | {group for group, names_ in ALSO_KNOWN.items() if held & names_})


@dataclass(frozen=True, slots=True)
class Standing:
    """What a signature is worth: nowhere, or by regime."""

    anywhere: bool = True
    related: bool = False
    physician: bool = True
    warned: bool = False
    fsa: bool = True


def standing(
    signer: Signer,
    patient: Patient,
    therapists: Collection[str],
    fsa_signers: Collection[str] = FSA_SIGNERS,
) -> Standing:
    """Weigh a signature (`domain.md` C4, rows 7 to 10); the client's, a relative's, the therapist's is none."""
    held = _credentials(signer)
    if signer.relation is not None or _is_patient(signer, patient):
        return Standing(anywhere=False, related=True, physician=False)
    only_massage = held & MASSAGE_THERAPISTS and not held & (OTHER_CLINICIANS | ALSO_KNOWN.keys())
    if only_massage or any(_person(signer) == set(_words(name)) for name in therapists):
        return Standing(anywhere=False, physician=False)
    return Standing(
        physician=bool(held & PHYSICIANS),
        warned=not held & ALSO_KNOWN.keys(),
        fsa=bool(held & {_letters(credential) for credential in fsa_signers}),
    )


def _person(signer: Signer) -> set[str]:
    """Take a signer's name without titles and credentials."""
    return set(_words(signer.name)) - TITLES - set(_words(signer.credential))


def _is_patient(signer: Signer, patient: Patient) -> bool:
    given = (patient.given_name, patient.preferred_name)
    full = [set(_words(f"{name} {patient.family_name}")) for name in given if name]
    return _person(signer) in full


def has_diagnosis(letter: Letter, named: str) -> bool:
    """Tell whether the letter has the diagnosis a visit names, by words or by code."""
    wanted = " ".join(_words(named))
    code = re.sub(r"[^A-Z0-9]", "", named.upper())
    return any(
        " ".join(_words(d.text)) == wanted or (d.icd10 and re.sub(r"[^A-Z0-9]", "", d.icd10.upper()) == code)
        for d in letter.diagnoses
    )


def allows(letter: Letter, technique: Technique) -> bool:
    """Tell whether a technique is the letter's treatment; one that names none leaves it to the therapist."""
    return not letter.techniques or technique in letter.techniques


def warnings(letter: Letter) -> frozenset[str]:
    """Name what a reader of the letter may object to, without taking the mark away."""
    found = set()
    if letter.source is LetterSource.ONLINE_QUESTIONNAIRE and letter.exam_on is None:
        found.add("W-LMN-SELFREPORT")
    if letter.diagnoses and all(is_vague(d.text) for d in letter.diagnoses):
        found.add("W-DX-VAGUE")
    if not states_duration(letter):
        found.add("W-LMN-NODURATION")
    return frozenset(found)
