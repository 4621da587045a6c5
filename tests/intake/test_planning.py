from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from db.vocabulary import ProblemKind, RowState
from dualcreate_desktop.fields import Field, FieldType, ListKind
from dualcreate_desktop.intake.containers import source_of
from dualcreate_desktop.intake.grid import Grid, SheetState
from dualcreate_desktop.intake.known import Branch, Known, KnownRecord, Learned, NewUnit, Unit
from dualcreate_desktop.intake.plan import FieldChange, ImportPlan
from dualcreate_desktop.intake.planning import make_plan
from dualcreate_desktop.intake.shape import guess_list
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.rules.dates import PartialDate

Plan = Callable[..., ImportPlan]
HEAD = ["序号", "所属院级党组织", "组织编码", "党支部名称", "支部类型", "成立时间", "正式党员数"]
TEACHER_1 = KnownRecord(
    "b-jg1",
    "c1",
    {
        "unit": "u-jx",
        "code": "JX0101",
        "name": "机械工程学院教工第一党支部",
        "kind": "teacher",
        "founded": PartialDate(2019, 9),
        "full_members": 12,
    },
)
STUDENT_1 = KnownRecord(
    "b-bk1", "c1", {"unit": "u-jx", "name": "机械工程学院本科生第一党支部", "kind": "undergraduate"}
)


def stored(known: Known, *records: KnownRecord) -> Known:
    return replace(known, records={(r.values["unit"], r.values["name"]): r for r in records})


def line(name: str, unit: str = "机械学院", **cells: object) -> list[object]:
    return [
        1,
        unit,
        cells.get("code", ""),
        name,
        cells.get("kind", "教师"),
        cells.get("founded", ""),
        cells.get("members", ""),
    ]


def states(made: ImportPlan) -> list[RowState]:
    return [row.state for row in made.rows]


def kinds(made: ImportPlan) -> list[ProblemKind]:
    return [problem.kind for problem in made.all_problems]


def test_a_new_branch_is_planned_with_typed_values(plan: Plan) -> None:
    cells = line("教工第九党支部", code="JX0199", kind="教工", founded="2019.9", members=12.0)
    made = plan([["江川大学党支部名册"], HEAD, cells])
    row = made.rows[0]
    assert (made.list_key, row.row, row.state, row.record_id) == ("branches", 3, RowState.NEW, None)
    assert row.values == {
        "unit": "u-jx",
        "code": "JX0199",
        "name": "教工第九党支部",
        "kind": "teacher",
        "founded": PartialDate(2019, 9),
        "full_members": 12,
    }


def test_only_what_differs_is_a_change_and_empty_cells_erase_nothing(plan: Plan, known: Known) -> None:
    known = stored(known, TEACHER_1)
    same = plan([HEAD, line("机械工程学院教工第一党支部", founded="2019年9月")], known)
    assert states(same) == [RowState.SAME]
    changed = plan([HEAD, line("教师一支部", members=15)], known)
    assert (changed.rows[0].record_id, changed.rows[0].revision) == ("b-jg1", "c1")
    assert changed.rows[0].changes == (FieldChange("full_members", 12, 15),)
    assert changed.summary == "更新 1"


def test_another_spelling_keeps_the_stored_name_and_a_code_or_old_name_renames(
    plan: Plan, known: Known
) -> None:
    known = stored(known, TEACHER_1)
    assert states(plan([HEAD, line("教师一支部")], known)) == [RowState.SAME]
    by_code = plan([HEAD, line("先进制造系教师党支部", code="JX0101")], known)
    by_old_name = plan([HEAD, line("先进制造系教师党支部（原教工第一党支部）")], known)
    renamed = (FieldChange("name", "机械工程学院教工第一党支部", "先进制造系教师党支部"),)
    assert by_code.rows[0].changes == by_old_name.rows[0].changes == renamed
    assert by_old_name.rows[0].extra == {"原名": "教工第一党支部"}


def test_a_code_of_one_branch_beside_the_name_of_another_is_a_problem(plan: Plan, known: Known) -> None:
    known = stored(known, TEACHER_1, STUDENT_1)
    made = plan([HEAD, line("本科生第一党支部", code="JX0101", kind="本科生")], known)
    assert kinds(made) == [ProblemKind.INCONSISTENT]
    assert not made.absent


