from __future__ import annotations

from dataclasses import replace

from dualcreate_desktop.papers.codes import copies
from dualcreate_desktop.papers.content import (
    Cell,
    Copy,
    Document,
    FormTable,
    Heading,
    Paper,
    Paragraph,
    Run,
    digest,
    texts,
)


def test_the_digest_is_that_of_the_content(papers: dict[str, Document]) -> None:
    assert len({digest(document) for document in papers.values()}) == len(papers)
    for document in papers.values():
        assert {digest(copy) for copy in copies(document, 3)} == {digest(document)}
        assert digest(replace(document, footer="校验值")) == digest(document)
        assert digest(replace(document, blocks=document.blocks[:-1])) != digest(document)


def test_the_digest_tells_equal_texts_of_different_meaning_apart() -> None:
    blocks = (
        Heading("一、目标"),
        Paragraph("一、目标"),
        Paragraph((Run("一、目标"),)),
        Heading("一、目标", 2),
    )
    assert len({digest(Document("题", (block,))) for block in blocks}) == len(blocks)
    assert digest(Document("题", (), Paper.FORM)) != digest(Document("题", ()))


def test_the_digest_stays_what_it_was() -> None:
    assert digest(Document("题", (Paragraph("文"),))).startswith("00e0cae3a641")


def test_a_copy_says_which_it_is() -> None:
    assert Copy(1, 2).label == "第1份 共2份"


def test_cells_find_their_columns_beside_those_that_reach_down() -> None:
    form = FormTable(
        (1, 1, 1, 1),
        (
            (Cell("甲", down=3), Cell("乙", across=2), Cell("丙", down=2)),
            (Cell("丁"), Cell("戊")),
            (Cell("己", across=3),),
        ),
    )
    assert form.places() == [[0, 1, 3], [1, 2], [1]]


def test_texts_are_in_reading_order() -> None:
    document = Document(
        "题",
        (
            Heading("甲"),
            FormTable((1, 1), ((Cell("乙", label=True), Cell("丙", closing=("丁",))),)),
            Paragraph("戊"),
        ),
    )
    assert texts(document) == ("甲", "乙", "丙", "丁", "戊")
