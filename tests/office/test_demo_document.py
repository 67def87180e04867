"""The made-up practice: a whole document, the same each time, with everything in it that a practice meets."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from clinic.exchange import portable
from clinic.exchange.cases import case_of
from clinic.exchange.catalogue import rule_book
from clinic.office.demo import build
from clinic.office.demo.catalogue import listed
from clinic.rules.calendar import WEEKDAYS
from clinic.rules.contraindications import judge
from clinic.values import HOLDING, LetterKind, LineKind, Method, Purpose, Role, State, Technique

TODAY = date(2026, 11, 23)
NOW = datetime.combine(TODAY, time(14, 10))
Item = dict[str, Any]


@cache
def the_demo() -> Item:
    return build(NOW, years=2, clients=120, seed=1)


def checked(document: Item) -> None:
    """Take it through the door every stranger's file comes in by."""
    portable.check(portable.parse(json.dumps(document).encode()))


def by_id(items: list[Item]) -> dict[str, Item]:
    return {item["id"]: item for item in items}


def lines(document: Item) -> list[Item]:
    return [line for invoice in document["invoices"] for line in invoice["lines"]]


def letter_of(given: str) -> list[Item]:
    """Letters of a named client, clearances aside, the oldest first."""
    (client,) = (one["id"] for one in the_demo()["clients"] if one["given_name"] == given)
    letters = [one for one in the_demo()["letters"] if one["client"] == client]
    return [one for one in letters if one["kind"] != LetterKind.CLEARANCE]


def test_the_document_is_a_portable_practice() -> None:
    checked(the_demo())


@pytest.mark.parametrize(
    ("today", "years", "clients"),
    [
        (date(2026, 11, 23), 1, 1),
        (date(2024, 2, 29), 1, 12),
        (date(2028, 2, 29), 4, 30),
        (date(2026, 3, 8), 1, 60),  # the clocks go forward
        (date(2026, 11, 1), 1, 60),  # and back
        (date(2026, 1, 1), 1, 60),
        (date(2026, 12, 25), 2, 60),
    ],
)
def test_any_day_and_any_size_make_a_practice(today: date, years: int, clients: int) -> None:
    document = build(datetime.combine(today, NOW.time()), years, clients, seed=3)
    checked(document)
    assert len(document["clients"]) == clients
    assert any(visit["at"] < str(today) for visit in document["appointments"])


def test_a_clinic_of_thousands_has_twelve_therapists() -> None:
    document = build(NOW, years=1, clients=2001, seed=1)
    checked(document)
    treating = {visit["staff"] for visit in document["appointments"]}
    assert len(treating) == 12


def test_the_same_seed_makes_the_same_practice() -> None:
    assert json.dumps(build(NOW, 2, 120, 1)) == json.dumps(the_demo())


def test_another_seed_makes_another_practice() -> None:
    assert build(NOW, 1, 20, seed=1)["appointments"] != build(NOW, 1, 20, seed=2)["appointments"]


def test_it_spans_the_years_asked_for_and_six_weeks_to_come() -> None:
    days = sorted(visit["at"][:10] for visit in the_demo()["appointments"])
    assert str(TODAY.replace(year=2024)) <= days[0] < str(TODAY.replace(year=2024) + timedelta(days=14))
    assert str(TODAY + timedelta(weeks=5)) < days[-1] <= str(TODAY + timedelta(weeks=6))


def test_nobody_is_in_two_places_at_once() -> None:
    """A plain oracle beside the check of the post room: buffers included, by therapist and by room."""
    treatments = by_id(the_demo()["treatments"])
    held = defaultdict(list)
    for visit in the_demo()["appointments"]:
        if visit["state"] not in HOLDING:
            continue
        at, treatment = datetime.fromisoformat(visit["at"]), treatments[visit["treatment"]]
        begins = at - timedelta(minutes=treatment.get("buffer_before", 0))
        ends = at + timedelta(minutes=visit["minutes"] + treatment.get("buffer_after", 0))
        held[visit["staff"]].append((begins, ends))
        held[visit["room"]].append((begins, ends))
    assert len(held) == 6
    for spans in held.values():
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(spans)))


def test_everybody_works_in_their_own_hours() -> None:
    hours = {person["id"]: person.get("hours", {}) for person in the_demo()["staff"]}
    for visit in the_demo()["appointments"]:
        at = datetime.fromisoformat(visit["at"])
        begins, ends = f"{at:%H:%M}", f"{at + timedelta(minutes=visit['minutes']):%H:%M}"
        today = hours[visit["staff"]].get(WEEKDAYS[at.weekday()], [])
        assert any(opens <= begins and ends <= closes for opens, closes in today)


