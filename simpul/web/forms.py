"""How forms are drawn in this house: one field template, one form template."""

from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Label, help, error and input of a field in `web/forms/field.html`; error summary in `web/forms/form.html`."""

    field_template_name = "web/forms/field.html"
    form_template_name = "web/forms/form.html"
