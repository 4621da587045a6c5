"""The first store: registry, evidence, rounds, the journal and the search index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _record() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.String(length=32), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("pc", sa.String(), nullable=False),
        sa.Column("door", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("undoes", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_change")),
        sa.UniqueConstraint("id", name=op.f("uq_change_id")),
    )
    op.create_table(
        "intake_file",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("list_key", sa.String(length=32), nullable=False),
        sa.Column("applied_at", sa.DateTime(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        *_record(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_file")),
    )
    op.create_index(op.f("ix_intake_file_sha256"), "intake_file", ["sha256"], unique=False)
    op.create_table(
        "round",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("preset", sa.String(length=64), nullable=False),
        *_record(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("name", name=op.f("uq_round_name")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "unit",
        sa.Column("order_no", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("parent_id", sa.String(length=32), nullable=True),
        sa.Column("founded", sa.String(length=10), nullable=True),
        sa.Column("dissolved", sa.String(length=10), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_name")),
    )
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"], unique=False)
    op.create_index(op.f("ix_unit_sort_key"), "unit", ["sort_key"], unique=False)
    op.create_table(
        "branch",
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("founded", sa.String(length=10), nullable=True),
        sa.Column("dissolved", sa.String(length=10), nullable=True),
        sa.Column("full_members", sa.Integer(), nullable=True),
        sa.Column("probationary_members", sa.Integer(), nullable=True),
        sa.Column("members_on", sa.String(length=10), nullable=True),
        sa.Column("planned_end", sa.String(length=10), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_branch_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch")),
        sa.UniqueConstraint("code", name=op.f("uq_branch_code")),
    )
    op.create_index(op.f("ix_branch_kind"), "branch", ["kind"], unique=False)
    op.create_index(op.f("ix_branch_sort_key"), "branch", ["sort_key"], unique=False)
    op.create_index(op.f("ix_branch_unit_id_name"), "branch", ["unit_id", "name"], unique=True)
    op.create_table(
        "change_entry",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("change_id", sa.String(length=32), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(length=32), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_change_entry_change_id_change")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_change_entry")),
    )
    op.create_index(op.f("ix_change_entry_change_id"), "change_entry", ["change_id"], unique=False)
    op.create_index(
        op.f("ix_change_entry_table_name_row_id"), "change_entry", ["table_name", "row_id"], unique=False
    )
    op.create_table(
        "person",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_person_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_name"), "person", ["name"], unique=False)
    op.create_index(op.f("ix_person_unit_id"), "person", ["unit_id"], unique=False)
    op.create_table(
        "public_notice",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("contacts", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_public_notice_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_notice")),
    )
    op.create_index(op.f("ix_public_notice_round_id"), "public_notice", ["round_id"], unique=False)
    op.create_table(
        "rule_version",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("toml", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_rule_version_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_version")),
        sa.UniqueConstraint("round_id", "n", name=op.f("uq_rule_version_round_id_n")),
    )
    op.create_table(
        "alias",
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=True),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        *_record(),
        sa.CheckConstraint("(unit_id IS NULL) <> (branch_id IS NULL)", name=op.f("ck_alias_one_body")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_alias_branch_id_branch")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_alias_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alias")),
    )
    op.create_index(op.f("ix_alias_branch_id"), "alias", ["branch_id"], unique=False)
    op.create_index(op.f("ix_alias_text"), "alias", ["text"], unique=False)
    op.create_index(op.f("ix_alias_unit_id"), "alias", ["unit_id"], unique=False)
    op.create_table(
        "application",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        sa.Column("preference", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("contact_id", sa.String(length=32), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("state_reason", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_application_branch_id_branch")),
        sa.ForeignKeyConstraint(["contact_id"], ["person.id"], name=op.f("fk_application_contact_id_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_application_round_id_round")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_application_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint(
            "round_id",
            "category",
            "unit_id",
            "branch_id",
            name=op.f("uq_application_round_id_category_unit_id_branch_id"),
        ),
    )
    op.create_index(op.f("ix_application_branch_id"), "application", ["branch_id"], unique=False)
    op.create_index(op.f("ix_application_contact_id"), "application", ["contact_id"], unique=False)
    op.create_index(op.f("ix_application_round_id"), "application", ["round_id"], unique=False)
    op.create_index(op.f("ix_application_unit_id"), "application", ["unit_id"], unique=False)
    op.create_index(
        "uq_application_unit",
        "application",
        ["round_id", "category", "unit_id"],
        unique=True,
        sqlite_where=sa.text("branch_id IS NULL"),
    )
    op.create_table(
        "appraisal",
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("grade", sa.String(length=24), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_appraisal_branch_id_branch")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_appraisal_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
    )
    op.create_index(
        op.f("ix_appraisal_unit_id_year_kind"), "appraisal", ["unit_id", "year", "kind"], unique=False
    )
    op.create_index("uq_appraisal_branch", "appraisal", ["branch_id", "year", "kind"], unique=True)
    op.create_index(
        "uq_appraisal_unit",
        "appraisal",
        ["unit_id", "year", "kind"],
        unique=True,
        sqlite_where=sa.text("branch_id IS NULL"),
    )
    op.create_table(
        "honour",
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        sa.Column("holder", sa.String(length=24), nullable=False),
        sa.Column("holder_name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("awarded", sa.String(length=10), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("party", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_honour_branch_id_branch")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_honour_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honour")),
    )
    op.create_index(op.f("ix_honour_branch_id"), "honour", ["branch_id"], unique=False)
    op.create_index(op.f("ix_honour_unit_id"), "honour", ["unit_id"], unique=False)
    op.create_table(
        "incident",
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        sa.Column("occurred", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_incident_branch_id_branch")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_incident_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_branch_id"), "incident", ["branch_id"], unique=False)
    op.create_index(op.f("ix_incident_unit_id"), "incident", ["unit_id"], unique=False)
    op.create_table(
        "post",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=True),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=True),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        *_record(),
        sa.CheckConstraint("(unit_id IS NULL) <> (branch_id IS NULL)", name=op.f("ck_post_one_body")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_post_branch_id_branch")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_post_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_post_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index(op.f("ix_post_branch_id"), "post", ["branch_id"], unique=False)
    op.create_index(op.f("ix_post_person_id"), "post", ["person_id"], unique=False)
    op.create_index(op.f("ix_post_unit_id"), "post", ["unit_id"], unique=False)
    op.create_table(
        "printed",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("paper", sa.String(length=64), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rule_version_id", sa.String(length=32), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(
            ["rule_version_id"], ["rule_version.id"], name=op.f("fk_printed_rule_version_id_rule_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed")),
        sa.UniqueConstraint("code", name=op.f("uq_printed_code")),
    )
    op.create_index(op.f("ix_printed_rule_version_id"), "printed", ["rule_version_id"], unique=False)
    op.create_index(op.f("ix_printed_subject_paper"), "printed", ["subject", "paper"], unique=False)
    op.create_table(
        "reviewer",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("affiliation", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reviewer_person_id_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_reviewer_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewer")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_reviewer_round_id_number")),
        sa.UniqueConstraint("round_id", "person_id", name=op.f("uq_reviewer_round_id_person_id")),
    )
    op.create_index(op.f("ix_reviewer_person_id"), "reviewer", ["person_id"], unique=False)
    op.create_table(
        "confirmation",
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("condition", sa.String(length=64), nullable=False),
        sa.Column("rule_version_id", sa.String(length=32), nullable=False),
        sa.Column("verdict", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_confirmation_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["rule_version_id"],
            ["rule_version.id"],
            name=op.f("fk_confirmation_rule_version_id_rule_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint(
            "application_id", "condition", name=op.f("uq_confirmation_application_id_condition")
        ),
    )
    op.create_index(
        op.f("ix_confirmation_rule_version_id"), "confirmation", ["rule_version_id"], unique=False
    )
    op.create_table(
        "conflict",
        sa.Column("reviewer_id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_conflict_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["reviewer.id"], name=op.f("fk_conflict_reviewer_id_reviewer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
        sa.UniqueConstraint(
            "reviewer_id", "application_id", name=op.f("uq_conflict_reviewer_id_application_id")
        ),
    )
    op.create_index(op.f("ix_conflict_application_id"), "conflict", ["application_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(length=24), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("rule_version_id", sa.String(length=32), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_decision_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["rule_version_id"], ["rule_version.id"], name=op.f("fk_decision_rule_version_id_rule_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("application_id", "step", name=op.f("uq_decision_application_id_step")),
    )
    op.create_index(op.f("ix_decision_rule_version_id"), "decision", ["rule_version_id"], unique=False)
    op.create_table(
        "mark",
        sa.Column("reviewer_id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("criterion", sa.String(length=64), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_mark_application_id_application")
        ),
        sa.ForeignKeyConstraint(["reviewer_id"], ["reviewer.id"], name=op.f("fk_mark_reviewer_id_reviewer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
        sa.UniqueConstraint(
            "reviewer_id",
            "application_id",
            "criterion",
            name=op.f("uq_mark_reviewer_id_application_id_criterion"),
        ),
    )
    op.create_index(op.f("ix_mark_application_id"), "mark", ["application_id"], unique=False)
    op.create_table(
        "project",
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_project_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("application_id", name=op.f("uq_project_application_id")),
    )
    op.create_table(
        "receipt",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=True),
        sa.Column("material", sa.String(length=64), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("brought_by", sa.String(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_receipt_application_id_application")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_receipt_round_id_round")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_receipt_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint(
            "application_id", "material", "copy", name=op.f("uq_receipt_application_id_material_copy")
        ),
    )
    op.create_index(
        op.f("ix_receipt_round_id_unit_id_material"),
        "receipt",
        ["round_id", "unit_id", "material"],
        unique=False,
    )
    op.create_index(op.f("ix_receipt_unit_id"), "receipt", ["unit_id"], unique=False)
    op.create_table(
        "evaluation",
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.Column("occasion", sa.String(length=64), nullable=False),
        sa.Column("grade", sa.String(length=24), nullable=False),
        sa.Column("evaluated_on", sa.Date(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_evaluation_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("project_id", "occasion", name=op.f("uq_evaluation_project_id_occasion")),
    )
    op.create_table(
        "payment",
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.Column("instalment", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        *_record(),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_payment_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("project_id", "instalment", name=op.f("uq_payment_project_id_instalment")),
    )
    op.execute(
        "CREATE TABLE search_entry (n INTEGER PRIMARY KEY, table_name VARCHAR NOT NULL, "
        "row_id VARCHAR(32) NOT NULL, UNIQUE (table_name, row_id))"
    )
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5 "
        "(body, content='', contentless_delete=1, tokenize=\"unicode61 remove_diacritics 0\")"
    )
