"""--self-test: does the program, as it was shipped, do each thing once on data of its own."""

from __future__ import annotations

import io
import locale
import platform
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from db.errors import StoreError
from dualcreate_desktop.intake.containers import Source, open_source, source_of
from dualcreate_desktop.intake.sheets import read_sheets, unpack_source
from dualcreate_desktop.office import (
    backup,
    exporting,
    journal,
    receiving,
    registry,
    registry_writing,
    rounds,
)
from dualcreate_desktop.office.store import Actor, Office, open_office
from dualcreate_desktop.papers.content import Document, Face, Paragraph, Run, Title
from dualcreate_desktop.paths import Paths

Check = Callable[[Office, Path], None]
"""Does one thing in an office and a folder of its own; raises whatever when it does not work."""

_CSV = "院级党组织,党支部名称,支部类型,成立时间\n自检学院党委,自检学院教工第一党支部,教工,2019.9\n"
_RARE = "喆堃昇镕䶮"


def run(window_checks: Mapping[str, Check]) -> int:
    """Run every check, the window's after our own, and tell each by name; 0 when all went well."""
    failed = 0
    print(
        f"环境　{platform.platform()}　代码页 {locale.getpreferredencoding(do_setlocale=False)}", flush=True
    )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        office = open_office(Paths(Path(folder)), Actor("自检"), datetime.now)
        try:
            for name, check in {**CHECKS, **window_checks}.items():
                try:
                    check(office, Path(folder))
                    print(f"通过　{name}", flush=True)
                except Exception as error:  # noqa: BLE001  (every check must be told, whatever it dies of)
                    failed += 1
                    print(f"失败　{name}：{type(error).__name__} {error}", flush=True)
        finally:
            office.close()
    print(f"自检{'通过' if not failed else f'未通过：{failed} 项'}")
    return 1 if failed else 0


def _presets(_office: Office, _folder: Path) -> None:
    if len(rounds.presets()) < 2:
        raise StoreError("缺少通知预设")


def _intake(office: Office, folder: Path) -> None:
    with office.change("自检：新增单位") as session:
        registry_writing.insert_units(session, [{"name": "自检学院党委"}], today="2024-03-01")
    path = folder / "自检.csv"
    path.write_text(_CSV, encoding="gb18030")
    (reception,) = receiving.read_file(office, path)
    changed = receiving.apply(office, reception)
    if changed is None or registry.branches(office).total != 1:
        raise StoreError(f"导入结果不对：{reception.plan.summary}")
    journal.undo(office, changed.change_id)
    if registry.branches(office).total != 0:
        raise StoreError("撤销没有恢复原状")


def _mail(_office: Office, _folder: Path) -> None:
    packed, message = io.BytesIO(), EmailMessage()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("自检.csv", _CSV)
    message["From"], message["Subject"] = "自检 <a@example.cn>", "自检"
    message.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="附件.zip")
    (item,) = unpack_source(source_of("来信.eml", message.as_bytes()))
    if not isinstance(item, Source) or read_sheets(item)[0].cell(1, 0) != "自检学院党委":
        raise StoreError(f"邮件里的表格没有读出来：{item.path}")


def _workbooks(office: Office, folder: Path) -> None:
    path = folder / "自检.xlsx"
    exporting.export(path, "院级党组织", registry.UNIT_COLUMNS, registry.units(office).rows)
    (sheet,) = read_sheets(open_source(path))
    if "自检学院党委" not in {cell for row in sheet.rows for cell in row}:
        raise StoreError("写出的工作簿读不回来")


def _backup(office: Office, folder: Path) -> None:
    backup.back_up(office.database, folder / "自检备份", now=office.clock(), reason="self-test")


def _fonts(_office: Office, _folder: Path) -> None:
    from dualcreate_desktop.papers import fonts

    for chain in fonts.CHAINS.values():
        for font in chain:
            fonts.registered(font)
    if missing := fonts.missing_glyphs(_RARE):
        raise StoreError(f"字体缺字：{'、'.join(missing)}")


def _papers(_office: Office, folder: Path) -> None:
    from dualcreate_desktop.papers.pdf import write_pdf
    from dualcreate_desktop.papers.word import write_word

    lines = (Paragraph((Run(f"党支部书记：{_RARE}。", face),)) for face in Face)
    document = Document("自检", (Title("自检"), *lines))
    if write_pdf([document], folder / "自检.pdf") != 1:
        raise StoreError("PDF 页数不对")
    write_word([document], folder / "自检.docx")


CHECKS: Mapping[str, Check] = {
    "通知预设": _presets,
    "读表、导入、撤销": _intake,
    "邮件与压缩包": _mail,
    "写工作簿并读回": _workbooks,
    "备份与校验": _backup,
    "字体": _fonts,
    "PDF 与 Word": _papers,
}