def test_one_code_for_two_branches_keeps_both_out(plan: Plan) -> None:
    made = plan(
        [HEAD, line("教工第八党支部", code="X1"), line("教工第九党支部", code="x1"), line("教工第七党支部")]
    )
    assert states(made) == [RowState.PROBLEM, RowState.PROBLEM, RowState.NEW]
    assert made.rows[0].problems[0].message == "组织编码与第 3 行相同，却不是同一个组织"


def test_what_may_be_a_known_branch_is_asked_until_it_is_confirmed_as_new(plan: Plan) -> None:
    rows = [HEAD, line("教工党支部")]
    assert kinds(plan(rows)) == [ProblemKind.AMBIGUOUS]
    assert states(plan(rows, learned=Learned(separate=frozenset({"教工党支部"})))) == [RowState.NEW]


def test_an_unknown_unit_is_a_problem_at_its_true_cell(plan: Plan) -> None:
    made = plan([["标题"], [], HEAD, line("教工第一党支部", "文学院")])
    problem = made.rows[0].problems[0]
    assert made.rows[0].state is RowState.PROBLEM
    assert (problem.kind, problem.sheet, problem.row, problem.column, problem.raw) == (
        ProblemKind.UNKNOWN_UNIT,
        "名册",
        4,
        "B",
        "文学院",
    )


def test_an_empty_required_cell_and_a_missing_required_column_are_problems(plan: Plan) -> None:
    empty = plan([HEAD, line("教工第九党支部", kind="")])
    assert [(p.kind, p.column) for p in empty.all_problems] == [(ProblemKind.MISSING, "E")]
    without = plan([["学院", "党支部名称", "成立时间"], ["机械学院", "教工第九党支部", "2019.9"]])
    assert [(p.kind, p.column, p.key) for p in without.all_problems] == [(ProblemKind.MISSING, "", "kind")]


def test_a_partial_list_may_update_a_known_branch_without_the_required_columns(
    plan: Plan, known: Known
) -> None:
    made = plan(
        [["学院", "党支部名称", "成立时间"], ["机械学院", "教工第一党支部", "2019.10"]],
        stored(known, TEACHER_1),
    )
    assert made.rows[0].changes == (FieldChange("founded", PartialDate(2019, 9), PartialDate(2019, 10)),)


def test_the_same_row_twice_is_a_duplicate_and_a_contradiction_keeps_both_out(plan: Plan) -> None:
    respelt = plan([HEAD, line("教工第九党支部", members=9), line("教工九支部", members=9)])
    assert states(respelt) == [RowState.PROBLEM, RowState.PROBLEM]
    copied = plan([HEAD, line("教工第九党支部", members=9), line("教工第九党支部", members=9.0)])
    assert states(copied) == [RowState.NEW, RowState.DUPLICATE]
    against = plan([HEAD, line("教工第九党支部", members=9), line("教工第九党支部", members=10)])
    assert states(against) == [RowState.PROBLEM, RowState.PROBLEM]
    assert against.rows[1].problems[0].message == "与第 2 行重复，内容不同"


def test_a_branch_left_out_of_its_units_list_is_absent_and_other_units_are_not(
    plan: Plan, known: Known
) -> None:
    other = KnownRecord("b-cl1", "c1", {"unit": "u-cl", "name": "材料科学与工程学院教工第一党支部"})
    made = plan([HEAD, line("教工第一党支部")], stored(known, TEACHER_1, STUDENT_1, other))
    assert [absent.record_id for absent in made.absent] == ["b-bk1"]
    assert made.summary == "未变 1，表中未列 1"


def test_a_corrected_copy_changes_one_row(plan: Plan, known: Known) -> None:
    rows = [line(f"教工第{number}党支部", members=number) for number in range(20, 30)]
    first = plan([HEAD, *rows], known)
    after = applied(known, first)
    assert plan([HEAD, *rows], after, name="名册 - 副本.xlsx").summary == "未变 10"
    rows[3][6] = 99
    assert plan([HEAD, *rows], after, name="名册(1).xlsx").summary == "更新 1，未变 9"


