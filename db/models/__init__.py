"""Every table of the store; importing this package fills `Base.metadata`."""

from db.models.base import Base, Record, new_id
from db.models.desk import AppraisalScale, CalendarDay, LearnedAnswer, LearnedMapping, OfficeFact
from db.models.evidence import Appraisal, Honour, Incident
from db.models.inquiries import Exemption, GuideAnswer, Inquiry, InquiryReply, QuotaGrant
from db.models.journal import Change, ChangeEntry, Setting
from db.models.lineage import LineageEvent, LineagePart
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
    ProjectDay,
    PublicNotice,
    Receipt,
    Reviewer,
    Round,
    RuleVersion,
)
from db.models.standing import Debarment, EarlierResult, Growth, Staffing, Topic

__all__ = [
    "Alias",
    "Application",
    "Appraisal",
    "AppraisalScale",
    "Base",
    "Branch",
    "CalendarDay",
    "Change",
    "ChangeEntry",
    "Confirmation",
    "Conflict",
    "Debarment",
    "Decision",
    "EarlierResult",
    "Evaluation",
    "Exemption",
    "Growth",
    "GuideAnswer",
    "Honour",
    "Incident",
    "Inquiry",
    "InquiryReply",
    "IntakeFile",
    "LearnedAnswer",
    "LearnedMapping",
    "LineageEvent",
    "LineagePart",
    "Mark",
    "OfficeFact",
    "Payment",
    "Person",
    "Post",
    "Printed",
    "Project",
    "ProjectDay",
    "PublicNotice",
    "QuotaGrant",
    "Receipt",
    "Record",
    "Reviewer",
    "Round",
    "RuleVersion",
    "Setting",
    "Staffing",
    "Topic",
    "Unit",
    "new_id",
]
