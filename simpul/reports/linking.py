"""Addresses that lines carry: the receipt of an indicator, the place where a fact is told."""

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.libraries.facts import FACTS
from simpul.libraries.models import Library


def node_address() -> str:
    """Where this node is reached by everybody, or "" where it has no public name."""
    return f"{'https' if settings.IS_HTTPS else 'http'}://{settings.HOST}/" if settings.HOST else ""


def receipt(indicator: str, place: Place, period: Period) -> str:
    """Where an indicator's figure opens."""
    return f"{reverse('web:figure', args=[indicator])}?{urlencode({'tempat': place.code, 'periode': period.code})}"


def tell(library: Library, fact: str) -> str:
    """Where a library tells a dated fact."""
    return reverse("libraries:facts", args=[library.code, FACTS[fact].section.value])


def form_address(name: str, place: Place, period: Period) -> str:
    """The form's page for the place."""
    if place.library is not None:
        return f"{reverse('reports:form', args=[place.library.code, name])}?{urlencode({'periode': period.code})}"
    return f"{reverse('reports:city_form', args=[name])}?{urlencode({'wilayah': place.code, 'periode': period.code})}"
