"""Which copies a record brings, changes or leaves alone."""

from dataclasses import fields
from typing import TYPE_CHECKING
from uuid import UUID

from simpul.catalogue.importing.codes import CodeMaker
from simpul.catalogue.importing.drafts import CopyDraft, Draft
from simpul.catalogue.importing.reasons import reason
from simpul.catalogue.models import Copy
from simpul.libraries.models import Library
from simpul.transfers.refusals import Refused

if TYPE_CHECKING:
    from simpul.catalogue.importing.planning import Plan

#: what a file may correct on a copy that is already here; its state is the desk's business from then on
CORRECTED = tuple(f.name for f in fields(CopyDraft) if f.name not in ("code", "state"))


class CopyPlanner:
    """Knows which codes and inventory numbers of one library are taken, by this batch too."""

    def __init__(self, library: Library, codes: CodeMaker, drafts: list[CopyDraft]) -> None:
        self.library, self.codes = library, codes
        here = Copy.objects.filter(library=library)
        codes_ = {d.code for d in drafts if d.code}
        self.known = {c.code: c for c in here.filter(code__in=codes_).select_related("title")} if codes_ else {}
        numbers = {d.inventory_number for d in drafts if d.inventory_number}
        taken = here.numbered(numbers).values_list("inventory_number", "code") if numbers else ()
        self.inventory: dict[str, str] = dict(taken)
        self.taken: dict[str, UUID] = {}  # codes of this batch → title

    def take(self, draft: Draft, title_id: UUID, old_title_id: UUID | None, plan: "Plan") -> None:
        nameless = [c for c in draft.copies if not c.code]
        if nameless and old_title_id:
            coded = len(draft.copies) - len(nameless)
            held = Copy.objects.filter(library=self.library, title_id=old_title_id).count()
            nameless = nameless[max(0, held - coded):]  # the others were made when the record first came
        for copy in nameless:
            self._add(copy, self.codes.next(), draft, title_id, plan)
        for copy in draft.copies:
            if copy.code:
                self._take_coded(copy, draft, title_id, old_title_id, plan)

    def _take_coded(self, copy: CopyDraft, draft: Draft, title_id: UUID, old_title_id: UUID | None,
                    plan: "Plan") -> None:
        if copy.code in self.taken:
            if self.taken[copy.code] != title_id:
                self._note(draft, "copy_code_repeated", copy.code, plan)
            return
        known = self.known.get(copy.code)
        if known is None:
            self._add(copy, copy.code, draft, title_id, plan)
        elif known.title_id in (title_id, old_title_id) or known.title.is_provisional:
            self._correct(known, copy, title_id, plan)
        else:
            self._note(draft, "copy_code_taken", copy.code, plan)

    def _add(self, copy: CopyDraft, code: str, draft: Draft, title_id: UUID, plan: "Plan") -> None:
        self.taken[code] = title_id
        copy.inventory_number = self._free_inventory_number(copy.inventory_number, code)
        plan.new_copies.setdefault(title_id, []).append((code, copy))

    def _correct(self, known: Copy, copy: CopyDraft, title_id: UUID, plan: "Plan") -> None:
        """An empty cell in a file does not erase what is known here."""
        self.taken[copy.code] = title_id
        is_changed = known.title_id != title_id
        if is_changed:
            plan.touched[known.title_id] = None
            known.title_id = title_id
        for name in CORRECTED:
            value = getattr(copy, name)
            if name == "inventory_number":
                value = self._free_inventory_number(value, copy.code)
            if value not in ("", None) and getattr(known, name) != value:
                setattr(known, name, value)
                is_changed = True
        if is_changed:
            plan.changed_copies.append(known)

    def _free_inventory_number(self, number: str, code: str) -> str:
        """The number, or nothing where another copy of this library has it: each is written once."""
        if not number or self.inventory.setdefault(number, code) != code:
            return ""
        return number

    @staticmethod
    def _note(draft: Draft, why: str, code: str, plan: "Plan") -> None:
        plan.refused.append(Refused(draft.position, why, reason(why), code))
