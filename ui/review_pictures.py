"""The dialogs of 评审 and 公示 for their pictures, each with an invented case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QDialog

from db.errors import FileRefused
from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.office.decisions import Outlook
from dualcreate_desktop.office.marking import MarkingForm, MarkingJudge
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.rules.workdays import Period
from ui.dialogs.marks import MarksDialog
from ui.dialogs.proposal import ProposalDialog
from ui.dialogs.publish import PeriodRule, PublishDialog
from ui.dialogs.reviewer import ReviewerDialog
from ui.dialogs.score_import import ReadSheets, ScoreImportDialog
from ui.dialogs.score_pack import ScorePackDialog
from ui.main_window import MainWindow

_OUTLOOKS = (
    Outlook("unit", "标杆院级党组织", 3, ("计算机学院党委", "机械工程学院党委"), (("1", "物理学院党委"), ("2", "法学院党委")), 1, (), 1),
    Outlook("branch", "样板支部", 2, ("法学院教工第一党支部", "医学院研究生第三党支部"), (), 0, ("药学院教工第一党支部",), 4),
)  # fmt: skip

_CRITERIA = (("foundation", "工作基础", 30), ("features", "特色经验", 30), ("goals", "建设目标", 20), ("outcomes", "预期成果", 20))  # fmt: skip

_MARKING = MarkingForm(
    application_id="1",
    title="计算机学院党委",
    fields=tuple(
        Field(key, f"{name}（{most}分）", FieldType.DECIMAL, required=True, minimum=0, maximum=most)
        for key, name, most in _CRITERIA
    ),
    judges=(
        MarkingJudge(
            "1",
            "2 喻予溪",
            {
                "foundation": Decimal("28.5"),
                "features": Decimal(27),
                "goals": Decimal("18.5"),
                "outcomes": Decimal(18),
            },
        ),
        MarkingJudge("2", "3 费望燕", {}),
    ),
    weights={key: Decimal(1) for key, _, _ in _CRITERIA},
)

_REVIEWER = Form(
    "1",
    "",
    {
        "number": 4,
        "name": "柳沐川",
        "affiliation": "人文学院党委",
        "title": "党委副书记",
        "statement": "与法学院学生第二党支部书记系亲属，申请回避",
    },
)

_RULE = PeriodRule(5, issue_day_counts=False, reckon=lambda _: Period(date(2024, 4, 8), date(2024, 4, 12)))

_REFUSED = FileRefused(
    "评委“佟未登”不在本批次评委名单中",
    where="评分表-08.xlsx",
    todo="请核对表头的评委姓名和编号，或先登记评委。",
)

REVIEW_DIALOGS: Mapping[str, Callable[[MainWindow], QDialog]] = {
    "proposal-dialog": lambda window: ProposalDialog(window, _OUTLOOKS),
    "marks-dialog": lambda window: MarksDialog(window, _MARKING, "1"),
    "reviewer-dialog": lambda window: ReviewerDialog(window, _REVIEWER),
    "score-pack-dialog": lambda window: ScorePackDialog(window, 7),
    "score-import-dialog": lambda window: ScoreImportDialog(window, ReadSheets((), (_REFUSED,))),
    "publish-dialog": lambda window: PublishDialog(
        window,
        {
            "issued": date(2024, 4, 7),
            "organ": "中共江州大学委员会组织部",
            "contacts": "党委组织部 66-1203\n纪委办公室 66-1310",
        },
        _RULE,
    ),
}
"""Name of the picture → the dialog as it opens."""
