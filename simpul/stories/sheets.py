"""The consent as a sheet to sign: the story as it stands, what may be ticked, what she must know."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from simpul.files.papers import pdf
from simpul.stories.models import OPENS, Story
from simpul.stories.wordings import current

TEMPLATE = Path(__file__).parent / "papers" / "consent.typ"


def consent_sheet(story: Story, *, made_at: datetime) -> bytes:
    """A PDF. Ticks are drawn empty: they are hers to make."""
    wording = current()
    parts = [(_("How was it before?"), story.before), (_("What did the library do?"), story.helped),
             (_("What is different now?"), story.after), (_("One sentence in her own words"), story.quote)]
    by = _("Parent or guardian") if story.is_child else _("Who tells")
    return pdf(TEMPLATE, {
        "title": _("Consent to a story"), "library": story.library.name, "address": story.library.address,
        "headline": story.headline, "names": [(_("Name"), story.name or "…"), (_("Called"), story.alias or "…")],
        "parts": [part for part in parts if part[1]], "sentence": wording.sentence(is_child=story.is_child),
        "facts": wording.facts, "who": _("Who may read it?"), "audiences": [str(key.label) for key in OPENS],
        "only": _("Nothing ticked: only this library."), "with": _("Shown with"),
        "withs": [_("pictures"), _("the real name")], "long": _("For how long?"),
        "longs": [_("one year"), _("two years"), _("five years"), _("until: ____________")],
        "day": _("Place and day: ______________________"), "roles": [
            {"role": by, "name": ""}, {"role": _("For the library"), "name": ""}],
        "relation": _("Relation to the child: ______________________") if story.is_child else "",
        "foot": f"{story.code} · {wording.version}"}, made_at=made_at)
