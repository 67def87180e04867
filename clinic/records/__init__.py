"""What is kept: the tables of the practice file, by noun."""

from clinic.records.audit import AuditRow, Erasing
from clinic.records.base import Base
from clinic.records.consents import Consent, IntakeDraft, SignedPaper
from clinic.records.decisions import ClearanceRequest, Decision, Standing
from clinic.records.flow import Attempt, Closing, Step
from clinic.records.health import Note, NoteDraft, Phrase, Plan, Screening
from clinic.records.letters import Attachment, Letter
from clinic.records.merges import Merge
from clinic.records.money import (
    Allocation,
    Bundle,
    Gift,
    Invoice,
    Line,
    Owed,
    Payment,
    Refund,
    RefundAllocation,
)
from clinic.records.papers import Counter, Operation, Paper, PaperKind
from clinic.records.people import Client, Staff
from clinic.records.practice import Practice, Room, Treatment
from clinic.records.releases import CodeRelease
from clinic.records.requests import Clinician, Request
from clinic.records.signatures import Hand
from clinic.records.unfinished import UnfinishedForm
from clinic.records.visits import Appointment, Block, Wait

__all__ = [
    "Allocation",
    "Appointment",
    "Attachment",
    "Attempt",
    "AuditRow",
    "Base",
    "Block",
    "Bundle",
    "ClearanceRequest",
    "Client",
    "Clinician",
    "Closing",
    "CodeRelease",
    "Consent",
    "Counter",
    "Decision",
    "Erasing",
    "Gift",
    "Hand",
    "IntakeDraft",
    "Invoice",
    "Letter",
    "Line",
    "Merge",
    "Note",
    "NoteDraft",
    "Operation",
    "Owed",
    "Paper",
    "PaperKind",
    "Payment",
    "Phrase",
    "Plan",
    "Practice",
    "Refund",
    "RefundAllocation",
    "Request",
    "Room",
    "Screening",
    "SignedPaper",
    "Staff",
    "Standing",
    "Step",
    "Treatment",
    "UnfinishedForm",
    "Wait",
]
