"""Forms that ask one action: they carry the id of the change, so that a double click is one change."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms

from simpul.core.ids import new_id
from simpul.core.refusal import Refusal

R = TypeVar("R")


class ChangeForm(forms.Form):
    """A form with a hidden change id; what the action refuses stands beside its field, and what was typed stays."""

    change = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    @property
    def change_id(self) -> UUID:
        id: UUID = self.cleaned_data["change"]
        return id

    def attempt(self, do: Callable[[], R]) -> R | None:
        """Run the action; a refusal becomes an error of its field (or of the form) and None comes back.
        An action that returns nothing should be judged by `form.errors` afterwards."""
        try:
            return do()
        except Refusal as refusal:
            self.refuse(refusal)
            return None

    def refuse(self, refusal: Refusal) -> None:
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, str(refusal))


def change_id_of(post: Any) -> UUID:
    """The change id of a one-button form (`<c-change-id />`); a missing or broken one is made anew."""
    try:
        return UUID(post.get("change", ""))
    except ValueError:
        return new_id()
