"""What is answered in a preview of 收件: cells mended, rows left out, names told, the sheet laid out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.vocabulary import RowState
from dualcreate_desktop.fields import FieldType
from dualcreate_desktop.intake.grid import Place
from dualcreate_desktop.intake.mending import everywhere
from dualcreate_desktop.intake.rows import Layout
from dualcreate_desktop.office import choosing, incoming, laying_out, learning
from dualcreate_desktop.office.choosing import Candidate, Question
from dualcreate_desktop.office.previewing import Preview
from dualcreate_desktop.office.receiving import Answers
from ui.dialogs.candidates import CandidatesDialog
from ui.dialogs.replacing import ReplaceDialog, Replacement, Wrong
from ui.dialogs.unit_choice import UnitChoiceDialog
from ui.tabs.intake_items import Item, Stand

if TYPE_CHECKING:
    from ui.tabs.intake import IntakeTab


class Answering:
    """Takes the answers for the sheet that is shown and has it previewed again."""

    def __init__(self, tab: IntakeTab) -> None:
        self._tab = tab

    def mend(self, place: Place, text: str) -> None:
        """Lay a text over a cell."""
        self._lay_over({place: text})

    def restore(self, place: Place) -> None:
        """Show a cell as the sender wrote it."""
        item = self._tab.shown
        if item is not None:
            mends = {at: text for at, text in item.answers.mends.items() if at != place}
            self._answer(item, mends=mends)

    def restore_all(self) -> None:
        """Show the whole sheet so."""
        item = self._tab.shown
        if item is not None:
            item.answers = item.first
            self._tab.preview_again(item)

    def leave_out(self, number: int) -> None:
        """Do not import a row, counted as Excel does."""
        self._with(lambda answers: {"left_out": answers.left_out | {number}})

    def bring_back(self, number: int) -> None:
        """Import a row after all."""
        self._with(lambda answers: {"left_out": answers.left_out - {number}})

    def add(self, number: int) -> None:
        """A row that is named like a record is another one."""
        self._with(lambda answers: {"added": answers.added | {number}})

    def update(self, number: int) -> None:
        """It is that record after all."""
        self._with(lambda answers: {"added": answers.added - {number}})

    def confirm_new(self, name: str) -> None:
        """A name that looks like known ones is a new one."""
        self._with(lambda answers: {"separate": answers.separate | {name}})

    def lay_out(self, list_key: str, layout: Layout) -> None:
        """The sheet is that list, and it stands there."""
        self._with(lambda _: {"list_key": list_key, "layout": layout})

    def lay_out_strange(self) -> None:
        """Begin with what an unknown sheet looks most like; the user goes on from there."""
        item = self._tab.shown
        if item is None or item.grid is None or item.source is None:
            return
        source, grid, round_id, office = item.source, item.grid, self._tab.round_id, self._tab.office

        def begun(_: object) -> tuple[Preview, Answers]:
            guess = laying_out.likeliest(grid)
            answers = Answers(list_key=guess.kind.key, layout=guess.layout)
            return incoming.lay_out(office, source, grid, answers, round_id=round_id), answers

        def show(made: tuple[Preview, Answers]) -> None:
            item.preview, item.first = made
            item.answers, item.trouble, item.stand = item.first, None, Stand.WAITING
            self._tab.show_anew(item)

        self._tab.work(f"正在读取 {item.name}", begun, show)

    def go_on(self) -> None:
        """Mend what an import kept out: what it wrote is the same now."""
        item = self._tab.shown
        if item is not None:
            item.stand, item.change_id = Stand.WAITING, ""
            self._tab.card.choose(RowState.PROBLEM.value)
            self._tab.preview_again(item)

    def say_unit(self) -> None:
        """Ask whose list it is."""
        item = self._tab.shown
        if item is None or item.preview is None:
            return
        preview = item.preview
        guessed = preview.sheet.plan.unit
        chosen = UnitChoiceDialog.ask(
            self._tab, preview.sheet.source.name, tuple(preview.names.units.items()), guessed
        )
        if chosen:
            self._answer(item, unit=chosen)

    def choose(self, number: int, key: str) -> None:
        """Ask which unit or branch a row means."""
        item = self._tab.shown
        if item is None or item.preview is None:
            return
        office, preview = self._tab.office, item.preview
        row = next(row for row in preview.rows() if row.row == number)
        self._tab.work(
            "正在查找相近的名称",
            lambda _: choosing.question(office, preview, row, key),
            lambda asked: self._ask(item, asked, key),
        )

    def replace(self, number: int, key: str) -> None:
        """Ask what a text shall be wherever it stands in its column."""
        item = self._tab.shown
        if item is None or item.preview is None:
            return
        wrong = _wrong(item.preview, number, key)
        answer = ReplaceDialog.ask(self._tab, wrong)
        if answer is not None:
            self._replace(item, wrong, answer)

    def _replace(self, item: Item, wrong: Wrong, answer: Replacement) -> None:
        preview = item.preview
        assert preview is not None
        if not answer.remembered:
            sheet = preview.sheet
            self._lay_over(everywhere(sheet.grid, sheet.guess, wrong.field.key, wrong.written, answer.typed))
            return
        office, unit = self._tab.office, preview.sheet.plan.unit
        meant = (preview.kind, wrong.field.key, wrong.written, answer.typed)
        self._learn(
            f"正在记住“{wrong.written}”",
            lambda: learning.remember_value(office, *meant, unit=unit.id if unit else None),
        )

    def _ask(self, item: Item, asked: Question, key: str) -> None:
        answer = CandidatesDialog.ask(self._tab, asked)
        if answer is None or item is not self._tab.shown:
            return
        if answer.candidate is None and not answer.other:
            self.confirm_new(asked.written)
        elif answer.candidate is not None and answer.candidate.namesake:
            self._tell_unit(item, asked, answer.candidate)
        else:
            meant = answer.other or (answer.candidate.id if answer.candidate else "")
            self._learn(
                f"正在记住“{asked.written}”",
                lambda: learning.remember_name(self._tab.office, asked.written, meant),
            )

    def _tell_unit(self, item: Item, asked: Question, meant: Candidate) -> None:
        """Two units have a branch of that name: the row says its unit, or else the whole sheet does."""
        assert item.preview is not None
        guess = item.preview.sheet.guess
        units = {field.key for field in guess.kind.fields if field.type is FieldType.UNIT}
        column = next((place for place, key in guess.mapping.items() if key in units), None)
        if column is None:
            self._answer(item, unit=meant.unit_id)
        else:
            self._lay_over({(asked.row - 1, column): meant.unit})

    def _learn(self, title: str, learn: Callable[[], object]) -> None:
        """Keep an answer; the sheet that is shown and all that wait with a problem may know better now."""
        self._tab.work(title, lambda _: learn(), lambda _: self._tab.preview_troubled(self._tab.shown))

    def _lay_over(self, mends: dict[Place, str]) -> None:
        self._with(lambda answers: {"mends": {**answers.mends, **mends}})

    def _with(self, change: Callable[[Answers], dict[str, Any]]) -> None:
        item = self._tab.shown
        if item is not None:
            self._answer(item, **change(item.answers))

    def _answer(self, item: Item, **change: Any) -> None:
        item.answers = replace(item.answers, **change)
        self._tab.preview_again(item)


def _wrong(preview: Preview, number: int, key: str) -> Wrong:
    """The text of a cell, with what it may be and how often it stands in its column."""
    row = next(row for row in preview.rows() if row.row == number)
    column = next(column for column in preview.columns if column.field.key == key)
    cell = preview.cell(row, column)
    sheet = preview.sheet
    same = everywhere(sheet.grid, sheet.guess, key, cell.typed, "")
    return Wrong(
        column.field,
        cell.typed,
        len(same),
        preview.options(row, column),
        cell.problem.suggestion if cell.problem is not None else "",
    )