def test_every_state_is_there_and_most_visits_took_place() -> None:
    states = Counter(visit["state"] for visit in the_demo()["appointments"])
    assert set(states) == {state.value for state in State}
    assert states["done"] > 0.8 * states.total()


@pytest.mark.parametrize("weekday", range(7))
def test_today_is_lively_on_any_day_of_the_week(weekday: int) -> None:
    today = TODAY + timedelta(days=weekday)
    document = build(datetime.combine(today, NOW.time()), 1, 120, seed=1)
    states = Counter(visit["state"] for visit in document["appointments"] if visit["at"][:10] == str(today))
    assert states.total() >= 3
    assert states["done"] + states["in_treatment"] >= 1


def test_what_is_past_is_settled_and_what_is_to_come_is_open() -> None:
    for visit in the_demo()["appointments"]:
        if visit["at"][:10] < str(TODAY):
            assert visit["state"] not in {"tentative", "confirmed", "arrived", "in_treatment"}
        if visit["at"][:10] > str(TODAY):
            assert visit["state"] in {"tentative", "confirmed", "cancelled"}


def test_every_role_works_here_and_the_owner_comes_first() -> None:
    staff = the_demo()["staff"]
    assert (staff[0]["id"], staff[0]["role"]) == ("owner", "owner")
    assert {person["role"] for person in staff} == {role.value for role in Role}
    assert any(visit["staff"] == "owner" for visit in the_demo()["appointments"])
    assert sum(person.get("prenatal_certified", False) for person in staff) == 1


def test_one_certificate_runs_out_within_a_month() -> None:
    ends = [person["certificate"]["expires"] for person in the_demo()["staff"] if "certificate" in person]
    assert sum(str(TODAY) < day <= str(TODAY + timedelta(days=31)) for day in ends) == 1


def test_all_techniques_and_purposes_are_offered() -> None:
    treatments = the_demo()["treatments"]
    assert {one["technique"] for one in treatments} == {technique.value for technique in Technique}
    assert {one["purpose"] for one in treatments} == {purpose.value for purpose in Purpose}
    assert any(not one.get("active", True) for one in treatments)


def test_names_come_from_more_than_ten_scripts() -> None:
    letters = "".join(
        one["given_name"] + one["family_name"] + one.get("preferred_name", "")
        for one in the_demo()["clients"]
    )
    scripts = {unicodedata.name(letter).split()[0] for letter in letters if letter.isalpha()}
    assert len(scripts & SCRIPTS) >= 10, scripts
    assert {"O'Neil", "Suryani", "Brandt-Oyelaran"} <= {one["family_name"] for one in the_demo()["clients"]}
    assert "ʻ" in letters


SCRIPTS = frozenset(
    (
        *("LATIN", "CJK", "HANGUL", "HIRAGANA", "KATAKANA", "ARABIC", "HEBREW", "CYRILLIC", "GREEK"),
        *("DEVANAGARI", "THAI", "ARMENIAN", "GEORGIAN", "ETHIOPIC", "TAMIL", "BENGALI", "GURMUKHI"),
    ),
)


def test_nobody_can_be_reached() -> None:
    for client in the_demo()["clients"]:
        assert " 555-01" in client["phone"]
        assert client.get("email", ".example").endswith(".example")


def test_people_have_guardians_plans_accounts_and_allergies() -> None:
    clients = the_demo()["clients"]
    minors = [one for one in clients if "guardian" in one]
    assert [("consent_on" in one["guardian"]) for one in minors] == [True, False]
    assert {one["payer"]["plan_type"] for one in clients if "payer" in one} >= {"HMO", "PPO", "MEDICARE"}
    kinds = {account["kind"] for one in clients for account in one.get("accounts", ())}
    assert kinds == {"HSA", "FSA", "HRA", "LPFSA"}
    assert any("allergies" in one for one in clients)
    assert [one["relations"] for one in clients if "relations" in one] == [
        [{"staff": "s-rivera", "relation": "spouse"}]
    ]


