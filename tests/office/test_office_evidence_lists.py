"""考核评价, 表彰荣誉 and 负面情形 as lists."""

from __future__ import annotations

from decimal import Decimal

import pytest

from db.errors import NotAllowed, StaleData
from dualcreate_desktop.office import journal
from dualcreate_desktop.office.branch_choices import branches_ever
from dualcreate_desktop.office.dossiers import dossier
from dualcreate_desktop.office.evidence_lists import (
    APPRAISAL_LIST,
    HONOUR_LIST,
    INCIDENT_LIST,
)
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import ALL, TableQuery
from dualcreate_desktop.rules.dates import PartialDate

Ids = dict[str, str]
FIRST, SECOND = "机械工程学院教工第一党支部", "机械工程学院教工第二党支部"


def appraise(office: Office, unit: str, branch: str | None, year: int, **values: object) -> str:
    told = {"unit": unit, "branch": branch, "year": year, "kind": "branch_work", "grade": "好", **values}
    return APPRAISAL_LIST.save(office, Form(None, "", told))  # type: ignore[arg-type]


def test_the_newest_year_stands_first_and_years_are_counted(
    office: Office, units: Ids, branches: Ids
) -> None:
    unit = units["机械学院"]
    for year in (2021, 2023, 2022):
        appraise(office, unit, branches[FIRST], year, score=Decimal("91.5"))
    appraise(office, unit, branches[SECOND], 2023)
    rows = APPRAISAL_LIST.page(office, ALL).rows
    assert [(row.year, row.subject) for row in rows] == [
        (2023, FIRST),
        (2023, SECOND),
        (2022, FIRST),
        (2021, FIRST),
    ]
    assert APPRAISAL_LIST.page(office, TableQuery()).counts == {"2021": 1, "2022": 1, "2023": 2}
    one_year = TableQuery(filters={"year": frozenset({"2023"})})
    assert APPRAISAL_LIST.page(office, one_year).total == 2
    assert APPRAISAL_LIST.page(office, TableQuery("jgde")).rows[0].subject == SECOND


@pytest.mark.parametrize("years", [(), ("2022",), ("2023", "2021")])
def test_pages_of_any_size_put_together_are_the_whole_list(
    office: Office, units: Ids, branches: Ids, years: tuple[str, ...]
) -> None:
    unit = units["机械学院"]
    for year, names in ((2021, (FIRST,)), (2022, (FIRST, SECOND)), (2023, (FIRST, SECOND))):
        for name in names:
            appraise(office, unit, branches[name], year)
    filters = {"year": frozenset(years)} if years else {}
    whole = APPRAISAL_LIST.page(office, TableQuery(filters=filters, limit=None)).rows
    for limit in range(1, 6):
        for offset in range(6):
            page = APPRAISAL_LIST.page(office, TableQuery(filters=filters, offset=offset, limit=limit))
            assert page.rows == whole[offset : offset + limit]
            assert page.total == len(whole)


def test_one_year_is_appraised_once_in_each_kind(office: Office, units: Ids, branches: Ids) -> None:
    unit = units["机械学院"]
    appraise(office, unit, branches[FIRST], 2023)
    with pytest.raises(NotAllowed, match="2023年的支部考核评价已经登记"):
        appraise(office, unit, branches[FIRST], 2023, grade="差")
    appraise(office, unit, None, 2023)
    with pytest.raises(NotAllowed, match="机械工程学院党委2023年"):
        appraise(office, unit, None, 2023)
    assert appraise(office, unit, branches[FIRST], 2023, kind="secretary_report")


def test_a_branch_of_another_unit_is_refused(office: Office, units: Ids, branches: Ids) -> None:
    with pytest.raises(NotAllowed, match="不属于材料科学与工程学院党委"):
        appraise(office, units["材料学院"], branches[FIRST], 2023)
    assert {name for _, name in branches_ever(office, units["材料学院"])} == {
        "材料科学与工程学院教工第一党支部",
        "材料科学与工程学院本科生第一党支部",
    }
    assert branches_ever(office, None) == ()


def test_an_edit_knows_when_it_comes_too_late(office: Office, units: Ids, branches: Ids) -> None:
    appraise(office, units["机械学院"], branches[FIRST], 2023)
    (row,) = APPRAISAL_LIST.page(office, ALL).rows
    form = APPRAISAL_LIST.form(office, row.id)
    better = Form(form.record_id, form.revision, {**form.values, "grade": "优秀"})
    assert APPRAISAL_LIST.save(office, better) == row.id
    assert APPRAISAL_LIST.page(office, ALL).rows[0].grade == "优秀"
    with pytest.raises(StaleData, match="修改过"):
        APPRAISAL_LIST.save(office, better)


def test_a_deleted_row_comes_back_by_undo(office: Office, units: Ids) -> None:
    told = {"unit": units["机械学院"], "occurred": PartialDate(2022, 5), "kind": "safety"}
    INCIDENT_LIST.save(office, Form(None, "", told))  # type: ignore[arg-type]
    (row,) = INCIDENT_LIST.page(office, ALL).rows
    changed = INCIDENT_LIST.delete(office, row.id)
    assert changed is not None
    assert changed.title == "删除负面情形 机械工程学院党委"
    assert INCIDENT_LIST.page(office, ALL).total == 0
    with pytest.raises(StaleData, match="已被删除"):
        INCIDENT_LIST.form(office, row.id)
    journal.undo(office, changed.change_id)
    assert INCIDENT_LIST.page(office, ALL).rows == (row,)


def test_honours_are_found_by_their_words_and_sorted_by_level(
    office: Office, units: Ids, branches: Ids
) -> None:
    unit = units["机械学院"]
    for title, level, name in (
        ("校先进党支部", "university", ""),
        ("全国样板支部", "national", ""),
        ("优秀党员", "provincial", "郑一"),
    ):
        told = {
            "unit": unit,
            "branch": branches[FIRST],
            "holder": "member" if name else "branch",
            "holder_name": name,
            "title": title,
            "level": level,
            "awarded": PartialDate(2023),
        }
        HONOUR_LIST.save(office, Form(None, "", told))  # type: ignore[arg-type]
    by_level = HONOUR_LIST.page(office, TableQuery(sort="level")).rows
    assert [row.level for row in by_level] == ["national", "provincial", "university"]
    (row,) = HONOUR_LIST.page(office, TableQuery("郑一")).rows
    assert (row.title, row.winner) == ("优秀党员", "郑一")
    assert HONOUR_LIST.page(office, TableQuery("100%")).total == 0, (
        "a sign of the pattern is a letter like others"
    )


def test_the_dossier_holds_three_years_and_what_is_a_body_s_own(
    office: Office, units: Ids, branches: Ids, applied: Ids
) -> None:
    unit = units["机械学院"]
    for year in range(2019, 2024):
        appraise(office, unit, branches[FIRST], year)
    appraise(office, unit, None, 2023, kind="leadership")
    found = dossier(office, Body(unit, branches[FIRST]))
    assert [row.year for row in found.appraisals] == [2023, 2022, 2021]
    assert [(row.round_name, row.category) for row in found.applications] == [("第三批", "样板支部")]
    assert [post.name for post in found.posts] == ["赵喆"]
    assert found.history[0].title.startswith("新增考核评价")
    own = dossier(office, Body(unit))
    assert [row.kind for row in own.appraisals] == ["leadership"]
    assert [row.category for row in own.applications] == ["标杆院级党组织"]
