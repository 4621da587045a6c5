"""Ready texts for the office's mail program: what goes with a marked copy, and with an empty form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dualcreate_desktop.papers.forms.common import chinese_date

_MOST_LISTED = 12
"""Problems named in a mail; the others stand in the attachment."""

_ASK_US = "　　如有疑问，请随时与我们联系。"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to copy: its subject and its text in paragraphs."""

    subject: str
    text: str

    def file(self) -> bytes:
        """As a text file that Notepad opens in Chinese."""
        lines = ("主题：" + self.subject, "", *self.text.splitlines())
        return "\r\n".join(lines).encode("utf-8-sig")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend: 工作表“名册”第 3 行 C 列, and what is wrong there, without full stop."""

    place: str
    message: str
    suggestion: str
    must: bool


def correction_mail(
    *,
    to: str,
    file: str,
    attachment: str,
    remarks: Sequence[Remark],
    losses: Sequence[str],
    until: date | None,
    signed: str,
    today: date,
) -> Mail:
    """What goes with a marked copy: which file, what in it, until when.

    Args:
        to: the unit that is asked; empty when it is not known.
        attachment: the marked copy; empty when there is none and every problem is named.
        losses: what the copy lacks of the file.
        until: a day, or a day with its clock time.
    """
    when = f"于 {moment(until)}前" if until else "尽快"
    paragraphs = (
        f"{to or '各位老师'}：",
        f"　　您好！发来的“{file}”已收到，谢谢。核对时发现 {_counted(remarks)}：",
        *_listed(remarks, whole=not attachment),
        _how_to_mend(attachment, when),
        *([f"　　附件中没有保留原文件的{'、'.join(losses)}，不影响填报。"] if losses else []),
        _ASK_US,
    )
    return Mail(f"请修改“{file}”后发回", _signed(paragraphs, signed, today))


def _counted(remarks: Sequence[Remark]) -> str:
    must = sum(remark.must for remark in remarks)
    others = len(remarks) - must
    counted = (f"{must} 处需要改正" if must else "", f"{others} 处请再核对" if others else "")
    return "，另有 ".join(filter(None, counted))


def _listed(remarks: Sequence[Remark], *, whole: bool) -> list[str]:
    """What must be mended first; the rest of a long list stands in the attachment, unless this is the whole of it."""
    ordered = sorted(remarks, key=lambda remark: not remark.must)
    named = ordered if whole else ordered[:_MOST_LISTED]
    listed = [f"{number}．{_line(remark)}" for number, remark in enumerate(named, 1)]
    rest = len(ordered) - len(named)
    return [*listed, f"其余 {rest} 处见附件中的“问题清单”。"] if rest else listed


def _how_to_mend(attachment: str, when: str) -> str:
    if not attachment:
        return f"　　请在原文件中逐处改正，改好后{when}把整个文件发回。"
    return (
        f"　　附件“{attachment}”已在原表上标出这些单元格（红色须改正，黄色请核对），并附有批注和“问题清单”。"
        f"请直接在附件中修改，不要增删列，改好后{when}把整个文件发回；颜色和批注不必删除，“问题清单”不用填写。"
    )


def form_mail(
    *,
    to: str,
    form: str,
    attachment: str,
    rows: int,
    until: date | None,
    purpose: str,
    signed: str,
    today: date,
) -> Mail:
    """What goes with an empty or prefilled form.

    Args:
        form: what is asked for: 党支部名册.
        rows: how many are filled in already.
        purpose: why, a clause: 开展第三批“双创”申报; empty when nothing is to be said.
    """
    when = f"请于 {moment(until)}前" if until else "请尽快"
    known = (
        f"附件“{attachment}”中已填好现有的 {rows} 条记录，请逐条核对，有变化的直接修改，缺少的在空行补填"
        if rows
        else f"请在附件“{attachment}”中填写"
    )
    because = f"为{purpose}，" if purpose else ""
    paragraphs = (
        f"{to}：",
        f"　　您好！{because}请填报《{form}》。{known}；填写要求见表中的“填表说明”。",
        f"　　{when}把填好的文件（不要改成图片或 PDF）发回，纸质版按要求打印、签字、盖章后报送。"
        "请不要删除表中的隐藏列，也不要把内容复制到别的表里，以便准确对应。",
        _ASK_US,
    )
    return Mail(f"请填报《{form}》", _signed(paragraphs, signed, today))


def score_mail(
    *,
    to: str,
    attachment: str,
    rows: int,
    until: date | None,
    signed: str,
    today: date,
) -> Mail:
    """What goes with a reviewer's scoring workbook; `rows` is how many applications it asks to be marked."""
    when = f"请于 {moment(until)}前" if until else "请尽快"
    paragraphs = (
        f"{to}老师：",
        f"　　您好！感谢参加评审。请在附件“{attachment}”中为 {rows} 项申报评分：只填各项得分和备注，合计自动算出；"
        "应当回避或弃权的，在备注中写明，不评分。",
        f"　　{when}把填好的文件原样发回，请勿转发他人。",
    )
    return Mail("请为申报评分", _signed(paragraphs, signed, today))


def reminder_mail(
    *,
    to: str,
    about: str,
    document: str,
    issued: date | None,
    due: date | None,
    names: Sequence[str],
    signed: str,
    today: date,
) -> Mail:
    """What reminds a department of a letter that it has not answered.

    Args:
        about: title of the letter.
        document: its 文号; empty where it has none.
        names: of whom it has said nothing.
    """
    sent = f"{chinese_date(issued)}发出的" if issued else ""
    number = f"（{document}）" if document else ""
    until = f"，请于{chinese_date(due)}前反馈" if due else ""
    listed = [f"{place}．{name}" for place, name in enumerate(names[:_MOST_LISTED], 1)]
    rest = len(names) - len(listed)
    paragraphs = (
        f"{to}：",
        f"　　您好！{sent}《{about}》{number}{until}。截至{chinese_date(today)}，下列 {len(names)} 项还没有收到答复：",
        *listed,
        *([f"……其余 {rest} 项见原函名单。"] if rest else []),
        "　　没有情况的，请书面注明“无异议”；有情况的，请写明时间、事由和处理结果。未收到书面答复的，不视为无异议。",
    )
    return Mail(f"请反馈意见：{about}", _signed(paragraphs, signed, today))


def moment(when: date) -> str:
    """2024年3月20日, or with a clock time 2024年3月20日17:00."""
    return chinese_date(when) + (f"{when:%H:%M}" if isinstance(when, datetime) else "")


def _signed(paragraphs: Iterable[str], signed: str, today: date) -> str:
    """The text of a mail, with who sends it and when at its foot."""
    return "\n".join((*paragraphs, "", signed, chinese_date(today)))


def _line(remark: Remark) -> str:
    suggestion = f"（是否为“{remark.suggestion}”）" if remark.suggestion else ""
    return f"{remark.place}：{remark.message}{suggestion}。"