def applied(known: Known, made: ImportPlan) -> Known:
    """The picture of the store after the plan."""
    records = dict(known.records)
    branches = list(known.branches)
    for row in made.applicable:
        id = row.record_id or f"new-{row.row}"
        unit, name = row.values["unit"], row.values["name"]
        assert isinstance(unit, str)
        assert isinstance(name, str)
        records[(unit, name)] = KnownRecord(
            id, "c2", {k: v for k, v in row.values.items() if not isinstance(v, NewUnit)}
        )
        branches.append(Branch(id, name, unit))
    return replace(known, records=records, branches=tuple(branches))


def test_a_merged_unit_covers_its_rows_and_a_blank_one_continues(plan: Plan) -> None:
    rows = [
        HEAD,
        line("甲党支部"),
        line("乙党支部", ""),
        line("丙党支部", ""),
        line("丁党支部", "材料学院"),
        line("戊党支部", ""),
    ]
    made = plan(rows, merges=["B2:B4"])
    assert [row.values["unit"] for row in made.rows] == ["u-jx"] * 3 + ["u-cl"] * 2


def test_a_merged_cell_speaks_for_all_its_rows_in_any_column(plan: Plan) -> None:
    made = plan([HEAD, line("甲党支部", kind="教师"), line("乙党支部", kind="")], merges=["E2:E3"])
    assert [row.values["kind"] for row in made.rows] == ["teacher", "teacher"]


def test_the_unit_of_a_group_row_title_or_file_name_covers_rows_that_name_none(plan: Plan) -> None:
    head, row = ["党支部名称", "支部类型", "成立时间"], ["教工第九党支部", "教师", "2019.9"]
    by_label = plan([["填报单位：机械学院"], head, row])
    by_title = plan([["机械工程学院党支部名册"], head, row])
    by_file = plan([head, row], name="机械工程学院-党支部名册(2).xlsx")
    assert [made.rows[0].values["unit"] for made in (by_label, by_title, by_file)] == ["u-jx"] * 3
    grouped = plan([HEAD, ["材料学院"], line("甲党支部", "")], merges=["A2:G2"])
    assert grouped.rows[0].values["unit"] == "u-cl"


def test_a_file_that_names_no_unit_is_asked_where_two_units_have_the_branch(plan: Plan) -> None:
    units = (Unit("a", "文学院党委"), Unit("b", "理学院党委"))
    known = Known(
        units,
        (Branch("1", "教工一支部", "a"), Branch("2", "教工一支部", "b"), Branch("3", "教工二支部", "b")),
    )
    head = ["党支部名称", "年度", "考核类型", "等次"]
    made = plan([head, ["教工一支部", 2023, "支部考核", "好"], ["教工二支部", 2023, "支部考核", "好"]], known)
    assert made.rows[0].problems[0].kind is ProblemKind.AMBIGUOUS
    assert (made.rows[1].state, made.rows[1].values["unit"]) == (RowState.NEW, "b")


def test_a_branch_column_that_names_the_unit_itself_means_the_unit(plan: Plan) -> None:
    made = plan([["学院", "申报类别", "申报党组织"], ["机械学院", "标杆院级党组织", "机械工程学院党委"]])
    assert "branch" not in made.rows[0].values
    assert made.rows[0].state is RowState.NEW


def test_a_unit_of_the_same_file_may_be_the_parent(plan: Plan) -> None:
    made = plan([["全称", "上级党组织"], ["物理系党总支", "理学院党委"], ["理学院党委", ""]], Known())
    assert made.rows[0].values["parent"] == NewUnit("理学院党委")
    assert states(made) == [RowState.NEW, RowState.NEW]


def test_columns_that_mean_no_field_are_kept_and_told(plan: Plan) -> None:
    made = plan([[*HEAD, "食堂"], [*line("甲党支部"), "二食堂"]])
    assert made.rows[0].extra == {"食堂": "二食堂"}
    assert made.notes == ("未导入的列：食堂",)


def test_hidden_rows_and_sheets_are_read_and_told(
    make_workbook: Callable[..., bytes], grid_of: Callable[..., Grid], known: Known
) -> None:
    data = make_workbook([HEAD, line("甲党支部"), line("乙党支部")])
    grid = replace(grid_of(data), hidden_rows=frozenset({1}), state=SheetState.HIDDEN)
    guess = guess_list(grid, LIST_KINDS)
    assert guess is not None
    made = make_plan(guess, grid, known, source=source_of("名册.xlsx", data))
    assert states(made) == [RowState.NEW, RowState.NEW]
    assert made.notes == ("工作表“名册”是隐藏的，请确认它不是往年的名单", "有 1 行被隐藏或筛选掉，也已读取")


