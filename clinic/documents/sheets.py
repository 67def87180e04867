"""The frozen sheets: everything a paper prints, fixed at the moment its number is given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from clinic.values import NOTHING, Basis, LineKind, Method, Money

Format = Literal["letter", "a4"]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The practice as it signs its papers."""

    name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    tax_id: str = ""
    npi: str = ""


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Whose hands it was, in the words of the certificate; without a number nothing is said of one."""

    name: str
    title: str = ""
    certificate_body: str = ""
    certificate_number: str = ""
    certificate_until: date | None = None
    npi: str = ""


@dataclass(frozen=True, slots=True)
class Client:
    """The person on the table and who pays, if another; the insurer's facts are for the superbill."""

    name: str
    payer: str = ""
    born: date | None = None
    address: tuple[str, ...] = ()
    insurer: str = ""
    member_id: str = ""
    relationship: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a clinician wrote; never the practice's own finding."""

    text: str
    icd10: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """The letter behind *Documented as medically necessary*, and how much of the paper it speaks for."""

    letter: str
    issuer: str
    signed_on: date
    valid_from: date
    valid_to: date
    applies_to: Money
    visit: int | None = None
    visits: int | None = None
    minutes: int | None = None
    frequency: tuple[int, str] | None = None
    issuer_npi: str = ""
    diagnoses: tuple[Diagnosis, ...] = ()


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One charge of a receipt; ``codes`` are the reasons of `domain.md` C3 that kept it from the mark."""

    kind: LineKind
    text: str
    charge: Money
    discount: Money = NOTHING
    tax: Money = NOTHING
    service_date: date | None = None
    begins: time | None = None
    ends: time | None = None
    hands_on: int | None = None
    cpt: str = ""
    modifier: str = ""
    units: int | None = None
    pointer: str = ""
    codes: tuple[str, ...] = ()

    @property
    def amount(self) -> Money:
        """What is asked for the line."""
        return self.charge - self.discount + self.tax


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """Money in: the day, how (nothing where prepaid visits paid), and what it was for."""

    paid_on: date
    method: Method | None
    amount: Money
    reference: str = ""
    toward: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A drawn or typed signature: strokes are points in a box one unit wide, y downwards."""

    name: str
    at: datetime
    strokes: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    """A receipt or superbill; both print from the same facts."""

    number: str
    issued_at: datetime
    practice: Letterhead
    practitioner: Practitioner | None
    client: Client
    lines: tuple[ChargeLine, ...]
    payments: tuple[PaymentLine, ...]
    marks: tuple[Mark, ...] = ()
    place: str = ""
    place_code: str = "11"
    show_diagnosis: bool = False
    signature: Signature | None = None
    next_visit: datetime | None = None
    first_receipt: str = ""
    replaces: str = ""
    ruleset: str = ""
    verification: str = ""
    language: str = "en"
    format: Format = "letter"

    @property
    def charged(self) -> Money:
        """What all lines ask for."""
        return total(line.amount for line in self.lines)

    @property
    def insurer_paid(self) -> Money:
        """What an insurer paid of it."""
        return total(paid.amount for paid in self.payments if paid.method is Method.INSURER)

    @property
    def client_paid(self) -> Money:
        """What everybody but an insurer paid."""
        return total(paid.amount for paid in self.payments if paid.method is not Method.INSURER)

    @property
    def balance(self) -> Money:
        """What is still to pay."""
        return self.charged - self.insurer_paid - self.client_paid


@dataclass(frozen=True, slots=True)
class LetterInFull:
    """A letter as the statement's last page tells it."""

    letter: str
    kind: str
    issuer: str
    signed_on: date
    valid_from: date
    valid_to: date
    treatment: str = ""
    minutes: int | None = None
    visits: int | None = None
    used: int | None = None
    frequency: tuple[int, str] | None = None
    diagnoses: tuple[Diagnosis, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One row of a year: what the client paid on it, from own money and from an HSA, FSA or HRA."""

    kind: LineKind
    text: str
    receipt: str
    own: Money = NOTHING
    account: Money = NOTHING
    service_date: date | None = None
    paid_on: date | None = None
    minutes: int | None = None
    methods: tuple[Method, ...] = ()
    letter: str = ""
    visit: int | None = None
    visits: int | None = None
    codes: tuple[str, ...] = ()
    counted: bool = True

    @property
    def amount(self) -> Money:
        """What the client paid on the row, however."""
        return self.own + self.account


@dataclass(frozen=True, slots=True)
class Figures:
    """The six figures of a client's year; statement, index and manifest agree on them to the cent."""

    client_paid: Money
    marked_personal: Money
    marked_hsa_fsa: Money
    not_marked: Money
    prepaid_open: Money = NOTHING
    refunds_prior_year: Money = NOTHING


@dataclass(frozen=True, slots=True)
class Mileage:
    """The visits that a way to care can be counted for, and the year's rate in tenths of a cent a mile."""

    visits: int
    tenths: int
    source: str


@dataclass(frozen=True, slots=True)
class StatementSheet:
    """A client's year: A under a letter, B other massage, C not included and why."""

    number: str
    issued_on: date
    year: int
    basis: Basis
    practice: Letterhead
    practitioners: tuple[Practitioner, ...]
    client: Client
    figures: Figures
    letters: tuple[LetterInFull, ...] = ()
    under_letter: tuple[StatementLine, ...] = ()
    other_massage: tuple[StatementLine, ...] = ()
    not_included: tuple[StatementLine, ...] = ()
    show_diagnosis: bool = False
    supersedes: str = ""
    first: date | None = None
    """The first day, where the statement is of another time than a calendar year."""
    last: date | None = None
    mileage: Mileage | None = None
    ruleset: str = ""
    verification: str = ""
    language: str = "en"
    format: Format = "letter"


@dataclass(frozen=True, slots=True)
class Expected:
    """What is likely to be charged for visits that are ahead: one kind of treatment, so many times."""

    text: str
    visits: int
    price: Money
    first: date
    last: date
    minutes: int
    cpt: str = ""
    units: int | None = None

    @property
    def amount(self) -> Money:
        """What all of them come to."""
        return Money(self.price.cents * self.visits)


@dataclass(frozen=True, slots=True)
class EstimateSheet:
    """A good-faith estimate of what visits that are ahead will cost."""

    issued_on: date
    until: date
    practice: Letterhead
    client: Client
    practitioners: tuple[Practitioner, ...]
    expected: tuple[Expected, ...]
    language: str = "en"
    format: Format = "letter"


@dataclass(frozen=True, slots=True)
class CreditLine:
    """What is given back on one line of a receipt, and how much of that had been marked."""

    kind: LineKind
    text: str
    amount: Money
    service_date: date | None = None
    marked: Money = NOTHING


@dataclass(frozen=True, slots=True)
class CreditNoteSheet:
    """Money given back on a receipt, which stays as it is."""

    number: str
    issued_at: datetime
    receipt: str
    receipt_issued_on: date
    practice: Letterhead
    client: Client
    lines: tuple[CreditLine, ...]
    refunded_on: date
    method: Method
    reference: str = ""
    reason: str = ""
    prior_year: bool = False
    practitioner: Practitioner | None = None
    signature: Signature | None = None
    ruleset: str = ""
    verification: str = ""
    language: str = "en"
    format: Format = "letter"

    @property
    def refunded(self) -> Money:
        """What is given back in all."""
        return total(line.amount for line in self.lines)


Sheet = ReceiptSheet | StatementSheet | CreditNoteSheet


def total(amounts: Iterable[Money]) -> Money:
    """Add up."""
    return sum(amounts, start=NOTHING)
