"""申报表: what an applicant sends in on paper, signed by the branch, sealed by the unit and by the school."""

from __future__ import annotations

from dataclasses import dataclass

from db.vocabulary import Applicant
from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import (
    Cell,
    Document,
    FormTable,
    Heading,
    Note,
    Paper,
    Paragraph,
    Title,
)
from dualcreate_desktop.papers.forms.common import DATE_BLANK, OWN_TEMPLATE, Fact, fact_rows

SECTION_HEIGHT = 40
"""Least height of a long text, in millimetres: with the facts above them, three fill the first page."""
OPINION_HEIGHT = 55


@dataclass(frozen=True, slots=True)
class Section:
    """One long text: 工作基础与成功做法, 特色经验, 建设目标, 实施计划, 预期成果 …; empty to be written by hand."""

    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One item of the budget, the amount as it is printed (in 元)."""

    item: str
    amount: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """An application as it is printed.

    Args:
        round_name: as in 第三批新时代党建“双创”工作; `category` as in 党建工作样板支部.
        name: of the unit or branch that applies; `unit` it belongs to, for a branch.
        facts: 基本情况, as the round asks for them.
        budget: None where the round has no funding; empty lines may follow by hand.
        total: the sum of the budget, as it is printed.
    """

    round_name: str
    category: str
    applicant: Applicant
    name: str
    unit: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    budget: tuple[BudgetLine, ...] | None = None
    total: str = ""
    filled_on: str = ""
    footer: str = ""


def application_form(form: ApplicationForm) -> Document:
    """The form, A4 upright; a branch has no seal: its secretary signs, the unit and the school seal."""
    title = f"{form.round_name}申报表"
    budget = () if form.budget is None else (Heading("三、经费预算"), _budget(form.budget, form.total))
    return Document(
        f"{title}（{form.name}）",
        (
            Title(f"{title}\n（{form.category}）"),
            Paragraph(
                f"填报日期：{form.filled_on or f'　　　　{DATE_BLANK}'}", indent=False, align=Align.RIGHT
            ),
            Heading("一、基本情况"),
            _facts(form),
            Heading("二、建设方案"),
            _sections(form.sections),
            *budget,
            Heading("四、审核意见" if budget else "三、审核意见"),
            _opinions(form.applicant),
            Note(f"注：{OWN_TEMPLATE}"),
        ),
        Paper.FORM,
        footer=form.footer,
    )


def _facts(form: ApplicationForm) -> FormTable:
    head = [Fact("申报党组织", form.name, wide=True)]
    if form.applicant is Applicant.BRANCH:
        head.append(Fact("所属院级党组织", form.unit, wide=True))
    return FormTable((3, 5, 3, 5), fact_rows([*head, *form.facts]))


def _sections(sections: tuple[Section, ...]) -> FormTable:
    rows = tuple(
        (Cell(section.label, label=True), Cell(section.text, long=True, height=SECTION_HEIGHT))
        for section in sections
    )
    return FormTable((3, 13), rows)


def _budget(lines: tuple[BudgetLine, ...], total: str) -> FormTable:
    head = tuple(Cell(label, label=True) for label in ("序号", "支出项目", "金额（元）", "测算依据"))
    shown = lines or (BudgetLine("", ""),) * 4
    rows = tuple(
        (
            Cell(str(number), align=Align.CENTER),
            Cell(line.item),
            Cell(line.amount, align=Align.RIGHT),
            Cell(line.basis),
        )
        for number, line in enumerate(shown, 1)
    )
    total_row = (Cell("合计", label=True, across=2), Cell(total, align=Align.RIGHT), Cell(""))
    return FormTable((1.5, 5, 3, 6.5), (head, *rows, total_row))


def _opinions(applicant: Applicant) -> FormTable:
    """One box for each that has a say, from the branch up."""
    secretary = ("书记签字：　　　　　　　　", DATE_BLANK)
    sealed = ("负责人签字：　　　　　　　　", "（盖章）　　　　　　　　", DATE_BLANK)
    branch = (_opinion("党支部意见", secretary),) if applicant is Applicant.BRANCH else ()
    return FormTable(
        (3, 13),
        (*branch, _opinion("院级党组织\n意见", sealed), _opinion("学校党委\n意见", sealed)),
        together=True,
    )


def _opinion(label: str, closing: tuple[str, ...]) -> tuple[Cell, ...]:
    return Cell(label, label=True), Cell("", closing=closing, height=OPINION_HEIGHT)
