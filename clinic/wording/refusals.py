"""What a person reads when a rule, or the world, says no: what happened, where, and what to do."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from clinic.values import BlockKind, Span
from clinic.wording import _, bad_input, clock, day, openings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.values import Refusal, Trouble


def _sentences() -> Mapping[str, str]:
    """Every code's sentence, in the language spoken now; facts are filled in by name."""
    return {
        # rules
        "not_allowed": _("Your role does not allow this. Ask the owner of the practice."),
        "password_again": _("Give your password again first: this can't be done on an unattended screen."),
        "reason_missing": _("State the reason; it is kept with what you do."),
        "not_found": _("This is not, or no longer, in the practice file."),
        "operation_reused": _("This was sent once already, for something else. Start it again."),
        "changed_meanwhile": _("Somebody changed this while you were editing. Look at their version first."),
        "unknown_field": _("There is no field of this name."),
        "name_missing": _("A name is needed."),
        "out_of_range": _("Give a number from {least} to {most}."),
        "own_access": _("Nobody ends their own way in. Another owner can."),
        "unusable_characters": _("The text has characters that can't be kept. Type it again without them."),
        "too_long": _("The text is too long: {longest} characters at most."),
        "client_archived": _("This client's file is archived. Bring it back first."),
        "treatment_retired": _(
            "This treatment is no longer offered. Choose another, or bring it back first."
        ),
        "not_a_therapist": _("Only a therapist or the owner can give this visit."),
        "slot_taken": _("The time is taken, {when}."),
        "blocked": _("{who} can't be booked then. {why}: {when}."),
        "letter_ends_first": _("This letter ends before it begins or was signed. Look at its days again."),
        "diagnosis_not_yours": _("This paper names a diagnosis. Ask the owner or the therapist to print it."),
        "still_named": _("Something was entered here since. Take that back first."),
        "no_codes": _("There are no codes in this file. Choose the order file of a release of ICD-10-CM."),
        "no_code_line": _("Line {row} is no line of an ICD-10-CM order file. Nothing was taken from it."),
        "code_line_missing": _("Line {row} does not have its number: lines are missing. Nothing was taken."),
        "codes_incomplete": _(
            "{ended} codes would end with this file: it is not a whole release. Nothing was taken from it."
        ),
        "release_not_newer": _("A newer release was loaded already."),
        "receipt_names_letter": _(
            "Receipt {receipt} says under which letter this visit stood. Void it first, then choose."
        ),
        "letter_does_not_fit": _("This letter does not speak for the day of this visit."),
        "no_longer_waiting": _(
            "This client no longer waits: somebody booked them, or took them off the list."
        ),
        "no_series": _("A series has one to {most} visits, at most eight weeks apart."),
        "series_in_the_past": _("The first visit would be in the past. Choose a later day."),
        "days_the_wrong_way": _("The last day comes before the first, or years after it."),
        "period_backwards": _("The time ends before it begins. Choose a later last day."),
        "no_papers": _("There is no such paper of this time."),
        "discount_beyond_role": _("You can take {most} off at most. Ask the owner for more."),
        "discount_reason": _("Say why it is cheaper; it is kept with the line."),
        "rate_wrong": _("A sales tax lies between nothing and the whole price."),
        "bundle_not_shared": _("These prepaid visits are somebody else's, who does not share them."),
        "gift_not_in_cash": _(
            "{left} is left. Only a small rest is paid in cash: under $15, before April 2026 under $10."
        ),
        "deposit_needs_money": _("Say how much is left here, and how it is paid."),
        "year_not_known": _("The rates of {year} are not in this program."),
        "year_not_over": _("{year} is not over yet."),
        "year_not_closed": _("{year} is not closed."),
        "nothing_booked": _("No visit is booked ahead that could be estimated."),
        "password_short": _("Choose a password of at least {least} characters for the file."),
        "ends_before_it_begins": _("It ends before it begins. Choose a later end."),
        "repeats_unknown": _(
            "It can come back every so many days, weeks, months or years, and no other way."
        ),
        "repeats_never": _("It would never come back. Choose a later last day."),
        "too_long_to_repeat": _("What comes back is a day long at most. Enter a longer time once."),
        "one_or_the_other": _("A block is about a therapist or about a room. Enter two."),
        "has_left": _("This therapist no longer works here on that day. Choose somebody else."),
        "time_skipped": _("This time does not exist: the clocks skip it on that night. Choose another."),
        "wrong_state": _("The visit can't go from “{state}” to “{to}”."),
        "not_yet": _("The visit has not begun yet."),
        "nothing_answered": _("No question is answered yet."),
        "area_locked": _("This area stays locked: it needs the client's written consent and a referral."),
        "pages_missing": _("A page of the form is still to be filled in."),
        "signature_missing": _("The form is not signed yet."),
        "guardian_must_sign": _("A minor does not sign alone: a parent or guardian signs here."),
        "client_is_of_age": _("The client is of age and signs in person."),
        "consent_incomplete": _("Say what is released, to whom and why."),
        "referral_needed": _("Name the referral of a licensed health-care provider first."),
        "already_withdrawn": _("This consent was withdrawn before."),
        "sign_anew": _("A consent that was withdrawn earlier is given anew, with a signature."),
        "not_yet_answered": _("Answers can't be dated later than now."),
        # the rule book
        "rules_hold": _("The visit is on hold: the therapist must review it before anybody is treated."),
        "rules_refuse": _("Not on this day. {first_day}"),
        "rules_emergency": _(
            "Emergency: no visit. Call 911 now if somebody is in danger, or send the client to the emergency room."
        ),
        "quick_check_missing": _("The quick check of the day comes first. Without it nobody is treated."),
        "guardian_ages": _(
            "Who must be in the room must be on the premises too: choose the ages in that order."
        ),
        "modifications_open": _("Tick each modification first: this treatment is given adapted."),
        "therapist_begins": _("The therapist begins this visit: something is to be adapted, and ticked."),
        "override_not_allowed": _(
            "Your role can't go against this. A therapist or the owner may, but nobody against an emergency"
            " or contagion."
        ),
        "rule_guards_life": _("This rule can tell an emergency, so it stays on."),
        "not_tighter": _("A rule can only be raised, to ask first or to not on that day."),
        "nothing_to_clear": _("Nothing on file asks for a clearance now."),
        "nothing_received": _("No answer has come yet. Put the clearance on file first."),
        "override_unknown": _("Nothing of this name speaks against the visit."),
        "override_text_missing": _("Say in your own words why; it is kept with the visit."),
        "last_owner": _("The practice needs an owner: make somebody else one first."),
        "still_ahead": _("This day is still to come. Type today or an earlier day."),
        "not_later": _("A renewal is valid longer than what it renews. Type a later day."),
        "already_revoked": _("This letter was revoked before."),
        "same_client": _("This is one and the same file."),
        "client_on_hold": _("This file is on hold and stays as it is. Lift the hold first."),
        "file_is_kept": _("This file is kept: its time is not over, or something in it is still open."),
        "name_differs": _("This is not the name of the client. Type it as it stands at the top."),
        "merge_settled": _(
            "This can't be taken back any more: thirty days are over, or it was done already."
        ),
        "request_closed": _("This request is answered or called off already."),
        "before_made": _("This day is before the request was made."),
        "letter_missing": _("Choose the letter that is to be renewed."),
        "letter_cannot": _("This can't be done with a letter that stands as this one does."),
        "not_a_scan": _("This file is not a PDF, PNG or JPEG. Scan or save it as one of these."),
        "scan_too_large": _("The scan is too large. Scan it with fewer colours or dots per inch."),
        "password_too_short": _("Choose a password of at least {least} characters; six plain words do well."),
        "password_too_long": _("Choose a password of at most {most} characters."),
        "password_too_common": _("This password is on the lists that thieves try first. Choose another."),
        "password_text": _("The password has characters that can't be typed again. Choose another."),
        "recovery_key_mistyped": _("A letter of the recovery key is mistyped. Compare it with the paper."),
        "trail_is_final": _("The record of what was done can't be changed."),
        "tips_wrong": _("Give at most {most} whole per cents, such as 15, 18, 20."),
        "paper_is_final": _("What was issued stays as it is. Void it and issue another."),
        "clinical_word": _(
            "“{word}” says something about health. A message may be read by anybody; leave it out."
        ),
        "unknown_placeholder": _("Nothing is known under “{name}”. Use one of the names listed below."),
        "too_long_for_a_visit": _("It is longer than any visit."),
        "staff_missing": _("Say whose visits these are."),
        "bad_calendar": _("Line {row} of the calendar can't be read. Nothing was taken in."),
        "too_many_events": _("The calendar has more than {most} entries. Export a shorter time."),
        "not_a_list": _(
            "This is no list of people. Save it as CSV in the other program, and choose that file."
        ),
        "list_is_empty": _("There is nothing in this list."),
        "bad_row": _("Row {row} of the list can't be read. Nothing was taken in."),
        "no_name_column": _("No column of the list says who anybody is. Say which one holds the names."),
        "rows_refused": _(
            "{count} rows can't be clients. Nothing was taken in; mend them, or leave them out."
        ),
        "do_not_contact": _("This client asked not to be called or written to."),
        "no_address": _("There is no email address on file."),
        "no_phone": _("There is no phone number on file."),
        # money
        "amount_wrong": _("Give an amount in dollars and cents, more than nothing."),
        "nothing_to_charge": _("There is nothing on this invoice yet."),
        "patient_name_missing": _("A receipt needs the client's name. Add it first."),
        "paid_too_much": _("The payment is more than is owed."),
        "already_void": _("This receipt was voided before."),
        "refund_too_much": _("No more than was paid can be paid back."),
        "gift_unknown": _("There is no gift certificate with this code."),
        "gift_spent": _("The gift certificate has only {left} left."),
        "bundle_spent": _("All visits of this bundle are used."),
        "year_closed": _("The year is closed. Enter this in the open year."),
        "discount_too_large": _("The discount is more than the price."),
        "reason_for_notes": _(
            "Another therapist wrote this note. Say why you need it; the owner sees the reason."
        ),
        "not_your_visit": _("Only who gave the visit writes its note."),
        "note_is_signed": _("The note is signed and stays as it is. Add an addendum instead."),
        "note_is_empty": _("There is nothing written yet."),
        "not_signed_yet": _("The note is not signed yet: write into it instead."),
        "unknown_area": _("There is no area of this name on the body map."),
        "too_many_marks": _("There are too many marks on the body map: {most} at most."),
        "already_charged": _("This visit was charged before."),
        "gift_code_taken": _("There is a gift certificate with this code already."),
        "already_used": _("Something this receipt sold was used since. Pay back what is left instead."),
        "receipt_unknown": _("There is no receipt with this number."),
        "not_genuine": _("The code does not belong to this receipt: it is not genuine, or mistyped."),
        "set_of_all": _("The folder holds a set of all clients. Choose another folder for some of them."),
        "in_the_way": _(
            "A file of the same name that is not of the set lies in the folder. Choose another folder."
        ),
        "not_a_demo_folder": _("The folder holds other things than a demo. Choose an empty one."),
        "last_person": _("Somebody must be able to sign in: this is the last one."),
        # bad input
        # the world
        "no_practice": _("There is no practice file at this place."),
        "no_such_file": _("There is no such file or folder. Look at how its name is spelled."),
        "already_there": _("A file is there already. Choose another place or name."),
        "damaged_file": _("The practice file is damaged. Restore the last backup; the damaged file is kept."),
        "newer_file": _(
            "The file was written by a newer Effleurage. Update the program; nothing was changed."
        ),
        "in_use": _("The practice file is busy. Try again in a moment."),
        "disk_full": _("The disk is full. Free some space and try again; nothing was lost."),
        "disk_error": _(
            "The disk is full or reports an error. Free some space; copy your backups elsewhere."
        ),
        "no_permission": _("The file or its folder may not be opened by you. Check who owns them."),
        "read_only": _("The file or its folder can't be written to."),
        "synced_folder": _("A live practice file must not lie in a synced folder ({which}). Backups may."),
        "network_share": _("A live practice file must not lie on a network share ({which}). Backups may."),
        "old_library": _("The database library is too old ({found}; {needed} is needed). Install again."),
        "key_file_missing": _("The file with the keys (.keys) is missing beside the practice file."),
        "key_file_damaged": _("The file with the keys is damaged. Restore it from a backup."),
        "wrong_password": _("The password is wrong."),
        "unknown_person": _("Nobody of this name can sign in here."),
        "too_many_tries": _("Too many wrong passwords. Wait {seconds} seconds."),
        "wrong_recovery_key": _("This recovery key does not open this practice."),
        "damaged_backup": _("The backup is damaged. Choose an older one."),
        "stopped": _("Stopped. Nothing was left half done."),
        "other_practice": _("This backup is of another practice."),
        "locked": _("The practice is locked. Sign in again."),
        "who_is_it": _("Say who you are with --as: more than one person can sign in."),
        "migration_failed": _(
            "The file could not be brought up to date; it is as it was, with a backup beside it."
        ),
        "too_little_memory": _("There is too little memory to open the keys. Close other programs."),
        "catalogue_unreadable": _(
            "The rule book can't be read, so nothing is booked. Install the program again."
        ),
        "self_test_failed": _("The program's own check failed at: {check}. Install it again."),
        "password_unknown": _("Give the password by --password-file, CLINIC_PASSWORD or on a terminal."),
    }


