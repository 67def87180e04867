"""The statement's last page: the year in figures, the letters in full, and all notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import house
from clinic.documents.frozen import sheet_hash
from clinic.documents.style import (
    ACCENT_STRONG,
    BODY,
    CAPTION,
    FIGURE,
    HAIR,
    HAIRLINE,
    SECTION,
    SMALL,
    SMALL_INK,
)

if TYPE_CHECKING:
    from clinic.documents.paper import Paper
    from clinic.documents.sheets import LetterInFull, Mileage, StatementSheet


def figures(paper: Paper, sheet: StatementSheet) -> None:
    """Write the six figures of the year as the practice's index has them."""
    _ = paper.say
    year = sheet.figures
    paper.page.text(paper.left, paper.y, _("The year in figures"), SECTION)
    paper.bookmark(_("The year in figures"), 1)
    paper.y -= 9
    paper.page.rule(paper.left, paper.y, paper.right)
    for label, amount in (
        (_("Paid by the client"), year.client_paid),
        (_("Marked, paid with own money"), year.marked_personal),
        (_("Marked, paid with HSA, FSA or HRA"), year.marked_hsa_fsa),
        (_("Not marked"), year.not_marked),
        (_("Prepaid, not yet used"), year.prepaid_open),
        (_("Refunds of earlier years' payments"), year.refunds_prior_year),
    ):
        paper.y -= 14
        paper.page.text(paper.left, paper.y, label, BODY)
        paper.page.text(paper.left + 290, paper.y, wording.money(amount), FIGURE, "right")
        paper.y -= 6
        paper.page.rule(paper.left, paper.y, paper.left + 290, ink=HAIR, thick=HAIRLINE)
    marked = year.marked_personal + year.marked_hsa_fsa
    visits = len({(line.letter, line.visit, line.service_date) for line in sheet.under_letter})
    note = _(
        "Marked is what section A lists: {marked} for {visits}. Not marked is B and C together. "
        "The visits count for mileage too, where that is claimed."
    ).format(marked=wording.money(marked), visits=paper.count("{n} visit", "{n} visits", visits))
    paper.page.paragraph(paper.left + 315, paper.y + 106, note, SMALL, paper.width - 315)
    paper.y -= 28
    if sheet.mileage is not None:
        _mileage(paper, sheet.mileage)


def _mileage(paper: Paper, told: Mileage) -> None:
    """Say what a way to care is counted by; the miles are the client's to know."""
    _ = paper.say
    whole, tenth = divmod(told.tenths, 10)
    visits = paper.count("{n} marked visit", "{n} marked visits", told.visits)
    words = _(
        "For mileage: {visits}. {rate} cents a mile ({source}); the miles driven are for the client to count, "
        "and only where the way was primarily for care."
    ).format(visits=visits, rate=f"{whole}.{tenth}" if tenth else whole, source=told.source)
    paper.room(40)
    paper.y = paper.page.paragraph(paper.left, paper.y + 12, words, SMALL, paper.width) - 12


def letters(paper: Paper, sheet: StatementSheet) -> None:
    """Tell each letter as far as it may be told."""
    _ = paper.say
    if not sheet.letters:
        return
    paper.room(90)
    paper.page.text(paper.left, paper.y, _("Letters in full"), SECTION)
    paper.bookmark(_("Letters in full"), 1)
    paper.y -= 9
    paper.page.rule(paper.left, paper.y, paper.right)
    for letter in sheet.letters:
        facts = _told(paper, letter, shown=sheet.show_diagnosis)
        paper.room(26 + 13 * len(facts))
        paper.y -= 15
        paper.page.text(paper.left, paper.y, _("Letter {number}").format(number=letter.letter), ACCENT_STRONG)
        paper.page.text(paper.left, paper.y - 13, letter.kind, SMALL)
        for label, fact in facts:
            paper.page.text(paper.left + 160, paper.y, label, SMALL)
            paper.y = (
                paper.page.paragraph(paper.left + 245, paper.y, fact, SMALL_INK, paper.width - 245) - 1.4
            )
        paper.y += 5
        paper.page.rule(paper.left, paper.y, paper.right, ink=HAIR, thick=HAIRLINE)
    paper.y -= 24


def _told(paper: Paper, letter: LetterInFull, *, shown: bool) -> list[tuple[str, str]]:
    _ = paper.say
    window = _("{start} to {end}").format(start=paper.day(letter.valid_from), end=paper.day(letter.valid_to))
    facts = [
        (_("Signed by"), letter.issuer),
        (_("Signed on"), paper.day(letter.signed_on)),
        (_("Valid"), window),
    ]
    if letter.treatment:
        facts.append((_("For"), letter.treatment))
    scope = []
    if letter.minutes:
        scope.append(paper.count("up to {n} minute", "up to {n} minutes", letter.minutes))
    if letter.frequency:
        scope.append(house.often(paper, *letter.frequency))
    if scope:
        facts.append((_("Each visit"), ", ".join(scope)))
    if letter.used is not None:
        used = _("{k} of {n} used") if letter.visits else _("{k} used")
        facts.append((_("Visits"), used.format(k=letter.used, n=letter.visits)))
    if letter.diagnoses:
        listed = "; ".join(" ".join(filter(None, (each.icd10, each.text))) for each in letter.diagnoses)
        facts.append((_("Diagnosis"), listed if shown else _("on file, not shown")))
    return facts


def notices(paper: Paper, sheet: StatementSheet) -> None:
    """Write the notices one by one."""
    _ = paper.say
    sentences = [
        _(
            "This statement lists what this practice documented; keep it, with the receipts, with your tax records."
        ),
        _(
            "Whether an amount counts for tax, HSA, FSA, HRA or insurance is decided by the tax authority, "
            "the account administrator or the insurer, not by this practice."
        ),
        _(
            "“Documented as medically necessary” means the letter named beside the visit was on file for its date; "
            "it is not a promise of payment."
        ),
        _("Not a diagnosis; codes were supplied by the referring clinician."),
        _(
            "Do not submit the same amount twice: what an account or insurer paid back can't be deducted as well."
        ),
        _("Massage therapy is not covered by Original Medicare."),
        _("On a California return, amounts paid from an HSA may count differently than on the federal one."),
        house.complaints(paper, sheet.practitioners[0] if sheet.practitioners else None),
        house.fingerprint(paper, sheet_hash(sheet), sheet.ruleset),
    ]
    paper.room(150)
    paper.page.text(paper.left, paper.y, _("Notices"), SECTION)
    paper.y -= 9
    paper.page.rule(paper.left, paper.y, paper.right)
    paper.y -= 15
    for number, sentence in enumerate(sentences, start=1):
        paper.page.text(paper.left, paper.y, f"{number}", CAPTION)
        paper.y = paper.page.paragraph(paper.left + 16, paper.y, sentence, SMALL, paper.width - 16) - 2.5
