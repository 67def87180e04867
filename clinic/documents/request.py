"""Requests on paper: letters to clinicians and plans, with the lines that only they may fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import house, tables
from clinic.documents.paper import Paper
from clinic.documents.style import (
    BODY,
    FIGURE,
    HAIR,
    HAIRLINE,
    NOTICE,
    SECTION,
    SMALL_STRONG,
    STRONG,
    Style,
    wrap,
)
from clinic.documents.tables import Column, Row, Table
from clinic.values import RequestKind
from clinic.wording import measures

if TYPE_CHECKING:
    from clinic.documents.request_sheet import RequestSheet

LINE, WIDE_LINE = 30.0, 38.0
"""From one line to be filled in to the next: room for handwriting, and more where the form has a page to itself."""
FORM = 300.0
"""How high the form of a letter is: it is sent back alone, so it is never broken."""
READ = Style(14)
"""California wants a release in type of fourteen points at least (Civil Code 56.11; `domain.md` G6)."""
ASKS = frozenset({RequestKind.LMN, RequestKind.RENEWAL})


def title(kind: RequestKind, language: str) -> str:
    """Name a request as its head does."""
    return {
        RequestKind.LMN: wording._("Request for a letter", language=language),
        RequestKind.RENEWAL: wording._("Request to renew a letter", language=language),
        RequestKind.REFERRAL: wording._("Request for a referral", language=language),
        RequestKind.RECORDS: wording._("Release of records", language=language),
        RequestKind.PROGRESS: wording._("Progress letter", language=language),
        RequestKind.THANKS: wording._("Thank you", language=language),
    }[kind]


def pdf(sheet: RequestSheet) -> bytes:
    """Print a request."""
    kind = RequestKind(sheet.kind)
    named = title(kind, sheet.language)
    paper = Paper(sheet.practice, named, "", sheet.language, sheet.format)
    paper.bookmark(named)
    house.letterhead(paper, [paper.day(sheet.made_on)])
    _people(paper, sheet)
    if kind is RequestKind.RECORDS:
        _release(paper, sheet)
    else:
        _greeting(paper, sheet)
        for paragraph in _told(paper, kind, sheet):
            _paragraph(paper, paragraph)
        if sheet.measures and kind in {RequestKind.RENEWAL, RequestKind.PROGRESS}:
            _measures(paper, sheet)
        if sheet.words:
            for paragraph in sheet.words.splitlines():
                _paragraph(paper, paragraph)
        _closing(paper, sheet)
        if kind in ASKS:
            _letter_form(paper, sheet)
        elif kind is RequestKind.REFERRAL:
            _referral_form(paper, sheet)
    _small_print(paper, kind)
    return house.printed(house.footed(paper, ""), dated=sheet.made_on, subject=named)


def _people(paper: Paper, sheet: RequestSheet) -> None:
    _ = paper.say
    to, client = sheet.to, sheet.client
    reach = [_("Phone {number}").format(number=to.phone)] if to.phone else []
    reach += [_("Fax {number}").format(number=to.fax)] if to.fax else []
    about = [_("Born {day}").format(day=paper.day(client.born))] if client.born else []
    if client.insurer:
        about.append(client.insurer)
    if client.member_id:
        about.append(_("Member {number}").format(number=client.member_id))
    name, facts = house.person(sheet.therapist, paper)
    practice = [to.practice] if to.practice else []
    shown = [
        (0.0, _("To"), to.called or "______________________", [*practice, *to.address, *reach]),
        (0.36, _("About"), client.name, about),
        (0.66, _("From"), name, facts),
    ]
    house.blocks(paper, shown)


def _greeting(paper: Paper, sheet: RequestSheet) -> None:
    _ = paper.say
    named = _("Dear {name},").format(name=sheet.to.name) if sheet.to.name else _("Dear colleague,")
    _paragraph(paper, named)


def _paragraph(paper: Paper, text: str, style: Style = BODY) -> None:
    if not text.strip():
        return
    paper.room(style.leading * 2)
    for line in wrap(text, style, paper.width):
        if paper.y < paper.lowest + style.leading:
            paper.turn()
        paper.page.text(paper.left, paper.y, line, style)
        paper.y -= style.leading
    paper.y -= style.leading * 0.55


def _told(paper: Paper, kind: RequestKind, sheet: RequestSheet) -> list[str]:
    """Say why it is written, in facts; what a body feels like or is cured of is not said."""
    _ = paper.say
    name = sheet.client.name
    match kind:
        case RequestKind.LMN:
            return [
                _(
                    "{name} comes to us for {treatment} and may wish to count the visits as medical care: "
                    "on a tax return, with an HSA or FSA, or with a health plan. Each of them asks for a letter "
                    "from the treating clinician."
                ).format(name=name, treatment=sheet.treatment),
                _(
                    "If, in your judgement, this treatment is medically necessary for a condition you treat, "
                    "please fill in and sign the form below, or write the same on your letterhead. "
                    "The diagnosis is yours to state; we have left it open. If it is not, no answer is needed."
                ),
            ]
        case RequestKind.RENEWAL:
            return [
                _letter_so_far(paper, sheet),
                _visits_so_far(paper, sheet),
                _(
                    "If you find that the treatment is still medically necessary, please fill in and sign the form "
                    "below. The diagnosis is yours to state; we have left it open."
                ),
            ]
        case RequestKind.REFERRAL:
            return [
                _(
                    "{name} is a member of a plan that covers such visits only with a referral or an authorisation "
                    "which the primary-care provider asks for. We would give {treatment}{code}."
                ).format(
                    name=name,
                    treatment=sheet.treatment,
                    code=_(", procedure code {code}").format(code=sheet.cpt) if sheet.cpt else "",
                ),
                _(
                    "If you support it, please send the request to the plan with your own finding, and let us have "
                    "the referral's number, the visits or units it allows, and its first and last day."
                ),
            ]
        case RequestKind.PROGRESS:
            return [
                _("Thank you for your confidence. Here is where {name}'s visits stand.").format(name=name),
                _letter_so_far(paper, sheet),
                _visits_so_far(paper, sheet),
            ]
        case _:
            return [
                _("Thank you for referring {name} to us.").format(name=name),
                _visits_so_far(paper, sheet),
                _("We will write again when there is something to report, and are glad to hear from you."),
            ]


def _letter_so_far(paper: Paper, sheet: RequestSheet) -> str:
    _ = paper.say
    letter = sheet.letter
    if letter is None:
        return ""
    dated = paper.day(letter.signed_on) if letter.signed_on else _("no date")
    until = paper.day(letter.valid_to) if letter.valid_to else _("no date")
    if letter.visits:
        return _(
            "Your letter {reference} of {day} speaks until {until} and for {visits} visits; {used} of them are used."
        ).format(reference=letter.reference, day=dated, until=until, visits=letter.visits, used=letter.used)
    return _("Your letter {reference} of {day} speaks until {until}.").format(
        reference=letter.reference, day=dated, until=until
    )


def _visits_so_far(paper: Paper, sheet: RequestSheet) -> str:
    _ = paper.say
    visits = sheet.visits
    if visits is None or not visits.given or visits.first is None or visits.last is None:
        return ""
    if visits.given == 1:
        said = _("One visit took place, on {first}.").format(first=paper.day(visits.first))
    else:
        said = _("{n} visits took place between {first} and {last}.").format(
            n=visits.given, first=paper.day(visits.first), last=paper.day(visits.last)
        )
    if visits.booked:
        more = paper.count("{n} more is booked.", "{n} more are booked.", visits.booked)
        said = f"{said} {more}"
    return said


def _measures(paper: Paper, sheet: RequestSheet) -> None:
    _ = paper.say
    paper.y -= 4
    table = Table(
        (
            Column(_("Measure"), 0, style=STRONG, width=200),
            Column(_("First"), 215, style=BODY),
            Column(_("Last"), 340, style=BODY),
            Column(_("Taken"), 0, "right", FIGURE),
        ),
        22.0,
    )
    content = [
        Row(
            (
                measures.tool(each.tool, language=sheet.language),
                f"{each.first}, {paper.day(each.first_on)}",
                f"{each.last}, {paper.day(each.last_on)}",
                str(each.times),
            )
        )
        for each in sheet.measures
    ]
    tables.rows(paper, table, content)
    paper.y -= 20


def _closing(paper: Paper, sheet: RequestSheet) -> None:
    _ = paper.say
    _paragraph(paper, _("With kind regards,"))
    paper.room(60)
    paper.y -= 20
    paper.page.rule(paper.left, paper.y, paper.left + 190, ink=HAIR, thick=HAIRLINE)
    name, _facts = house.person(sheet.therapist, paper)
    paper.page.text(paper.left, paper.y - 12.5, name, SMALL_STRONG)
    paper.y -= 34


# What is filled in by hand


def _heading(paper: Paper, text: str) -> None:
    paper.room(60)
    if paper.page.drawn and not _is_fresh(paper):
        paper.page.rule(paper.left, paper.y + 8, paper.right)
        paper.y -= 10
    paper.page.text(paper.left, paper.y, text, SECTION)
    paper.y -= 26


def _is_fresh(paper: Paper) -> bool:
    """Tell whether the page was just turned."""
    return len(paper.pages) > 1 and paper.y > paper.page.height - 110


def _blanks(paper: Paper, *parts: tuple[float, str, str]) -> None:
    line = WIDE_LINE if len(paper.pages) > 1 else LINE
    paper.room(line)
    house.blanks(paper, line, *parts)


def _tick(paper: Paper, sentence: str) -> None:
    paper.room(LINE)
    paper.y -= 2
    paper.page.frame(paper.left, paper.y - 2, 10, 10, radius=1.5)
    paper.y = paper.page.paragraph(paper.left + 18, paper.y, sentence, BODY, paper.width - 18) - 16


def _letter_form(paper: Paper, sheet: RequestSheet) -> None:
    _ = paper.say
    if paper.y - FORM < paper.lowest:
        paper.turn()
    _heading(paper, _("Letter of medical necessity: to be filled in by the clinician"))
    born = paper.day(sheet.client.born) if sheet.client.born else ""
    _blanks(paper, (2, _("Patient"), sheet.client.name), (1, _("Born"), born), (1, _("Examined on"), ""))
    _blanks(paper, (3, _("Diagnosis, as specific as it can be said"), ""), (1, _("ICD-10-CM"), ""))
    _blanks(paper, (1, "", ""))
    _blanks(paper, (1, _("Recommended treatment"), ""), (1, _("How it treats the condition"), ""))
    _blanks(
        paper,
        (1, _("Visits a week or month"), ""),
        (1, _("Minutes a visit"), ""),
        (1, _("Visits in all"), ""),
        (1, _("From"), ""),
        (1, _("Until, a year at most"), ""),
    )
    _tick(
        paper,
        _(
            "In my judgement this treatment is medically necessary for the condition named here, "
            "and is not for general health or looks."
        ),
    )
    _signed_by(paper)


def _referral_form(paper: Paper, sheet: RequestSheet) -> None:
    _ = paper.say
    _heading(paper, _("Answer: to be filled in by the clinician or the plan"))
    _blanks(
        paper,
        (2, _("Member"), sheet.client.name),
        (1, _("Member number"), sheet.client.member_id),
        (1, _("Plan"), sheet.client.insurer),
    )
    _blanks(
        paper, (1, _("Asked of the plan on"), ""), (1, _("Decided on"), ""), (2, _("Referral number"), "")
    )
    _blanks(paper, (2, _("Services allowed"), ""), (1, _("Visits or units"), ""))
    _blanks(paper, (1, _("From"), ""), (1, _("Until"), ""), (2, _("If refused: why, and appeal by"), ""))
    _signed_by(paper)


def _signed_by(paper: Paper) -> None:
    _ = paper.say
    _blanks(paper, (2, _("Name in print"), ""), (1, _("Credential"), ""), (1, _("License number"), ""))
    _blanks(paper, (1, _("NPI"), ""), (1, _("Phone"), ""), (2, _("Signature"), ""), (1, _("Day"), ""))


def _release(paper: Paper, sheet: RequestSheet) -> None:
    """Set the client's own leave to hand records over: from whom, to whom, what, why, until when."""
    _ = paper.say
    holder = sheet.to.called or "______________________________"
    _paragraph(
        paper,
        _("I, {name}, allow {holder} to give health information about me to {practice}.").format(
            name=sheet.client.name, holder=holder, practice=sheet.practice.name
        ),
        READ,
    )
    for label, text in (
        (_("What may be given"), _("Only what I name here:")),
        (_("What it is for"), _("To plan and document my massage treatment, and for nothing else.")),
    ):
        paper.page.text(paper.left, paper.y, label, SECTION)
        paper.y -= 20
        _paragraph(paper, text, READ)
        if text.endswith(":"):
            _blanks(paper, (1, "", ""))
            _blanks(paper, (1, "", ""))
    until = paper.day(sheet.made_on.replace(year=sheet.made_on.year + 1, day=min(sheet.made_on.day, 28)))
    _paragraph(
        paper,
        _(
            "This leave ends on {day}, or sooner if I take it back in writing. I need not give it to be treated. "
            "I receive a copy of this page."
        ).format(day=until),
        READ,
    )
    paper.y -= 18
    _blanks(paper, (2, _("Signature of the client or guardian"), ""), (1, _("Day"), ""))
    _blanks(paper, (1, _("Name in print, and how related if not the client"), ""))


def _small_print(paper: Paper, kind: RequestKind) -> None:
    _ = paper.say
    said = [
        _(
            "Confidential: about the health of the person named above. If it reached you by mistake, please call us."
        )
    ]
    if kind in ASKS:
        said.append(
            _("Nothing on this page was signed or diagnosed by us. A letter does not promise any payment.")
        )
    lines = [line for one in said for line in wrap(one, NOTICE, paper.width)]
    paper.room(NOTICE.leading * (len(lines) + 1))
    house.foot_note(paper, paper.page, lines)
