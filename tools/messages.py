"""The gettext catalogues of each app, without GNU gettext.

    python tools/messages.py update [APP …]   extract; new sentences come out empty in id, en is written whole
    python tools/messages.py check  [APP …]   fails on a missing, empty, fuzzy or stale sentence, and on placeholders
    python tools/messages.py compile          .po → .mo where newer

Sentences are found in Python (every name imported from django.utils.translation, whatever it is called there) and
in templates (Django's own `templatize`, so that plurals, contexts, `trimmed` and tags inside attributes count).
"""

import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("id", "en")
PLURAL = {"id": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}

#: function → positions of context, singular, plural
SHAPES = {
    "gettext": (None, 0, None), "gettext_lazy": (None, 0, None), "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1), "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None), "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2), "npgettext_lazy": (0, 1, 2),
}
IDLE_HEAD = tuple(f'"{name}:' for name in (
    "Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date", "Last-Translator",
    "Language-Team", "Generated-By"))
CALL = re.compile(r"(?<![\w.])(n?p?gettext|_)\(")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+(?:[.:][^{}]*)?\}")


@dataclass(frozen=True)
class Sentence:
    """One thing that is said, and where."""

    context: str | None
    singular: str
    plural: str | None
    where: str

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.singular


def apps(names: list[str]) -> list[Path]:
    """The apps that speak: those with a locale folder."""
    found = [path for path in sorted((ROOT / "simpul").iterdir()) if (path / "locale").is_dir()]
    unknown = set(names) - {path.name for path in found}
    if unknown:
        sys.exit(f"no such app: {', '.join(sorted(unknown))}")
    return [path for path in found if not names or path.name in names]


