"""What the desk was told once is kept, is used for every file after it, and can be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from db.errors import NotAllowed
from db.vocabulary import RowState
from dualcreate_desktop.intake.containers import open_source
from dualcreate_desktop.lists import BRANCHES
from dualcreate_desktop.office import choosing, incoming, journal, laying_out, learning
from dualcreate_desktop.office.incoming import Arrived
from dualcreate_desktop.office.learning import Memory
from dualcreate_desktop.office.previewing import Preview
from dualcreate_desktop.office.receiving import Answers
from dualcreate_desktop.office.store import Office

Ids = dict[str, str]
Send = Callable[..., Path]

HEAD = ("院级党组织", "党支部名称", "支部类型", "成立时间")
ODD_KIND = ("机械学院", "机械工程学院教工第三党支部", "中青年", "2019.9")
UNSURE = ("机械学院", "机械工程学院研究生党支部", "研究生", "2020.3")


def opened(office: Office, path: Path) -> Preview:
    (preview,) = incoming.open_file(office, path)
    return preview


def mailed(folder: Path, attachment: Path, sender: str = "张三 <zhangsan@example.cn>") -> Path:
    """A mail with a file."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = sender, "报送名册"
    mail.set_content("请查收。")
    mail.add_attachment(
        attachment.read_bytes(), maintype="application", subtype="octet-stream", filename=attachment.name
    )
    path = folder / "报送名册.eml"
    path.write_bytes(bytes(mail))
    return path


def arrived(office: Office, path: Path) -> list[Arrived]:
    return list(incoming.arrivals(office, open_source(path)))


def test_a_word_is_answered_once_for_every_file_and_can_be_forgotten(
    office: Office, branches: Ids, send: Send
) -> None:
    path = send([HEAD, ODD_KIND])
    preview = opened(office, path)
    assert preview.counts[RowState.PROBLEM] == 1
    learning.remember_value(office, BRANCHES, "kind", "中青年", "教师党支部")
    (row,) = opened(office, path).rows()
    assert (row.state, row.values["kind"]) == (RowState.NEW, "teacher")
    (known,) = learning.remembered(office)
    assert (known.memory, known.written) == (Memory.ANSWER, "中青年")
    assert known.means == "教师党支部（党支部名册·支部类型）"
    learning.forget(office, {known.id: known.memory})
    assert learning.remembered(office) == ()
    assert opened(office, path).counts[RowState.PROBLEM] == 1


def test_the_newest_answer_for_a_word_counts(office: Office, branches: Ids, send: Send) -> None:
    for meaning in ("教师党支部", "离退休党支部"):
        learning.remember_value(office, BRANCHES, "kind", "中青年", meaning)
    assert len(learning.remembered(office)) == 1
    (row,) = opened(office, send([HEAD, ODD_KIND])).rows()
    assert row.values["kind"] == "retired"


def test_each_unit_is_read_as_it_meant_a_word_itself_and_others_as_it_was_last_said(
    office: Office, units: Ids, branches: Ids, send: Send
) -> None:
    said = {"机械学院": "教师党支部", "材料学院": "离退休党支部"}
    for unit, meaning in said.items():
        learning.remember_value(office, BRANCHES, "kind", "中青年", meaning, unit=units[unit])
    read = {
        unit: opened(office, send([HEAD, (unit, "青年第九党支部", "中青年", "2019.9")]))
        .rows()[0]
        .values["kind"]
        for unit in (*said, "图书馆")
    }
    assert read == {"机械学院": "teacher", "材料学院": "retired", "图书馆": "retired"}
    told = {known.means for known in learning.remembered(office)}
    assert "教师党支部（党支部名册·支部类型，机械工程学院党委的表）" in told
    mine = next(known for known in learning.remembered(office) if "机械" in known.means)
    learning.forget(office, {mine.id: mine.memory})
    (row,) = opened(office, send([HEAD, ODD_KIND])).rows()
    assert row.values["kind"] == "retired"


def test_a_name_that_was_given_to_the_wrong_branch_is_taken_from_it(
    office: Office, branches: Ids, send: Send
) -> None:
    path = send([HEAD, UNSURE])
    first, second = list(branches.values())[:2]
    for chosen in (first, second):
        learning.remember_name(office, UNSURE[1], chosen)
        (row,) = opened(office, path).rows()
        assert row.record_id == chosen


