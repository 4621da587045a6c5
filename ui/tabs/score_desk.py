"""电子评分表 for the reviewers: asked for, made as one archive, and shown with a mail for each."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from dualcreate_desktop.office import score_packs
from dualcreate_desktop.office.form_packs import FormPack
from ui.dialogs.files import ask_save_path
from ui.dialogs.mail import MailDialog, ReadyMail
from ui.dialogs.score_pack import ScorePackDialog
from ui.settings import Settings
from ui.tabs.tab import Tab
from ui.widgets.status_line import Offer

ZIP = "压缩包 (*.zip)"


def make_sheets(tab: Tab, settings: Settings, reviewers: int) -> None:
    """Ask until when, and make the workbooks of all reviewers."""
    office, round_id = tab.office, tab.round_id
    order = ScorePackDialog.ask(tab, reviewers)
    if order is None or round_id is None:
        return
    name = f"评分表-{office.clock():%Y%m%d}.zip"
    path = ask_save_path(tab, settings, "保存电子评分表", name, ZIP)
    if path is not None:
        tab.work(
            "正在生成评分表",
            lambda progress: score_packs.make_score_pack(
                office, round_id, path, until=order.until, tell=progress.step
            ),
            lambda pack: _show(tab, pack),
        )


def _show(tab: Tab, pack: FormPack) -> None:
    """The mails, one for each reviewer; nothing waits for them to be copied."""
    told = [f"{len(pack.forms)} 份电子评分表。压缩包里每位评委一个文件夹，邮件文字也在里面。"]
    mails = [ReadyMail(form.unit, form.mail.subject, form.mail.text) for form in pack.forms]
    dialog = MailDialog(tab, "电子评分表", mails, told=told, path=pack.path)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    folder = QUrl.fromLocalFile(str(pack.path.parent))
    tab.offered.emit(
        Offer(f"电子评分表已保存：{pack.path.name}", "打开文件夹", lambda: QDesktopServices.openUrl(folder))
    )
