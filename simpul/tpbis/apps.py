from django.apps import AppConfig


class TpbisConfig(AppConfig):
    name = "simpul.tpbis"
