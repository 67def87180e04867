"""Clinicians and what is asked of them, clients made one, and what a letter, a client and the practice gained."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PLAIN = (
    ("clients", sa.Column("household", sa.String(), nullable=True)),
    ("clients", sa.Column("hold", sa.JSON(), nullable=True)),
    ("staff", sa.Column("education", sa.JSON(), nullable=True)),
    ("practice", sa.Column("registrations", sa.JSON(), nullable=True)),
)


def key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="RESTRICT")


def upgrade() -> None:
    for table, column in PLAIN:
        op.add_column(table, column)
    # No guard stands on this table, so it may be made anew: a column that points needs that.
    with op.batch_alter_table("letters") as letters:
        letters.add_column(sa.Column("revoked_for", sa.String(), nullable=True))
        letters.add_column(sa.Column("superseded_by", sa.String(), nullable=True))
        letters.add_column(sa.Column("superseded_on", sa.Date(), nullable=True))
        letters.add_column(sa.Column("decision", sa.JSON(), nullable=True))
        letters.create_foreign_key(
            "fk_letters_superseded_by_letters", "letters", ["superseded_by"], ["id"], ondelete="RESTRICT"
        )
    there = sa.text("household IS NOT NULL")
    op.create_index("ix_clients_household", "clients", ["household"], sqlite_where=there)
    op.create_table(
        "clinicians",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("credential", sa.String(), nullable=True),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("npi", sa.String(), nullable=True),
        sa.Column("practice", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("fax", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("address", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_clinicians"),
    )
    op.create_index("ix_clinicians_name", "clinicians", ["name", "id"])
    op.create_table(
        "requests",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("clinician", sa.String(), nullable=True),
        sa.Column("letter", sa.String(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_by", sa.String(24), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("sent_on IS NULL OR sent_on >= made_on", name="ck_requests_sent"),
        sa.CheckConstraint("received_on IS NULL OR received_on >= made_on", name="ck_requests_received"),
        key("requests", "client", "clients"),
        key("requests", "clinician", "clinicians"),
        key("requests", "letter", "letters"),
        key("requests", "answer", "letters"),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
    )
    for name, columns in (
        ("client", ["client"]),
        ("open", ["received_on", "withdrawn_on"]),
        ("letter", ["letter"]),
        ("answer", ["answer"]),
        ("clinician", ["clinician"]),
    ):
        op.create_index(f"ix_requests_{name}", "requests", columns)
    op.create_table(
        "merges",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("gone", sa.String(), nullable=False),
        sa.Column("done_at", sa.String(27), nullable=False),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.String(27), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kept <> gone", name="ck_merges_two"),
        key("merges", "kept", "clients"),
        key("merges", "gone", "clients"),
        key("merges", "done_by", "staff"),
        sa.PrimaryKeyConstraint("id", name="pk_merges"),
    )
    for name in ("kept", "gone", "done_by"):
        op.create_index(f"ix_merges_{name}", "merges", [name])


def downgrade() -> None:
    for table in ("merges", "requests", "clinicians"):
        op.drop_table(table)
    op.drop_index("ix_clients_household", "clients")
    with op.batch_alter_table("letters") as letters:
        letters.drop_constraint("fk_letters_superseded_by_letters", type_="foreignkey")
        for name in ("decision", "superseded_on", "superseded_by", "revoked_for"):
            letters.drop_column(name)
    for table, column in reversed(PLAIN):
        op.drop_column(table, column.name)
