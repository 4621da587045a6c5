"""Sending a file back to whoever sent it: the marked copy and the text of the mail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db.errors import NotAllowed
from dualcreate_desktop.intake.containers import Kind
from dualcreate_desktop.intake.losses import losses
from dualcreate_desktop.intake.marking import Mark, Marking, marks_of
from dualcreate_desktop.intake.sheets import mark_copy
from dualcreate_desktop.office.exporting import Tell
from dualcreate_desktop.office.own_unit import own_unit_of
from dualcreate_desktop.office.previewing import Preview
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.mails import Mail, Remark, correction_mail, moment
from dualcreate_desktop.papers.saving import save_whole


@dataclass(frozen=True, slots=True)
class SentBack:
    """What was made for the sender.

    Args:
        path: of the copy; `mail` is ready to be copied into the mail program.
        problems: how many cells or rows are marked.
        rebuilt: the sender's format cannot be written, so the copy is a new .xlsx of the values.
        losses: what the copy lacks of the file, Chinese nouns; shown before it is sent.
    """

    path: Path
    mail: Mail
    problems: int
    rebuilt: bool
    losses: tuple[str, ...]


def marks(previews: Sequence[Preview], *, warnings: bool = True) -> tuple[Mark, ...]:
    """What the sender is asked to mend: the problems that are left after what the office mended itself.

    Args:
        previews: of the sheets of one file.
        warnings: also what is imported but should be looked at.
    """
    found = (problem for preview in previews for problem in preview.sheet.plan.all_problems)
    return marks_of(problem for problem in found if warnings or problem.is_error)


def expected_losses(previews: Sequence[Preview]) -> tuple[str, ...]:
    """What a marked copy of the file will lack, told before it is made; of an encrypted one nobody knows yet."""
    source = previews[0].sheet.source
    return losses(source.data) if source.kind is Kind.XLSX else ()


def is_rebuilt(previews: Sequence[Preview]) -> bool:
    """Whether the copy will be a new .xlsx of the values, since the sender's format cannot be written."""
    return previews[0].sheet.source.kind not in (Kind.XLSX, Kind.ENCRYPTED)


def copy_name(previews: Sequence[Preview]) -> str:
    """What the copy is called unless the user chooses another name: 名册（请修改）.xlsx."""
    return f"{Path(previews[0].sheet.source.name).stem}（请修改）.xlsx"


def send_back(
    office: Office,
    previews: Sequence[Preview],
    path: Path,
    *,
    until: date | None = None,
    passwords: Sequence[str] = (),
    warnings: bool = True,
    tell: Tell = lambda done, total, what: None,
) -> SentBack:
    """Write a copy of the sender's workbook with its problems marked, and the mail that goes with it.

    Args:
        previews: of the sheets of one file, at least one.
        until: the day, or the moment, until which it is asked back.
        passwords: known to the office, tried on an encrypted file.
        tell: called about ten times a second; stops the work by raising.

    Raises:
        NotAllowed: there is nothing to mend.
        FileRefused, PasswordNeeded: the file cannot be opened again.
        UserError: the copy cannot be written.
    """
    source = previews[0].sheet.source
    asked = marks(previews, warnings=warnings)
    if not asked:
        raise NotAllowed("这个文件没有需要修改的地方", where=source.name, todo="不用退回，可以直接导入。")
    if source.kind is Kind.DOCX:
        raise NotAllowed(
            "Word 文档上不能标注", where=source.name, todo="请复制邮件文字，请对方在原文件中改正。"
        )
    order = Marking(source, tuple(passwords), asked, _intro(until))
    made = mark_copy(order, cancelled=_asking(lambda: tell(0, 1, "正在制作修改稿")))
    save_whole(path, lambda unfinished: unfinished.write_bytes(made.data))
    mail = letter(office, previews, until=until, warnings=warnings, attachment=path.name, lost=made.losses)
    return SentBack(path, mail, len(asked), made.rebuilt, made.losses)


def letter(
    office: Office,
    previews: Sequence[Preview],
    *,
    until: date | None = None,
    warnings: bool = True,
    attachment: str = "",
    lost: Sequence[str] = (),
) -> Mail:
    """The mail that asks for corrections, with a marked copy or, without an attachment, by its words alone.

    Args:
        previews: of the sheets of one file, at least one.
    """
    asked = marks(previews, warnings=warnings)
    several = len({mark.sheet for mark in asked}) > 1
    return correction_mail(
        to=sender_unit(previews),
        file=previews[0].sheet.source.name,
        attachment=attachment,
        remarks=[
            Remark(
                f"工作表“{mark.sheet}”{mark.place}" if several else mark.place,
                mark.message,
                mark.suggestion,
                mark.is_error,
            )
            for mark in asked
        ],
        losses=lost,
        until=until,
        signed=f"{own_unit_of(office).signature}　{office.actor.name}",
        today=office.clock().date(),
    )


def _intro(until: date | None) -> tuple[str, ...]:
    return (f"请于 {moment(until)}前改好发回。",) if until else ()


def sender_unit(previews: Sequence[Preview]) -> str:
    """The one unit that all rows with a unit mean; empty when there are several or none."""
    units = {
        str(row.values[key])
        for preview in previews
        for row in preview.sheet.plan.rows
        for key in ("unit", "body_unit")
        if key in row.values
    }
    names = [preview.names.units.get(unit, "") for preview in previews[:1] for unit in units]
    return names[0] if len(names) == 1 else ""


def _asking(tick: Callable[[], None]) -> Callable[[], bool]:
    """A tick as the child process asks it: whether to stop."""

    def asked() -> bool:
        tick()
        return False

    return asked
