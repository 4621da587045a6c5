"""What changed in the findings since the sheet was printed is told in words, and only then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from db.models import Printed
from db.vocabulary import Verdict
from dualcreate_desktop.office import application_papers, eligibility, printing, registry, rounds
from dualcreate_desktop.office.application_desk import REPRINT, desk
from dualcreate_desktop.office.evidence_places import places
from dualcreate_desktop.office.finding_prints import FINDINGS, Since
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.record_writing import dump_record
from dualcreate_desktop.rules.requirements import AgeRule, MinimumAge
from dualcreate_desktop.rules.verdicts import Evidence

Ids = dict[str, str]


def since(office: Office, round_id: str) -> dict[str, Since]:
    return dict(desk(office, round_id).since)


def print_sheet(office: Office, round_id: str, application: str, folder: Path, day: int) -> None:
    there = replace(office, clock=lambda: datetime(2024, 3, day, 9))
    job = application_papers.eligibility_sheets([application])
    printing.print_file(there, round_id, folder / f"审查表{day}.pdf", job)


def test_a_sheet_tells_what_changed_after_it_was_printed(
    office: Office, branches: Ids, round_id: str, applied: Ids, tmp_path: Path
) -> None:
    assert since(office, round_id) == {}
    print_sheet(office, round_id, applied["教一"], tmp_path, 18)
    told = since(office, round_id)[applied["教一"]]
    assert told.changes == ()
    assert "没有变化" in told.sentence
    form = registry.branch_form(office, branches["机械工程学院教工第一党支部"])
    registry.save_branch(office, replace(form, values={**form.values, "founded": PartialDate(2023, 9)}))
    eligibility.confirm(office, applied["教一"], "branch_role", Verdict.PASS, reason="查阅了支部工作手册")
    told = since(office, round_id)[applied["教一"]]
    assert told.sentence == "自 3月18日 打印后有 3 处变化"
    assert any("由“通过”变为“不通过”" in text for text in told.changes)
    line = next(line for line in desk(office, round_id).lines if line.id == applied["教一"])
    assert REPRINT in line.groups
    print_sheet(office, round_id, applied["教一"], tmp_path, 19)
    assert since(office, round_id)[applied["教一"]].changes == ()


def test_a_program_that_says_the_same_in_other_words_marks_no_print(
    office: Office, branches: Ids, round_id: str, applied: Ids, tmp_path: Path
) -> None:
    print_sheet(office, round_id, applied["教一"], tmp_path, 18)
    with office.change("由措辞不同的版本打印") as session:
        printed = session.scalars(select(Printed)).one()
        assert printed.content is not None
        findings = [
            {
                **item,
                "evidence": ["从前的说法"],
                "links": [["从前的说法", *link[1:]] for link in item["links"]],
            }
            for item in printed.content[FINDINGS]
        ]
        printed.content = {**printed.content, FINDINGS: findings}
    assert since(office, round_id)[applied["教一"]].changes == ()
    form = registry.branch_form(office, branches["机械工程学院教工第一党支部"])
    registry.save_branch(office, replace(form, values={**form.values, "founded": PartialDate(2016, 7)}))
    (told,) = since(office, round_id)[applied["教一"]].changes
    assert "现在：7 年 8 个月（成立 2016年7月）" in told
    assert "原来：8 年 9 个月（成立 2015年6月）" in told


def test_a_verdict_that_the_program_comes_to_otherwise_is_told(
    office: Office, round_id: str, applied: Ids, tmp_path: Path
) -> None:
    print_sheet(office, round_id, applied["教一"], tmp_path, 18)
    with office.change("由判断不同的版本打印") as session:
        printed = session.scalars(select(Printed)).one()
        assert printed.content is not None
        first, *others = printed.content[FINDINGS]
        printed.content = {**printed.content, FINDINGS: [{**first, "verdict": "fail"}, *others]}
    (told,) = since(office, round_id)[applied["教一"]].changes
    assert told.endswith("由“不通过”变为“通过”。")


def test_rules_that_ask_for_more_are_told_by_the_rules_of_then(
    office: Office, round_id: str, applied: Ids, tmp_path: Path
) -> None:
    print_sheet(office, round_id, applied["教一"], tmp_path, 18)
    current = rounds.rules_of(office, round_id)
    asked = [
        replace(item, requirement=MinimumAge((AgeRule("各党支部", 48),)))
        if item.key == "branch_age"
        else item
        for item in current.written.conditions
    ]
    stricter = dump_record(replace(current.written, conditions=tuple(asked)))
    rounds.edit_rules(office, round_id, stricter, "规则.toml")
    (told,) = since(office, round_id)[applied["教一"]].changes
    assert "现在：各党支部须满 4 年" in told
    assert "原来：教师党支部（机关、离退休参照）须满 3 年" in told


def test_a_link_opens_the_record_where_it_stands(office: Office, branches: Ids, applied: Ids) -> None:
    key = branches["机械工程学院教工第一党支部"]
    links = [Evidence("成立 2015年6月", "branch", key), Evidence("已删除", "honour", "gone")]
    ((link, place),) = places(office, links)
    assert link.record_id == key
    assert place == Place("branches", row=key, search="机械工程学院教工第一党支部")
