"""A kit tells of no person of this city: texts with numbers of somebody are refused where they come in and go out."""

PERSONAL: dict[str, object] = {}
NOT_PERSONAL = {
    "partdone.done_on", "partdone.recorded_at",
    "kit.uri", "kit.title", "kit.summary", "kit.version", "kit.licence", "kit.told", "kit.installed_at",
    "release.version", "release.hash", "release.x", "release.signer", "release.archive", "release.report",
    "release.installed_at",
    "item.kind", "item.path", "item.content", "item.hash", "item.origin", "item.gone_in",
    "adaptation.field", "adaptation.value", "adaptation.was", "adaptation.written_at", "adaptation.ended_at",
    "conflict.field", "conflict.base", "conflict.theirs", "conflict.ours", "conflict.decision", "conflict.decided_at",
    "trustedkey.x", "trustedkey.name", "trustedkey.trusted_at", "trustedkey.ended_at",
    "parcel.archive", "parcel.uri", "parcel.title", "parcel.version", "parcel.brought_at", "parcel.settled_at",
    "adoption.version", "adoption.used_by", "adoption.from_on", "adoption.ended_on",
    "edition.uri", "edition.title", "edition.version", "edition.hash", "edition.archive", "edition.made_at",
}
