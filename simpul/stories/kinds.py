"""The domains of change that are compared in a round, and the kinds of concrete change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    """A domain of the most significant change."""

    ECONOMY = "economy", _("Income and work")
    LEARNING = "learning", _("School and learning")
    READING = "reading", _("Love of reading")
    DIGITAL = "digital", _("Digital life")
    HEALTH = "health", _("Healthy living")
    COMMUNITY = "community", _("Family and neighbours")
    CONFIDENCE = "confidence", _("Courage and confidence")


class Change(models.TextChoices):
    """What is different now, in one word."""

    INCOME = "income", _("more income")
    SKILL = "skill", _("a new skill")
    JOB = "job", _("a job")
    SCHOOL = "school", _("better at school")
    HEALTH = "health", _("better health")
    CONFIDENCE = "confidence", _("more confidence")
    OTHER = "other", _("something else")
