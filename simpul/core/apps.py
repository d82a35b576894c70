from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "simpul.core"
    verbose_name = "Core"
