"""Pages of gatherings: a registrant's own, and what activities and workshops share for the staff."""

from simpul.gatherings.views.ticket import qr

__all__ = ["qr"]
