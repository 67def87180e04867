"""Words that claim too much are hinted at; what somebody else said is not."""

from __future__ import annotations

import pytest

from clinic.rules.scope import Beyond, claims


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Cured the headache.", Beyond.CURE),
        ("Broke nothing, but breaks up scar tissue.", Beyond.CURE),
        ("Realigned the spine.", Beyond.CURE),
        ("Adjusted C5 today.", Beyond.CURE),
        ("I diagnosed bursitis.", Beyond.DIAGNOSIS),
        ("Client has a herniated disc.", Beyond.DIAGNOSIS),
        ("This is sciatica.", Beyond.DIAGNOSIS),
        ("Prescribed stretches.", Beyond.MEDICINE),
        ("Told to wait; reduce your dose.", Beyond.MEDICINE),
        ("Flushes toxins.", Beyond.DETOX),
    ],
)
def test_a_claim_is_found(text: str, what: Beyond) -> None:
    assert what in {claim.what for claim in claims(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Diagnosis per letter: cervicalgia.",
        "Dr. Adeyemi's letter says the diagnosis is cervicalgia.",
        "Client reports she was diagnosed with arthritis.",
        "Diagnosed by her physician.",
        "Not cured, but easier.",
        "Firm bands, tender spots, turn to the right gained 12 degrees.",
        "Secure footing, obscure cause, accurate answers.",
    ],
)
def test_what_others_said_is_no_claim(text: str) -> None:
    assert claims(text) == ()


def test_a_claim_says_where_it_stands() -> None:
    found = claims("Fine. It cures all. It detoxes.")
    assert [(claim.words, claim.start) for claim in found] == [("cures", 9), ("detoxes", 23)]
