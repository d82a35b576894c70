"""What the coordinator types: an event with its people, numbers, a name spelled right, a reason; signed files."""

import hashlib
import zipfile
from collections import Counter
from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.certificates.actions import Award, Event, Material
from simpul.certificates.actions.signed import prepare_signed
from simpul.certificates.models import Certificate
from simpul.core.forms import ChangeForm
from simpul.files.pictures import Prepared, UploadRefused

MOST_FILES = 1000         # signed files at once
MOST_UNPACKED = 200_000_000  # bytes


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class BatchForm(ChangeForm):
    """An event and who gets a certificate of it, in one sheet."""

    title = forms.CharField(label=gettext_lazy("Event"), max_length=200)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=120, required=False)
    first_on = DayField(label=gettext_lazy("First day"))
    last_on = DayField(label=gettext_lazy("Last day"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Certificate.Kind.choices)
    achievement = forms.CharField(label=gettext_lazy("What it is for"), max_length=200, help_text=gettext_lazy(
        "Stands large under the name, for example the title of the workshop."))
    criteria = forms.CharField(label=gettext_lazy("Earned by"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
                               help_text=gettext_lazy("One sentence: what somebody did to get it."))
    jp = forms.IntegerField(label=gettext_lazy("Lessons (JP of 45 minutes)"), min_value=0, max_value=2000, required=False,
                            widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    materials = forms.CharField(label=gettext_lazy("Materials for the back"), required=False, max_length=9000,
                                widget=forms.Textarea(attrs={"rows": 5}),
                                help_text=gettext_lazy("One a line, with its JP after a bar: Information services | 4"))
    names = forms.CharField(label=gettext_lazy("Names"), max_length=200_000, widget=forms.Textarea(attrs={"rows": 8}),
                            help_text=gettext_lazy("One a line, exactly as they shall be printed."))
    issuer_name = forms.CharField(label=gettext_lazy("Issued by"), max_length=160)
    pattern = forms.CharField(label=gettext_lazy("Number of the register"), max_length=60, help_text=gettext_lazy(
        "With {n} where it counts up: 421.9/{n:03}-DPAD/2024"))
    signed_in = forms.CharField(label=gettext_lazy("Signed in"), max_length=60, required=False)
    signer_role = forms.CharField(label=gettext_lazy("Office of who signs"), max_length=160, required=False)
    signer_name = forms.CharField(label=gettext_lazy("Name of who signs"), max_length=120, required=False)
    signer_number = forms.CharField(label=gettext_lazy("NIP"), max_length=40, required=False,
                                    widget=forms.TextInput(attrs={"inputmode": "numeric"}))

    def clean_materials(self) -> tuple[Material, ...]:
        found = []
        for line in self.cleaned_data["materials"].splitlines():
            title, _bar, jp = line.strip().rpartition("|") if "|" in line else (line.strip(), "", "")
            if not title.strip() and not jp.strip():
                continue
            if jp.strip() and not (jp.strip().isascii() and jp.strip().isdigit() and len(jp.strip()) < 5):
                raise ValidationError(_("Write the JP of “%(line)s” as a whole number.") % {"line": line.strip()[:60]})
            found.append(Material(title.strip()[:200], int(jp) if jp.strip() else 0))
        return tuple(found)

    def event(self) -> Event:
        told = self.cleaned_data
        return Event(**{name: told[name] for name in (
            "title", "first_on", "last_on", "issuer_name", "place", "pattern", "signed_in", "signer_role",
            "signer_name", "signer_number")})

    def awards(self) -> list[Award]:
        """One a line; two of one name are two people."""
        told, seen, found = self.cleaned_data, Counter[str](), []
        jp = told["jp"] if told["jp"] is not None else sum(one.jp for one in told["materials"])
        for line in told["names"].splitlines():
            name = " ".join(line.split())
            if not name:
                continue
            seen[name] += 1
            key = hashlib.sha256(f"{name} {seen[name]}".encode()).hexdigest()[:24]
            found.append(Award(name=name, key=f"typed:{key}", kind=told["kind"], achievement=told["achievement"],
                               criteria=told["criteria"], jp=jp, materials=told["materials"]))
        return found


class IssueForm(ChangeForm):
    pattern = forms.CharField(label=gettext_lazy("Number of the register"), max_length=60)
    starts_at = forms.IntegerField(label=gettext_lazy("Counting from"), min_value=1, max_value=99_999,
                                   widget=forms.NumberInput(attrs={"inputmode": "numeric"}))


class NameForm(ChangeForm):
    name = forms.CharField(label=gettext_lazy("Name, spelled right"), max_length=120)


class RevokeForm(ChangeForm):
    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=Certificate.Reason.choices)
    because = forms.CharField(label=gettext_lazy("In words, for the service only"), max_length=300, required=False)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SignedFilesField(forms.FileField):
    """PDFs, or ZIP files of them; cleans to a list of `Prepared`."""

    widget = ManyFiles(attrs={"accept": "application/pdf,.zip,application/zip", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Prepared]:
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        if not uploads:
            raise ValidationError(_("Choose the signed files."), code="required")
        found: list[Prepared] = []
        for upload in uploads:
            super().clean(upload, initial)
            found += self._prepared(upload)
        return found

    def _prepared(self, upload: Any) -> list[Prepared]:
        try:
            if str(upload.name).lower().endswith(".zip"):
                return [prepare_signed(one) for one in _unpacked(upload)]
            return [prepare_signed(upload)]
        except UploadRefused as refusal:
            raise ValidationError(f"{str(upload.name)[-80:]}: {refusal}", code=refusal.code) from None


def _unpacked(upload: Any) -> list[BytesIO]:
    """The PDFs in a ZIP, in memory and by the last part of their names; nothing is written to a disk."""
    upload.seek(0)
    found, left = [], MOST_UNPACKED
    try:
        with zipfile.ZipFile(upload) as archive:
            inside = [one for one in archive.infolist() if not one.is_dir() and one.filename.lower().endswith(".pdf")
                      and not one.filename.startswith("__MACOSX")]
            if len(inside) > MOST_FILES:
                raise UploadRefused(_("At most %(n)d files at once.") % {"n": MOST_FILES}, code="too_many")
            for one in inside:
                with archive.open(one) as file:
                    content = file.read(min(settings.MAX_UPLOAD_BYTES, left) + 1)
                left -= len(content)
                if left < 0 or len(content) > settings.MAX_UPLOAD_BYTES:
                    raise UploadRefused(_("This ZIP is too large unpacked. Send it in parts."), code="too_large")
                pdf = BytesIO(content)
                pdf.name = one.filename
                found.append(pdf)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError):
        raise UploadRefused(_("This ZIP cannot be opened. Make it again, without a password."), code="bad_zip") from None
    if not found:
        raise UploadRefused(_("There is no PDF in this ZIP."), code="empty")
    return found


class SignedForm(ChangeForm):
    signed = SignedFilesField(label=gettext_lazy("Signed PDFs, or a ZIP of them"))
