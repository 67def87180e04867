"""The page beside the demo practice: who works there, how to sign in, and what to try."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clinic.exchange.resources import RESOURCES
from clinic.office.demo.catalogue import dice
from clinic.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clinic.office.demo.catalogue import Item

README = "README.txt"
WORDS = 6
FIRST_LINE = re.compile(r".+ \(owner\) password: .+")
LONGEST_LINE = 1000


def passwords(staff: Sequence[Item], seed: int) -> dict[str, str]:
    """Give everybody six words; the same seed gives the same, for they guard nobody."""
    words = (RESOURCES / "wordlist" / "words.txt").read_text("utf-8").split()
    draw = dice(seed, "passwords")
    return {person["id"]: " ".join(draw.sample(words, WORDS)) for person in staff}


def is_readme(path: Path) -> bool:
    """Tell the page of a demo from anything else."""
    if not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as file:
        return FIRST_LINE.fullmatch(file.readline(LONGEST_LINE).rstrip("\n")) is not None


def page(document: Item, ways_in: dict[str, str]) -> str:
    """Write the page: a line for each person, the owner first, then what to try."""
    people = [
        f"{person['name']} ({person['role']}) password: {ways_in[person['id']]}"
        for person in document["staff"]
    ]
    return "\n".join((*people, "", *_to_try(), ""))


def _to_try() -> tuple[str, ...]:
    """Say what is worth a look, and name no client: no file beside a practice ever does."""
    return (
        _("This practice and everybody in it are made up. Nothing you do here touches your own practice."),
        "",
        _("To try:"),
        _("- Sign in as each of them: what they may see differs."),
        _("- Today: some visits are done, one is on the table, somebody waits; one may still have to pay."),
        _("- Clients: look for a letter with two visits left, one that is used up, and one that ends soon."),
        _("- Year-end: last year's set for everybody, with what keeps a line from being marked."),
        _("- Find anything with Ctrl+K: names in any script, with or without accents."),
    )
