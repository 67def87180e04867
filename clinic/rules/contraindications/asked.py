"""Which questions feed which rule (`domain.md` B1), so that a flag can say from when its answer is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from clinic.rules.answers import Answers

_BY_RULE: Mapping[str, tuple[str, ...]] = {
    "INF-01": ("C01",),
    "INF-02": ("C01", "C02"),
    "INF-03": ("C02",),
    "INF-04": ("C02",),
    "INF-05": ("C02", "C03"),
    "INF-12": ("C02",),
    "INF-13": ("C02",),
    "INF-14": ("E02",),
    "CVD-01": ("OBS", "D03", "D04"),
    "CVD-02": ("D04",),
    "CVD-03": ("D03",),
    "CVD-04": ("D03",),
    "CVD-05": ("D07", "I02", "F01"),
    "CVD-06": ("D05",),
    "CVD-07": ("D05",),
    "CVD-13": ("D01", "K01"),
    "CVD-14": ("D02",),
    "CVD-15": ("D02", "OBS"),
    "CVD-16": ("D02", "D01"),
    "CVD-17": ("D02", "D04"),
    "CVD-18": ("D05",),
    "CVD-19": ("D02",),
    "CVD-20": ("D06",),
    "CVD-21": ("D05",),
    "CVD-22": ("D05", "D04"),
    "CVD-23": ("D05",),
    "LYM-01": ("D05",),
    "HEM-01": ("K01",),
    "HEM-02": ("K01",),
    "PRG-05": ("F03",),
    "PRG-06": ("D01", "F01"),
    "PRG-07": ("D01", "F01"),
    "PRG-08": ("F02", "F01"),
    "LIV-03": ("G02", "E02"),
    "GI-01": ("G03",),
    "GI-02": ("G03",),
    "ONC-09": ("C03", "B05"),
    "MSK-01": ("I01",),
    "MSK-02": ("I01",),
    "MSK-03a": ("I02",),
    "MSK-03b": ("I02",),
    "MSK-03c": ("I02",),
    "MSK-03d": ("I02",),
    "MSK-07": ("B04",),
    "MSK-08": ("B04",),
    "MSK-09": ("B05",),
    "MSK-10": ("I01",),
    "DM-01": ("J02",),
    "SKN-08": ("K03",),
    "SKN-09": ("K03",),
    "SKN-10": ("K03",),
    "SKN-11": ("K03",),
    "MED-02": ("K01",),
    "SUB-01": ("C04",),
    "IMM-01": ("I03",),
    "RSP-01": ("OBS",),
    "RSP-02": ("OBS",),
    "AGE-02": ("OBS",),
    "GEN-01": ("C03", "I03"),
    "GEN-03": ("B03", "B05", "D01"),
    "GEN-04": ("OBS",),
    "GEN-05": ("C05",),
}
_BY_PREFIX: Mapping[str, tuple[str, ...]] = {
    "INF": ("C03",),
    "CVD": ("D01",),
    "HEM": ("E01",),
    "PRG": ("F01", "F02"),
    "REN": ("G01",),
    "LIV": ("G02",),
    "ONC": ("H01",),
    "MSK": ("I03",),
    "NEU": ("J01",),
    "DM": ("J02",),
    "END": ("J03",),
    "SKN": ("C03",),
    "ALG": ("K02",),
    "MED": ("K01",),
    "PSY": ("L01", "OBS"),
}


def questions_of(rule: str) -> tuple[str, ...]:
    """Name the questions whose answers a rule reads first; those of age and of the visit itself have none."""
    return _BY_RULE.get(rule) or _BY_PREFIX.get(rule.partition("-")[0], ())


def told_at(rule: str, answers: Answers) -> datetime | None:
    """Tell when the latest answer that a rule reads was given."""
    told = [
        answers.quick_at if any(each == question for each, _key in answers.from_quick) else answers.full_at
        for question in questions_of(rule)
        if question in answers.values
    ]
    return max((each for each in told if each is not None), default=None)
