"""The times in a file: possible ones, none that a clock change skips, and nobody in two places at once."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from clinic.exchange.contents import Joined, Place, under
from clinic.exchange.jsontext import walk
from clinic.rules import openings
from clinic.values import HOLDING, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_WALL_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?")

_INSTANTS = (("steps", "at"), ("attempts", "at"), ("closings", "closed_at"), ("consents", "signed_at"))


def zone_named(name: str) -> ZoneInfo:
    """Find a time zone; a name no zone has is refused."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refusal("unknown_time_zone", at="/practice/time_zone") from None


def check_times(joined: Joined) -> None:
    """Refuse times that never were, hours that end before they begin, and visits that overlap."""
    _check_hours(joined)
    _check_blocks(joined)
    for at, text in _instants(joined):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            raise Refusal("impossible_date", at=at) from None
    if "time_zone" not in joined.practice:
        raise Refusal("missing_key", at="/practice", key="time_zone")
    zone = zone_named(joined.practice["time_zone"])
    for at, text in _answer_times(joined):
        _minute(text, zone, at)
    _check_overlaps(joined, zone)


def _instants(joined: Joined) -> Iterator[tuple[Place, str]]:
    if joined.file.exported_at is not None:
        yield "/exported_at", joined.file.exported_at
    for at, note in joined.every("notes"):
        if "signed_at" in note:
            yield under(at, "signed_at"), note["signed_at"]
        for place, addendum in enumerate(note.get("addenda", ())):
            yield under(at, "addenda", place, "at"), addendum["at"]
    for name, key in _INSTANTS:
        for at, item in joined.every(name):
            yield under(at, key), item[key]
    for at, closing in joined.every("closings"):
        if "backed_up_at" in closing["figures"]:
            yield under(at, "figures", "backed_up_at"), closing["figures"]["backed_up_at"]
    for at, wait in joined.every("waiting"):
        yield under(at, "since"), wait["since"]


def _answer_times(joined: Joined) -> Iterator[tuple[Place, str]]:
    for at, screening in joined.every("screenings"):
        yield under(at, "answered_at"), screening["answered_at"]
        for path, value in walk(screening["answers"]):
            if isinstance(value, str) and _WALL_TIME.fullmatch(value):
                yield under(at, "answers", *path), value


def _minute(text: str, zone: ZoneInfo, at: Place) -> int:
    """Count the minutes in UTC to a wall time; of two equal hours the earlier is meant."""
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal("impossible_date", at=at) from None
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != wall:
        raise Refusal("skipped_time", at=at)
    return int(moment.timestamp()) // 60


def _check_overlaps(joined: Joined, zone: ZoneInfo) -> None:
    held: dict[tuple[str, str], list[tuple[int, int, Place]]] = defaultdict(list)
    treatments = joined.items["treatments"]
    for at, visit in joined.every("appointments"):
        start = _minute(visit["at"], zone, at and f"{at}/at")
        if visit["state"] not in HOLDING:
            continue
        treatment = treatments[visit["treatment"]]
        begin = start - treatment.get("buffer_before", 0)
        end = start + visit["minutes"] + treatment.get("buffer_after", 0)
        held["staff", visit["staff"]].append((begin, end, at))
        if "room" in visit:
            held["room", visit["room"]].append((begin, end, at))
    for (by, _), spans in held.items():
        spans.sort(key=lambda span: span[:2])
        until, last = spans[0][1], spans[0][2]
        for begin, end, at in spans[1:]:
            if begin < until:
                earlier, later = sorted((last, at), key=_place_in_file)
                raise Refusal("overlap", at=later, other=earlier, by=by)
            until, last = end, at


def _place_in_file(at: Place) -> int:
    return -1 if at is None else int(at.rpartition("/")[2])


def _check_hours(joined: Joined) -> None:
    weeks: list[tuple[Place, dict[str, list[list[str]]]]] = [
        (under(at, "hours"), person.get("hours", {})) for at, person in joined.every("staff")
    ]
    specials = [
        (under(at, "special_days"), person.get("special_days", [])) for at, person in joined.every("staff")
    ]
    if joined.file.practice is not None:
        weeks.append(("/practice/hours", joined.file.practice.get("hours", {})))
        specials.append(("/practice/special_days", joined.file.practice.get("special_days", [])))
    for at, week in weeks:
        for day, stretches in week.items():
            _check_stretches(stretches, under(at, day))
    for at, days in specials:
        for place, special in enumerate(days):
            _check_stretches(special["hours"], under(at, place, "hours"))


def _check_stretches(stretches: list[list[str]], at: Place) -> None:
    closed = time.min
    for place, (opens, closes) in enumerate(stretches):
        if not closed <= time.fromisoformat(opens) < time.fromisoformat(closes):
            raise Refusal("impossible_hours", at=under(at, place))
        closed = time.fromisoformat(closes)


def _check_blocks(joined: Joined) -> None:
    """Refuse a block that ends before it begins, or comes back in a way nobody could mean."""
    for at, block in joined.every("blocks"):
        begins, ends = (_wall(block.get(key), under(at, key)) for key in ("begins", "ends"))
        if begins is not None:
            try:
                openings.check_block(begins, ends, block.get("rule"))
            except Refusal as refusal:
                raise Refusal(refusal.code, at=under(at, refusal.at or "")) from None


def _wall(text: str | None, at: Place) -> datetime | None:
    try:
        return None if text is None else datetime.fromisoformat(text)
    except ValueError:
        raise Refusal("impossible_date", at=at) from None
