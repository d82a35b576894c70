"""The API of circulation."""

from ninja import Router

router = Router(tags=["circulation"])
