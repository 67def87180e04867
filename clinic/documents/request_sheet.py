"""The frozen sheet of a request: everything a letter of the practice to a clinician or plan says."""

from dataclasses import dataclass
from datetime import date

from clinic.documents.sheets import Client, Format, Letterhead, Practitioner


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom it is written to; without a name it is left open, to be filled in by hand."""

    name: str = ""
    credential: str = ""
    practice: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""

    @property
    def called(self) -> str:
        """Name and credential, as on an envelope."""
        return ", ".join(part for part in (self.name, self.credential) if part)


@dataclass(frozen=True, slots=True)
class LetterTold:
    """The letter on file that the request is about."""

    reference: str
    issuer: str = ""
    signed_on: date | None = None
    valid_to: date | None = None
    visits: int | None = None
    used: int = 0


@dataclass(frozen=True, slots=True)
class VisitsTold:
    """What was given so far, and what is booked."""

    given: int = 0
    first: date | None = None
    last: date | None = None
    booked: int = 0


@dataclass(frozen=True, slots=True)
class MeasureTold:
    """One measure, first and last, as it was written down."""

    tool: str
    first_on: date
    first: str
    last_on: date
    last: str
    times: int


@dataclass(frozen=True, slots=True)
class RequestSheet:
    """A request; no part of it is a diagnosis, and nothing on it is signed for anybody else."""

    kind: str
    made_on: date
    practice: Letterhead
    therapist: Practitioner
    client: Client
    to: Addressee = Addressee()
    letter: LetterTold | None = None
    visits: VisitsTold | None = None
    measures: tuple[MeasureTold, ...] = ()
    treatment: str = ""
    cpt: str = ""
    words: str = ""
    language: str = "en"
    format: Format = "letter"