def sentence(error: Refusal | Trouble) -> str:
    """Say in words what a refusal or trouble means; a code without words of its own is named as it is."""
    facts: dict[str, object] = dict(error.facts)
    start, end = facts.get("start"), facts.get("end")
    if error.code == "blocked" and isinstance(start, datetime) and isinstance(end, datetime):
        whose = {"staff": _("The therapist"), "room": _("The room")}
        facts["who"] = whose.get(str(facts.get("by")), _("The practice"))
        facts["why"] = openings.kind(BlockKind(str(facts["kind"])))
        facts["when"] = openings.when(Span(start, end))
    elif isinstance(start, datetime) and isinstance(end, datetime):
        facts["when"] = _("{day}, {start} to {end}").format(
            day=day(start.date()), start=clock(start), end=clock(end)
        )
    else:
        facts.setdefault("when", _("by somebody else just now"))
    facts.setdefault("first_day", _first_day(facts.get("first")))
    told = _sentences().get(error.code) or bad_input.sentences().get(error.code)
    if error.code == "out_of_range" and "least" not in facts:  # a file's schema does not hand its bounds on
        told = bad_input.sentences()[error.code]
    if told is None:
        return _("This was refused ({code}).").format(code=error.code)
    return told.format_map(_Known(facts))


def _first_day(first: object) -> str:
    """Say from when on it can be, where the rules can tell."""
    if isinstance(first, datetime):
        return _("The first possible time is {day} at {time}.").format(
            day=day(first.date()), time=clock(first)
        )
    if isinstance(first, date):
        return _("The first possible day is {day}.").format(day=day(first))
    return _("Ask again once it is over.")


class _Known(dict[str, object]):
    """Facts for a sentence; what is not known is left out instead of failing."""

    def __missing__(self, name: str) -> str:
        return "?"
