"""What can be counted about learning paths."""

from django.utils.translation import gettext_lazy as _

from simpul.core.measure import Measure
from simpul.learning.models import Path, PathUse

MEASURES = (
    Measure(
        name="paths_published", label=_("learning paths published"), unit=_("paths"),
        rows=lambda: Path.objects.published().select_related("library"), date="published_at__date",
        disaggregations={"theme": "theme"}, columns=((_("Path"), "title"), (_("Theme"), "theme_name"))),
    Measure(
        name="path_uses", label=_("learning paths opened"), unit=_("times"),
        rows=lambda: PathUse.objects.select_related("path", "library"),
        disaggregations={"theme": "path__theme"}, follows=("path",),
        columns=((_("Day"), "local_date"), (_("Path"), "path.title"))),
)
