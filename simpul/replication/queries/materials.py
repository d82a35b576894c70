"""What helps to take a step: material of a workshop's lesson, else a learning path."""

from django.db.models import Q
from django.urls import reverse

from simpul.learning.models import Path
from simpul.replication.steps import Stage
from simpul.training.models import Lesson

#: words in the titles of lessons and paths, in the language of the programme
WORDS = {
    Stage.CHOSEN: ("inklusi sosial",), Stage.COMMITTED: ("advokasi", "komitmen"), Stage.TRAINED: ("inklusi sosial",),
    Stage.BASELINE: ("pelaporan", "data"), Stage.PLAN: ("RTL", "rencana"), Stage.REPORTING: ("pelaporan", "TI dan"),
    Stage.SHARING: ("pelibatan", "cerita"), Stage.INDEPENDENT: ("advokasi", "mitra"),
    Stage.MENTOR: ("manajemen", "pelibatan"),
}


def material_for(stage: Stage) -> tuple[str, str]:
    """Its name and address; ("", "") where nothing fits. At most two questions."""
    wanted = Q()
    for word in WORDS[stage]:
        wanted |= Q(title__icontains=word)
    found = Lesson.objects.filter(wanted, removed_at__isnull=True, materials__isnull=False).order_by(
        "-starts_at", "materials__title").values_list("materials__title", "materials__pk").first()
    if found:
        return str(found[0]), reverse("catalogue:title", args=[found[1]])
    path = Path.objects.published().filter(wanted).order_by("-is_city", "-published_at").first()
    return (path.title, path.get_absolute_url()) if path else ("", "")
