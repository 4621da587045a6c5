from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.headings import Vocabulary
from dualcreate_desktop.intake.labels import head_values
from dualcreate_desktop.intake.rows import Layout
from dualcreate_desktop.intake.shape import Guess, data_rows, guess_by, guess_list
from dualcreate_desktop.lists import APPLICATIONS, APPRAISALS, BRANCHES, LIST_KINDS, UNITS

MakeWorkbook = Callable[..., bytes]
GridOf = Callable[..., Grid]
Rows = Sequence[Sequence[object]]


@pytest.fixture
def shape(make_workbook: MakeWorkbook, grid_of: GridOf) -> Callable[..., tuple[Guess, Grid]]:
    def guessed(rows: Rows, *, merges: Sequence[str] = (), name: str = "表.xlsx") -> tuple[Guess, Grid]:
        grid = grid_of(make_workbook(rows, merges=merges), name)
        guess = guess_list(grid, LIST_KINDS, file_name=name)
        assert guess is not None
        return guess, grid

    return guessed


Shape = Callable[..., tuple[Guess, Grid]]
HEAD = ["序号", "学院", "党支部名称", "支部类型", "成立时间", "支部书记"]


def row(number: int, name: str, unit: str = "机械学院") -> list[object]:
    return [number, unit, name, "教师", "2019.9", "张三"]


def test_a_head_is_found_below_title_banner_and_label_rows(shape: Shape) -> None:
    guess, _ = shape(
        [
            ["附件3"],
            ["江川大学党支部名册（2023年）"],
            ["填报说明：请各单位于3月15日前报送，成立时间填写年月，支部类型从教师、学生中选择"],
            ["填报单位（盖章）：机械工程学院党委", "", "", "填报时间：2023.12"],
            [],
            HEAD,
            row(1, "教工一支部"),
        ],
        merges=["A2:F2", "A3:F3"],
    )
    assert (guess.kind, guess.header_rows, guess.first_row, guess.last_row) == (BRANCHES, (5,), 6, 6)
    assert guess.unit_text == "机械工程学院党委"
    assert guess.mapping == {1: "unit", 2: "name", 3: "kind", 4: "founded", 5: "secretary"}


def test_headings_with_hints_breaks_stars_and_numbers_are_understood() -> None:
    words = Vocabulary(BRANCHES)
    texts = [
        "*成立时间\n（如2019.9）",
        "1.党支部名称",
        "正 式 党 员 数（人）",
        "书记电话【必填】",
        "支部 类别：",
        "所在学院（必填）",
    ]
    named = words.name_headings([[text] for text in texts])
    assert [heading.key for heading in named] == ["founded", "name", "full_members", "phone", "kind", "unit"]


def test_a_heading_that_asks_is_not_the_fact() -> None:
    (heading,) = Vocabulary(BRANCHES).name_headings([["是否支部书记"]])
    assert heading.key == ""


def test_a_field_goes_to_the_column_that_means_it_best() -> None:
    named = Vocabulary(BRANCHES).name_headings([["名称"], ["党支部名称"]])
    assert [heading.key for heading in named] == ["", "name"]


def test_a_head_of_two_rows_is_joined(shape: Shape) -> None:
    guess, _ = shape(
        [
            ["学院", "党支部名称", "支部类型", "党员人数", "", "书记"],
            ["", "", "", "正式", "预备", ""],
            ["机械", "教工一支部", "教师", 12, 1, "张三"],
        ],
        merges=["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"],
    )
    assert (guess.header_rows, guess.first_row) == ((0, 1), 2)
    assert (guess.mapping[3], guess.mapping[4]) == ("full_members", "probationary_members")


def test_footers_blank_rows_and_repeated_heads_are_no_records(shape: Shape) -> None:
    guess, grid = shape(
        [
            HEAD,
            row(1, "教工一支部"),
            [],
            HEAD,
            row(2, "教工二支部"),
            [3],
            ["合计", "", "", "", "", 2],
            ["填表人：李四", "", "", "审核人：王五"],
            ["注：1.成立时间填年月"],
            ["", "", "（盖章）：             2023年12月1日"],
            ["单位负责人（签字）：", "", "填表人：王五", "", "联系电话：64"],
        ]
    )
    assert list(data_rows(grid, guess)) == [1, 4]


def test_a_real_row_after_a_footer_is_still_read(shape: Shape) -> None:
    guess, grid = shape([HEAD, row(1, "甲支部"), ["填表人：李四"], [], row(2, "乙支部")])
    assert list(data_rows(grid, guess)) == [1, 4]
    assert guess.last_row == 4


