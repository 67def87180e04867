"""Counting: under which letter a visit stands, and which of the letter's visits it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from clinic.rules import necessity
from clinic.values import (
    AHEAD,
    AppointmentId,
    ClientId,
    LetterId,
    LetterKind,
    PlanType,
    Purpose,
    StaffId,
    State,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from clinic.rules.necessity import Frequency, Letter, Patient, Standing, Window
    from clinic.values import Technique


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment as letters see it."""

    id: AppointmentId
    client: ClientId
    at: datetime
    state: State
    staff: StaffId
    purpose: Purpose
    technique: Technique
    minutes: int
    """Minutes given, or as booked where nobody wrote down another number."""
    letter: LetterId | None = None
    diagnosis: str | None = None
    returned: bool = False
    """Whether all that was charged for it was voided, which gives the visit back."""

    @property
    def day(self) -> date:
        """Day of service, on the practice's wall."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Policy:
    """The practice's settings that speak of letters."""

    lmn_retro_days: int = 0
    fsa_signers: tuple[str, ...] = necessity.FSA_SIGNERS
    strict_duration: bool = False
    gift_tender_eligible: bool = False


@dataclass(frozen=True, slots=True)
class Stand:
    """What a visit's letter makes of it."""

    letter: Letter | None = None
    bars: frozenset[str] = frozenset()
    """Reasons that keep every regime from counting it."""
    fsa_bars: frozenset[str] = frozenset()
    """Reasons that only an FSA's or HRA's administrator has."""
    warnings: frozenset[str] = frozenset()
    visit: int | None = None
    """Which of the letter's visits it is, those before this program included."""
    prescribed_minutes: int | None = None
    physician: bool = False


@dataclass(slots=True)
class _Tally:
    """A letter with what was already used of it."""

    letter: Letter
    window: Window | None
    first: date
    """Where the letter's weeks begin: its own first day, however many days before it are let pass."""
    standing: Standing | None
    lacks: bool
    names_client: bool
    warnings: frozenset[str]
    used: int
    by_period: Counter[tuple[int, int]]

    @property
    def left(self) -> bool:
        """Whether a visit is left, as far as the letter gives a number."""
        return self.letter.max_visits is None or self.used < self.letter.max_visits


def stand(
    visits: Iterable[Visit],
    letters: Sequence[Letter],
    patient: Patient,
    therapists: Collection[str],
    policy: Policy,
    *,
    as_booked: bool = False,
) -> Mapping[AppointmentId, Stand]:
    """Put each of one client's visits under its letter, in the order they took place.

    Without a letter of its own a visit gets the covering one: matching diagnosis, then visits left, then the
    earlier end. ``as_booked`` counts appointments ahead as if each will take place, to see a gap before it does.
    """
    tallies = [_tally(letter, patient, therapists, policy) for letter in letters]
    by_id = {tally.letter.id: tally for tally in tallies}
    own = [tally for tally in tallies if tally.letter.client == patient.id]
    stands = {}
    for visit in sorted(visits, key=lambda v: (v.at, v.id)):
        tally = (by_id.get(visit.letter) if visit.letter else None) or _choose(own, visit)
        if tally is None:
            stands[visit.id] = Stand(bars=frozenset({"E-NOLMN"}))
            continue
        counts = visit.state is State.DONE or (as_booked and visit.state in AHEAD)
        stands[visit.id] = _place(tally, visit, counts=counts and not visit.returned)
    return stands


def _tally(letter: Letter, patient: Patient, therapists: Collection[str], policy: Policy) -> _Tally:
    signer = letter.signer
    written = (letter.patient_name or "").strip()
    own = necessity.window(letter)
    return _Tally(
        letter,
        necessity.window(letter, policy.lmn_retro_days),
        own.start if own else date.min,
        necessity.standing(signer, patient, therapists, policy.fsa_signers) if signer else None,
        bool(necessity.missing(letter, strict_duration=policy.strict_duration)),
        letter.client == patient.id and (not written or necessity.names(written, patient)),
        necessity.warnings(letter),
        letter.used_before,
        Counter(),
    )


def _choose(tallies: Sequence[_Tally], visit: Visit) -> _Tally | None:
    """Find the letter that covers a visit, or else the one whose end or beginning it missed."""
    covering = [tally for tally in tallies if tally.window and tally.window.covers(visit.day)]
    if covering:
        return min(covering, key=lambda tally: _merit(tally, visit))
    over = [tally for tally in tallies if tally.window and tally.window.end < visit.day]
    if over:
        return max(over, key=lambda tally: (tally.window.end if tally.window else date.min, tally.letter.id))
    coming = [tally for tally in tallies if tally.window]
    if coming:
        return min(
            coming, key=lambda tally: (tally.window.start if tally.window else date.max, tally.letter.id)
        )
    return min(tallies, key=lambda tally: tally.letter.id, default=None)


def _merit(tally: _Tally, visit: Visit) -> tuple[bool, bool, bool, bool, date, str]:
    worthless = tally.lacks or not tally.names_client or tally.standing is None or not tally.standing.anywhere
    return (
        worthless,
        not _names(tally.letter, visit),
        not necessity.allows(tally.letter, visit.technique),
        not tally.left,
        tally.window.end if tally.window else date.max,
        tally.letter.id,
    )


def _names(letter: Letter, visit: Visit) -> bool:
    """Tell whether the visit is for what the letter names; one that names nothing counts for that letter."""
    return not visit.diagnosis or necessity.has_diagnosis(letter, visit.diagnosis)


