"""Addresses of learning paths: everybody's, and a library's own."""

from django.urls import path

from simpul.learning.views import building, public, steps

app_name = "learning"
LIST = "perpustakaan/<str:code>/jalur-belajar/"
ONE = LIST + "<uuid:id>/"
STEP = ONE + "langkah/<uuid:step>/"
urlpatterns = [
    path("belajar/", public.paths, name="paths"),
    path("belajar/<slug:slug>/", public.path, name="path"),
    path("belajar/<slug:slug>/lembar/", public.sheet, name="sheet"),
    path("belajar/<slug:slug>/gambar.png", public.picture, name="picture"),
    path(LIST, building.paths, name="list"),
    path(LIST + "baru/", building.new, name="new"),
    path(ONE, building.path, name="build"),
    path(ONE + "ubah/", building.words, name="words"),
    path(ONE + "terbit/", building.publish, name="publish"),
    path(ONE + "tarik/", building.unpublish, name="unpublish"),
    path(ONE + "salinan/", building.copy, name="copy"),
    path(ONE + "langkah/", steps.add, name="step_add"),
    path(ONE + "langkah/kegiatan/", steps.add_activity, name="step_activity"),
    path(ONE + "langkah/tulisan/", steps.add_words, name="step_words"),
    path(STEP + "ubah/", steps.words, name="step_edit"),
    path(STEP + "naik/", steps.up, name="step_up"),
    path(STEP + "turun/", steps.down, name="step_down"),
    path(STEP + "hapus/", steps.remove, name="step_remove"),
    path(STEP + "pulihkan/", steps.restore, name="step_restore"),
]
