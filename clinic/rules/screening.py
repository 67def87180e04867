"""How long a screening speaks for the body: the quick check laid over it, what was left open, when to ask again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from clinic.rules.answers import Answered, Answers, Question, day_of, moment_of, open_keys
from clinic.rules.areas import expand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Which full question each question of the quick check speaks for, key by key (`domain.md` B2).
_SAME_KEYS = {"Q1": "C01", "Q5": "D04", "Q9": "D01", "Q10": "J02", "Q11": "B04", "OBS": "OBS"}
_OWN_KEYS = {"Q5": ("breathless",), "Q13": ("analgesic_at", "class")}

_NO_CLASS = "none"
_WORD = re.compile(r"[a-z0-9]+(?:['.-][a-z0-9]+)*")
_NOT_A_NAME = re.compile(
    r"^(\d[\d.,]*|mg|mcg|ug|g|ml|iu|units?|tablets?|tabs?|capsules?|caps?|pills?|daily|weekly|oral|er|xr|sr|xl|cr|ec"
    r"|extended|release|low|dose|strength|extra|generic|sodium|hydrochloride|hcl|and|with|for|a|the|my)$"
)


def over(full: Answered | None, *quick: Answered) -> Answers:
    """Lay the quick checks of the day over the full screening, in their order; what they don't say falls back."""
    values: dict[str, Any] = dict(full.answers) if full else {}
    said: set[tuple[str, str]] = set()
    for question, answer in (told for each in quick for told in each.answers.items()):
        if question in ("Q2", "Q14"):
            values[question] = answer
        elif question in ("Q3", "Q4", "Q6", "Q8"):
            _lay_list(values, said, question, answer)
        else:
            _lay_keys(values, said, question, answer)
    return Answers(values, full.at if full else None, quick[-1].at if quick else None, frozenset(said))


def _lay_keys(
    values: dict[str, Any], said: set[tuple[str, str]], question: str, answer: Mapping[str, Any]
) -> None:
    for key, value in answer.items():
        target, name = question, key
        if question in _SAME_KEYS and key not in _OWN_KEYS.get(question, ()):
            target = _SAME_KEYS[question]
        elif question == "Q12" and key == "pain_now":
            target, name = "B03", "now"
        elif question == "Q13" and key not in _OWN_KEYS[question]:
            target = "C04"
        elif question == "Q7" and key == "pregnancy":
            values["F01"] = value
            said.add(("F01", ""))
            continue
        elif question == "Q7":
            values["F03"] = {**values.get("F03", {}), **value}
            said.update(("F03", each) for each in value)
            continue
        values[target] = {**values.get(target, {}), name: value}
        said.add((target, name))


def _lay_list(
    values: dict[str, Any], said: set[tuple[str, str]], question: str, answer: list[dict[str, Any]]
) -> None:
    for item in answer:
        target = {"Q3": "K01", "Q4": "I01", "Q6": "C03"}.get(question) or (
            "I02" if "major" in item else "K03"
        )
        kept = [each for each in values.get(target, ()) if not _same_thing(each, item)]
        values[target] = [*kept, item]
        said.add((target, ""))