def test_what_is_no_choice_is_not_remembered(office: Office) -> None:
    with pytest.raises(NotAllowed, match="不在可选项中"):
        learning.remember_value(office, BRANCHES, "kind", "中青年", "老中青")


def test_a_chosen_branch_is_an_alias_from_then_on(office: Office, branches: Ids, send: Send) -> None:
    path = send([HEAD, UNSURE])
    preview = opened(office, path)
    (row,) = preview.rows(RowState.PROBLEM)
    asked = choosing.question(office, preview, row, "name")
    assert (asked.written, asked.what, asked.unit) == (UNSURE[1], "党支部", "机械工程学院党委")
    assert asked.may_be_new
    assert asked.said["支部类型"]
    best = asked.candidates[0]
    assert best.facts["支部类型"]
    assert best.reason
    assert best.id not in {key for key, _ in asked.others}
    learning.remember_name(office, asked.written, best.id)
    (again,) = opened(office, path).rows()
    assert again.record_id == best.id
    assert [each.memory for each in learning.remembered(office)] == [Memory.NAME]
    change = journal.last_undoable(office)
    assert change is not None


def test_a_moved_head_and_its_columns_are_remembered_for_that_sender(
    office: Office, branches: Ids, send: Send, tmp_path: Path
) -> None:
    strange = [("甲", "乙", "丙", "丁"), (*ODD_KIND[:2], "教工", "2019.9")]
    mail = mailed(tmp_path, send(strange, "材料.csv"))
    (found,) = arrived(office, mail)
    assert found.trouble is not None
    assert found.source is not None
    (grid,) = found.strange
    layout = laying_out.with_head(grid, BRANCHES, (0,))
    for column, key in enumerate(("unit", "name", "kind", "founded")):
        layout = laying_out.with_column(layout, column, key)
    answers = Answers(list_key="branches", layout=layout)
    preview = incoming.lay_out(office, found.source, grid, answers)
    assert preview.counts[RowState.NEW] == 1
    assert incoming.apply(office, preview) is not None
    (again,) = arrived(office, mail)
    (known,) = again.previews
    assert known.counts[RowState.SAME] == 1, "the layout is known"
    memories = {each.memory: each for each in learning.remembered(office)}
    assert "zhangsan@example.cn" in memories[Memory.LAYOUT].written
    received = incoming.history(office)[0]
    assert received.name == "材料.csv"


def test_who_writes_for_which_unit_is_learned_by_the_import(
    office: Office, branches: Ids, send: Send, tmp_path: Path
) -> None:
    named = mailed(tmp_path, send([HEAD, ("机械学院", *ODD_KIND[1:2], "教工", "2019.9")], "机械学院.csv"))
    (found,) = arrived(office, named)
    incoming.apply(office, found.previews[0])
    assert {each.memory: each.written for each in learning.remembered(office)} == {
        Memory.SENDER: "zhangsan@example.cn"
    }
    nameless = send(
        [("党支部名称", "支部类型", "成立时间"), ("教工第七党支部", "教工", "2019.9")], "名册.csv"
    )
    (found,) = arrived(office, mailed(tmp_path, nameless))
    unit = found.previews[0].sheet.plan.unit
    assert unit is not None
    assert unit.name == "机械工程学院党委"
    assert unit.reason == "zhangsan@example.cn 以前报送的是这个单位"


def test_the_unit_of_a_sheet_can_be_said(office: Office, branches: Ids, send: Send) -> None:
    nameless = [("党支部名称", "支部类型", "成立时间"), ("教工第七党支部", "教工", "2019.9")]
    preview = opened(office, send(nameless, "名册.csv"))
    assert preview.counts[RowState.PROBLEM] == 1
    unit_id = next(key for key, name in preview.names.units.items() if name == "机械工程学院党委")
    said = incoming.mend(office, preview, Answers(unit=unit_id))
    (row,) = said.rows()
    assert (row.state, row.values["unit"]) == (RowState.NEW, unit_id)


def test_what_is_inside_a_mail_is_told_even_when_it_cannot_be_read(
    office: Office, branches: Ids, send: Send, tmp_path: Path
) -> None:
    bad = tmp_path / "扫描.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing")
    (found,) = arrived(office, mailed(tmp_path, bad))
    assert found.path == "报送名册.eml › 扫描.pdf"
    assert found.trouble is not None
    assert "PDF" in found.trouble.what
    assert found.envelope is not None
    assert found.envelope.address == "zhangsan@example.cn"
