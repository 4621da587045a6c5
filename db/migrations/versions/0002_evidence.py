"""沿革, scales, debarments, earlier batches, staff, topics, letters to departments, guides, what senders taught us."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _record() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.String(length=32), nullable=False),
    )


def upgrade() -> None:
    _add_columns()
    _add_tables()
    _add_indexes()


def _add_columns() -> None:
    """Nullable, so that SQLite adds them in place: None says that nobody said."""
    for table, column in (
        ("appraisal", sa.Column("subject", sa.String(length=24))),
        ("appraisal", sa.Column("secretary", sa.String())),
        ("appraisal", sa.Column("maximum", sa.Integer())),
        ("appraisal", sa.Column("items", sa.JSON(none_as_null=True))),
        ("appraisal", sa.Column("held_on", sa.String(length=10))),
        ("appraisal", sa.Column("reported", sa.Boolean())),
        ("branch", sa.Column("planned_reason", sa.String(length=24))),
        ("confirmation", sa.Column("approver", sa.String())),
        ("incident", sa.Column("recorded_by", sa.String())),
        ("intake_file", sa.Column("sender", sa.String())),
        ("intake_file", sa.Column("subject", sa.String())),
        ("intake_file", sa.Column("origin", sa.String())),
        ("post", sa.Column("double_leader", sa.Boolean())),
        ("printed", sa.Column("content", sa.JSON(none_as_null=True))),
    ):
        op.add_column(table, column)
    # alembic would add the constraint by itself, which SQLite cannot
    op.execute(
        "ALTER TABLE intake_file ADD COLUMN unit_id VARCHAR(32) "
        "CONSTRAINT fk_intake_file_unit_id_unit REFERENCES unit (id)"
    )
    op.create_index(op.f("ix_intake_file_unit_id"), "intake_file", ["unit_id"], unique=False)


def _add_tables() -> None:
    op.create_table(
        "appraisal_scale",
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=True),
        sa.Column("bands", sa.JSON(), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        *_record(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_scale")),
        sa.UniqueConstraint("kind", "year", name=op.f("uq_appraisal_scale_kind_year")),
    )
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        *_record(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("day", name=op.f("uq_calendar_day_day")),
    )
    op.create_table(
        "learned_mapping",
        sa.Column("layout", sa.String(length=64), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("list_key", sa.String(length=32), nullable=False),
        sa.Column("header_row", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        *_record(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_mapping")),
        sa.UniqueConstraint("layout", "sender", name=op.f("uq_learned_mapping_layout_sender")),
    )
    op.create_table(
        "lineage_event",
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("occurred", sa.String(length=10), nullable=False),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        *_record(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lineage_event")),
    )
    op.create_table(
        "office_fact",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        *_record(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_fact")),
        sa.UniqueConstraint("key", name=op.f("uq_office_fact_key")),
    )
    op.create_table(
        "exemption",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_exemption_round_id_round")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_exemption_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption")),
        sa.UniqueConstraint(
            "round_id", "unit_id", "category", name=op.f("uq_exemption_round_id_unit_id_category")
        ),
    )
    op.create_index(op.f("ix_exemption_unit_id"), "exemption", ["unit_id"], unique=False)
    op.create_table(
        "quota_grant",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_quota_grant_round_id_round")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_quota_grant_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_grant")),
        sa.UniqueConstraint(
            "round_id", "unit_id", "category", name=op.f("uq_quota_grant_round_id_unit_id_category")
        ),
    )
    op.create_index(op.f("ix_quota_grant_unit_id"), "quota_grant", ["unit_id"], unique=False)
    op.create_table(
        "inquiry",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("issued", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_inquiry_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
    )
    op.create_index(op.f("ix_inquiry_round_id"), "inquiry", ["round_id"], unique=False)
    op.create_table(
        "learned_answer",
        sa.Column("list_key", sa.String(length=32), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("sender_unit_id", sa.String(length=32), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(
            ["sender_unit_id"], ["unit.id"], name=op.f("fk_learned_answer_sender_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_answer")),
    )
    op.create_index(
        op.f("ix_learned_answer_list_key_field_text"),
        "learned_answer",
        ["list_key", "field", "text"],
        unique=False,
    )
    op.create_index(
        op.f("ix_learned_answer_sender_unit_id"), "learned_answer", ["sender_unit_id"], unique=False
    )
    op.create_table(
        "staffing",
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("required", sa.Integer(), nullable=True),
        sa.Column("actual", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_staffing_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staffing")),
        sa.UniqueConstraint("unit_id", "year", "role", name=op.f("uq_staffing_unit_id_year_role")),
    )
    op.create_table(
        "debarment",
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        sa.Column("since", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_debarment_branch_id_branch")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_debarment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debarment")),
    )
    op.create_index(op.f("ix_debarment_branch_id"), "debarment", ["branch_id"], unique=False)
    op.create_index(op.f("ix_debarment_unit_id"), "debarment", ["unit_id"], unique=False)
    op.create_table(
        "earlier_result",
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        sa.Column("result", sa.String(length=24), nullable=False),
        sa.Column("decided", sa.String(length=10), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name=op.f("fk_earlier_result_branch_id_branch")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_earlier_result_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_result")),
    )
    op.create_index(op.f("ix_earlier_result_unit_id"), "earlier_result", ["unit_id"], unique=False)
    op.create_index(
        "uq_earlier_result_branch", "earlier_result", ["branch_id", "batch", "level", "category"], unique=True
    )
    op.create_index(
        "uq_earlier_result_unit",
        "earlier_result",
        ["unit_id", "batch", "level", "category"],
        unique=True,
        sqlite_where=sa.text("branch_id IS NULL"),
    )
    op.create_table(
        "growth",
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_growth_branch_id_branch")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_growth_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_growth")),
    )
    op.create_index(op.f("ix_growth_unit_id"), "growth", ["unit_id"], unique=False)
    op.create_index("uq_growth_branch", "growth", ["branch_id", "year", "measure"], unique=True)
    op.create_index(
        "uq_growth_unit",
        "growth",
        ["unit_id", "year", "measure"],
        unique=True,
        sqlite_where=sa.text("branch_id IS NULL"),
    )
    op.create_table(
        "lineage_part",
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        sa.Column("unit_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit_name", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_lineage_part_branch_id_branch")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["lineage_event.id"], name=op.f("fk_lineage_part_event_id_lineage_event")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_lineage_part_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lineage_part")),
    )
    op.create_index(op.f("ix_lineage_part_branch_id"), "lineage_part", ["branch_id"], unique=False)
    op.create_index(op.f("ix_lineage_part_event_id_role"), "lineage_part", ["event_id", "role"], unique=False)
    op.create_index(op.f("ix_lineage_part_unit_id"), "lineage_part", ["unit_id"], unique=False)
    op.create_table(
        "topic",
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("leader", sa.String(), nullable=False),
        sa.Column("started", sa.String(length=10), nullable=True),
        sa.Column("ended", sa.String(length=10), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_topic_branch_id_branch")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_topic_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
    )
    op.create_index(op.f("ix_topic_branch_id"), "topic", ["branch_id"], unique=False)
    op.create_index(op.f("ix_topic_unit_id"), "topic", ["unit_id"], unique=False)
    op.create_table(
        "guide_answer",
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("guide", sa.String(length=64), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("occasion", sa.String(length=24), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_guide_answer_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_answer")),
        sa.UniqueConstraint(
            "application_id",
            "occasion",
            "guide",
            "item",
            name=op.f("uq_guide_answer_application_id_occasion_guide_item"),
        ),
    )
    op.create_table(
        "inquiry_reply",
        sa.Column("inquiry_id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.String(length=24), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        *_record(),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_inquiry_reply_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_inquiry_reply_inquiry_id_inquiry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_reply")),
        sa.UniqueConstraint(
            "inquiry_id", "application_id", name=op.f("uq_inquiry_reply_inquiry_id_application_id")
        ),
    )
    op.create_index(
        op.f("ix_inquiry_reply_application_id"), "inquiry_reply", ["application_id"], unique=False
    )
    op.create_table(
        "project_day",
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_day_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_day")),
        sa.UniqueConstraint("project_id", "key", name=op.f("uq_project_day_project_id_key")),
    )


def _add_indexes() -> None:
    """For the chips of 考核评价 and of the branches that stand, what a change of 60,000 rows touched, a unit's members."""
    op.create_index(op.f("ix_appraisal_year"), "appraisal", ["year"], unique=False)
    op.drop_index(op.f("ix_change_entry_change_id"), "change_entry")
    op.create_index(
        op.f("ix_change_entry_change_id_table_name"),
        "change_entry",
        ["change_id", "table_name"],
        unique=False,
    )
    op.drop_index(op.f("ix_branch_kind"), "branch")
    op.create_index(op.f("ix_branch_kind_dissolved"), "branch", ["kind", "dissolved"], unique=False)
    op.create_index(
        "ix_branch_members",
        "branch",
        ["unit_id", "dissolved", "full_members", "probationary_members"],
        unique=False,
    )
