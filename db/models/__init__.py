"""Every table of the store; importing this package fills `Base.metadata`."""

from db.models.base import Base, Record, new_id
from db.models.evidence import Appraisal, Honour, Incident
from db.models.journal import Change, ChangeEntry, Setting
from db.models.registry import Alias, Branch, Person, Post, Unit
from db.models.rounds import (
    Application,
    Confirmation,
    Conflict,
    Decision,
    Evaluation,
    IntakeFile,
    Mark,
    Payment,
    Printed,
    Project,
    PublicNotice,
    Receipt,
    Reviewer,
    Round,
    RuleVersion,
)

__all__ = [
    "Alias",
    "Application",
    "Appraisal",
    "Base",
    "Branch",
    "Change",
    "ChangeEntry",
    "Confirmation",
    "Conflict",
    "Decision",
    "Evaluation",
    "Honour",
    "Incident",
    "IntakeFile",
    "Mark",
    "Payment",
    "Person",
    "Post",
    "Printed",
    "Project",
    "PublicNotice",
    "Receipt",
    "Record",
    "Reviewer",
    "Round",
    "RuleVersion",
    "Setting",
    "Unit",
    "new_id",
]
