from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class IndicatorsConfig(AppConfig):
    name = "simpul.indicators"

    def ready(self) -> None:
        # no business rule: the marks stand in the database and have to follow its tables
        pre_migrate.connect(_before, sender=self)
        post_migrate.connect(_after, sender=self)


def _before(plan: list[Any], **_rest: Any) -> None:
    from simpul.indicators.rollups.marks import uninstall

    if plan:
        uninstall()


def _after(**_rest: Any) -> None:
    from simpul.indicators.rollups.marks import ensure

    ensure()
