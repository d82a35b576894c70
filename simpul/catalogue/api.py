"""The API of catalogue."""

from ninja import Router

router = Router(tags=["catalogue"])
