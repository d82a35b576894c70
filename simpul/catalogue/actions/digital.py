"""Digital resources come, are corrected, leave and come back; their uses are counted."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.catalogue.actions.refusals import MaterialNeeded, RightsUnclear, TitleNeeded, must_catalogue
from simpul.catalogue.actions.titles import keep_source, title_for
from simpul.catalogue.digital.links import safe_link
from simpul.catalogue.digital.models import KIND_OF, DigitalResource, DigitalUse, Kind
from simpul.catalogue.importing.drafts import Description
from simpul.catalogue.importing.values import clean
from simpul.catalogue.models import Title
from simpul.catalogue.search import index_titles
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.files.actions import store_material
from simpul.files.materials import Material
from simpul.files.pictures import Prepared
from simpul.libraries.models import Library

Rights, Access = DigitalResource.Rights, DigitalResource.Access


@dataclass(frozen=True)
class Offer:
    """What is said of a digital resource beside its file or link; `licence` belongs to Creative Commons, a contract
    has the last day on which it holds."""

    rights: str = Rights.OWN
    licence: str = ""
    holder: str = ""
    valid_until: date | None = None
    access: str = Access.EVERYBODY
    label: str = ""
    language: str = ""
    length: str = ""

    def cleaned(self, *, is_link: bool) -> "Offer":
        """The same, tidy; raises RightsUnclear (fields `licence`, `valid_until`, `holder`, `rights`)."""
        if self.rights not in Rights.values or self.access not in Access.values:
            raise RightsUnclear(_("Say why this may be offered."), field="rights")
        if self.rights == Rights.LINKED and not is_link:
            raise RightsUnclear(_("A file needs a reason why you may offer it: your own work, a licence, a letter."),
                                field="rights")
        if self.rights == Rights.CC and self.licence not in set(DigitalResource.Licence.values) - {""}:
            raise RightsUnclear(_("Say which Creative Commons licence it is; it stands on its first or last page."),
                                field="licence")
        if self.rights == Rights.CONTRACT and self.valid_until is None:
            raise RightsUnclear(_("A contract ends. Write its last day."), field="valid_until")
        holder = clean(self.holder, 200)
        if self.rights in (Rights.CONTRACT, Rights.LETTER) and not holder:
            raise RightsUnclear(_("Write who holds the rights: the author, the publisher."), field="holder")
        ends = self.valid_until if self.rights in (Rights.CONTRACT, Rights.LETTER) else None
        return replace(self, licence=self.licence if self.rights == Rights.CC else "", holder=holder, valid_until=ends,
                       label=clean(self.label, 160), language=clean(self.language, 8), length=clean(self.length, 60))


@change("resource.added", says=_("{by} offers {title} digitally at {library}"))
def add_resource(*, title: Title, library: Library, offer: Offer, by: Actor, at: datetime, id: UUID,
                 file: Material | Prepared | None = None, url: str = "") -> DigitalResource:
    """A file or a link of a title, offered by one library. A link that this library offered before comes back."""
    must_catalogue(by, library.pk)
    return _offer(title, library, offer, at, id, file, url)


@change("digital.entered", says=_("{by} entered {result} as a digital title of {library}"))
def enter_digital_title(*, description: Description, library: Library, offer: Offer, by: Actor, at: datetime, id: UUID,
                        file: Material | Prepared | None = None, url: str = "") -> DigitalResource:
    """A title without paper and what opens it, in one change. A title that the city has already is taken."""
    must_catalogue(by, library.pk)
    if not description.title:
        raise TitleNeeded(_("Write the title."), field="title")
    title = title_for(description, at, id)
    keep_source(title, description, library, at)
    return _offer(title, library, offer, at, id, file, url)


def _offer(title: Title, library: Library, offer: Offer, at: datetime, id: UUID, file: Material | Prepared | None,
           url: str) -> DigitalResource:
    if bool(file) == bool(url.strip()):
        raise MaterialNeeded(_("Choose a file, or give a link: one of both."), field="file")
    link = safe_link(url) if url.strip() else ""
    said = offer.cleaned(is_link=bool(link))
    note(library=library.pk, title=title)
    known = DigitalResource.objects.filter(library=library, title=title, url=link).first() if link else None
    resource = known or DigitalResource(
        id=derived_id(id, "resource"), title=title, library=library, url=link, kind=Kind.LINK, recorded_at=at,
        added_on=clock.local_date(at, library.time_zone))
    for name in said.__dataclass_fields__:
        setattr(resource, name, getattr(said, name))
    resource.withdrawn_at = None
    if file:
        resource.file = store_material(upload=file, library_id=library.pk, at=at, id=derived_id(id, "file"))
        resource.kind = KIND_OF[resource.file.media_type]
    resource.save(force_insert=known is None)
    index_titles([title.pk])
    return resource


@change("resource.corrected", says=_("{by} corrected what is said of {resource}"))
def correct_resource(*, resource: DigitalResource, offer: Offer, by: Actor, at: datetime, id: UUID) -> DigitalResource:
    """Its label, rights and readers; the file or link itself is withdrawn and offered anew."""
    must_catalogue(by, resource.library_id)
    said = offer.cleaned(is_link=bool(resource.url))
    for name in said.__dataclass_fields__:
        setattr(resource, name, getattr(said, name))
    resource.save(update_fields=list(said.__dataclass_fields__))
    index_titles([resource.title_id])
    return resource


@change("resource.withdrawn", says=_("{by} withdrew {resource}"))
def withdraw_resource(*, resource: DigitalResource, by: Actor, at: datetime, id: UUID) -> DigitalResource:
    """From this moment nobody opens it; its uses stay counted."""
    must_catalogue(by, resource.library_id)
    resource.withdrawn_at = at
    resource.save(update_fields=["withdrawn_at"])
    index_titles([resource.title_id])
    return resource


@change("resource.restored", says=_("{by} offers {resource} again"))
def restore_resource(*, resource: DigitalResource, by: Actor, at: datetime, id: UUID) -> DigitalResource:
    """Undo a withdrawal."""
    must_catalogue(by, resource.library_id)
    resource.withdrawn_at = None
    resource.save(update_fields=["withdrawn_at"])
    index_titles([resource.title_id])
    return resource


@change("resource.used", says=_("{resource} of {library} was used"))
def count_use(*, resource: DigitalResource, how: str, by: Actor, at: datetime, id: UUID) -> DigitalUse:
    """One opening or download. `id` is the same for the same browser, resource and minute, so that clicking again
    counts nothing; whoever shows the resource has asked whether it may be opened."""
    library = resource.library
    note(library=library.pk)
    return DigitalUse.objects.create(
        id=derived_id(id, "use"), resource=resource, title_id=resource.title_id, library=library, how=how,
        happened_at=at, local_date=clock.local_date(at, library.time_zone))


def index_ended(*, at: datetime) -> int:
    """Search forgets what ended yesterday or the day before; how many titles. Pages ask the day themselves and need no
    schedule."""
    day = clock.local_date(at, "Asia/Jakarta")
    ended = DigitalResource.objects.held().filter(valid_until__lt=day, valid_until__gte=date.fromordinal(day.toordinal() - 40))
    titles = list(ended.filter(title__search_doc__isnull=False).values_list("title_id", flat=True).distinct())
    index_titles(titles)
    return len(titles)
