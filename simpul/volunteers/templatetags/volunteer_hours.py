"""Minutes as people say them."""

from django import template

from simpul.volunteers.wording import hours_in_words

register = template.Library()
register.filter("hours", hours_in_words)