def _place(tally: _Tally, visit: Visit, *, counts: bool) -> Stand:
    letter, window = tally.letter, tally.window
    bars = {
        code
        for code, applies in {
            "E-LMN-FUTURE": window is not None and visit.day < window.start,
            "E-LMN-EXPIRED": window is not None and visit.day > window.end,
            "E-LMN-INCOMPLETE": tally.lacks,
            "E-LMN-PATIENT": not tally.names_client,
            "E-DX": not _names(letter, visit),
        }.items()
        if applies
    }
    signed_bars, fsa_bars, warnings, physician = _signature(tally)
    if letter.admin_approved_on is not None and visit.day < letter.admin_approved_on:
        fsa_bars.add("E-LMN-FUTURE")
    number = None
    covered = window is not None and window.covers(visit.day)
    if counts and covered and visit.purpose is not Purpose.RELAXATION and "E-DX" not in bars:
        number, over = _count(tally, visit)
        bars |= over
    return Stand(
        letter,
        frozenset(bars | signed_bars),
        frozenset(fsa_bars),
        frozenset(tally.warnings | warnings),
        number if letter.max_visits is not None else None,
        letter.minutes,
        physician,
    )


def _signature(tally: _Tally) -> tuple[set[str], set[str], set[str], bool]:
    """Tell what the signature bars everywhere, bars for an FSA, warns of, and whether it is a physician's."""
    standing = tally.standing
    if standing is None:
        return set(), set(), set(), False
    if not standing.anywhere:
        return ({"E-LMN-SIGNER", "E-RELATED"} if standing.related else {"E-LMN-SIGNER"}), set(), set(), False
    warned = {"W-LMN-SIGNER"} if standing.warned else set()
    return set(), (set() if standing.fsa else {"E-LMN-SIGNER"}), warned, standing.physician


def _count(tally: _Tally, visit: Visit) -> tuple[int, frozenset[str]]:
    """Use up one of the letter's visits; one over the frequency uses it up all the same."""
    tally.used += 1
    over = set()
    if tally.letter.max_visits is not None and tally.used > tally.letter.max_visits:
        over.add("E-COUNT")
    frequency = tally.letter.frequency
    if frequency is not None:
        period = _period(frequency, tally.first, visit.day)
        tally.by_period[period] += 1
        if tally.by_period[period] > frequency.times:
            over.add("E-FREQ")
    return tally.used, frozenset(over)


def _period(frequency: Frequency, first: date, day: date) -> tuple[int, int]:
    """Weeks are blocks of seven days from the letter's first day, months are the calendar's (`domain.md` C5)."""
    if frequency.per == "week":
        return (0, (day - first).days // 7)
    return (day.year, day.month)


def bears_since(letters: Iterable[Letter], on: date, policy: Policy) -> date | None:
    """Find the first day whose visits bear on how a visit of this day is counted; None where no letter speaks.

    A letter that ended before may have taken visits that fall into the next one's time, so its own count too
    matters, and so on back to a day on which no letter spoke.
    """
    found = (necessity.window(letter, policy.lmn_retro_days) for letter in letters)
    windows = [window for window in found if window is not None]
    since = min((window.start for window in windows if window.covers(on)), default=None)
    while since is not None:
        earlier = min(window.start for window in windows if window.end >= since)
        if earlier == since:
            break
        since = earlier
    return since


def bearing(
    letters: Iterable[Letter], visits: Iterable[Visit], since: date | None, policy: Policy
) -> tuple[Letter, ...]:
    """Leave out the letters that had ended before a day, unless a visit names them."""
    if since is None:
        return tuple(letters)
    named = {visit.letter for visit in visits}
    windows = ((letter, necessity.window(letter, policy.lmn_retro_days)) for letter in letters)
    return tuple(
        letter
        for letter, window in windows
        if letter.id in named or (window is not None and window.end >= since)
    )


def permitted(
    visits: Iterable[Visit], letters: Iterable[Letter], plan: PlanType | None
) -> frozenset[AppointmentId]:
    """Name the visits that a health plan lets be billed: all, unless it wants a referral or gave one by number."""
    visits = sorted(visits, key=lambda v: (v.at, v.id))
    permits = sorted(
        (each for each in letters if each.kind in necessity.PERMITTING), key=lambda each: each.id
    )
    if plan is not PlanType.HMO and not any(p.kind is LetterKind.AUTHORISATION for p in permits):
        return frozenset(visit.id for visit in visits)
    used: Counter[LetterId] = Counter()
    found = set()
    for visit in visits:
        for permit in permits:
            window = necessity.window(permit)
            if window is None or not window.covers(visit.day):
                continue
            if permit.units is not None and used[permit.id] >= permit.units:
                continue
            used[permit.id] += visit.state is State.DONE and not visit.returned
            found.add(visit.id)
            break
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Usage:
    """A letter's visits: taken, still booked, and left."""

    used: int
    planned: int
    left: int | None
    """None where the letter gives no number; never negative."""


def usage(letter: Letter, visits: Iterable[Visit], stands: Mapping[AppointmentId, Stand]) -> Usage:
    """Count a letter's visits, those taken before this program included; ``stands`` are those as booked."""
    used, planned = letter.used_before, 0
    for visit in visits:
        placed = stands.get(visit.id)
        if (
            placed is None
            or placed.letter is None
            or placed.letter.id != letter.id
            or not _counted(placed, visit)
        ):
            continue
        if visit.state is State.DONE:
            used += 1
        elif visit.state in AHEAD:
            planned += 1
    left = None if letter.max_visits is None else max(0, letter.max_visits - used)
    return Usage(used, planned, left)


def _counted(placed: Stand, visit: Visit) -> bool:
    uncounted = {"E-LMN-FUTURE", "E-LMN-EXPIRED", "E-DX"}
    return not visit.returned and visit.purpose is not Purpose.RELAXATION and not placed.bars & uncounted
