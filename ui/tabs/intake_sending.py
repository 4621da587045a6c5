"""What goes out from 收件: a file back to its sender, and forms to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from dualcreate_desktop.intake.containers import Kind
from dualcreate_desktop.office import form_packs, laying_out, sending_back
from dualcreate_desktop.office.form_packs import FormPack, PackOrder
from dualcreate_desktop.office.previewing import Preview
from dualcreate_desktop.office.sending_back import SentBack
from dualcreate_desktop.office.store import Office
from ui.dialogs.files import EXCEL, ask_save_path
from ui.dialogs.form_pack import FormPackDialog
from ui.dialogs.mail import MailDialog, ReadyMail
from ui.dialogs.send_back import Request, Returned, SendBackDialog
from ui.settings import Settings
from ui.tabs.intake_items import Item
from ui.widgets.status_line import Offer

if TYPE_CHECKING:
    from ui.tabs.intake import IntakeTab

ZIP = "压缩包 (*.zip)"


class Sending:
    """Makes what leaves the desk."""

    def __init__(self, tab: IntakeTab, settings: Settings) -> None:
        self._tab, self._settings = tab, settings

    def send_back(self) -> None:
        """Ask how the file that is shown shall go back; its other sheets go with it."""
        item = self._tab.shown
        if item is None or item.preview is None:
            return
        previews = _of_one_file(item, self._tab.items)
        self._tab.work(
            "正在查看原文件",
            lambda _: _known(previews),
            lambda known: self._ask(previews, known),
        )

    def make_forms(self) -> None:
        """Ask which list is wanted of whom, and make the forms."""
        office, round_id = self._tab.office, self._tab.round_id
        kinds = tuple(filter(form_packs.can_be_asked, laying_out.kinds(office, round_id)))
        order = FormPackDialog.ask(self._tab, kinds, form_packs.units_to_ask(office), round_id)
        if order is None:
            return
        name = form_packs.pack_name(office, order)
        path = ask_save_path(self._tab, self._settings, "保存填报表格", name, ZIP)
        if path is not None:
            self._tab.work(
                "正在生成填报表格",
                lambda progress: form_packs.make_pack(office, order, path, tell=progress.step),
                lambda pack: self._show_pack(pack, order),
            )

    def _ask(self, previews: tuple[Preview, ...], known: Returned) -> None:
        request = SendBackDialog.ask(self._tab, known)
        if request is None:
            return
        if not known.markable:
            self._show_letter(previews, request)
            return
        name = sending_back.copy_name(previews)
        path = ask_save_path(self._tab, self._settings, "另存修改稿", name, EXCEL)
        if path is None:
            return
        office, passwords = self._tab.office, self._tab.taking.passwords
        self._tab.work(
            f"正在制作 {name}",
            lambda progress: sending_back.send_back(
                office,
                previews,
                path,
                until=request.until,
                passwords=passwords,
                warnings=request.warnings,
                tell=progress.step,
            ),
            lambda made: self._show_copy(previews, made),
        )

    def _show_copy(self, previews: tuple[Preview, ...], made: SentBack) -> None:
        told = [f"标出了 {made.problems} 处。把这个文件作为附件，正文粘贴下面的文字。"]
        if made.losses:
            told.append(f"修改稿里没有：{'、'.join(made.losses)}。")
        mail = ReadyMail(sending_back.sender_unit(previews), made.mail.subject, made.mail.text)
        self._open(MailDialog(self._tab, "退回修改", [mail], told=told, path=made.path))
        self._tab.offered.emit(_offer(f"修改稿已保存：{made.path.name}", str(made.path.parent)))

    def _show_letter(self, previews: tuple[Preview, ...], request: Request) -> None:
        office: Office = self._tab.office
        made = sending_back.letter(office, previews, until=request.until, warnings=request.warnings)
        mail = ReadyMail(sending_back.sender_unit(previews), made.subject, made.text)
        self._open(MailDialog(self._tab, "退回修改", [mail]))

    def _show_pack(self, pack: FormPack, order: PackOrder) -> None:
        rows = sum(form.rows for form in pack.forms)
        filled = "" if order.blank else f"，预填 {rows} 行"
        told = [
            f"{len(pack.forms)} 张{pack.title}填报表{filled}。压缩包里每个单位一个文件夹，邮件文字也在里面。"
        ]
        mails = [ReadyMail(form.unit, form.mail.subject, form.mail.text) for form in pack.forms]
        self._open(MailDialog(self._tab, "填报表格", mails, told=told, path=pack.path))
        self._tab.offered.emit(_offer(f"填报表格已保存：{pack.path.name}", str(pack.path.parent)))

    @staticmethod
    def _open(dialog: MailDialog) -> None:
        """Nothing waits for the mail to be copied."""
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _of_one_file(item: Item, items: list[Item]) -> tuple[Preview, ...]:
    """The sheets of the file, the one that is shown among them."""
    assert item.preview is not None
    found = [
        each.preview
        for each in items
        if each.source is not None and each.source is item.source and each.preview is not None
    ]
    return tuple(found) or (item.preview,)


def _known(previews: tuple[Preview, ...]) -> Returned:
    source = previews[0].sheet.source
    asked = sending_back.marks(previews)
    errors = sum(mark.is_error for mark in asked)
    return Returned(
        source.name,
        errors,
        len(asked) - errors,
        sending_back.expected_losses(previews),
        sending_back.is_rebuilt(previews),
        source.kind is not Kind.DOCX,
    )


def _offer(text: str, folder: str) -> Offer:
    return Offer(text, "打开文件夹", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)))