def _same_thing(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    if "name" in now:
        return str(before.get("name", "")).casefold() == str(now["name"]).casefold()
    if before.get("what") != now.get("what"):
        return False
    here, there = expand(before.get("sites", ())), expand(now.get("sites", ()))
    return not here or not there or bool(here & there)


def still_open(answers: Answers, full: Mapping[str, Question], *, born: date | None) -> Iterator[str]:
    """Questions that must be answered before any hands-on, and are not."""
    if born is None:
        yield "A02"
    pregnancy = answers.word("F01")
    for question in full.values():
        asked = question.critical or pregnancy in question.critical_when
        if asked and (question.id not in answers.values or _left_open(answers, question)):
            yield question.id
    if answers.yes("Q2", "any") and not answers.of("Q2").get("text"):
        yield "Q2"


def _left_open(answers: Answers, question: Question) -> bool:
    value = answers.values[question.id]
    if question.id == "B02" and not value.get("sites", True):
        return False  # nowhere hurts, so there is no since and no cause
    if question.id == "M01" and value.get("true_and_complete") is False:
        return True
    return open_keys(value, question.shape)


@dataclass(frozen=True, slots=True)
class Medicine:
    """One entry of the medicine list; classes are None when nobody knows what the name stands for."""

    name: str
    classes: frozenset[str] | None
    last: datetime | None
    started: date | None
    stopped: date | None
    sites: frozenset[str]
    inr: float | None

    def stopped_before(self, day: date, *, days: int = 0) -> bool:
        """Whether it has been out of use for at least that many days."""
        return self.stopped is not None and self.stopped + timedelta(days=days) <= day


def medicines(answers: Answers, known: Mapping[str, frozenset[str]]) -> tuple[Medicine, ...]:
    """Everything the client takes, each with the classes its name or the therapist gives it."""
    listed = [
        Medicine(
            name=item.get("name", ""),
            classes=_classes(item, known),
            last=moment_of(item.get("last")),
            started=day_of(item.get("started")),
            stopped=day_of(item.get("stopped")),
            sites=expand([item["site"]] if "site" in item else []),
            inr=item.get("inr"),
        )
        for item in answers.items("K01")
    ]
    today = answers.of("Q13")
    if "analgesic_at" in today:
        taken = moment_of(today["analgesic_at"])
        classes = frozenset([today["class"]] if "class" in today else [])
        listed.append(Medicine("", classes, taken, None, None, frozenset(), None))
    return tuple(listed)


def _classes(item: Mapping[str, Any], known: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    by_name = classes_of(item.get("name", ""), known)
    given = item.get("class")
    if given is None and by_name is None:
        return None
    found = (by_name or frozenset()) | ({given} if given else frozenset())
    return _by_route(found - {_NO_CLASS}, f"{item.get('route', '')} {item.get('name', '')}".casefold())


def _by_route(classes: frozenset[str], route: str) -> frozenset[str]:
    """Tell a patch, a cream, an inhaler or an injection into a joint from the same drug swallowed."""
    if re.search(r"patch|transdermal|parche", route):
        turned = {"opioid": "patch_opioid", "vasodilator": "patch_nitrate", "oestrogen": "patch_hormone"}
        patches = frozenset(turned.get(each, each) for each in classes)
        return patches if any(each.startswith("patch_") for each in patches) else patches | {"topical"}
    if re.search(r"cream|gel|ointment|topical|lotion|crema|pomada", route):
        return (classes - {"corticosteroid", "nsaid"}) | {"topical"}
    if re.search(r"inhal|nasal|spray|eye|drops", route):
        return classes - {"corticosteroid"}
    if "corticosteroid" in classes and re.search(r"inject|joint|shot|inyecc", route):
        return (classes - {"corticosteroid"}) | {"corticosteroid_injection"}
    return classes


def classes_of(name: str, known: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """Tell what a brand or generic name stands for; None when the catalogue has not heard of it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    found = _classes_of_words(_WORD.findall(plain), known)
    return _classes_of_words(_WORD.findall(plain.replace("-", " ")), known) if found is None else found


def _classes_of_words(words: list[str], known: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """Look for the longest names first; words left over make a harmless name doubtful, never a grave one harmless."""
    found: set[str] = set()
    heard: set[int] = set()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            span = range(start, start + length)
            phrase = " ".join(words[start : start + length])
            if phrase in known and heard.isdisjoint(span):
                found |= known[phrase]
                heard.update(span)
    unheard = [word for at, word in enumerate(words) if at not in heard and not _NOT_A_NAME.match(word)]
    if not heard or (unheard and not found - {_NO_CLASS}):
        return None
    return frozenset(found - {_NO_CLASS})


@dataclass(frozen=True, slots=True)
class Standing:
    """What the re-screening interval depends on (`domain.md` B4)."""

    chronic: bool
    cleared: bool
    minor: bool
    came_of_age: date | None
    due: date | None
    pregnant: bool


def screening_ends(answered: date, standing: Standing, intervals: Mapping[str, float]) -> date:
    """Give the last day for which a full screening speaks."""
    days = intervals["healthy_days"]
    if standing.chronic or standing.minor:
        days = min(days, intervals["chronic_days"])
    if standing.cleared:
        days = min(days, intervals["cleared_days"])
    ends = [answered + timedelta(days=int(days))]
    if standing.came_of_age and answered < standing.came_of_age:
        ends.append(standing.came_of_age - timedelta(days=1))
    if standing.pregnant and standing.due:
        conceived = standing.due - timedelta(days=280)
        starts = [conceived + timedelta(weeks=int(intervals[each])) for each in _TRIMESTERS]
        ends += [start - timedelta(days=1) for start in starts if answered < start]
    return min(ends)


_TRIMESTERS = ("second_trimester_week", "third_trimester_week", "postpartum_week")


def birthday(born: date, years: int) -> date:
    """Give the day somebody turns that old; who was born on 29 February does so on 1 March."""
    turns = born + relativedelta(years=years)
    return turns if turns.day == born.day else turns + timedelta(days=1)


def age_on(born: date, day: date) -> int:
    """Full years on a day."""
    years = day.year - born.year
    return years if birthday(born, years) <= day else years - 1
