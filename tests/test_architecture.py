"""The house keeps its own rules: what import-linter and ruff cannot see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "simpul"
APPS = sorted(path for path in HOUSE.iterdir() if (path / "__init__.py").exists() and path.name not in ("config",))
PYTHON = sorted(path for path in (*HOUSE.rglob("*.py"), *(ROOT / "tools").glob("*.py"))
                if "migrations" not in path.parts)
TEMPLATES = sorted(HOUSE.glob("*/templates/**/*.html"))
PAGES = sorted(path for app in APPS for room in ("views", "forms", "api", "urls")
               for path in (*app.glob(f"{room}.py"), *app.glob(f"{room}/**/*.py")))

WRITES = {"save", "create", "update", "delete", "get_or_create", "update_or_create", "bulk_create", "bulk_update",
          "aupdate", "asave", "acreate", "adelete"}
#: what the words above are called on that is no table
HARMLESS = re.compile(r"^(request\.session|session|cache|response|headers|params|query|data|context|self\.fields|"
                      r"kwargs|values|found|facts|digest|hash\w*|hashlib\.\w+|attrs)\b")
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
WAIVER = "# long: "


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("app", APPS, ids=lambda path: path.name)
def test_each_app_says_what_it_is_and_its_rules(app: Path) -> None:
    docstring = ast.get_docstring(ast.parse((app / "__init__.py").read_text())) or ""
    rules = re.findall(r"^\d\. \S.*", docstring, flags=re.MULTILINE)
    assert "Rules\n" in docstring, f"{app.name}/__init__.py needs a docstring with its rules"
    assert 1 <= len(rules) <= 5


def written_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Calls that write to a table: (line, code)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            on = ast.unparse(node.func.value)
            if not HARMLESS.match(on):
                yield node.lineno, ast.unparse(node)[:80]


def test_pages_and_forms_never_write() -> None:
    """They ask one action."""
    found = [f"{name(path)}:{line} {code}" for path in PAGES for line, code in written_in(ast.parse(path.read_text()))]
    assert found == []


def test_the_rule_about_writing_can_fail() -> None:
    code = "def page(request):\n    request.session.update(a=1)\n    Loan.objects.create()\n    loan.save()"
    assert [line for line, _code in written_in(ast.parse(code))] == [3, 4]


STYLE = re.compile(r"\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"""<[^>]*\s(on[a-z]+|hx-on[:\w-]*)\s*=\s*["']""", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(ld\+)?json)[^>]*>", re.IGNORECASE)
SAFE = re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off|mark_safe")
WAIVED = re.compile(r"^.*\{# safe: \w.*#\}.*$", re.MULTILINE)  # with its reason, on the line
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)


@pytest.mark.parametrize(("rule", "why"), [
    (STYLE, "the Content-Security-Policy forbids style attributes"),
    (HANDLER, "the Content-Security-Policy forbids on… attributes"),
    (SCRIPT, "the Content-Security-Policy forbids inline scripts"),
    (SAFE, "what people typed must stay escaped"),
])
def test_templates_hold_nothing_that_the_browser_must_refuse(rule: re.Pattern[str], why: str) -> None:
    found = [f"{name(path)}: {match[0][:60]}" for path in TEMPLATES
             for match in rule.finditer(COMMENT.sub("", WAIVED.sub("", path.read_text())))]
    assert found == [], why


@pytest.mark.parametrize(("rule", "code"), [
    (STYLE, '<p style="x">'), (HANDLER, '<a onclick="x">'), (HANDLER, '<a hx-on:click="x">'), (SCRIPT, "<script>x"),
    (SAFE, "{{ a|safe }}"),
])
def test_the_rules_about_templates_can_fail(rule: re.Pattern[str], code: str) -> None:
    assert rule.search(code)


def test_no_file_is_longer_than_can_be_read() -> None:
    found = [f"{name(path)}: {count} lines" for path in (*PYTHON, *TEMPLATES)
             if (count := len((text := path.read_text()).splitlines())) > LONGEST_FILE and WAIVER not in text[:2000]]
    assert found == []


def long_functions(source: str) -> Iterator[str]:
    """Functions of more than forty lines, decorators and docstring left out, without a waiver on their first line."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            told = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) else 0
            length = (node.end_lineno or 0) - node.lineno + 1 - told
            if length > LONGEST_FUNCTION and WAIVER not in lines[node.lineno - 1]:
                yield f"{node.name}: {length} lines"


def test_no_function_is_longer_than_can_be_read() -> None:
    found = [f"{name(path)} {function}" for path in PYTHON for function in long_functions(path.read_text())]
    assert found == []


def test_the_rule_about_length_can_fail_and_be_waived() -> None:
    body = "\n".join("    x = 1" for _n in range(41))
    assert list(long_functions(f"def long():\n{body}\n")) == ["long: 42 lines"]
    assert list(long_functions(f"def long():  # long: a table of facts\n{body}\n")) == []


FORBIDDEN_NAMES = {"utils", "helpers", "helper", "manager", "managers", "handler", "handlers", "data", "info", "misc"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [name(path) for path in PYTHON if path.stem in FORBIDDEN_NAMES] == []


CLOCKS = re.compile(r"\b(timezone\.now|datetime\.now|date\.today|datetime\.today|clock\.now)\(")


def test_no_action_asks_the_clock() -> None:
    """When it happened is an argument; only when it was recorded is this moment."""
    actions = [path for app in APPS for path in (*app.glob("actions.py"), *app.glob("actions/**/*.py"))]
    found = [f"{name(path)}:{n} {line.strip()}" for path in actions
             for n, line in enumerate(path.read_text().splitlines(), 1)
             if CLOCKS.search(line) and "recorded" not in line]
    assert found == []
