from django.apps import AppConfig


class IplmConfig(AppConfig):
    name = "simpul.iplm"