def outcome_of(client: Item) -> str:
    """Ask the rules about the newest answers of a client, for this afternoon."""
    full = [s for s in the_demo()["screenings"] if s["client"] == client["id"] and s["kind"] == "full"][-1]
    case: Item = {
        "moment": "booking",
        "at": f"{TODAY}T17:00",
        "client": {"born": client["born"], "guardian_consent": "consent_on" in client.get("guardian", {})},
        "staff": {"prenatal_certified": True},
        "request": {"technique": "PN" if full["answers"]["F01"] == "yes" else "TH", "minutes": 60},
        "full": {key: full[key] for key in ("answered_at", "answers")},
        "clearances": [
            one
            for one in the_demo()["letters"]
            if one["client"] == client["id"] and one["kind"] == LetterKind.CLEARANCE
        ],
    }
    return judge(case_of(case), rule_book()).severity.name


def test_every_story_comes_to_the_severity_it_claims() -> None:
    claimed = {story["name"]: story["severity"] for story in listed("health")["stories"]}
    named = listed("people")["clients"]
    adults = [
        (client, person)
        for client, person in zip(the_demo()["clients"], named, strict=False)
        if person["age"] >= 18
    ]
    told = {person["given"]: claimed[person.get("story", "clear")] for _, person in adults}
    assert {person["given"]: outcome_of(client) for client, person in adults} == told


def test_flags_of_every_severity_and_stale_and_open_answers_are_there() -> None:
    outcomes = Counter(outcome_of(client) for client in the_demo()["clients"])
    assert set(outcomes) == {"S0", "S1", "S2", "S3", "S4", "S5"}
    assert outcomes["S0"] == max(outcomes.values())


def test_quick_checks_were_filled_in_on_the_day() -> None:
    days = {(visit["client"], visit["at"][:10]) for visit in the_demo()["appointments"]}
    quick = [one for one in the_demo()["screenings"] if one["kind"] == "quick"]
    assert quick
    assert all((one["client"], one["answered_at"][:10]) in days for one in quick)


def test_nothing_was_answered_paid_or_signed_after_today() -> None:
    document, end = the_demo(), f"{TODAY}T14:10"
    assert max(one["answered_at"] for one in document["screenings"]) <= end
    assert max(one["paid_on"] for one in document["payments"]) <= str(TODAY)
    assert max(one["refunded_on"] for one in document["refunds"]) <= str(TODAY)
    assert max(one["issued_on"] for one in document["invoices"]) <= str(TODAY)
    assert max(one.get("signed_at", "") for one in document["notes"]) <= f"{TODAY}T22:10:00Z"


def test_letters_of_every_kind_and_by_every_signer_are_on_file() -> None:
    letters = the_demo()["letters"]
    assert {one["kind"] for one in letters} == {kind.value for kind in LetterKind}
    credentials = {one["signer"]["credential"] for one in letters if "signer" in one}
    assert credentials >= {"MD", "DO", "NP", "PA-C", "DC", "DPT", "CMT"}


def test_letters_are_valid_expiring_expired_and_used_up() -> None:
    day, soon = str(TODAY), str(TODAY + timedelta(days=35))
    assert letter_of("Nadia")[-1]["ends_on"] > soon
    assert day <= letter_of("Γεωργία")[-1]["ends_on"] <= soon
    assert letter_of("Marta")[-1]["ends_on"] < day
    used_up = letter_of("Ibrahim")[-1]
    done = [
        visit
        for visit in the_demo()["appointments"]
        if visit["client"] == used_up["client"]
        and visit["state"] == State.DONE
        and used_up["signed_on"] <= visit["at"][:10] <= used_up["ends_on"]
        and visit["treatment"] != "t-relaxation-60"
    ]
    assert done
    assert used_up["max_visits"] == len(done) + used_up["used_before"]


def test_letters_lack_what_letters_lack() -> None:
    assert not letter_of("Thandi")[-1]["signed"]
    assert "diagnoses" not in letter_of("Zeynep")[-1]
    assert letter_of("Anneliese")[-1]["lifetime"]
    assert letter_of("Keʻalohi")[-1]["source"] == "online_questionnaire"
    assert "exam_on" not in letter_of("Keʻalohi")[-1]
    assert letter_of("Rosa")[-1]["patient_name"] == "Evelyn Marsh"
    assert "revoked_on" in letter_of("Inês")[-1]
    assert letter_of("Թամար")[-1]["signer"]["relation"] == "spouse"
    assert {one["kind"] for one in letter_of("怡君")} == {"lmn", "referral", "authorisation"}


def test_most_visits_have_a_note_and_a_few_wait_for_a_signature() -> None:
    done = sum(visit["state"] == State.DONE for visit in the_demo()["appointments"])
    notes = the_demo()["notes"]
    unsigned = sum("signed_at" not in note for note in notes)
    assert 0.9 * done < len(notes) < done
    assert 0 < unsigned < 0.05 * len(notes)
    assert any("addenda" in note for note in notes)


