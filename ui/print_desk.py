"""From a print job to paper: prepare, preview, print or save, and log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db.errors import UserError
from dualcreate_desktop.office import printing
from dualcreate_desktop.office.printing import Job, Rendered
from ui.background import Progress
from ui.dialogs.print_preview import PrintPreview, ToPdf, ToPrinter, Way
from ui.handing_over import open_file, open_folder
from ui.paper_output import print_pages
from ui.settings import Settings
from ui.tabs.tab import Tab
from ui.widgets.status_line import Offer


class PrintDesk:
    """Prints for a tab; what takes long goes through the tab's worker."""

    def __init__(self, tab: Tab, settings: Settings) -> None:
        self._tab, self._settings = tab, settings

    def preview(self, round_id: str, job: Job) -> None:
        """Make the papers in the background, then show them and do what the user chooses."""

        def make(progress: Progress) -> Rendered:
            prepared = printing.prepare(self._tab.office, round_id, job)
            return printing.render(
                prepared, lambda done, total: progress.step(done, total, f"正在排版{job.title}")
            )

        self._tab.work(f"正在准备{job.title}", make, self.show)

    def show(self, rendered: Rendered) -> None:
        """Show a run and do what the user chooses."""
        way = PrintPreview.ask(self._tab, self._settings, rendered)
        if way is not None:
            self.send(rendered, way)

    def send(self, rendered: Rendered, way: Way) -> None:
        """Bring a run where it is wanted; the journal has it when it went out."""
        office, prepared = self._tab.office, rendered.prepared
        match way:
            case ToPrinter(printer):
                self._tab.work(
                    f"正在打印{prepared.title}",
                    lambda progress: print_pages(rendered, printer, progress),
                    lambda _: self._tried(lambda: printing.log_run(office, prepared)),
                )
            case ToPdf(path):
                self._tried(lambda: self._save(rendered, path))
            case _:
                path = office.paths.shown.papers / f"{prepared.title} {office.clock():%Y-%m-%d %H%M}.docx"
                self._tab.work(
                    f"正在生成{prepared.title}",
                    lambda _: printing.save_word(prepared, path),
                    lambda _: self._hand_over(path),
                )

    def _hand_over(self, path: Path) -> None:
        """Open the Word file, and say where it lies: the program behind may take its time."""
        told = "正在打开" if open_file(path) else "没有程序能打开它，请安装 Word 或 WPS"
        self._tab.offered.emit(Offer(f"{told}：{path.name}", "打开文件夹", lambda: open_folder(path)))

    def _save(self, rendered: Rendered, path: Path) -> None:
        printing.save_pdf(self._tab.office, rendered, path)
        self._tab.offered.emit(
            Offer(f"已另存 {rendered.pages} 页：{path.name}", "打开文件夹", lambda: open_folder(path))
        )

    def _tried(self, action: Callable[[], object]) -> None:
        try:
            action()
        except UserError as trouble:
            self._tab.refused.emit(trouble)
