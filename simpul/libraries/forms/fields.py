"""Fields that several forms of libraries share."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.libraries.models import City, Library, Region
from simpul.libraries.queries import regions_under

WEEKDAYS = [gettext_lazy("Monday"), gettext_lazy("Tuesday"), gettext_lazy("Wednesday"), gettext_lazy("Thursday"),
            gettext_lazy("Friday"), gettext_lazy("Saturday"), gettext_lazy("Sunday")]


class DayField(forms.DateField):
    """A calendar day, with the browser's own calendar."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**({"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")} | given))


class HourField(forms.TimeField):
    """A time of day, with the browser's own clock."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**({"required": False,
                             "widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")} | given))


class PositionField(forms.CharField):
    """Two numbers as a map application copies them: `-6.1783, 106.6319` → (Decimal, Decimal)."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None, None
        parts = [part for part in typed.replace(";", " ").replace(", ", " ").replace(",", " ").split() if part]
        try:
            latitude, longitude = (Decimal(part).quantize(Decimal("0.000001")) for part in parts)
        except (InvalidOperation, ValueError):
            raise forms.ValidationError(_("Write the position like -6.1783, 106.6319.")) from None
        return latitude, longitude


class PlaceChoice(forms.ModelChoiceField):
    """A region of the city, by kecamatan; works without JavaScript for 8 as for 800 kelurahan."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**({"queryset": Region.objects.current(), "empty_label": gettext_lazy("Choose …")} | given))

    def narrow(self) -> None:
        """Offer the city, its kecamatan and kelurahan; one query for all of them."""
        city = City.objects.select_related("region").first()
        if city is None:
            return
        below = regions_under(city.region)
        groups: dict[str, list[tuple[str, str]]] = {}
        for region in below:
            if region.level == Region.Level.DISTRICT:
                groups[region.code] = [(str(region.pk), region.full_name)]
        for region in below:
            if region.level == Region.Level.VILLAGE and region.parent:
                groups[region.parent.code].append((str(region.pk), region.full_name))
        self.choices = [("", self.empty_label), (str(city.region.pk), city.name),
                        *((entries[0][1], entries) for entries in groups.values())]


def kind_choices() -> list[tuple[str, Any]]:
    return [("", gettext_lazy("Choose …")), *Library.Kind.choices]