def test_a_real_name_with_a_footers_word_is_a_record(shape: Shape) -> None:
    names = ["说明文研究所党支部", "合计量子研究中心党支部", "审核评估办公室党支部", "注册中心党支部"]
    guess, grid = shape([HEAD, *(row(number, name) for number, name in enumerate(names, 1))])
    assert list(data_rows(grid, guess)) == [1, 2, 3, 4]


def test_a_note_beside_a_name_makes_no_footer_of_the_row(shape: Shape) -> None:
    guess, grid = shape([[*HEAD, "备注"], [*row(1, "甲党支部"), "说明：2019年由乙党支部更名"]])
    assert list(data_rows(grid, guess)) == [1]


def test_the_name_of_a_group_over_the_whole_width_is_no_record(shape: Shape) -> None:
    guess, grid = shape(
        [HEAD, ["一、机械工程学院"], row(1, "甲支部"), ["二、材料学院"], row(1, "乙支部")],
        merges=["A2:F2", "A4:F4"],
    )
    assert list(data_rows(grid, guess)) == [2, 4]


def test_the_kind_of_list_is_told_by_its_head_and_words(shape: Shape) -> None:
    guess, _ = shape([["组织编码", "全称", "简称", "类型"], ["A", "机械工程学院党委", "机械", "学院党委"]])
    assert guess.kind is UNITS
    guess, _ = shape(
        [
            ["2023年度党支部考核评价结果"],
            ["学院", "党支部", "考核类型", "等次"],
            ["机械", "甲", "支部考核", "好"],
        ]
    )
    assert (guess.kind, guess.defaults["year"]) == (APPRAISALS, "2023")


def test_a_sheet_without_a_head_is_no_list(make_workbook: MakeWorkbook, grid_of: GridOf) -> None:
    grid = grid_of(make_workbook([["机械学院", "教工一支部", "张三"], ["材料学院", "教工二支部", "李四"]]))
    assert guess_list(grid, LIST_KINDS) is None
    assert guess_list(Grid("空", ()), LIST_KINDS) is None


def test_the_user_may_move_the_head_and_the_mapping(make_workbook: MakeWorkbook, grid_of: GridOf) -> None:
    grid = grid_of(make_workbook([["机械学院", "教工一支部", "张三"]]))
    guess = guess_by(grid, BRANCHES, Layout((), 0, 0, {0: "unit", 1: "name"}))
    assert (guess.first_row, guess.mapping) == (0, {0: "unit", 1: "name"})


def test_labels_above_a_table_give_their_values(make_workbook: MakeWorkbook, grid_of: GridOf) -> None:
    rows: Rows = [
        ["专家评分表"],
        ["评委：张三", "", "组别：第一组  日期：2024年3月20日"],
        ["单位（盖章）：", "江川大学"],
        ["年度", "2023"],
        ["序号", "申报党组织"],
    ]
    assert head_values(grid_of(make_workbook(rows)), 4) == {
        "评委": "张三",
        "组别": "第一组",
        "日期": "2024年3月20日",
        "单位": "江川大学",
        "年度": "2023",
    }


def test_every_label_of_every_list_maps_to_its_own_field() -> None:
    for kind in LIST_KINDS:
        named = Vocabulary(kind).name_headings([[field.label] for field in kind.fields])
        assert [heading.key for heading in named] == [field.key for field in kind.fields], kind.key


def test_the_head_of_every_list_is_guessed_as_that_list(make_workbook: MakeWorkbook, grid_of: GridOf) -> None:
    def guessed(kind: ListKind) -> Guess | None:
        head = [field.label for field in kind.fields]
        return guess_list(grid_of(make_workbook([[kind.label], head, ["x"] * len(head)])), LIST_KINDS)

    assert [guess.kind.key if (guess := guessed(kind)) else "" for kind in LIST_KINDS] == [
        kind.key for kind in LIST_KINDS
    ]


def test_a_row_that_says_only_what_is_required_is_a_record(shape: Shape) -> None:
    guess, grid = shape(
        [
            ["推荐单位", "申报类别", "申报党支部", "推荐顺序"],
            ["机械学院", "标杆院级党组织", None, None],
            ["材料学院", "样板支部", "材料学院教工第一党支部", 1],
            ["法学院", None, None, None],
        ]
    )
    assert guess.kind is APPLICATIONS
    assert list(data_rows(grid, guess)) == [1, 2]
