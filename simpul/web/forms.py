"""How forms are drawn in this house: one field template, one form template."""

from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_noop

#: Django says these; named here so that our catalogue translates them, friendlier than Django's own does
SAID_BY_DJANGO = (gettext_noop("This field is required."), gettext_noop("Enter a whole number."),
                  gettext_noop("Enter a valid date."))


class HouseRenderer(TemplatesSetting):
    """Label, help, error and input of a field in `web/forms/field.html`; error summary in `web/forms/form.html`."""

    field_template_name = "web/forms/field.html"
    form_template_name = "web/forms/form.html"
