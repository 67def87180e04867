"""The values every room shares: whole cents, spans of time, topics, typed ids and the two ways to say no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NewType, Self

StaffId = NewType("StaffId", str)
RoomId = NewType("RoomId", str)
TreatmentId = NewType("TreatmentId", str)
ClientId = NewType("ClientId", str)
ScreeningId = NewType("ScreeningId", str)
ConsentId = NewType("ConsentId", str)
LetterId = NewType("LetterId", str)
AppointmentId = NewType("AppointmentId", str)
BlockId = NewType("BlockId", str)
WaitId = NewType("WaitId", str)
NoteId = NewType("NoteId", str)
InvoiceId = NewType("InvoiceId", str)
LineId = NewType("LineId", str)
BundleId = NewType("BundleId", str)
GiftId = NewType("GiftId", str)
PaymentId = NewType("PaymentId", str)
RefundId = NewType("RefundId", str)
ClinicianId = NewType("ClinicianId", str)
RequestId = NewType("RequestId", str)
MergeId = NewType("MergeId", str)


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in whole US cents; a negative amount is owed the other way."""

    cents: int

    @classmethod
    def of(cls, text: str) -> Self:
        """Read an amount such as ``84.50``; more than two decimals, or no number, is a ValueError."""
        try:
            plain = text.replace("\N{MINUS SIGN}", "-").replace(",", "").replace("$", "").strip()
            cents = Decimal(plain) * 100
        except InvalidOperation:
            message = "not an amount of money"
            raise ValueError(message) from None
        if not cents.is_finite() or cents != cents.to_integral_value():
            message = "not an amount in whole cents"
            raise ValueError(message)
        return cls(int(cents))

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __bool__(self) -> bool:
        return self.cents != 0

    def __str__(self) -> str:
        sign = "-" if self.cents < 0 else ""
        whole, rest = divmod(abs(self.cents), 100)
        return f"{sign}{whole}.{rest:02d}"

    def share(self, part: int, whole: int) -> Money:
        """Take ``part / whole`` of the amount, half a cent rounded away from zero: the one rounding rule."""
        sign = -1 if self.cents * part < 0 else 1
        doubled = 2 * abs(self.cents * part) + whole
        return Money(sign * (doubled // (2 * whole)))

    def split(self, parts: int) -> tuple[Money, ...]:
        """Divide into equal parts to the cent; the last part takes the remainder."""
        each = self.cents // parts
        return (*[Money(each)] * (parts - 1), Money(self.cents - each * (parts - 1)))


NOTHING = Money(0)


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A stretch of time whose end is excluded."""

    start: datetime
    end: datetime

    @classmethod
    def of(cls, start: datetime, minutes: int) -> Self:
        """Span that many minutes from the start."""
        return cls(start, start + timedelta(minutes=minutes))

    @property
    def minutes(self) -> int:
        """Length in whole minutes."""
        return int((self.end - self.start).total_seconds() // 60)

    def overlaps(self, other: Span) -> bool:
        """Two spans that only touch do not overlap."""
        return self.start < other.end and other.start < self.end


class Topic(StrEnum):
    """What a piece of work changed, so that screens showing it look again."""

    PRACTICE = "practice"
    STAFF = "staff"
    CATALOGUE = "catalogue"
    CLIENTS = "clients"
    HEALTH = "health"
    LETTERS = "letters"
    CALENDAR = "calendar"
    NOTES = "notes"
    MONEY = "money"


class Role(StrEnum):
    """What a staff member is here for; the permission table speaks of these."""

    OWNER = "owner"
    THERAPIST = "therapist"
    FRONT_DESK = "front_desk"
    BOOKKEEPER = "bookkeeper"


TREATING = frozenset({Role.OWNER, Role.THERAPIST})
"""Those who give visits."""


class Technique(StrEnum):
    """How the hands work (`domain.md` A0)."""

    SWEDISH = "SW"
    THERAPEUTIC = "TH"
    DEEP_TISSUE = "DT"
    TRIGGER_POINT = "TP"
    MYOFASCIAL = "MFR"
    PRENATAL = "PN"
    LYMPHATIC = "MLD"
    HOT_STONE = "HS"
    SPORTS = "SP"
    CUPPING = "CU"


class Purpose(StrEnum):
    """What a treatment is for; relaxation can never be marked as medically necessary."""

    RELAXATION = "RELAXATION"
    THERAPEUTIC = "THERAPEUTIC"
    MEDICAL = "MEDICAL"


class LetterKind(StrEnum):
    """The papers a clinician or payer writes for a client."""

    LMN = "lmn"
    PRESCRIPTION = "prescription"
    REFERRAL = "referral"
    AUTHORISATION = "authorisation"
    CLEARANCE = "clearance"


class RequestKind(StrEnum):
    """What the practice writes to clinicians and plans about a client."""

    LMN = "lmn"
    RENEWAL = "renewal"
    REFERRAL = "referral"
    RECORDS = "records"
    PROGRESS = "progress"
    THANKS = "thanks"


class SentBy(StrEnum):
    """How a paper left the house."""

    HAND = "hand"
    POST = "post"
    FAX = "fax"
    EMAIL = "email"


class LetterSource(StrEnum):
    """Where a letter came from; a bought questionnaire letter draws a warning."""

    CLINICIAN = "clinician"
    ONLINE_QUESTIONNAIRE = "online_questionnaire"


class State(StrEnum):
    """Where an appointment stands."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_TREATMENT = "in_treatment"
    DONE = "done"
    NO_SHOW = "no_show"
    LATE_CANCEL = "late_cancel"
    CANCELLED = "cancelled"
    DECLINED = "declined"


HOLDING = frozenset({State.TENTATIVE, State.CONFIRMED, State.ARRIVED, State.IN_TREATMENT, State.DONE})
"""States in which an appointment occupies its therapist and room."""
AHEAD = HOLDING - {State.DONE}
"""Those in which the visit is still to come, or under way."""
COMING = frozenset({State.TENTATIVE, State.CONFIRMED})
"""Those in which the client is not here yet."""
NOT_BEGUN = COMING | {State.ARRIVED}
"""Those in which nobody has laid hands on anybody yet."""
MISSED = frozenset({State.NO_SHOW, State.LATE_CANCEL})
"""Those in which the time was lost, and a fee may be asked for it."""


class Outcome(StrEnum):
    """What came of an attempt to reach a client."""

    CONFIRMED = "confirmed"
    LEFT_MESSAGE = "left_message"
    NO_ANSWER = "no_answer"
    CANCELLED = "cancelled"
    WROTE = "wrote"


class BlockKind(StrEnum):
    """Why a time can't be booked though the clock says open."""

    TIME_OFF = "time_off"
    BREAK = "break"
    MEETING = "meeting"
    TRAINING = "training"
    CLEANING = "cleaning"
    REPAIR = "repair"
    CLOSED = "closed"
    OTHER = "other"


class Gender(StrEnum):
    """Whose hands a client would rather have, where they said so."""

    FEMALE = "female"
    MALE = "male"
    NONBINARY = "nonbinary"


class Urgency(StrEnum):
    """How badly somebody on the waiting list wants a time."""

    PAIN = "pain"
    SOON = "soon"
    WHENEVER = "whenever"


class Scope(StrEnum):
    """Which visits of a series something is done to."""

    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"


class Holiday(StrEnum):
    """A day on which many people are away."""

    NEW_YEAR = "new_year"
    KING = "king"
    PRESIDENTS = "presidents"
    CHAVEZ = "chavez"
    MEMORIAL = "memorial"
    JUNETEENTH = "juneteenth"
    INDEPENDENCE = "independence"
    LABOR = "labor"
    INDIGENOUS = "indigenous"
    VETERANS = "veterans"
    THANKSGIVING = "thanksgiving"
    AFTER_THANKSGIVING = "after_thanksgiving"
    CHRISTMAS = "christmas"


class LineKind(StrEnum):
    """What a line of an invoice charges for."""

    TREATMENT = "treatment"
    TIP = "tip"
    PRODUCT = "product"
    FEE = "fee"
    GIFT_SALE = "gift_sale"
    BUNDLE_SALE = "bundle_sale"
    BUNDLE_USE = "bundle_use"


class Method(StrEnum):
    """How money came in."""

    CASH = "cash"
    CHECK = "check"
    CARD = "card"
    HSA_CARD = "hsa_card"
    FSA_CARD = "fsa_card"
    HRA_CARD = "hra_card"
    GIFT = "gift"
    INSURER = "insurer"
    OTHER = "other"


class AccountKind(StrEnum):
    """The tax-favoured accounts a client may pay from."""

    HSA = "HSA"
    FSA = "FSA"
    HRA = "HRA"
    LPFSA = "LPFSA"


class PlanType(StrEnum):
    """The kind of a client's health plan."""

    HMO = "HMO"
    PPO = "PPO"
    EPO = "EPO"
    POS = "POS"
    MEDICARE = "MEDICARE"
    MEDI_CAL = "MEDI_CAL"
    OTHER = "OTHER"
    NONE = "NONE"


class Relation(StrEnum):
    """How two people belong together, seen from the client."""

    SELF = "self"
    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    OTHER = "other"


class ScreeningKind(StrEnum):
    """The full health history, or the quick check of the day."""

    FULL = "full"
    QUICK = "quick"


class Basis(StrEnum):
    """Which clock a year's statement follows: paid in the year (tax), or delivered in it (FSA and HSA)."""

    PAYMENT = "payment"
    SERVICE = "service"


class Regime(StrEnum):
    """The four readers of a receipt, who judge by different rules."""

    TAX = "tax"
    HSA = "hsa"
    FSA = "fsa"
    INS = "ins"


class Verdict(StrEnum):
    """What one regime may make of one line."""

    YES = "yes"
    NO = "no"
    PARTIAL = "partial"
    PLAN = "plan"


class _No(Exception):  # noqa: N818 - the house's word, see the glossary
    """A no with a code and facts, never sentences or names."""

    def __init__(self, code: str, *, at: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.at = at
        self.facts = facts


class Refusal(_No):
    """A rule, a permission or bad input said no; nothing changed."""


class Trouble(_No):
    """The world said no: wrong password, full disk, damaged file."""


class Stopped(Exception):  # noqa: N818 - the house's word, see the glossary
    """The person asked a long piece of work to stop; it leaves nothing half done behind."""


Progress = Callable[[int, int], None]
"""Told how many of how many are done; raises Stopped where the person has asked to stop."""
