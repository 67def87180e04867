"""Cancer: now, under treatment, in the past, and what its treatment leaves behind."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clinic.rules.answers import day_of, said_yes
from clinic.rules.areas import drained_by, expand, parts, whole_limb

from .family import Family
from .history import active_cancer, cancer_ever, days_between, healed
from .visit import Numbers, Visit, areas_of
from .vocabulary import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = Family()

_NODES = ("axilla", "groin", "neck_ant", "neck_post")


@RULES.reads("ONC-01")
def active(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Cancer now, or treated within half a year."""
    if active_cancer(visit, n["months"]):
        yield Hit()


@RULES.reads("ONC-02")
def tumour_site(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Where the tumour is known to be."""
    sites = areas_of([visit.answers.of("H01")])
    if sites and active_cancer(visit, n["months"]):
        yield Hit(sites=sites)


@RULES.reads("ONC-03")
def chemotherapy(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """The three days after an infusion."""
    given = [visit.answers.moment("H01", "chemo_at"), *(each.last for each in visit.doses("chemotherapy"))]
    for moment in given:
        if moment is not None and visit.recent(moment, n["hours"]):
            yield Hit(earliest=moment + timedelta(hours=n["hours"]))


@RULES.reads("ONC-04")
def radiation_field(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """The skin under the beam, until it has healed."""
    field = visit.answers.of("H01").get("radiation")
    if field is None:
        return
    days = visit.days_since(day_of(field.get("ended")))
    if days is None or days < n["days"] or field.get("healed") in ("no", "unsure"):
        yield Hit(sites=areas_of([field]))


@RULES.reads("ONC-05")
def bone_metastasis(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Bone that may break."""
    if visit.answers.yes("H01", "metastasis_bone"):
        sites = areas_of([visit.answers.of("H01")])
        yield Hit(sites=sites, there=sites)


@RULES.reads("ONC-06")
def nodes_gone(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """Lymph nodes removed or irradiated: that quarter of the body is handled lightly for life."""
    answers = visit.answers.of("H01")
    irradiated = {area for area in areas_of([answers.get("radiation", {})]) if parts(area)[1] in _NODES}
    nodes = expand(answers.get("nodes_removed", ())) | irradiated
    if nodes:
        quarter = drained_by(nodes)
        arms = [side for side in ("left", "right") if f"{side}_upper_arm" in quarter]
        yield Hit(there=quarter, positions=tuple(f"no_cuff_{side}_arm" for side in arms))


@RULES.reads("ONC-07")
def line(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A line into a vein, under the skin or out of the arm."""
    answers = visit.answers.of("H01")
    port, picc = expand(answers.get("port", ())), expand(answers.get("picc", ()))
    if port:
        yield Hit("port", sites=port)
    if picc:
        yield Hit("picc", sites=whole_limb(picc), there=whole_limb(picc))


@RULES.reads("ONC-08")
def few_white_cells(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Too few white cells to meet anybody's germs."""
    counted = visit.answers.of("E01").get("neutrophils", {})
    fresh = days_between(visit, day_of(counted.get("on")), 0, n["count_days"] + 1)
    if fresh and "count" in counted:
        low = counted["count"] < n["count_below"]
    else:
        low = visit.answers.yes("E01", "neutropenia")
    if low:
        yield Hit()


@RULES.reads("ONC-09")
def unexplained(visit: Visit, _n: Numbers) -> Iterator[Hit]:
    """A lump or mole nobody has looked at, or weight that went without a reason."""
    for item in visit.answers.each("C03", "lump", "changing_mole"):
        if not healed(item):
            urgent = said_yes(item.get("growing")) or said_yes(item.get("hard"))
            yield Hit("urgent" if urgent else "site", sites=areas_of([item]))
    if visit.answers.yes("B05", "weight_loss"):
        yield Hit("urgent")


@RULES.reads("ONC-10")
def history(visit: Visit, n: Numbers) -> Iterator[Hit]:
    """Cancer that has been over for half a year or more."""
    if cancer_ever(visit) and not active_cancer(visit, n["months"]):
        yield Hit()
