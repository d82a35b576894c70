"""The catalogue is about books. Authors stand in it by their public works; nobody else does."""

PERSONAL: dict[str, object] = {}
NOT_PERSONAL = {
    "title.title", "title.subtitle", "title.part", "title.responsibility", "title.contributors_line", "title.edition",
    "title.publisher", "title.place", "title.extent", "title.series", "title.language", "title.ddc", "title.format",
    "title.summary", "title.match_key", "title.recorded_at", "title.withdrawn_at", "title.year",
    "contributor.name", "contributor.role", "subject.term",
    "identifier.kind", "identifier.value",
    "sourcerecord.source", "sourcerecord.external_id", "sourcerecord.form", "sourcerecord.content",
    "sourcerecord.sha256", "sourcerecord.recorded_at",
    "copy.code", "copy.inventory_number", "copy.call_number", "copy.item_type", "copy.shelf", "copy.acquisition",
    "copy.supplier", "copy.received_on", "copy.state", "copy.recorded_at", "copy.withdrawn_on",
    "digitalresource.kind", "digitalresource.label", "digitalresource.url", "digitalresource.language",
    "digitalresource.length", "digitalresource.rights", "digitalresource.licence", "digitalresource.holder",
    "digitalresource.valid_until", "digitalresource.access", "digitalresource.origin", "digitalresource.added_on",
    "digitalresource.recorded_at", "digitalresource.withdrawn_at",
    "digitaluse.how", "digitaluse.happened_at", "digitaluse.local_date", "digitaluse.recorded_at",
    "searchdoc.title_stems", "searchdoc.contributor_stems", "searchdoc.subject_stems", "searchdoc.rest_stems",
    "searchdoc.inflected", "searchdoc.title_key", "searchdoc.vocabulary",
    "searchfacet.profile", "searchfacet.language", "searchfacet.main_class", "searchfacet.format", "searchfacet.held",
    "searchword.word", "searchword.initial",
}
