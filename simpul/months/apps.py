from django.apps import AppConfig


class MonthsConfig(AppConfig):
    name = "simpul.months"
