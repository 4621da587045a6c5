"""任职: the posts of a unit or branch, and the form of one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dualcreate_desktop.office import posts
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.posts import POST_COLUMNS, POST_FIELDS, PostRow
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.store import Office
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.dialogs.record import RecordDialog
from ui.form import Group
from ui.rows_model import RowsModel
from ui.settings import Settings
from ui.widgets.buttons import button
from ui.widgets.card import Card, bare_column
from ui.widgets.table import Table

GROUPS = (Group("", POST_FIELDS),)


class Wish(Enum):
    """What is to be done with the posts of a body."""

    ADD = "add"
    EDIT = "edit"
    END = "end"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A wish, and the post that it is about; None for a new one."""

    wish: Wish
    post: PostRow | None = None


class PostsDialog(AskingDialog[Wanted]):
    """Lists the posts of a body and asks what is to be done; writes nothing.

    Args:
        name: of the unit or branch.
    """

    def __init__(
        self, parent: QWidget | None, office: Office, settings: Settings, body: Body, name: str
    ) -> None:
        self.model: RowsModel[PostRow] = RowsModel(POST_COLUMNS, partial(posts.posts, office, body))
        self.table: Table[PostRow] = Table(self.model, settings, "posts")
        self.edit = button("修改…", partial(self._want, Wish.EDIT))
        self.end = button("离任…", partial(self._want, Wish.END))
        self.delete = button("删除…", partial(self._want, Wish.DELETE))
        super().__init__(parent, f"{name} 的任职", self._content(), accept_words="新增任职")
        self.cancel.setText("关闭")
        self.model.setParent(self)
        self.model.load()
        self.table.opened.connect(lambda _: self._want(Wish.EDIT))
        self.table.picked.connect(lambda _: self._enable())
        QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table).activated.connect(
            partial(self._want, Wish.DELETE)
        )
        self.resize(880, 460)
        if self.model.total:
            self.table.select(0)
        self._enable()
        self.table.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget | None, office: Office, settings: Settings, body: Body, name: str
    ) -> Wanted | None:
        """What is to be done; None when nothing more is."""
        return cls(parent, office, settings, body, name).asked()

    def accept(self) -> None:
        """Close with the wish for a new post."""
        self.answer = Wanted(Wish.ADD)
        super().accept()

    def _want(self, wish: Wish) -> None:
        row = self.table.current()
        if row is not None and (wish is not Wish.END or row.until is None):
            self.answer = Wanted(wish, row)
            super().accept()

    def _enable(self) -> None:
        row = self.table.current()
        for made in (self.edit, self.delete):
            made.setEnabled(row is not None)
        self.end.setEnabled(row is not None and row.until is None)

    def _content(self) -> QWidget:
        made, column = bare_column(theme.MEDIUM)
        holder = Card(name="tableCard", margin=0)
        holder.body.setContentsMargins(1, 4, 1, 4)
        holder.body.addWidget(self.table)
        column.addWidget(holder, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        for action in (self.edit, self.end, self.delete):
            row.addWidget(action)
        row.addStretch()
        column.addLayout(row)
        return made


class PostDialog(RecordDialog):
    """Edits one post and writes nothing."""

    def __init__(self, parent: QWidget | None, form: Form, *, ending: bool = False) -> None:
        adding = form.record_id is None
        what = "任职" if adding else f"{form.values['name']} 的任职"
        super().__init__(parent, what, GROUPS, form, options={}, focus="until" if ending else "name")

    @classmethod
    def ask(
        cls, parent: QWidget | None, form: Form, *, ending: bool = False, problem: str = ""
    ) -> Form | None:
        """The form as the user leaves it; None when nothing is to be written.

        Args:
            ending: the post is to end: the keyboard is where its last day is typed.
            problem: why an earlier answer could not be saved.
        """
        return cls(parent, form, ending=ending).asked(problem)
