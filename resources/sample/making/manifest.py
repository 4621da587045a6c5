"""manifest.toml: in which order the office takes the files, and what it does with what they tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from resources.sample.making.appraisal_files import CONTRADICTED
from resources.sample.making.cases import CASES, Case
from resources.sample.making.expected import Import
from resources.sample.making.panel import PLACES, TARGETS, TIES, panel, ranked, result
from resources.sample.making.review_files import scored_as
from resources.sample.making.university import UNITS, UNIVERSITY, unit_of
from resources.sample.making.world import World

Table = Mapping[str, object]

TODAY = "2024-04-16T09:00:00"
HEAD, CLERK = "章清和", "谢亦川"
ACTORS = (
    {"name": CLERK, "pc": "组织科-01", "post": "组织科科员"},
    {"name": HEAD, "pc": "组织科-02", "post": "组织科科长"},
)

JUDGED = {
    "benchmark_unit": ("unit_leadership", "unit_staff", "unit_projects", "unit_recruiting", "unit_incidents", "unit_guide"),
    "model_branch": ("branch_role", "branch_communities", "branch_staff_results", "branch_student_results", "branch_incidents", "branch_guide"),
}  # fmt: skip  # category → conditions that a person settles for every sound application
FOR_STUDENTS = ("本科生", "硕士生", "博士生", "研究生", "学生")
SETTLED = (
    ("u4", "unit_age", "pass", "学校2019年第2次党委会议纪要：2019年1月10日批复成立"),
    ("u6", "unit_record", "pass", "2019年度述职评议等次为“好”，有考核通报"),
    ("b03", "branch_stable", "pass", "毕业后由2023级党员接续，支部不撤销，学院党委已出具说明"),
    ("b11", "branch_age", "pass", "化学化工学院党委2021年1月8日批复成立"),
    ("b18", "branch_record", "fail", "成立以来没有考核等次，也没有校级以上表彰"),
    ("b21", "branch_record", "pass", "成立后历次考核均为“好”，前两年不适用"),
    ("b30", "branch_record", "pass", "江大党发〔2023〕31号：属党内表彰"),
)
"""What was open for one application alone, how it was settled, and on which paper."""
REASONS = {
    "u5": "成立不满5年", "b04": "教师党支部成立不满3年", "b07": "近3年有师德师风问题", "b13": "近3年没有“好”的等次，也没有校级以上表彰",
    "b17": "到截止日差一天满3年", "b18": "成立不满1年", "b25": "没有支部成员获校级以上荣誉", "b38": "支部成员荣誉级别不够",
    "b28": "成立时间未登记，请补充批复文件", "b33": "本单位来函撤回",
}  # fmt: skip  # case → why it was rejected, returned or withdrawn
CHOSEN_AT_TIES = {
    "u2": "同分，材料科学与工程学院党委最近一年述职评议为“好”，经会议表决",
    "b16": "同分，土木工程学院上一批没有入选，经会议表决",
}
"""Whom the meeting took of those whom the line parts, and why: each has a step of its own."""
DEPARTMENTS = ("discipline", "publicity", "students", "security")
ANSWERED_OTHERWISE = {
    "b19": ("security", ""),
    "b25": ("security", "2023年11月办公用房违规用电引发火情，已通报批评"),
}
"""Application → the department that did not answer 无异议 and what it said; empty: nothing."""
SCALES: tuple[Table, ...] = (
    {
        "kind": "branch_work",
        "year": 2023,
        "maximum": "100",
        "bands": [["好", "90"], ["较好", "80"], ["一般", "70"], ["差", "0"]],
        "shares": [],
        "contradicted": [CONTRADICTED[1]],
    },
)
"""Which points make which grade, and the branches whose recorded grade contradicts it."""
SENT_NOTHING = ("体育部", "档案馆")
"""Units that still owe their appraisal results, for the reminders."""


def manifest(world: World, imports: Sequence[Import]) -> str:
    """The whole file as text."""
    parts = [_top(), *_tables("actor", ACTORS), _round(), *_tables("import", map(_import, imports))]
    parts += _tables("application", (_application(case, world) for case in CASES))
    parts += _tables("receipt", _receipts())
    parts += _tables("unit_receipt", _unit_receipts())
    parts += _tables("scale", SCALES)
    parts += _tables("inquiry", _inquiries())
    parts += _tables("confirmation", _confirmations())
    parts += _tables("reviewer", _reviewers(world))
    parts += _tables("conflict", _conflicts(world))
    parts += _tables("ranking", _rankings(world))
    parts += _tables("step", _steps(world))
    parts.append(_public_notice())
    return "\n".join(parts)


def _top() -> str:
    return (
        "# 示例办公室：按什么顺序导入哪些文件，之后做什么。由 make_sample.py 生成，不要手改。\n"
        "# import 的 new、changed、same、duplicate、problem 是导入预览应有的行数；problems 是各种问题的条数。\n"
        "# application 的 verdicts 是任何人确认之前的审查意见；shows 说明这一条要演示什么。\n"
        f"{_pairs({'university': UNIVERSITY, 'today': _Literal(TODAY), 'reference_day': _Literal('2024-03-15')})}"
    )


def _round() -> str:
    values = {
        "name": "第三批新时代党建“双创”",
        "preset": "third-batch-2023",
        "targets": TARGETS,
        "at": _Literal("2024-03-01T09:00:00"),
        "actor": HEAD,
    }
    return f"[round]\n{_pairs(values)}"


def _import(item: Import) -> Table:
    table: dict[str, object] = {"file": item.file, "list": item.kind, "at": _Literal(item.at), "actor": CLERK}
    if item.sheet:
        table["sheet"] = item.sheet
    counts = ("new", "changed", "same", "duplicate", "problem")
    table |= {key: getattr(item, key) for key in counts}
    return table | {"problems": item.problems, "shows": item.shows}


def _application(case: Case, world: World) -> Table:
    unit = unit_of(case.unit)
    return {
        "key": case.key,
        "category": case.category,
        "unit": unit.name,
        "branch": world.branch(case.unit, case.branch).name if case.branch else "",
        "preference": case.preference,
        "scored_as": scored_as(case, world),
        "shows": case.shows,
        "verdicts": case.verdicts,
        "after_review": case.end,
    }


def _receipts() -> Iterable[Table]:
    """Two papers in two copies each of every application; one copy came late, one never."""
    late, short = "b09", "b19"
    for category, form, support in (
        ("benchmark_unit", "unit_form", "unit_support"),
        ("model_branch", "branch_form", "branch_support"),
    ):
        keys = [case.key for case in CASES if case.category == category and case.key not in (late, short)]
        for material in (form, support):
            yield _receipt(keys, material, [1, 2], "2024-03-15T15:20:00")
    yield _receipt([late], "branch_form", [1, 2], "2024-03-15T16:30:00")
    yield _receipt([late], "branch_support", [1, 2], "2024-03-18T09:20:00") | {
        "late_reason": "印刷厂停电，已电话说明，科长同意"
    }
    yield _receipt([short], "branch_form", [1], "2024-03-15T16:45:00")
    yield _receipt([short], "branch_support", [1, 2], "2024-03-15T16:45:00")


def _receipt(keys: list[str], material: str, copies: list[int], at: str) -> dict[str, object]:
    return {
        "applications": keys,
        "material": material,
        "copies": copies,
        "at": _Literal(at),
        "by": CLERK,
        "brought_by": "各单位填报人",
    }


def _unit_receipts() -> Iterable[Table]:
    """What a unit sends once: its appraisal results, and its recommendation when it recommends."""
    sent = [unit.name for unit in UNITS if unit.short not in SENT_NOTHING]
    recommending = [unit.name for unit in UNITS if any(case.unit == unit.short for case in CASES)]
    for units, material, copies in (
        (sent, "appraisal_results", [1]),
        (recommending, "recommendation", [1, 2]),
    ):
        yield {
            "units": units,
            "material": material,
            "copies": copies,
            "at": _Literal("2024-03-15T15:00:00"),
            "by": CLERK,
            "brought_by": "各单位填报人",
        }


def _inquiries() -> Iterable[Table]:
    """What four departments say of every application; one is silent on one, and one has a concern."""
    keys = [case.key for case in CASES]
    for place, department in enumerate(DEPARTMENTS):
        others = {key for key, told in ANSWERED_OTHERWISE.items() if told[0] == department}
        yield {
            "department": department,
            "applications": keys,
            "document": f"江大组函〔2024〕{place + 3}号",
            "issued": _Literal("2024-03-15"),
            "due": _Literal("2024-03-19"),
            "replied_on": _Literal("2024-03-19"),
            "clear": [key for key in keys if key not in others],
            "concern": {
                key: ANSWERED_OTHERWISE[key][1]
                for key in keys
                if key in others and ANSWERED_OTHERWISE[key][1]
            },
            "at": _Literal("2024-03-19T16:00:00"),
            "actor": CLERK,
        }


def _confirmations() -> Iterable[Table]:
    """A passed application needs every open condition settled, and so does a rejected one."""
    settled = [case for case in CASES if case.end in ("eligible", "ineligible")]
    for category, conditions in JUDGED.items():
        for condition in conditions:
            keys = [case.key for case in settled if case.category == category and _concerns(condition, case)]
            yield _confirmation(keys, condition, "pass", "2024-03-20T10:00:00", "")
    for key, condition, verdict, reason in SETTLED:
        yield _confirmation([key], condition, verdict, "2024-03-20T16:00:00", reason)


def _concerns(condition: str, case: Case) -> bool:
    """Of the two on results, students' branches answer one, staff's the other, joint ones both.

    What the records already condemn is left as it is.
    """
    if case.verdicts.get(condition) == "fail":
        return False
    students = case.branch.startswith(FOR_STUDENTS)
    if condition == "branch_staff_results":
        return not students
    if condition == "branch_student_results":
        return students or case.branch.startswith("师生")
    return True


def _confirmation(keys: list[str], condition: str, verdict: str, at: str, reason: str) -> Table:
    return {
        "applications": keys,
        "condition": condition,
        "verdict": verdict,
        "reason": reason,
        "by": HEAD,
        "at": _Literal(at),
    }


def _reviewers(world: World) -> Iterable[Table]:
    for item in panel(world):
        yield {
            "number": item.number,
            "name": item.name,
            "unit": unit_of(item.unit).name if item.unit else "",
            "title": item.title,
            "asked": bool(item.statement),
        }


def _conflicts(world: World) -> Iterable[Table]:
    """有 and 无 of the reviewers that were asked; the others stay 未询问."""
    for item in panel(world):
        if not item.statement:
            continue
        reviewed = [case for cases in PLACES.values() for case in CASES if case.key in cases]
        out = [case.key for case in reviewed if item.keeps_out_of(case)]
        rest = [case.key for case in reviewed if not item.keeps_out_of(case)]
        reason = item.statement if item.declared else "评委所在单位申报"
        if out:
            yield {"reviewer": item.number, "applications": out, "state": "declared", "reason": reason}
        yield {"reviewer": item.number, "applications": rest, "state": "none", "reason": ""}


def _rankings(world: World) -> Iterable[Table]:
    panellists = panel(world)
    for category in PLACES:
        order = ranked(category, panellists)
        totals = [f"{float(result(case, panellists)) + 1e-9:.2f}" for case in order]
        tied = [sorted(pair) for pair in TIES.items() if pair[0] in PLACES[category]]
        yield {"category": category, "order": [case.key for case in order], "totals": totals, "tied": tied}


def _steps(world: World) -> Iterable[Table]:
    verbs = {"eligible": "pass", "ineligible": "reject", "returned": "return", "withdrawn": "withdraw"}
    for end, verb in verbs.items():
        cases = [case for case in CASES if case.end == end]
        if verb == "pass":
            yield _step([case.key for case in cases], verb, "2024-03-21T10:00:00", "eligibility")
        else:
            for case in cases:
                yield _step([case.key], verb, "2024-03-21T11:00:00", "eligibility", REASONS[case.key])
    for category, target in TARGETS.items():
        yield from _decided([case.key for case in ranked(category, panel(world))], target)


def _decided(order: list[str], target: int) -> Iterable[Table]:
    """The committee's word: the target's places, a fifth of them in reserve, the rest not selected."""
    reserve = -(-target // 5)
    at = "2024-04-02T15:00:00"
    chosen = order[:target]
    for key in (key for key in chosen if key in CHOSEN_AT_TIES):
        yield _step([key], "propose", at, "committee", CHOSEN_AT_TIES[key])
    yield _step([key for key in chosen if key not in CHOSEN_AT_TIES], "propose", at, "committee")
    yield _step(order[target : target + reserve], "reserve", at, "committee")
    yield _step(order[target + reserve :], "decline", at, "committee")
    yield _step(chosen, "select", "2024-04-16T08:30:00", "final")


def _step(keys: list[str], verb: str, at: str, step: str, reason: str = "") -> Table:
    return {
        "applications": keys,
        "verb": verb,
        "decision_step": step,
        "at": _Literal(at),
        "actor": HEAD,
        "reason": reason,
    }


def _public_notice() -> str:
    values = {
        "issued": _Literal("2024-04-07"),
        "first_day": _Literal("2024-04-08"),
        "last_day": _Literal("2024-04-12"),
        "organ": "中共江州大学委员会组织部",
        "contacts": "党委组织部 66-1203；纪委办公室 66-1310",
    }
    return f"[public_notice]\n{_pairs(values)}"


class _Literal(str):
    """A date or time, written without quotes."""

    __slots__ = ()


def _tables(name: str, tables: Iterable[Table]) -> list[str]:
    return [f"[[{name}]]\n{_pairs(table)}" for table in tables]


def _pairs(table: Table) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in table.items())


def _value(value: object) -> str:
    if isinstance(value, _Literal):
        return str(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} = {_value(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return str(value)
