"""Words that code branches on, each with its Chinese label.

Kinds, grades, levels and categories are data of a round or of the registry and do not stand here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A StrEnum whose members carry the label that the office uses."""

    label: str

    def __new__(cls, value: str, label: str) -> Labelled:
        """Make a member from its stored value and its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def of(cls, value: str) -> Self:
        """The member that is stored as `value`.

        Raises:
            ValueError: there is none.
        """
        return cls(value)  # type: ignore[call-arg]  # Enum look-up by value; mypy sees __new__


class Applicant(Labelled):
    """Who applies in a category."""

    UNIT = "unit", "院级党组织"
    BRANCH = "branch", "党支部"


class Verdict(Labelled):
    """What a condition says of an application (审查意见)."""

    PASS = "pass", "通过"
    FAIL = "fail", "不通过"
    UNVERIFIED = "unverified", "待核实"
    NOT_APPLICABLE = "not_applicable", "不适用"


class ApplicationState(Labelled):
    """Where an application stands."""

    DRAFT = "draft", "填报中"
    SUBMITTED = "submitted", "已报送"
    RETURNED = "returned", "退回补正"
    ELIGIBLE = "eligible", "审查通过"
    INELIGIBLE = "ineligible", "审查未通过"
    PROPOSED = "proposed", "拟入选"
    RESERVE = "reserve", "备选"
    NOT_SELECTED = "not_selected", "未入选"
    SELECTED = "selected", "入选"
    WITHDRAWN = "withdrawn", "已撤回"


class PaperState(Labelled):
    """How far the paper copies of an application, or of a unit, have come."""

    COMPLETE = "complete", "已收齐"
    PARTIAL = "partial", "还差"
    MISSING = "missing", "未收"
    NOT_ASKED = "not_asked", "无须纸质"


class ConflictState(Labelled):
    """Whether a reviewer must keep out (回避)."""

    NOT_ASKED = "not_asked", "未询问"
    NONE = "none", "无"
    DECLARED = "declared", "有"


class HolderKind(Labelled):
    """Who holds an honour."""

    UNIT = "unit", "院级党组织"
    BRANCH = "branch", "党支部"
    SECRETARY = "secretary", "书记"
    MEMBER = "member", "成员"


class RowState(Labelled):
    """What a plan will do with one row of a file."""

    NEW = "new", "新增"
    CHANGED = "changed", "更新"
    SAME = "same", "未变"
    PROBLEM = "problem", "有问题"
    DUPLICATE = "duplicate", "重复"
    SKIPPED = "skipped", "不导入"
    ABSENT = "absent", "表中未列"


class Severity(Labelled):
    """Whether a problem keeps its row out."""

    ERROR = "error", "须改正"
    WARNING = "warning", "请核对"


class ProblemKind(Labelled):
    """What is wrong with a cell or row."""

    MISSING = "missing", "必填项为空"
    BAD_DATE = "bad_date", "日期无法识别"
    BAD_NUMBER = "bad_number", "数字无法识别"
    OUT_OF_RANGE = "out_of_range", "超出范围"
    UNKNOWN_CHOICE = "unknown_choice", "不在可选项中"
    UNKNOWN_UNIT = "unknown_unit", "找不到院级党组织"
    UNKNOWN_BRANCH = "unknown_branch", "找不到党支部"
    AMBIGUOUS = "ambiguous", "对应不唯一"
    DUPLICATE_ROW = "duplicate_row", "同一文件内重复"
    ERROR_CELL = "error_cell", "单元格是错误值"
    NOT_CALCULATED = "not_calculated", "公式未计算"
    INCONSISTENT = "inconsistent", "前后不一致"
    CONFLICT = "conflict", "应当回避"


class Door(Labelled):
    """How a change entered the store."""

    WINDOW = "window", "界面"
    IMPORT = "import", "导入"
    UNDO = "undo", "撤销"
    SAMPLE = "sample", "示例"


class ProjectState(Labelled):
    """Where a project of a selected application stands."""

    RUNNING = "running", "建设中"
    RECTIFYING = "rectifying", "限期整改"
    SUSPENDED = "suspended", "暂停支持"
    CLOSED = "closed", "已结项"
    FAILED = "failed", "验收未达标"


class NumberRounding(Labelled):
    """How a quota turns a fraction into a whole number."""

    FLOOR = "floor", "舍去小数"
    CEIL = "ceil", "进一法"
    HALF_UP = "half_up", "四舍五入"


class LineageKind(Labelled):
    """What happened to branches (沿革)."""

    FOUNDED = "founded", "新建"
    RENAMED = "renamed", "更名"
    MERGED = "merged", "合并"
    SPLIT = "split", "拆分"
    DISSOLVED = "dissolved", "撤销"
    MOVED = "moved", "划转"
    REELECTED = "reelected", "换届"


class PartRole(Labelled):
    """On which side of an event of its lineage a branch stands."""

    BEFORE = "before", "调整前"
    AFTER = "after", "调整后"


class EndReason(Labelled):
    """Why a branch is to end."""

    MERGER = "merger", "撤并"
    GRADUATION = "graduation", "毕业"


class AppraisalSubject(Labelled):
    """Whose work an appraisal grades."""

    BODY = "body", "党组织"
    SECRETARY = "secretary", "书记"
    WORKPLACE = "workplace", "所在行政单位"


class EarlierOutcome(Labelled):
    """What became of somebody in an earlier batch."""

    SELECTED = "selected", "培育创建"
    ACCEPTED = "accepted", "验收通过"
    FAILED = "failed", "验收未通过"
    REVOKED = "revoked", "撤销称号"
    NOT_SELECTED = "not_selected", "未入选"


class Reply(Labelled):
    """What a department says of an application (部门联审)."""

    CLEAR = "clear", "无异议"
    CONCERN = "concern", "有情况"
    SILENT = "silent", "未复"


class GuideOccasion(Labelled):
    """When a guide of tasks is answered."""

    APPLICATION = "application", "申报"
    PLAN = "plan", "任务书"
    ACCEPTANCE = "acceptance", "验收"
