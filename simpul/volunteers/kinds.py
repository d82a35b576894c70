"""What volunteers do: the kinds that hours are counted by."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Work(models.TextChoices):
    DESK = "desk", _("serving visitors")
    READING = "reading", _("reading aloud and telling stories")
    TEACHING = "teaching", _("teaching and helping with school work")
    ACTIVITY = "activity", _("activities and events")
    BOOKS = "books", _("caring for books")
    ROOM = "room", _("tidying the room")
    WORD = "word", _("photos, posters and social media")
    OFFICE = "office", _("records and reports")
    OTHER = "other", _("other")
