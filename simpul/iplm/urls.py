from django.urls import path

from simpul.iplm.views import frame

app_name = "iplm"
urlpatterns = [
    path("kota/iplm/<uuid:id>/", frame.institution, name="institution"),
]
