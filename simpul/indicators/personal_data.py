"""Numbers only: no field is about a person. Sealed counts say how many, never who."""

PERSONAL: dict[str, object] = {}
NOT_PERSONAL = {
    "staleday.local_date", "rolledup.refreshed_at", "daycount.local_date", "daycount.measure", "daycount.first_recorded_at",
    "monthcount.month", "monthcount.measure", "monthcount.by", "monthcount.value", "monthcount.until_on",
    "toldblock.month", "toldblock.measure", "toldblock.by", "toldblock.cells", "toldblock.told_at",
    "sealedpeople.measure", "sealedpeople.first_on", "sealedpeople.last_on", "sealedpeople.sealed_at",
    "regionfact.name", "regionfact.from_on", "regionfact.source", "regionfact.recorded_at", "regionfact.voided_at",
}