def test_what_the_file_cannot_say_is_a_problem_only_where_it_is_needed(
    make_workbook: Callable[..., bytes], grid_of: Callable[..., Grid], known: Known
) -> None:
    data = make_workbook(
        [HEAD, line("甲党支部"), line("乙党支部"), line("丙党支部", code=123, founded=2019.1)]
    )
    grid = replace(
        grid_of(data),
        errors={(1, 4): "#N/A", (1, 5): "#REF!"},
        uncalculated=frozenset({(2, 6)}),
        shown={(3, 2): "000123", (3, 5): "2019.10"},
    )
    guess = guess_list(grid, LIST_KINDS)
    assert guess is not None
    made = make_plan(guess, grid, known, source=source_of("名册.xlsx", data))
    assert states(made) == [RowState.PROBLEM, RowState.NEW, RowState.NEW]
    assert [(p.row, p.column, p.kind, p.is_error) for p in made.all_problems] == [
        (2, "E", ProblemKind.ERROR_CELL, True),
        (2, "F", ProblemKind.ERROR_CELL, False),
        (3, "G", ProblemKind.NOT_CALCULATED, False),
    ]
    assert (made.rows[2].values["code"], made.rows[2].values["founded"]) == ("000123", PartialDate(2019, 10))


def test_equal_plans_have_one_digest_and_another_store_another(plan: Plan, known: Known) -> None:
    rows: Sequence[Sequence[object]] = [HEAD, line("教工第一党支部", members=15)]
    digest = plan(rows, stored(known, TEACHER_1)).digest()
    assert plan(rows, stored(known, replace(TEACHER_1, revision="c2"))).digest() != digest


SCORES = ListKind(
    key="scores",
    label="评分表",
    identity=("applicant",),
    title_words=("评分表",),
    fields=(
        Field("applicant", "申报党组织", FieldType.TEXT, ("申报对象", "党支部"), required=True),
        Field("work", "工作基础（40分）", FieldType.DECIMAL, required=True, minimum=0, maximum=40),
        Field("plan", "建设方案（60分）", FieldType.DECIMAL, required=True, minimum=0, maximum=60),
        Field("note", "备注", FieldType.LONG_TEXT),
    ),
)


def test_a_score_sheet_is_checked_cell_by_cell(plan: Plan) -> None:
    names = ["机械学院教工第一党支部", "材料学院（筹）党支部", "图书馆党支部", "文学院党支部"]
    known = Known(
        records={(name,): KnownRecord(name, "c1", {"applicant": name}) for name in names}, closed=True
    )
    made = plan(
        [
            ["评委：张三"],
            ["序号", "申报党组织", "工作基础（40分）", "建设方案（60分）", "合计", "备注"],
            [1, "机械学院教工第一党支部", 38.5, 55, 93.5, "好"],
            [2, "材料学院(筹)党支部", 41, "优", 41, ""],
            [3, "图书馆 党支部", "", 50, 50, ""],
            [4, "理学院党支部", 30, 50, 80, ""],
        ],
        known,
        lists=[SCORES],
    )
    assert states(made) == [RowState.CHANGED, RowState.PROBLEM, RowState.PROBLEM, RowState.PROBLEM]
    assert made.rows[0].values["work"] == Decimal("38.5")
    assert [(p.row, p.column, p.kind) for p in made.all_problems] == [
        (4, "C", ProblemKind.OUT_OF_RANGE),
        (4, "D", ProblemKind.BAD_NUMBER),
        (5, "C", ProblemKind.MISSING),
        (6, "B", ProblemKind.UNKNOWN_BRANCH),
    ]
    assert [absent.record_id for absent in made.absent] == ["文学院党支部"]


def test_a_month_in_which_the_stored_day_lies_changes_nothing(plan: Plan, known: Known) -> None:
    exact = replace(TEACHER_1, values={**TEACHER_1.values, "founded": PartialDate(2019, 9, 15)})
    (row,) = plan([HEAD, line("教工第一党支部", founded="2019.9", members=15)], stored(known, exact)).rows
    assert [change.key for change in row.changes] == ["full_members"]
    assert row.values["founded"] == PartialDate(2019, 9, 15), "nor does the change of another field"
    (row,) = plan([HEAD, line("教工第一党支部", founded="2019.10")], stored(known, exact)).rows
    assert row.state is RowState.CHANGED


