"""Words beyond a massage therapist's scope: those that name a disease as found, or promise to heal it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Beyond(StrEnum):
    """What a phrase claims that is not a massage therapist's to claim."""

    DIAGNOSIS = "diagnosis"
    CURE = "cure"
    MEDICINE = "medicine"
    DETOX = "detox"


@dataclass(frozen=True, slots=True)
class Claim:
    """A phrase found in a text, where it stands, and what it claims."""

    what: Beyond
    words: str
    start: int


# What is quoted from somebody else's paper, or denied, is no claim of the writer.
_REPORTED = re.compile(
    r"\b(?:no|not|never|without|denies|per|by|from|dr|doctor|physician|letter|referral|reports?|states?|says|told"
    r"|history of|diagnosed by)\b[^.;\n]{0,40}$",
    re.IGNORECASE,
)
_PHRASES = {
    Beyond.DIAGNOSIS: (
        r"diagnos(?:e|es|ed|ing|is)\b(?!\s+(?:by|per|from|on|in the|as given))",
        r"(?:client|patient|s?he|they)\s+(?:has|have)\s+(?:a\s+)?(?:herniated|bulging|slipped)\s+dis[ck]",
        r"(?:torn|tear of the|ruptured?)\s+(?:rotator cuff|meniscus|ligament|muscle|tendon)",
        r"(?:is|clearly|definitely)\s+(?:sciatica|arthritis|fibromyalgia|tendinitis|bursitis|carpal tunnel)",
    ),
    Beyond.CURE: (
        r"cur(?:e|es|ed|ing)\b",
        r"heal(?:s|ed|ing)?\s+(?:the|his|her|their|this)\s+\w+",
        r"fix(?:es|ed|ing)?\s+(?:the|his|her|their|this)\s+\w+",
        r"(?:will|guarantees?d? to)\s+(?:eliminate|reverse|get rid of)",
        r"breaks?\s+up\s+(?:the\s+)?(?:scar tissue|adhesions?|knots?)",
        r"treat(?:s|ed|ing)?\s+(?:the\s+)?(?:disease|arthritis|cancer|diabetes|depression|hypertension)",
        r"re-?align(?:s|ed|ing)?\s+(?:the\s+)?(?:spine|vertebrae?|pelvis)",
        r"adjust(?:s|ed|ing|ment of)?\s+(?:the\s+)?(?:spine|vertebrae?|neck|pelvis|[clt]\d)",
    ),
    Beyond.MEDICINE: (
        r"prescrib(?:e|es|ed|ing)\b",
        r"(?:stop|reduce|increase|change)\s+(?:the|his|her|their|your)\s+(?:medication|medicine|dose|pills?)",
    ),
    Beyond.DETOX: (
        r"detox(?:es|ed|ify|ifies|ifying|ification)?\b",
        r"(?:flush|release|remov)(?:es|ed|e|ing|s)?\s+(?:the\s+)?toxins?",
    ),
}
_FOUND = [
    (what, re.compile(rf"\b(?:{phrase})", re.IGNORECASE))
    for what, all_ in _PHRASES.items()
    for phrase in all_
]


def claims(text: str) -> tuple[Claim, ...]:
    """Find the phrases of a text that claim too much, in the order they stand; a gentle hint, never a block."""
    found: dict[int, Claim] = {}
    for what, pattern in _FOUND:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 60) : match.start()]
            if not _REPORTED.search(before):
                found.setdefault(match.start(), Claim(what, match.group(), match.start()))
    return tuple(found[at] for at in sorted(found))
