"""The tool that keeps the catalogues finds what is said, and fails on what is not translated."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def messages() -> Iterator[ModuleType]:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import messages

        yield messages
    finally:
        sys.path.pop(0)


def test_python_is_read_under_whatever_name_it_imports(messages: ModuleType) -> None:
    source = '''
from django.utils.translation import gettext as _, gettext_lazy as lazy, ngettext, pgettext
from elsewhere import gettext
says = lazy("{by} lent "
            "{copy}")
a = _("plain")
b = ngettext("%(n)d copy", "%(n)d copies", n)
c = pgettext("month", "May")
d = _(variable)
e = gettext("not ours")
'''
    assert [(s.context, s.singular, s.plural) for s in messages.in_python(source, "x.py")] == [
        (None, "{by} lent {copy}", None), (None, "plain", None), (None, "%(n)d copy", "%(n)d copies"),
        ("month", "May", None)]


def test_templates_are_read_with_plurals_contexts_and_attributes(messages: ModuleType) -> None:
    source = '''
{# {% translate "not this" %} #}
<c-button label="{% translate 'Lend' %}" title="{{ _("Help") }}">
{% translate "May" context "month" %}
    {% blocktranslate trimmed count n=rows|length %}
  {{ n }} copy
    {% plural %}
  {{ n }} copies
    {% endblocktranslate %}
{% blocktranslate %}It's {{ name }}{% endblocktranslate %}
'''
    found = {(s.context, s.singular, s.plural) for s in messages.in_template(source, "x.html")}
    assert found == {(None, "Lend", None), (None, "Help", None), ("month", "May", None),
                     (None, "%(n)s copy", "%(n)s copies"), (None, "It's %(name)s", None)}


@pytest.fixture
def app(messages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An app that says two things."""
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    app = tmp_path / "simpul" / "toy"
    (app / "locale").mkdir(parents=True)
    (app / "views.py").write_text(
        "from django.utils.translation import gettext as _, ngettext\n_('%(n)s lent')\nngettext('one', 'many', 2)\n")
    return app


def translate(messages: ModuleType, app: Path, *strings: str, fuzzy: bool = False) -> list[str]:
    """Write the catalogues with these translations; gives what `check` complains about."""
    for language in messages.LANGUAGES:
        catalogue = messages.merged(app, language)
        if language == "id":
            for message, string in zip((m for m in catalogue if m.id), strings, strict=False):
                message.string = (string,) if message.pluralizable else string
                if fuzzy:
                    message.flags.add("fuzzy")
        messages.write(messages.catalogue_path(app, language), catalogue)
    return list(messages.complaints(app))


def test_a_complete_catalogue_is_fine(messages: ModuleType, app: Path) -> None:
    assert translate(messages, app, "%(n)s dipinjam", "banyak") == []
    english = messages.read(messages.catalogue_path(app, "en"), "en")
    assert [m.string for m in english if m.id] == ["%(n)s lent", ("one", "many")]


@pytest.mark.parametrize(("strings", "fuzzy", "complaint"), [
    (["%(n)s dipinjam"], False, "“one” is empty in id"),
    (["dipinjam", "banyak"], False, "“%(n)s lent” has other placeholders in id: “dipinjam”"),
    (["%(n)s dipinjam", "banyak"], True, "is fuzzy in id"),
])
def test_a_catalogue_with_a_hole_fails(
        messages: ModuleType, app: Path, strings: list[str], fuzzy: bool, complaint: str) -> None:
    found = translate(messages, app, *strings, fuzzy=fuzzy)
    assert found
    assert complaint in found[0]


def test_a_new_sentence_and_one_said_no_more_fail(messages: ModuleType, app: Path) -> None:
    translate(messages, app, "%(n)s dipinjam", "banyak")
    (app / "views.py").write_text("from django.utils.translation import gettext as _\n_('new')\n")
    found = list(messages.complaints(app))
    assert [line.split(": ", 1)[1] for line in found] == [
        "“new” is missing in id",
        "“%(n)s lent” is said no more; run tools/messages.py update",
        "“one” is said no more; run tools/messages.py update",
        "en is out of date; run tools/messages.py update"]
