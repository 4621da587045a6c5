"""One rule of a draft as a form edits it: its fields, its values, what it would say and what would be wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db.vocabulary import Applicant
from dualcreate_desktop.office.rule_clauses import clause_text
from dualcreate_desktop.office.rule_editing import BASICS, CLAUSES, RuleDraft, troubles_at
from dualcreate_desktop.office.rule_forms import RuleForms, Values, values_of
from dualcreate_desktop.office.rule_labels import kind_label, label_of
from dualcreate_desktop.office.rule_parts import RuleField, basic_fields, name_of, rule_fields
from dualcreate_desktop.office.rule_sentences import told
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.record_paths import steps

_NUMBER = re.compile(r"\d+")
_LONGEST = 400
"""Characters of a clause that stand beside a form."""


@dataclass(frozen=True, slots=True)
class RuleEdit:
    """The form of a rule.

    Args:
        path: of the rule; of its list where it is new.
        kind: of the record.
        values: with which the form opens.
        only: the fields that are asked; None for all.
    """

    draft: RuleDraft
    path: str
    kind: type[Any]
    values: Values
    is_new: bool
    only: tuple[str, ...] | None = None

    @property
    def label(self) -> str:
        """What such a rule is called."""
        return label_of(self.kind, CLAUSES).text if self.only == (CLAUSES,) else kind_label(self.kind)

    @property
    def forms(self) -> RuleForms:
        """The forms of its fields."""
        return self.forms_for(self.values)

    @property
    def clause_text(self) -> str:
        """The wording of its clause, cut where it is long."""
        text = clause_text(self.draft.notice, str(self.values.get("clause", "")))
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"

    def forms_for(self, values: Values) -> RuleForms:
        """The forms where the category, or who applies in it, is that of these values."""
        return RuleForms(self.draft.notice, _applicant(self.draft.notice, values))

    def tried(self, rule: Any) -> tuple[RuleDraft, tuple[tuple[str, str], ...]]:
        """The draft with the rule, and (path inside it, reason) of what is wrong with it."""
        if self.is_new:
            draft = self.draft.added(self.path, rule)
            return draft, troubles_at(draft, f"{self.path}[{len(draft.at(self.path))}]")
        draft = self.draft.replaced(self.path, rule)
        wrong = troubles_at(draft, self.path)
        if self.only is not None:
            wrong = tuple(item for item in wrong if steps(item[0])[:1] in {(name,) for name in self.only})
        return draft, wrong

    def told(self, rule: Any) -> str:
        """What the rule would say."""
        draft = self.draft.added(self.path, rule) if self.is_new else self.draft.replaced(self.path, rule)
        return told(draft.notice, rule)

    def outdated(self, rule: Any) -> str:
        """What the rule's name still says though the rule does not any more; empty when nothing is.

        A number counts that stood in the sentence before and stands in the name yet.
        """
        name = name_of(rule)
        if self.is_new or name != name_of(self.draft.at(self.path)):
            return ""
        before, after = (
            set(_NUMBER.findall(text)) for text in (self.told(self.draft.at(self.path)), self.told(rule))
        )
        gone = [number for number in _NUMBER.findall(name) if number in before - after]
        return f"这里还写着“{gone[0]}”，规则里已经不是" if gone else ""


def edit_of(draft: RuleDraft, path: str) -> RuleEdit:
    """The form of a rule that there is; of what stands in no rule for BASICS, of the clauses for CLAUSES."""
    if path == CLAUSES:
        values = values_of(draft.notice)
        return RuleEdit(draft, BASICS, Notice, values, is_new=False, only=(CLAUSES,))
    rule = draft.at(path)
    only = basic_fields() if path == BASICS else None
    return RuleEdit(draft, path, type(rule), values_of(rule), is_new=False, only=only)


def new_rule(draft: RuleDraft, group: RuleField, clause: str, category: str = "") -> RuleEdit:
    """The form of a rule that is to be added to a list.

    Args:
        clause: that asks for it; empty when it is not known yet.
        category: likewise.
    """
    given: Mapping[str, str] = {"clause": clause, "category": category}
    values = {name: value for name, value in given.items() if value}
    return RuleEdit(draft, group.name, group.kind, values, is_new=True)


def addable() -> tuple[RuleField, ...]:
    """The lists to which a rule can be added."""
    return tuple(held for held in rule_fields() if held.many)


def _applicant(notice: Notice, values: Values) -> Applicant | None:
    """Who applies in the category that the values name, or whom they name themselves."""
    own = values.get("applicant")
    if own:
        return Applicant.of(own)
    applicants = {category.key: category.applicant for category in notice.categories}
    return applicants.get(str(values.get("category", "")))
