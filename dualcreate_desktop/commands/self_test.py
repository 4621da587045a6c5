"""--self-test: does the program, as it was shipped, do each thing once on data of its own."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from db.errors import StoreError
from dualcreate_desktop.office import backup, journal, receiving, registry, rounds
from dualcreate_desktop.office.store import Actor, Office, open_office
from dualcreate_desktop.papers.content import Document, Paragraph, Title
from dualcreate_desktop.paths import Paths

_CSV = "院级党组织,党支部名称,支部类型,成立时间\n自检学院党委,自检学院教工第一党支部,教工,2019.9\n"


def run(_arguments: argparse.Namespace) -> int:
    """Run every check, tell each by name; 0 when all went well."""
    failed = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        office = open_office(Paths(Path(folder)), Actor("自检"), datetime.now)
        try:
            for name, check in CHECKS.items():
                try:
                    check(office, Path(folder))
                    print(f"通过　{name}")
                except Exception as error:  # noqa: BLE001  (every check must be told, whatever it dies of)
                    failed += 1
                    print(f"失败　{name}：{type(error).__name__} {error}")
        finally:
            office.close()
    print(f"自检{'通过' if not failed else f'未通过：{failed} 项'}")
    return 1 if failed else 0


def _presets(_office: Office, _folder: Path) -> None:
    if len(rounds.presets()) < 2:
        raise StoreError("缺少通知预设")


def _intake(office: Office, folder: Path) -> None:
    with office.change("自检：新增单位") as session:
        registry.insert_units(session, [{"name": "自检学院党委"}], today="2024-03-01")
    path = folder / "自检.csv"
    path.write_text(_CSV, encoding="gb18030")
    (reception,) = receiving.read_file(office, path)
    changed = receiving.apply(office, reception)
    if changed is None or registry.branches(office).total != 1:
        raise StoreError(f"导入结果不对：{reception.plan.summary}")
    journal.undo(office, changed.change_id)
    if registry.branches(office).total != 0:
        raise StoreError("撤销没有恢复原状")


def _backup(office: Office, folder: Path) -> None:
    backup.back_up(office.database, folder / "自检备份", now=office.clock(), reason="self-test")


def _papers(_office: Office, folder: Path) -> None:
    from dualcreate_desktop.papers.pdf import write_pdf
    from dualcreate_desktop.papers.word import write_word

    document = Document("自检", (Title("自检"), Paragraph("党支部书记：喆、堃、昇、镕、䶮。")))
    if write_pdf([document], folder / "自检.pdf") != 1:
        raise StoreError("PDF 页数不对")
    write_word(document, folder / "自检.docx")


CHECKS: Mapping[str, Callable[[Office, Path], None]] = {
    "通知预设": _presets,
    "读表、导入、撤销": _intake,
    "备份与校验": _backup,
    "PDF 与 Word": _papers,
}
