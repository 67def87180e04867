"""The good-faith estimate: what visits that are ahead are expected to cost, before they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import house, tables
from clinic.documents.paper import Paper
from clinic.documents.sheets import total
from clinic.documents.style import BODY, FIGURE, STRONG
from clinic.documents.tables import Column, Row, Table

if TYPE_CHECKING:
    from clinic.documents.sheets import EstimateSheet, Expected


def pdf(sheet: EstimateSheet) -> bytes:
    """Print an estimate."""
    title = wording._("Good-faith estimate", language=sheet.language)
    paper = Paper(sheet.practice, title, "", sheet.language, sheet.format)
    _ = paper.say
    paper.bookmark(title)
    issued = _("Made {day}").format(day=paper.day(sheet.issued_on))
    until = _("Holds until {day}").format(day=paper.day(sheet.until))
    house.letterhead(paper, [issued, until])
    _people(paper, sheet)
    table = Table(
        (
            Column(_("Expected"), 0),
            Column(_("Treatment"), 118, style=STRONG, width=180),
            Column(_("Code"), -190, "right", BODY),
            Column(_("Visits"), -140, "right", FIGURE),
            Column(_("Each"), -74, "right", FIGURE),
            Column(_("Amount"), 0, "right", FIGURE),
        )
    )
    tables.rows(paper, table, [_row(paper, each) for each in sheet.expected])
    whole = total(each.amount for each in sheet.expected)
    tables.sums(paper, [], (_("Expected in all"), wording.money(whole)), [])
    house.notices(paper, _small_print(paper), "")
    return house.printed(
        house.footed(paper, ""), dated=sheet.issued_on, subject=_("Expected charges for visits ahead")
    )


def _people(paper: Paper, sheet: EstimateSheet) -> None:
    _ = paper.say
    born = [_("Born {day}").format(day=paper.day(sheet.client.born))] if sheet.client.born else []
    shown = [(0.0, _("Client"), sheet.client.name, born)]
    if sheet.practitioners:
        name, facts = house.person(sheet.practitioners[0], paper)
        others = [house.person(each, paper)[0] for each in sheet.practitioners[1:]]
        shown.append((0.316, _("Therapist"), name, [*facts, *others]))
    shown.append((0.732, _("Place of service"), "", [_("Office, at the address above")]))
    house.blocks(paper, shown)


def _row(paper: Paper, each: Expected) -> Row:
    if each.first == each.last:
        when = paper.day(each.first)
    else:
        when = paper.say("{first} to {last}").format(
            first=paper.short_day(each.first), last=paper.day(each.last)
        )
    coded = (
        paper.say("{code}, {n} units").format(code=each.cpt, n=each.units)
        if each.cpt and each.units
        else each.cpt
    )
    length = paper.count("{n} minute", "{n} minutes", each.minutes)
    return Row(
        (when, each.text, coded, str(each.visits), wording.money(each.price), wording.money(each.amount)),
        (length,),
    )


def _small_print(paper: Paper) -> list[str]:
    _ = paper.say
    return [
        _("This is an estimate of what is known to be ahead; what is needed may turn out otherwise."),
        _("It is no contract and obliges nobody to have these visits."),
        _(
            "It does not say what an insurer pays. Whoever is billed 400 dollars or more above an estimate may "
            "dispute the bill under federal law."
        ),
        _("Tips are voluntary and not part of it."),
    ]
