"""Root addresses: Indonesian nouns, one intention each. Each app brings its own."""

from django.urls import include, path

from simpul.config.api import api

# patterns are tried one after the other: the rooms of the desk, where every millisecond is felt, come first
urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("simpul.circulation.urls")),
    path("", include("simpul.stories.urls")),
    path("", include("simpul.visits.urls")),
    path("", include("simpul.catalogue.urls")),
    path("", include("simpul.web.urls")),
    path("", include("simpul.overview.urls")),
    path("", include("simpul.accounts.urls")),
    path("", include("simpul.messages.urls")),
    path("", include("simpul.indicators.urls")),
    path("", include("simpul.libraries.urls")),
    path("", include("simpul.people.urls")),
    path("", include("simpul.plans.urls")),
    path("", include("simpul.months.urls")),
    path("", include("simpul.volunteers.urls")),
    path("", include("simpul.surveys.urls")),
    path("", include("simpul.advocacy.urls")),
    path("", include("simpul.certificates.urls")),
    path("", include("simpul.gatherings.urls")),
    path("", include("simpul.activities.urls")),
    path("", include("simpul.training.urls")),
    path("", include("simpul.learning.urls")),
    path("", include("simpul.replication.urls")),
    path("", include("simpul.kits.urls")),
    path("", include("simpul.reports.urls")),
    path("", include("simpul.iplm.urls")),
    path("", include("simpul.pocket.urls")),
    path("", include("simpul.tpbis.urls")),
    path("", include("simpul.standards.urls")),
    path("", include("simpul.sync.urls")),
    path("", include("simpul.operations.urls")),
]
handler404 = "simpul.web.views.public.not_found"
handler403 = "simpul.web.views.public.forbidden"
handler500 = "simpul.web.views.public.server_error"
