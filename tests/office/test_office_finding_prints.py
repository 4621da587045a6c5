"""What changed in the findings since the sheet was printed is told in words, and only then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from db.vocabulary import Verdict
from dualcreate_desktop.office import application_papers, eligibility, printing, registry
from dualcreate_desktop.office.application_desk import REPRINT, desk
from dualcreate_desktop.office.evidence_places import places
from dualcreate_desktop.office.finding_prints import Since
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.dates import PartialDate
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


def test_a_link_opens_the_record_where_it_stands(office: Office, branches: Ids, applied: Ids) -> None:
    key = branches["机械工程学院教工第一党支部"]
    links = [Evidence("成立 2015年6月", "branch", key), Evidence("已删除", "honour", "gone")]
    ((link, place),) = places(office, links)
    assert link.record_id == key
    assert place == Place("branches", row=key, search="机械工程学院教工第一党支部")