def test_a_row_taken_for_a_known_branch_is_added_once_its_name_is_said_to_be_another(
    plan: Plan, known: Known
) -> None:
    rows, held = [HEAD, line("教师一支部")], stored(known, TEACHER_1)
    assert plan(rows, held).rows[0].record_id == "b-jg1"
    (row,) = plan(rows, held, learned=Learned(separate=frozenset({"教师一支部"}))).rows
    assert (row.state, row.values["name"]) == (RowState.NEW, "教师一支部")
    same = [HEAD, line("机械工程学院教工第一党支部")]
    (row,) = plan(same, held, learned=Learned(separate=frozenset({"机械工程学院教工第一党支部"}))).rows
    assert row.record_id == "b-jg1", "two of the same name there cannot be"


POSTS = ["学院", "党支部", "姓名", "职务", "任职时间", "离任时间"]
POST = KnownRecord(
    "p1",
    "c1",
    {
        "body_unit": "u-jx",
        "body_branch": "b-jg1",
        "role": "secretary",
        "name": "赵喆",
        "since": PartialDate(2015, 3),
        "until": PartialDate(2018, 3),
    },
)


def post(since: str, until: str = "") -> list[object]:
    return ["机械学院", "教工第一党支部", "赵喆", "书记", since, until]


def held(known: Known, *posts: KnownRecord) -> Known:
    names = ("u-jx", "b-jg1", "secretary", "赵喆")
    return replace(known, records={names: posts[-1]}, twins=posts[:-1])


def test_a_row_named_like_a_record_is_added_when_somebody_says_so(plan: Plan, known: Known) -> None:
    rows = [POSTS, post("2021.3")]
    assert plan(rows, held(known, POST)).rows[0].state is RowState.CHANGED
    made = plan(rows, held(known, POST), learned=Learned(added=frozenset({2})))
    assert (made.rows[0].state, made.rows[0].record_id) == (RowState.NEW, None)
    both = [POSTS, post("2015.3", "2018.3"), post("2021.3")]
    assert states(plan(both, held(known, POST))) == [RowState.PROBLEM, RowState.PROBLEM]
    made = plan(both, held(known, POST), learned=Learned(added=frozenset({3})))
    assert states(made) == [RowState.SAME, RowState.NEW]


def test_what_was_added_beside_its_like_is_known_again(plan: Plan, known: Known) -> None:
    later = KnownRecord("p2", "c2", {**POST.values, "since": PartialDate(2021, 3), "until": None})
    for records in ((POST, later), (later, POST)):
        made = plan([POSTS, post("2015.3", "2018.3"), post("2021.3")], held(known, *records))
        assert [(row.state, row.record_id) for row in made.rows] == [
            (RowState.SAME, "p1"),
            (RowState.SAME, "p2"),
        ]


def test_a_list_in_which_each_record_has_its_own_name_adds_none_twice(plan: Plan, known: Known) -> None:
    made = plan(
        [HEAD, line("教工第一党支部", members=15)],
        stored(known, TEACHER_1),
        learned=Learned(added=frozenset({2})),
    )
    assert made.rows[0].state is RowState.CHANGED


def test_a_name_broken_by_a_narrow_column_is_one_name(plan: Plan, known: Known) -> None:
    held = stored(known, TEACHER_1)
    (again,) = plan([HEAD, line("机械工程学院\n教工第一党支部")], held).rows
    assert again.state is RowState.SAME
    (new,) = plan([HEAD, line("教工第九\n党支部\n（筹）")], held).rows
    assert new.values["name"] == "教工第九党支部（筹）"


def test_a_name_that_can_only_be_one_branch_is_not_called_ambiguous(plan: Plan, known: Known) -> None:
    head = ["学院", "党支部名称", "年度", "考核类型", "等次"]
    (problem,) = plan([head, ["材料学院", "教工党支部", 2023, "支部考核", "好"]], known).all_problems
    assert problem.kind is ProblemKind.AMBIGUOUS
    assert problem.message == "名册中没有“教工党支部”，可能就是“材料科学与工程学院教工第一党支部”，请确认"
    assert problem.suggestion == "材料科学与工程学院教工第一党支部"