def sentences(app: Path) -> dict[tuple[str | None, str], list[Sentence]]:
    """Everything an app says, in the order of its files."""
    found: dict[tuple[str | None, str], list[Sentence]] = {}
    for path in sorted(app.rglob("*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts:
            for sentence in in_python(path.read_text(), str(path.relative_to(ROOT))):
                found.setdefault(sentence.key, []).append(sentence)
    for pattern in ("*.html", "*.txt"):
        for path in sorted((app / "templates").rglob(pattern)):
            for sentence in in_template(path.read_text(), str(path.relative_to(ROOT))):
                found.setdefault(sentence.key, []).append(sentence)
    return found


def in_python(source: str, where: str) -> Iterator[Sentence]:
    """Calls of the functions of django.utils.translation under whatever name the module imported them."""
    tree = ast.parse(source, where)
    called = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            called |= {alias.asname or alias.name: alias.name for alias in node.names if alias.name in SHAPES}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in called:
            yield from _sentence(node, called[node.func.id], where)


def in_template(source: str, where: str) -> Iterator[Sentence]:
    """Translation tags and filters of a Django template."""
    from django.utils.translation.template import templatize

    code = templatize(source, origin=where)
    for match in CALL.finditer(code):
        name = "gettext" if match[1] == "_" else match[1]
        for end in (i for i in range(match.end(), len(code)) if code[i] == ")"):
            try:
                tree = ast.parse(code[match.start():end + 1], mode="eval")
            except SyntaxError:
                continue
            if isinstance(tree.body, ast.Call):
                yield from _sentence(tree.body, name, where)
            break


def _sentence(call: ast.Call, function: str, where: str) -> Iterator[Sentence]:
    context_at, singular_at, plural_at = SHAPES[function]
    singular = _text(call, singular_at)
    if singular is not None and singular != "":
        yield Sentence(_text(call, context_at), singular, _text(call, plural_at), where)


def _text(call: ast.Call, position: int | None) -> str | None:
    if position is None or position >= len(call.args):
        return None
    try:
        value = ast.literal_eval(call.args[position])
    except ValueError:
        return None
    return value if isinstance(value, str) else None


def catalogue_path(app: Path, language: str) -> Path:
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def empty(language: str) -> Catalog:
    catalogue = Catalog(locale=language, fuzzy=False)
    catalogue.mime_headers = [
        ("Language", language), ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"), ("Plural-Forms", PLURAL[language])]
    return catalogue


def merged(app: Path, language: str) -> Catalog:
    """What the catalogue should be: today's sentences with the translations that are there."""
    held, made = read(catalogue_path(app, language), language), empty(language)
    for said in sentences(app).values():
        first = said[0]
        plural = next((s.plural for s in said if s.plural), None)
        id_ = (first.singular, plural) if plural else first.singular
        before = held.get(first.singular, first.context)
        is_kept = before is not None and bool(before.pluralizable) == bool(plural)
        string = before.string if is_kept and before else ""
        if language == "en":
            string = (first.singular, plural) if plural else first.singular
        places = list(dict.fromkeys(s.where for s in said))
        made.add(id_, string, locations=[(place, 0) for place in places], context=first.context,
                 flags=(before.flags - {"python-brace-format"}) if is_kept and before else (),
                 user_comments=before.user_comments if before else ())
    return made


def write(path: Path, catalogue: Catalog) -> None:
    """Without Babel's placeholders and moments in the head: a run that finds nothing new changes nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = io.BytesIO()
    catalogue.header_comment = ""
    write_po(made, catalogue, width=110, include_lineno=False, omit_header=False)
    lines = made.getvalue().decode().lstrip("#\n").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(IDLE_HEAD)), encoding="utf-8")


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(strings) and all(strings)


def complaints(app: Path) -> Iterator[str]:
    """What is wrong with the catalogues of an app, one line each."""
    wanted = sentences(app)
    if not wanted:
        return
    doubts = io.StringIO()
    with redirect_stdout(doubts):  # Babel prints what it cannot make sense of
        held = read(catalogue_path(app, "id"), "id")
    yield from (f"{app.name}: {line}" for line in doubts.getvalue().splitlines())
    for key, said in wanted.items():
        message = held.get(key[1], key[0])
        place = f"{said[0].where}: “{key[1]}”"
        if message is None:
            yield f"{place} is missing in id"
        elif message.fuzzy:
            yield f"{place} is fuzzy in id"
        elif not is_translated(message):
            yield f"{place} is empty in id"
        else:
            yield from _placeholders(message, said, place)
    for message in held:
        if message.id and (message.context, _singular(message)) not in wanted:
            yield f"{app.name}: “{_singular(message)}” is said no more; run tools/messages.py update"
    if _as_facts(read(catalogue_path(app, "en"), "en")) != _as_facts(merged(app, "en")):
        yield f"{app.name}: en is out of date; run tools/messages.py update"


def conflicts(all_apps: Iterable[Path]) -> Iterator[str]:
    """All catalogues are one while running: a sentence said in two ways would read as whichever came last."""
    first: dict[tuple[str | None, str], tuple[str, object]] = {}
    for app in all_apps:
        for message in read(catalogue_path(app, "id"), "id"):
            if message.id:
                string = message.string[0] if isinstance(message.string, tuple | list) else message.string
                where, other = first.setdefault((message.context, _singular(message)), (app.name, string))
                if other != string:
                    yield f"“{_singular(message)}” is “{other}” in {where} and “{string}” in {app.name}"


def _placeholders(message: Message, said: list[Sentence], place: str) -> Iterator[str]:
    whole = next((s.plural for s in said if s.plural), None) or said[0].singular
    allowed = set(PLACEHOLDER.findall(whole))
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    for string in strings:
        if set(PLACEHOLDER.findall(string)) != allowed:
            yield f"{place} has other placeholders in id: “{string}”"


def _singular(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def _as_facts(catalogue: Catalog) -> dict[tuple[str | None, str], object]:
    return {(m.context, _singular(m)): m.string for m in catalogue if m.id}


def main(argv: list[str]) -> int:
    if not argv or argv[0] not in ("update", "check", "compile"):
        print(__doc__)
        return 2
    sys.path.insert(0, str(ROOT))
    if argv[0] == "compile":
        from simpul.operations.building import compile_translations

        print(f"{compile_translations()} compiled")
        return 0
    if argv[0] == "update":
        for app in apps(argv[1:]):
            for language in LANGUAGES:
                write(catalogue_path(app, language), merged(app, language))
        return 0
    found = [line for app in apps(argv[1:]) for line in complaints(app)]
    found += conflicts(apps([]))
    print("\n".join(found) or "every sentence is translated")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
