"""What 公示 prints of the round itself: the documents that it rests on, who holds it, where objections go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from docx import Document as WordFile

from dualcreate_desktop.office import documents, rounds
from dualcreate_desktop.office.decisions import published
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.content import texts
from dualcreate_desktop.papers.word import write_word
from dualcreate_desktop.rules.notice_parts import Supplement, SupplementKind

LATER = Supplement(
    "later",
    SupplementKind.ADDITION,
    "关于补充申报的通知",
    {"补1·一": "补充"},
    "党组字〔2024〕5号",
    date(2024, 3, 8),
)


def test_the_letter_names_documents_holders_and_contacts_on_paper_and_in_word(
    sample_office: Office, loaded: Loaded, tmp_path: Path
) -> None:
    current = rounds.rules_of(sample_office, loaded.round_id)
    both = replace(
        current.notice, doc_number="党发〔2024〕3号", supplements=(LATER,), co_organisers=("党委宣传部",)
    )
    with sample_office.read() as session:
        notice = published(session, loaded.round_id)
        assert notice is not None
        letter = documents.public_notice(replace(current, notice=both), notice, [])
    said = "\n".join(texts(letter))
    assert f"根据《{both.title}》（党发〔2024〕3号）、《关于补充申报的通知》（党组字〔2024〕5号）和《" in said
    assert "主办：党委组织部；协办：党委宣传部。" in said
    assert "联系电话：" in said
    path = tmp_path / "公示.docx"
    write_word([letter], path)
    typed = "\n".join(paragraph.text for paragraph in WordFile(str(path)).paragraphs)
    assert "主办：党委组织部；协办：党委宣传部。" in typed
    assert "（党组字〔2024〕5号）" in typed
