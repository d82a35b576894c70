"""Form fields for uploads: what comes out of `cleaned_data` is already clean."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from simpul.files.materials import Material, prepare_material
from simpul.files.pictures import Prepared, UploadRefused, prepare_document, prepare_picture


class _PreparedField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> Any:
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


class MaterialField(_PreparedField):
    """Something to read, hear, see or try: PDF, EPUB, film, sound, H5P or a picture, whatever its name says. Cleans to
    `Material` (a picture: `Prepared`) or None; its action passes it to `store_material`."""

    widget = forms.FileInput(attrs={"accept": ".pdf,.epub,.mp4,.webm,.mp3,.m4a,.ogg,.h5p,image/jpeg,image/png,image/webp"})

    def prepare(self, upload: Any) -> Material | Prepared:  # type: ignore[override]
        return prepare_material(upload)
