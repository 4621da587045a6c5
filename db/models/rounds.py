"""A round, its rules, and what passes through it from application to acceptance.

Keys of categories, conditions, materials, criteria and grades are data of the rule version; they are never reused.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record
from db.types import Score, Word
from db.vocabulary import ApplicationState, ConflictState, ProjectState, Verdict


class Round(Record):
    """批次: one call. Its rules are the newest of its rule versions."""

    __tablename__ = "round"

    name: Mapped[str] = mapped_column(unique=True)
    preset: Mapped[str] = mapped_column(String(64))
    """the key of the notice from which it was made"""


class RuleVersion(Record):
    """The rules of a round as they stood; an edit makes the next one."""

    __tablename__ = "rule_version"
    __table_args__ = (UniqueConstraint("round_id", "n"),)

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    n: Mapped[int]
    toml: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))


class Application(Record):
    """申报: one applicant in one category. `unit_id` recommends; `branch_id` is None where the unit itself applies."""

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("round_id", "category", "unit_id", "branch_id"),
        Index(
            "uq_application_unit",
            "round_id",
            "category",
            "unit_id",
            unique=True,
            sqlite_where=text("branch_id IS NULL"),
        ),
    )

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), index=True)
    category: Mapped[str] = mapped_column(String(64))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    branch_id: Mapped[str | None] = mapped_column(ForeignKey("branch.id"), index=True)
    preference: Mapped[int | None]
    state: Mapped[ApplicationState] = mapped_column(
        Word(ApplicationState), default=ApplicationState.SUBMITTED
    )
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    phone: Mapped[str] = mapped_column(default="")
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """what the form asks for in words: field key → text"""
    note: Mapped[str] = mapped_column(default="")
    """what the unit wrote; printed"""
    state_reason: Mapped[str] = mapped_column(default="")
    """why the office moved it to its state; not printed"""


class Confirmation(Record):
    """A named person's word on a condition that data cannot decide, or their overruling of it."""

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("application_id", "condition"),)

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    condition: Mapped[str] = mapped_column(String(64))
    rule_version_id: Mapped[str] = mapped_column(ForeignKey("rule_version.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(Word(Verdict))
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]
    approver: Mapped[str | None]
    """who approved an exception from what is asked in principle"""


class Receipt(Record):
    """收件: one copy of one material, as it reached the office.

    `application_id` is None for what a unit sends once, such as its 推荐汇总表.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("application_id", "material", "copy"),
        Index(None, "round_id", "unit_id", "material"),
    )

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    application_id: Mapped[str | None] = mapped_column(ForeignKey("application.id"))
    material: Mapped[str] = mapped_column(String(64))
    copy: Mapped[int]
    """1, 2 …"""
    received_at: Mapped[datetime]
    received_by: Mapped[str]
    brought_by: Mapped[str] = mapped_column(default="")
    late_reason: Mapped[str] = mapped_column(default="")


class Reviewer(Record):
    """评委 of a round."""

    __tablename__ = "reviewer"
    __table_args__ = (UniqueConstraint("round_id", "number"), UniqueConstraint("round_id", "person_id"))

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    affiliation: Mapped[str] = mapped_column(default="")
    """where the reviewer works, as the list says; a unit of the registry or not"""
    statement: Mapped[str] = mapped_column(default="")
    """what the list says of conflicts, in words"""


class Conflict(Record):
    """回避: what is known of a reviewer and an application; no row means 未询问."""

    __tablename__ = "conflict"
    __table_args__ = (UniqueConstraint("reviewer_id", "application_id"),)

    reviewer_id: Mapped[str] = mapped_column(ForeignKey("reviewer.id"))
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), index=True)
    state: Mapped[ConflictState] = mapped_column(Word(ConflictState))
    reason: Mapped[str] = mapped_column(default="")


class Mark(Record):
    """评分: one reviewer's points for one criterion of one application."""

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("reviewer_id", "application_id", "criterion"),)

    reviewer_id: Mapped[str] = mapped_column(ForeignKey("reviewer.id"))
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), index=True)
    criterion: Mapped[str] = mapped_column(String(64))
    points: Mapped[Decimal] = mapped_column(Score)


class Decision(Record):
    """评定: what one step (proposed, committee …) said of an application."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("application_id", "step"),)

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    step: Mapped[str] = mapped_column(String(64))
    result: Mapped[ApplicationState] = mapped_column(Word(ApplicationState))
    rank: Mapped[int | None]
    total: Mapped[Decimal | None] = mapped_column(Score)
    reason: Mapped[str] = mapped_column(default="")
    rule_version_id: Mapped[str] = mapped_column(ForeignKey("rule_version.id"), index=True)
    decided_on: Mapped[date]


class PublicNotice(Record):
    """公示: its day of issue and its period."""

    __tablename__ = "public_notice"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), index=True)
    issued: Mapped[date]
    first_day: Mapped[date]
    last_day: Mapped[date]
    organ: Mapped[str] = mapped_column(default="")
    contacts: Mapped[str] = mapped_column(default="")


class Project(Record):
    """立项建设: what a selected application becomes."""

    __tablename__ = "project"

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), unique=True)
    starts: Mapped[date]
    ends: Mapped[date]
    state: Mapped[ProjectState] = mapped_column(Word(ProjectState), default=ProjectState.RUNNING)
    note: Mapped[str] = mapped_column(default="")


class ProjectDay(Record):
    """A day of a project that differs from the round's: an extension, a visit; `key` names it in the rules."""

    __tablename__ = "project_day"
    __table_args__ = (UniqueConstraint("project_id", "key"),)

    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"))
    key: Mapped[str] = mapped_column(String(64))
    day: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")


class Payment(Record):
    """拨款: one instalment that was paid."""

    __tablename__ = "payment"
    __table_args__ = (UniqueConstraint("project_id", "instalment"),)

    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"))
    instalment: Mapped[str] = mapped_column(String(64))
    """its key in the rules"""
    amount: Mapped[int]
    """分"""
    paid_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")


class Evaluation(Record):
    """中期评估 or 验收 of a project; the grade is one of the rules' grades."""

    __tablename__ = "evaluation"
    __table_args__ = (UniqueConstraint("project_id", "occasion"),)

    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"))
    occasion: Mapped[str] = mapped_column(String(64))
    grade: Mapped[str] = mapped_column(String(24))
    evaluated_on: Mapped[date]
    opinion: Mapped[str] = mapped_column(default="")


class Printed(Record):
    """What was printed of which subject, so that a later change shows as out of date and a scanned code finds it."""

    __tablename__ = "printed"
    __table_args__ = (Index(None, "subject", "paper"),)

    code: Mapped[str] = mapped_column(String(16), unique=True)
    """the digits below the QR code of this copy"""

    subject: Mapped[str] = mapped_column(String(32))
    """the id of an application, unit or round"""
    paper: Mapped[str] = mapped_column(String(64))
    copy: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    rule_version_id: Mapped[str] = mapped_column(ForeignKey("rule_version.id"), index=True)
    printed_at: Mapped[datetime]
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """what was printed, so that a later difference can be said in words"""


class IntakeFile(Record):
    """收件文件: an e-mailed file whose rows were taken in."""

    __tablename__ = "intake_file"
    __table_args__ = (Index(None, "sha256"),)

    name: Mapped[str]
    sheet: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    list_key: Mapped[str] = mapped_column(String(32))
    applied_at: Mapped[datetime]
    summary: Mapped[str]
    sender: Mapped[str | None]
    """the address from which it was e-mailed"""
    subject: Mapped[str | None]
    origin: Mapped[str | None]
    """its place inside the archive or message that held it"""
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
