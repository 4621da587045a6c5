"""时间表, 通知条款 and later notices of a round while its rules are edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from db.errors import NotAllowed
from dualcreate_desktop.office import rounds, rule_editing, supplement_drafts
from dualcreate_desktop.office.clause_services import served_rows
from dualcreate_desktop.office.grounds import grounds, holders
from dualcreate_desktop.office.quota_trials import trial_draft
from dualcreate_desktop.office.rule_clauses import clause_wordings
from dualcreate_desktop.office.rule_editing import RuleDraft
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.timetables import DateRow, issued_period, left_words, timetable
from dualcreate_desktop.rules.clauses import Served
from dualcreate_desktop.rules.notice_loading import load_notice
from dualcreate_desktop.rules.notice_parts import Dated, Move
from dualcreate_desktop.rules.workdays import WorkCalendar

DELAY = {
    "kind": "postponement",
    "title": "关于延长申报时间的通知",
    "doc_number": "党组字〔2024〕5号",
    "issued": date(2024, 3, 11),
    "text": "各单位：\n一、申报时间\n申报截止时间延至3月22日17:00。\n二、其他\n其他要求不变。",
}


@pytest.fixture
def draft(office: Office, round_id: str) -> RuleDraft:
    return rule_editing.opened(office, round_id)


def row(draft: RuleDraft, name: str) -> DateRow:
    return next(row for row in timetable(draft, date(2024, 3, 12)).rows if row.name == name)


def delayed(draft: RuleDraft) -> RuleDraft:
    """With a later notice that moves the application stage and takes the place of a clause."""
    added, path = supplement_drafts.with_supplement(draft, DELAY)
    stage = added.notice.application_stage
    move = Move(Dated.STAGE, stage, "补1·一", datetime(2024, 3, 22, 17, 0))
    return added.replaced(path, replace(added.at(path), moves=(move,), supersedes=("四",)))


def test_every_day_of_a_round_stands_with_its_clock_time_and_what_is_left(draft: RuleDraft) -> None:
    shown = timetable(draft, date(2024, 3, 12))
    assert {row.kind for row in shown.rows} >= {"阶段", "材料", "周期", "评估"}
    notice = draft.notice
    wanted = len(notice.stages) + len(notice.materials) + len(notice.reports) + 1
    assert len(shown.rows) >= wanted
    assert [row.span.due for row in shown.rows] == sorted(row.span.due for row in shown.rows)
    stage = row(draft, "申报认定")
    assert (stage.due, stage.left, stage.clause) == ("2024-03-15 周五 17:00", "3 个工作日", "三(二)")
    assert draft.at(stage.path).name == "申报认定"


def test_a_later_notice_moves_a_day_and_is_where_it_is_edited(draft: RuleDraft) -> None:
    moved = delayed(draft)
    stage = row(moved, "申报认定")
    assert stage.due == "2024-03-22 周五 17:00"
    assert stage.path == "supplements[1]"
    assert stage.note == "由《关于延长申报时间的通知》改期"
    assert row(moved, "推荐汇总表").due == "2024-03-22 周五 17:00", "what is due with the stage moves too"
    assert rule_editing.troubles(moved) == ()


def test_the_public_notice_stands_among_the_days_once_it_is_out(
    sample_office: Office, loaded: Loaded
) -> None:
    draft = rule_editing.opened(sample_office, loaded.round_id)
    issued = issued_period(sample_office, loaded.round_id)
    assert issued is not None
    shown = timetable(draft, date(2024, 3, 12), issued)
    (notice,) = [row for row in shown.rows if row.kind == "公示"]
    assert (notice.span.opens, notice.span.due) == (issued.first, issued.last)
    assert draft.at(notice.path) == draft.notice.public_notice
    assert not [row for row in timetable(draft, date(2024, 3, 12)).rows if row.kind == "公示"]


def test_the_text_of_a_later_notice_makes_its_clauses(draft: RuleDraft) -> None:
    moved = delayed(draft)
    (later,) = moved.notice.supplements
    assert later.clauses == {"补1·一": "一、申报时间", "补1·二": "二、其他"}
    assert "延至3月22日" in clause_wordings(moved.notice)["补1·一"]
    again, path = supplement_drafts.with_supplement(moved, {**DELAY, "text": "名额不变。"})
    assert path == "supplements[2]"
    assert list(again.notice.supplements[1].clauses) == ["补2·前言"]
    with pytest.raises(NotAllowed, match="要有标题和正文"):
        supplement_drafts.with_supplement(draft, {**DELAY, "text": " "})


def test_each_clause_says_where_it_is_served_and_what_no_longer_holds_is_marked(draft: RuleDraft) -> None:
    plain = {row.id: row for row in served_rows(draft, rule_editing.lines(draft))}
    assert {row.served for row in plain.values()} == {Served.RULED, Served.TOLD}
    assert plain["二(二)3"].by.startswith("条件：")
    assert draft.at(plain["二(二)3"].paths[0]).clause == "二(二)3"
    moved = delayed(draft)
    rows = {row.id: row for row in served_rows(moved, rule_editing.lines(moved))}
    assert rows["四"].served is Served.SUPERSEDED
    assert rows["四"].by == "由《关于延长申报时间的通知》取代"
    assert rows["补1·一"].served is Served.RULED
    assert rows["补1·二"].served is Served.BARE, "nobody has said yet why it makes no rule"


def test_the_slips_and_overlaps_of_the_first_notice_are_warned_of() -> None:
    preset = next(one for one in rounds.presets() if one.key == "first-batch-2018")
    draft = trial_draft(load_notice(preset.toml, preset.key), "第一批")
    shown = timetable(draft, date(2018, 9, 1))
    told = " ".join(warning.text for warning in shown.warnings)
    assert all(slip.meant in told for slip in draft.notice.slips)
    assert draft.notice.slips


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2024, 3, 11), "已过"),
        (date(2024, 3, 12), "今天"),
        (date(2024, 3, 13), "1 个工作日"),
        (date(2024, 3, 18), "4 个工作日"),
    ],
)
def test_what_is_left_is_told_in_working_days(due: date, words: str) -> None:
    assert left_words(due, date(2024, 3, 12), WorkCalendar()) == words


def test_over_a_weekend_no_working_day_is_left() -> None:
    assert left_words(date(2024, 3, 17), date(2024, 3, 15), WorkCalendar()) == "只剩休息日"


def test_letters_name_all_documents_and_who_holds_the_round(draft: RuleDraft) -> None:
    words = grounds(delayed(draft).notice)
    assert words.startswith(f"《{draft.notice.title}》")
    assert "《关于延长申报时间的通知》（党组字〔2024〕5号）" in words
    assert words.count("和《") == 1
    assert grounds(replace(draft.notice, basis=())) == f"《{draft.notice.title}》"
    assert holders(draft.notice) == ""
    both = replace(draft.notice, organisers=("党委组织部",), co_organisers=("党委宣传部", "学生工作部"))
    assert holders(both) == "主办：党委组织部；协办：党委宣传部、学生工作部"
