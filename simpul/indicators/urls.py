"""The short code of figures; the receipt itself is `web:figure`."""

from django.urls import path

from simpul.indicators import views

app_name = "indicators"
urlpatterns = [path("k/<str:short>/", views.short, name="short"), path("k/<str:short>", views.short)]
