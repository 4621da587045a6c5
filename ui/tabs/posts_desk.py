"""任职… of a unit or branch: the list of posts, and what is done with one, until one has enough."""

from __future__ import annotations

from functools import partial
from typing import Any

from db.errors import UserError
from dualcreate_desktop.office import posts
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.posts import NEW_SECRETARY, role_label
from dualcreate_desktop.office.records import Form
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.posts import PostDialog, PostsDialog, Wanted, Wish
from ui.settings import Settings
from ui.tabs.list_tab import ListTab


def manage_posts(tab: ListTab[Any], settings: Settings, body: Body, name: str) -> None:
    """Show the posts of a body and do what the user wants with them."""
    while (wanted := PostsDialog.ask(tab, tab.office, settings, body, name)) is not None:
        try:
            _do(tab, body, wanted)
        except UserError as trouble:
            tab.refused.emit(trouble)


def _do(tab: ListTab[Any], body: Body, wanted: Wanted) -> None:
    if wanted.post is None:
        _save(tab, body, NEW_SECRETARY)
    elif wanted.wish is Wish.DELETE:
        row = wanted.post
        lost = [f"{role_label(row.role)} {row.name}"]
        question = "删除这条任职？离任的人请用“离任…”，任职经历会保留。"
        if ConfirmDialog.ask(tab, "删除任职", question, lost, "删除"):
            posts.delete_post(tab.office, row.id)
    else:
        ending = wanted.wish is Wish.END
        _save(tab, body, posts.post_form(tab.office, wanted.post.id, ending=ending), ending=ending)


def _save(tab: ListTab[Any], body: Body, form: Form, *, ending: bool = False) -> None:
    tab.ask_and_save(
        form,
        lambda form, problem: PostDialog.ask(tab, form, ending=ending, problem=problem),
        partial(posts.save_post, tab.office, body),
    )
