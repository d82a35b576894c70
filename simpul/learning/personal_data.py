"""Learning paths are about books and skills, not about persons; openings hold nobody."""

PERSONAL: dict[str, object] = {}
NOT_PERSONAL = {
    "path.slug", "path.title", "path.theme", "path.audience", "path.outcome", "path.cover", "path.state",
    "path.published_at", "path.recorded_at",
    "step.kind", "step.activity_kind", "step.heading", "step.text", "step.removed_at",
    "pathuse.happened_at", "pathuse.local_date", "pathuse.recorded_at",
}
