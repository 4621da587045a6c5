"""Scales of appraisal, what contradicts them, staff of units, and the model branches of earlier batches."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from db.errors import NotAllowed, StaleData
from db.models import Appraisal, EarlierResult
from db.vocabulary import EarlierOutcome, LineageKind
from dualcreate_desktop.office import earlier_models, lineages, scales, staffing
from dualcreate_desktop.office.reorganising import Order
from dualcreate_desktop.office.scales import ScaleForm
from dualcreate_desktop.office.staffing import Strength
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.content import texts
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.scales import Band, Scale, Share

Ids = dict[str, str]
FIRST, SECOND = "机械工程学院教工第一党支部", "机械工程学院教工第二党支部"
D = Decimal
SCALE = Scale(
    "branch_work",
    2023,
    D(100),
    (Band("较好", D(80)), Band("好", D(90)), Band("一般", D(60)), Band("差", D(0))),
    (Share("好", D(50)),),
)


def appraise(office: Office, unit: str, branch: str, grade: str, score: str, **more: object) -> None:
    with office.change("登记") as session:
        told = {"year": 2023, "kind": "branch_work", "grade": grade, "score": D(score), **more}
        session.add(Appraisal(unit_id=unit, branch_id=branch, **told))


def test_a_scale_is_kept_with_its_best_grade_first_and_edited_once(office: Office) -> None:
    scale_id = scales.save_scale(office, ScaleForm(None, "", SCALE))
    (row,) = scales.scales(office)
    assert row.bands == "好 ≥90%，较好 ≥80%，一般 ≥60%，差 ≥0%"
    assert (row.shares, row.graded) == ("好 ≤50%", 0)
    form = scales.scale_form(office, scale_id)
    scales.save_scale(office, replace(form, scale=replace(form.scale, maximum=D(120))))
    assert scales.scales(office)[0].maximum == D(120)
    with pytest.raises(StaleData):
        scales.save_scale(office, form)
    with pytest.raises(NotAllowed, match="2023年支部考核评价的评价标准已经登记"):
        scales.save_scale(office, ScaleForm(None, "", SCALE))
    scales.delete_scale(office, scale_id)
    assert scales.scales(office) == ()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"maximum": D(0)}, "满分须大于零"),
        ({"bands": (Band("好", D(90)), Band("较好", D(90)))}, "分数线相同"),
        ({"bands": (Band("好", D(101)),)}, "101 不是 0 至 100"),
        ({"shares": (Share("好", D(-1)),)}, "百分比"),
        ({"shares": (Share("好", D(10)), Share("好", D(20)))}, "写了两次"),
    ],
)
def test_a_scale_that_says_nothing_sensible_is_refused(
    office: Office, change: dict[str, object], why: str
) -> None:
    with pytest.raises(NotAllowed, match=why):
        scales.save_scale(office, ScaleForm(None, "", replace(SCALE, **change)))  # type: ignore[arg-type]  # each value fits its key


def test_grades_that_their_points_contradict_and_too_many_of_the_best_are_told(
    office: Office, units: Ids, branches: Ids
) -> None:
    unit = units["机械学院"]
    appraise(office, unit, branches[FIRST], "好", "85")
    appraise(office, unit, branches[SECOND], "好", "110", maximum=D(120))
    assert scales.inconsistencies(office) == ()
    scales.save_scale(office, ScaleForm(None, "", SCALE))
    points, share = scales.inconsistencies(office)
    assert points.text.startswith(f"{FIRST} 2023 年度支部考核评价：得 85 分")
    assert points.text.endswith("登记为“好”，按标准应为“较好”")
    assert "评为“好”的 2 个，多于 50% 的上限（2 个中最多 1 个）" in share.text
    assert len(share.sources) == 2


def test_each_unit_shows_what_it_should_have_and_has(office: Office, units: Ids) -> None:
    unit = units["机械学院"]
    told = {"organiser": Strength(3, 2), "counsellor": Strength(4, 5), "secretary": Strength(None, None)}
    staffing.save_staffing(office, unit, 2023, told)
    first, second = staffing.staffing(office)
    assert (first.unit, first.organiser, first.counsellor, first.secretary) == (
        "机械学院",
        "3 / 2",
        "4 / 5",
        "",
    )
    assert (first.short, second.short, staffing.years(office)) == (1, None, (2023,))
    assert staffing.save_staffing(office, unit, 2023, told) is None
    with pytest.raises(NotAllowed, match="不能小于零"):
        staffing.save_staffing(office, unit, 2023, {"organiser": Strength(-1, 0)})


def test_earlier_model_branches_are_listed_with_their_grade_of_the_year_and_their_fate(
    office: Office, units: Ids, branches: Ids
) -> None:
    unit = units["机械学院"]
    with office.change("登记") as session:
        for branch, batch, level, result in (
            (FIRST, "第一批", "university", EarlierOutcome.ACCEPTED),
            (FIRST, "第二批", "national", EarlierOutcome.SELECTED),
            (SECOND, "第二批", "university", EarlierOutcome.ACCEPTED),
            ("机械工程学院教工第十一党支部", "第一批", "university", EarlierOutcome.FAILED),
        ):
            told = {"batch": batch, "level": level, "category": "样板支部", "result": result}
            session.add(EarlierResult(unit_id=unit, branch_id=branches[branch], **told))
    appraise(office, unit, branches[FIRST], "好", "95", note="牵头共建三个支部")
    lineages.carry_out(
        office, Order(LineageKind.DISSOLVED, unit, PartialDate(2023, 9), before=(branches[SECOND],))
    )
    second, first = sorted(earlier_models.earlier_models(office), key=lambda row: row.branch == FIRST)
    assert (first.titles, first.year, first.grade, first.note) == (
        "国家级第二批、校级第一批",
        2023,
        "好",
        "牵头共建三个支部",
    )
    assert (second.grade, second.standing) == (None, f"2023年9月撤销：{SECOND}")
    told = "".join(texts(earlier_models.report(office)))
    assert "已创建的样板支部共2个，其中1个已撤并；已考核的等次为“好”1个；均已考核。" in told
