"""Body maps and more in the notes, drafts of them, phrases, plans, and an index of all they say."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSONS = ("marks", "treated", "products")
TEXTS = ("position", "reaction", "home_advice", "next_visit")
LOCKED_BEFORE = (
    "appointment",
    "written_by",
    "signed_at",
    "soap",
    "areas",
    "techniques",
    "pressure",
    "measures",
)
LOCKED = (*LOCKED_BEFORE, *JSONS, *TEXTS)
NOTE_IS_SIGNED = "SELECT RAISE(ABORT, 'note_is_signed');"
ADDENDA = """
    SELECT RAISE(ABORT, 'note_is_signed') WHERE EXISTS (
        SELECT 1 FROM json_each(coalesce(OLD.addenda, '[]')) AS before
        WHERE before.value IS NOT (
            SELECT after.value FROM json_each(coalesce(NEW.addenda, '[]')) AS after
            WHERE after.key = before.key));
"""

# As with the clients' index: rows of its own, found again by the note's id, and secure-delete, so that a word taken
# out of a note leaves no trace.
INDEX = """
    CREATE VIRTUAL TABLE note_search USING fts5 (
        words, note, writer, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4')
"""
FORGET = """
    DELETE FROM note_search WHERE rowid IN (
        SELECT rowid FROM note_search
        WHERE note_search MATCH 'note : "' || replace(OLD.id, '"', '""') || '"' AND note = OLD.id);
"""
LEARN = """
    INSERT INTO note_search (words, note, writer) VALUES (NEW.search_text, NEW.id, NEW.written_by);
"""
HAS_WORDS = "NEW.search_text IS NOT NULL"
LISTENERS = {
    "note_search_added": (f"INSERT ON notes WHEN {HAS_WORDS}", LEARN),
    "note_search_changed": (
        "UPDATE OF search_text ON notes WHEN OLD.search_text IS NOT NEW.search_text",
        FORGET + LEARN,
    ),
    "note_search_removed": ("DELETE ON notes", FORGET),
}
SOAP = " || ' ' || ".join(f"coalesce(json_extract(soap, '$.{part}'), '')" for part in "soap")


def signed(columns: tuple[str, ...]) -> str:
    """Write the guard that keeps a signed note as it is."""
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
    return (
        f"CREATE TRIGGER notes_signed BEFORE UPDATE ON notes WHEN OLD.signed_at IS NOT NULL AND ({changed}) "
        f"BEGIN {NOTE_IS_SIGNED} END"
    )


def upgrade() -> None:
    op.execute("DROP TRIGGER notes_signed")
    for name in JSONS:
        op.add_column("notes", sa.Column(name, sa.JSON(), nullable=True))
    for name in (*TEXTS, "search_text"):
        op.add_column("notes", sa.Column(name, sa.String(), nullable=True))
    drafts_and_phrases()
    plans()
    op.execute(INDEX)
    op.execute("INSERT INTO note_search (note_search, rank) VALUES ('secure-delete', 1)")
    for name, (when, then) in LISTENERS.items():
        op.execute(f"CREATE TRIGGER {name} AFTER {when} BEGIN {then} END")
    op.execute(f"UPDATE notes SET search_text = lower({SOAP})")  # noqa: S608 - words of this file
    op.execute(signed(LOCKED))
    op.execute(
        "CREATE TRIGGER notes_addenda_only BEFORE UPDATE OF addenda ON notes WHEN OLD.signed_at IS NOT NULL "
        f"BEGIN {ADDENDA} END"
    )


def downgrade() -> None:
    for name in ("notes_signed", "notes_addenda_only", *LISTENERS):
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("note_search")
    for table in ("plans", "phrases", "note_drafts"):
        op.drop_table(table)
    for name in (*JSONS, *TEXTS, "search_text"):
        op.drop_column("notes", name)
    op.execute(signed(LOCKED_BEFORE))


def drafts_and_phrases() -> None:
    op.create_table(
        "note_drafts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("appointment", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("saved_at", sa.String(27), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment"],
            ["appointments.id"],
            name="fk_note_drafts_appointment_appointments",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["staff.id"], name="fk_note_drafts_written_by_staff", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_note_drafts"),
        sa.UniqueConstraint("appointment", "written_by", name="uq_note_drafts_appointment_written_by"),
    )
    op.create_table(
        "phrases",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name="fk_phrases_staff_staff", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_phrases"),
    )
    op.create_index("ix_phrases_staff", "phrases", ["staff"])


def plans() -> None:
    def refers(column: str, table: str) -> sa.ForeignKeyConstraint:
        return sa.ForeignKeyConstraint(
            [column], [f"{table}.id"], name=f"fk_plans_{column}_{table}", ondelete="RESTRICT"
        )

    op.create_table(
        "plans",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=True),
        sa.Column("treatment", sa.String(), nullable=True),
        sa.Column("condition", sa.String(), nullable=True),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("review_every", sa.Integer(), nullable=True),
        sa.Column("pt_days", sa.JSON(), nullable=True),
        sa.Column("pt_side", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("visits BETWEEN 1 AND 200", name="ck_plans_visits"),
        sa.CheckConstraint("times BETWEEN 1 AND 7 AND weeks BETWEEN 1 AND 26", name="ck_plans_rhythm"),
        sa.CheckConstraint("minutes BETWEEN 5 AND 240", name="ck_plans_minutes"),
        refers("client", "clients"),
        refers("written_by", "staff"),
        refers("letter", "letters"),
        refers("treatment", "treatments"),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
    )
    op.create_index("ix_plans_client", "plans", ["client"])
