"""建设: the projects of a round, what each owes, its money and its evaluations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QMenu

from db.errors import UserError
from db.vocabulary import GuideOccasion, ProjectState
from dualcreate_desktop.office import guides, project_days, project_desk, project_forms, project_settling
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.project_desk import LATER, PROJECT_COLUMNS, ProjectLine
from dualcreate_desktop.office.project_forms import Asked
from dualcreate_desktop.office.projects import OVERDUE
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import ALL as EVERY
from dualcreate_desktop.office.tables import Page, TableQuery
from dualcreate_desktop.rules.steps import Step
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.guide import fill_guides
from ui.dialogs.project import ProjectDialog
from ui.settings import Settings
from ui.tabs.list_tab import ListTab
from ui.widgets.buttons import MenuButton, button
from ui.widgets.chips import Chip
from ui.widgets.project_card import ProjectSideCard

CHIPS = (
    (ProjectState.RUNNING.value, ProjectState.RUNNING.label),
    (OVERDUE, "有逾期"),
    (ProjectState.RECTIFYING.value, ProjectState.RECTIFYING.label),
    (ProjectState.SUSPENDED.value, ProjectState.SUSPENDED.label),
    (ProjectState.CLOSED.value, ProjectState.CLOSED.label),
    (ProjectState.FAILED.value, ProjectState.FAILED.label),
)
"""In the order in which one asks."""


MONEY = frozenset({"paid", "planned"})
"""The columns that a round without funds has no use for."""

ENDED = (ProjectState.CLOSED, ProjectState.FAILED)


class ProjectsTab(ListTab[ProjectLine]):
    """Shows projects as of today, and registers payments, evaluations and decisions."""

    title = "建设"
    manual = "09-建设"
    tables = frozenset(
        {"round", "rule_version", "project", "payment", "evaluation", "project_day"}
        | {"application", "branch", "guide_answer", "receipt", "unit"}
    )
    key = "projects"
    columns = PROJECT_COLUMNS
    chip_key = "chips"
    hint = "项目、单位、拼音首字母（Ctrl+F）"
    nothing = "本批次还没有立项建设的项目"
    nothing_todo = "公示期满后，在“公示”中确定入选名单，入选的申报就成为项目。"
    first, first_place = "去“公示”", Place("notice")
    of_round = True

    card: ProjectSideCard

    def __init__(self, office: Office, settings: Settings) -> None:
        self._lines: tuple[ProjectLine, ...] = ()
        self.pay = button("拨款…", self.add_payment)
        self.evaluate = button("评估…", self.add_evaluation)
        self.more = MenuButton("更多")
        self.more.menu().aboutToShow.connect(self._fill_menu)
        actions = (self.pay, self.evaluate, self.more)
        card = ProjectSideCard(actions, self.edit_payment, self.edit_evaluation, self.edit_day, self.settle)
        super().__init__(office, settings, (), card)

    def refresh(self) -> None:
        """Read every project of the round as of today."""
        self._lines = project_desk.lines(self.office, self.round_id) if self.round_id else ()
        is_funded = any(line.planned or line.paid for line in self._lines)
        self.table.leave_out(frozenset() if is_funded else MONEY)
        super().refresh()

    def fetch(self, query: TableQuery) -> Page[ProjectLine]:
        """One page of them."""
        return project_desk.page(self._lines, query)

    def chips_of(self, query: TableQuery) -> Sequence[Chip]:
        """A chip for each state that there is, and one for what is overdue."""
        found = project_desk.page(self._lines, replace(EVERY, search=query.search)).rows
        counts = {key: sum(key in row.chips for row in found) for key, _ in CHIPS}
        return [Chip(key, word, counts[key]) for key, word in CHIPS if counts[key] or key == self.chip]

    def count_all(self, chips: Sequence[Chip]) -> int:
        """A project may be overdue besides its state."""
        return project_desk.page(self._lines, replace(EVERY, search=self.model.query.search)).total

    def show_row(self, row: ProjectLine | None) -> None:
        """The card with all that is known of the project; a round without funds offers no payment."""
        self.pay.setVisible(row is None or bool(row.planned or row.paid))
        self.card.show_project(row, project_desk.card(self.office, row.id) if row else None)

    def open_row(self) -> None:
        """Enter: what one comes here for is the next evaluation."""
        self.add_evaluation()

    def add_payment(self) -> None:
        """Register the next instalment."""
        self._register("登记拨款", project_forms.new_payment, project_forms.save_payment)

    def add_evaluation(self) -> None:
        """Register the grade of a mid-term evaluation or acceptance."""
        self._register("登记评估", project_forms.new_evaluation, project_forms.save_evaluation)

    def edit_payment(self, payment_id: str) -> None:
        """Correct a payment."""
        self._correct(
            "修改拨款",
            lambda: project_forms.payment_form(self.office, payment_id),
            project_forms.save_payment,
        )

    def edit_evaluation(self, evaluation_id: str) -> None:
        """Correct an evaluation."""
        self._correct(
            "修改评估",
            lambda: project_forms.evaluation_form(self.office, evaluation_id),
            project_forms.save_evaluation,
        )

    def settle(self, key: str) -> None:
        """Say that a report or an outcome came, or that a result was published."""
        row = self.table.current()
        if row is not None:
            self.tried(lambda: project_settling.settle(self.office, row.id, key))
            self.table.setFocus()

    def extend(self) -> None:
        """Give the project another day than the round's."""
        self._register(project_days.EXTEND, project_days.new_day, project_days.save_day)

    def edit_day(self, day_id: str) -> None:
        """Correct a day of the project's own."""
        row = self.table.current()
        if row is not None:
            self._correct(
                project_days.EXTEND,
                lambda: project_days.day_form(self.office, row.id, day_id),
                project_days.save_day,
            )

    def _fill_menu(self) -> None:
        row = self.table.current()
        if row is not None:
            self.menu_of(row)

    def menu_of(self, row: ProjectLine) -> QMenu:
        """The menu 更多 of a project: what a meeting may decide, and taking out what was registered by mistake."""
        told = project_desk.card(self.office, row.id)
        menu = self.more.menu()
        menu.clear()
        for step in told.steps:
            menu.addAction(f"{step.label}…", partial(self.take_step, row, step))
        menu.addSeparator()
        for occasion in LATER if told.guides else ():
            fill = partial(self.fill_guides, row, occasion)
            menu.addAction(f"任务指南（{occasion.label}）…", fill)
        menu.addSeparator()
        if row.state not in ENDED:
            menu.addAction(f"{project_days.EXTEND}…", self.extend)
        for day in told.days:
            restore = partial(self._remove_day, day.id)
            menu.addAction(f"恢复原定期限 {day.name}", restore)
        menu.addSeparator()
        for payment in told.payments:
            if payment.id is not None:
                remove = partial(self._remove_payment, row, payment.id, payment.name)
                menu.addAction(f"删除拨款 {payment.name}…", remove)
        for evaluation in told.evaluations:
            remove = partial(self._remove_evaluation, row, evaluation.id, evaluation.name)
            menu.addAction(f"删除评估 {evaluation.name}…", remove)
        if menu.isEmpty():
            menu.addAction("没有其他可办的事").setEnabled(False)
        return menu

    def take_step(self, row: ProjectLine, step: Step) -> None:
        """Ask for the meeting and the reason, and do what it decided."""
        hint = f"之后状态为“{step.to.label}”"
        dialog = ProjectDialog(self, step.label, row.name, hint, project_forms.step_fields(step), {})
        answer = dialog.asked()
        if answer is not None:
            meeting, reason = str(answer["meeting"] or ""), str(answer["reason"] or "")
            self.tried(
                lambda: project_forms.take_step(
                    self.office, row.id, step.verb, meeting=meeting, reason=reason
                )
            )

    def fill_guides(self, row: ProjectLine, occasion: GuideOccasion) -> None:
        """Answer the guides of the application again, for the 任务书 or at acceptance."""

        def fill() -> None:
            application_id = guides.application_of(self.office, row.id)
            fill_guides(self, self.office, application_id, occasion, row.name)

        self.tried(fill)
        self.table.setFocus()

    def _register(
        self,
        title: str,
        make: Callable[[Office, str], Asked],
        save: Callable[[Office, str, Form], object],
    ) -> None:
        row = self.table.current()
        if row is not None:
            self._correct(title, lambda: make(self.office, row.id), save)

    def _correct(
        self, title: str, make: Callable[[], Asked], save: Callable[[Office, str, Form], object]
    ) -> None:
        """Ask with a form until it can be saved or is given up."""
        row = self.table.current()
        if row is None:
            return
        try:
            asked = make()
        except UserError as trouble:
            self.refused.emit(trouble)
            return
        self.ask_and_save(
            asked.form,
            lambda form, problem: ProjectDialog.ask(
                self, title, row.name, replace(asked, form=form), problem=problem
            ),
            lambda form: save(self.office, row.id, form),
        )
        self.table.setFocus()

    def _remove_day(self, day_id: str) -> None:
        self.tried(lambda: project_days.remove_day(self.office, day_id))

    def _remove_payment(self, row: ProjectLine, payment_id: str, name: str) -> None:
        if ConfirmDialog.ask(self, "删除拨款登记", f"删除“{row.name}”的这笔拨款登记？", (name,), "删除"):
            self.tried(lambda: project_forms.remove_payment(self.office, payment_id))

    def _remove_evaluation(self, row: ProjectLine, evaluation_id: str, name: str) -> None:
        if ConfirmDialog.ask(self, "删除评估登记", f"删除“{row.name}”的这次评估登记？", (name,), "删除"):
            self.tried(lambda: project_forms.remove_evaluation(self.office, evaluation_id))
