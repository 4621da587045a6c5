"""以往批次结果, 发展党员 and 课题 as lists of the window; 取消资格 shows where eligibility is checked and nowhere else."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from db.errors import NotAllowed
from dualcreate_desktop.office import actions, registry
from dualcreate_desktop.office.body_lists import EvidenceList
from dualcreate_desktop.office.dossiers import dossier
from dualcreate_desktop.office.evidence_lists import APPRAISAL_LIST
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.standing_lists import DEBARMENT_LIST, EARLIER_LIST, GROWTH_LIST, TOPIC_LIST
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import ALL, TableQuery
from dualcreate_desktop.rules.dates import PartialDate

Ids = dict[str, str]
FIRST = "机械工程学院教工第一党支部"
TOLD: dict[str, tuple[EvidenceList[Any], dict[str, Any]]] = {
    "growth": (GROWTH_LIST, {"year": 2023, "measure": "high_talent", "number": 2}),
    "earlier": (
        EARLIER_LIST,
        {"batch": "第一批", "level": "university", "category": "样板支部", "result": "accepted"},
    ),
    "topics": (
        TOPIC_LIST,
        {"kind": "topic", "title": "支部共建机制研究", "level": "university", "started": PartialDate(2022)},
    ),
    "debarments": (DEBARMENT_LIST, {"since": PartialDate(2023, 5), "reason": "弄虚作假"}),
}


def body(units: Ids, branches: Ids) -> dict[str, str]:
    return {"unit": units["机械学院"], "branch": branches[FIRST]}


@pytest.mark.parametrize("key", TOLD)
def test_a_row_is_added_found_edited_and_deleted(office: Office, units: Ids, branches: Ids, key: str) -> None:
    which, values = TOLD[key]
    saved = which.save(office, Form(None, "", {**values, **body(units, branches)}))
    (row,) = which.page(office, TableQuery("jgdy")).rows
    assert (row.id, row.subject, row.unit) == (saved, FIRST, "机械学院")
    form = which.form(office, saved)
    assert which.save(office, form) == saved
    which.delete(office, saved)
    assert which.page(office, ALL).total == 0


@pytest.mark.parametrize(
    ("which", "key", "kinds"),
    [
        (GROWTH_LIST, "measure", ("high_talent", "young_teacher")),
        (APPRAISAL_LIST, "kind", ("branch_work", "secretary_report")),
    ],
)
def test_what_a_body_has_twice_in_a_year_stands_by_its_kind(
    office: Office, units: Ids, branches: Ids, which: EvidenceList[Any], key: str, kinds: tuple[str, ...]
) -> None:
    for year in (2021, 2022, 2023):
        for kind in reversed(kinds):
            which.save(
                office, Form(None, "", {"year": year, key: kind, "number": 1, **body(units, branches)})
            )
    listed = [(row.year, getattr(row, key)) for row in which.page(office, ALL).rows]
    assert listed == [(year, kind) for year in (2023, 2022, 2021) for kind in kinds]


@pytest.mark.parametrize(
    ("key", "why"), [("growth", "2023年的高层次人才已经登记"), ("earlier", "第一批校级样板支部已经登记")]
)
def test_what_a_body_has_once_is_not_taken_twice(
    office: Office, units: Ids, branches: Ids, key: str, why: str
) -> None:
    which, values = TOLD[key]
    form = Form(None, "", {**values, **body(units, branches)})
    which.save(office, form)
    with pytest.raises(NotAllowed, match=why):
        which.save(office, form)


def test_points_above_their_maximum_are_refused_until_the_maximum_is_told(
    office: Office, units: Ids, branches: Ids
) -> None:
    told = {"year": 2023, "kind": "branch_work", "score": Decimal(108), **body(units, branches)}
    with pytest.raises(NotAllowed, match="得分 108 超出满分 100"):
        APPRAISAL_LIST.save(office, Form(None, "", told))
    assert APPRAISAL_LIST.save(office, Form(None, "", {**told, "maximum": Decimal(120)}))


def test_a_debarment_names_who_recorded_it_and_stands_in_no_dossier_search_or_history(
    office: Office, units: Ids, branches: Ids
) -> None:
    _, values = TOLD["debarments"]
    DEBARMENT_LIST.save(office, Form(None, "", {**values, **body(units, branches)}))
    (row,) = DEBARMENT_LIST.page(office, ALL).rows
    assert (row.recorded_by, row.reason, row.until) == ("王小明", "弄虚作假", None)
    assert registry.branches(office, TableQuery("弄虚作假")).total == 0
    found = dossier(office, Body(units["机械学院"], branches[FIRST]))
    assert "弄虚作假" not in repr(found)
    assert not any("取消资格" in line for action in found.history for line in (action.title, *action.lines))
    assert actions.actions(office, TableQuery()).rows[0].title == f"新增取消资格 {FIRST}"
