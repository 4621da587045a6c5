"""Changing the target of a category in the text of a round's rules, comments and order kept."""

from __future__ import annotations

import re

from db.errors import UserError

_TARGET = re.compile(r"(?m)^target\s*=\s*\d+")


def with_target(toml: str, category: str, target: int) -> str:
    """The rules with another target for one category; the result is checked like any edit when it is loaded.

    Raises:
        UserError: the rules have no such category, or it states no target.
    """
    blocks = re.split(r"(?m)^(?=\[)", toml)
    for place, block in enumerate(blocks):
        is_wanted = re.search(rf'(?m)^key\s*=\s*"{re.escape(category)}"', block)
        if block.startswith("[[categories]]") and is_wanted and _TARGET.search(block):
            blocks[place] = _TARGET.sub(f"target = {target}", block, count=1)
            return "".join(blocks)
    raise UserError(f"规则中没有类别“{category}”的目标数", todo="请检查规则文件。")
