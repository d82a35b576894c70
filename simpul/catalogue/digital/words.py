"""What a button says that opens a digital resource."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from simpul.catalogue.digital.models import DigitalResource, Kind

VERBS: dict[str, Any] = {
    Kind.PDF: _("Read"), Kind.EPUB: _("Download"), Kind.VIDEO: _("Watch"), Kind.AUDIO: _("Listen"),
    Kind.PICTURE: _("Look at it"), Kind.H5P: _("Download"), Kind.LINK: _("Open the link"),
}


def verb_of(resource: DigitalResource) -> str:
    return str(VERBS[resource.kind])
