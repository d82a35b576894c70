"""Addresses of volunteers."""

app_name = "volunteers"
urlpatterns: list = []