def test_pain_falls_over_time() -> None:
    pain = defaultdict(list)
    visits = by_id(the_demo()["appointments"])
    for note in the_demo()["notes"]:
        pain[visits[note["appointment"]]["client"]].append(note["measures"][0]["value"])
    regulars = [values for values in pain.values() if len(values) >= 12]
    assert regulars
    assert all(sum(values[:4]) > sum(values[-4:]) for values in regulars)


def test_notes_say_many_different_things() -> None:
    said = Counter(note["soap"]["s"] for note in the_demo()["notes"])
    assert max(said.values()) < len(the_demo()["notes"]) / 50


def test_everything_is_sold() -> None:
    assert {line["kind"] for line in lines(the_demo())} == {kind.value for kind in LineKind}
    assert any(line.get("discount_cents") for line in lines(the_demo()))
    assert any(line.get("tax_cents") for line in lines(the_demo()) if line["kind"] == LineKind.PRODUCT)
    fees = {line["text"] for line in lines(the_demo()) if line["kind"] == LineKind.FEE}
    assert len(fees) == 2


def test_people_pay_by_every_method_and_some_by_two() -> None:
    payments = the_demo()["payments"]
    assert {one["method"] for one in payments} == {method.value for method in Method}
    whose = {line["id"]: invoice["id"] for invoice in the_demo()["invoices"] for line in invoice["lines"]}
    methods = defaultdict(set)
    for payment in payments:
        for share in payment.get("allocations", ()):
            methods[whose[share["line"]]].add(payment["method"])
    pairs = {frozenset(used) for used in methods.values() if len(used) > 1}
    assert {frozenset({"hsa_card", "cash"}), frozenset({"card", "insurer"})} <= pairs
    assert any("allocations" not in payment for payment in payments)


def test_december_is_paid_in_january_and_some_bills_stay_open() -> None:
    document = the_demo()
    paid, late = Counter[str](), 0
    issued = {line["id"]: invoice for invoice in document["invoices"] for line in invoice["lines"]}
    for payment in document["payments"]:
        for share in payment.get("allocations", ()):
            paid[share["line"]] += share["amount_cents"]
            invoice = issued[share["line"]]
            late += invoice["issued_on"][5:7] == "12" and payment["paid_on"][:4] > invoice["issued_on"][:4]
    assert late > 0
    saying = {payment["client"] for payment in document["payments"] if "allocations" not in payment}
    unpaid = [
        line["id"]
        for line in lines(document)
        if line["kind"] == LineKind.TREATMENT
        and not paid[line["id"]]
        and "void" not in issued[line["id"]]
        and issued[line["id"]]["client"] not in saying
    ]
    assert 0 < len(unpaid) < 0.1 * len(issued)


def test_bundles_and_gifts_are_partly_used() -> None:
    document = the_demo()
    uses = Counter(line["bundle"] for line in lines(document) if line["kind"] == LineKind.BUNDLE_USE)
    assert any(0 < uses[one["id"]] < one["visits"] for one in document["bundles"])
    assert any(uses[one["id"]] == one["visits"] for one in document["bundles"])
    for bundle in document["bundles"]:
        shares = [line["price_cents"] for line in lines(document) if line.get("bundle") == bundle["id"]]
        assert sum(shares) <= bundle["price_cents"]
        assert len(shares) < bundle["visits"] or sum(shares) == bundle["price_cents"]
    spent = Counter[str]()
    for payment in document["payments"]:
        spent[payment.get("gift", "")] += payment["amount_cents"]
    left = [one["amount_cents"] - spent[one["id"]] for one in document["gifts"]]
    assert min(left) == 0
    assert any(one["amount_cents"] > rest > 0 for one, rest in zip(document["gifts"], left, strict=True))


def test_something_was_voided_and_something_paid_back_in_another_year() -> None:
    document = the_demo()
    assert any("void" in invoice for invoice in document["invoices"])
    payments = by_id(document["payments"])
    years = [(payments[one["payment"]]["paid_on"][:4], one["refunded_on"][:4]) for one in document["refunds"]]
    assert any(paid == back for paid, back in years)
    assert any(paid < back for paid, back in years)


def test_the_import_gives_out_the_numbers() -> None:
    assert not any(
        "number" in one for name in ("invoices", "payments", "refunds") for one in the_demo()[name]
    )
