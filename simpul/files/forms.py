"""Form fields for uploads: what comes out of `cleaned_data` is already clean."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from simpul.files.pictures import Prepared, UploadRefused, prepare_document, prepare_picture


class _PreparedField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> Prepared | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return self.prepare(upload)
        except UploadRefused as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from None

    def prepare(self, upload: Any) -> Prepared:
        raise NotImplementedError


class PictureField(_PreparedField):
    """A photo; cleans to `Prepared` (or None). Its action passes it to `store_picture`."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def prepare(self, upload: Any) -> Prepared:
        return prepare_picture(upload)


class DocumentField(_PreparedField):
    """A PDF; cleans to `Prepared` (or None)."""

    widget = forms.FileInput(attrs={"accept": "application/pdf"})

    def prepare(self, upload: Any) -> Prepared:
        return prepare_document(upload)
