from django.urls import path

from simpul.reports import views

app_name = "reports"
HERE = "perpustakaan/<str:code>/laporan-resmi/"
urlpatterns = [
    path(HERE, views.library_forms, name="forms"),
    path(f"{HERE}<slug:form>/", views.library_form, name="form"),
    path("kota/laporan-resmi/", views.city_forms, name="city_forms"),
    path("kota/laporan-resmi/<slug:form>/", views.city_form, name="city_form"),
]
