"""评分表 for all reviewers, zipped with a mail for each."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from dualcreate_desktop.office import review_papers
from dualcreate_desktop.office.exporting import Tell
from dualcreate_desktop.office.form_packs import FormPack, PackedForm
from dualcreate_desktop.office.own_unit import own_unit_of
from dualcreate_desktop.office.panel import PanelRow, panel
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.mails import Mail, score_mail
from dualcreate_desktop.papers.saving import save_whole


def make_score_pack(
    office: Office,
    round_id: str,
    path: Path,
    *,
    until: date | None = None,
    tell: Tell = lambda done, total, what: None,
) -> FormPack:
    """Write the zip, whole or not at all; a form's `unit_id` and `unit` are the reviewer's id and name.

    Args:
        until: the day, or the moment, until which the marks are asked.
        tell: called before each reviewer; stops the work by raising.

    Raises:
        NotAllowed: there is no reviewer, or nothing to mark.
        UserError: the file cannot be written.
    """
    judges = panel(office, round_id)
    forms: list[PackedForm] = []

    def write(unfinished: Path) -> None:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive, TemporaryDirectory() as place:
            paths = review_papers.write_score_workbooks(office, round_id, Path(place))
            for number, (judge, sheet) in enumerate(zip(judges, paths, strict=True)):
                tell(number, len(judges), f"正在生成 {judge.name} 的评分表")
                mail = _mail(office, judge, sheet.name, until)
                archive.write(sheet, f"{sheet.stem}/{sheet.name}")
                archive.writestr(f"{sheet.stem}/邮件.txt", mail.file())
                forms.append(
                    PackedForm(judge.id, judge.name, f"{sheet.stem}/{sheet.name}", judge.expected, mail)
                )

    save_whole(path, write)
    return FormPack(path, "评分表", tuple(forms))


def _mail(office: Office, judge: PanelRow, attachment: str, until: date | None) -> Mail:
    return score_mail(
        to=judge.name,
        attachment=attachment,
        rows=judge.expected,
        until=until,
        signed=f"{own_unit_of(office).signature}　{office.actor.name}",
        today=office.clock().date(),
    )
