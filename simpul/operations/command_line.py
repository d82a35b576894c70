"""bin/simpul: finds the command, speaks the user's language, turns mistakes into sentences."""

import argparse
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NoReturn

EXIT_USAGE = 2
#: what works on any computer: no settings, data folder or database of a node is read
ALONE = {("certificate", "verify")}


def main(argv: Sequence[str]) -> int:
    """Run one command; gives its exit code: 0 done, 1 not done, 2 wrongly asked."""
    from simpul.operations.building import compile_translations

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
    try:
        compile_translations()
        if tuple(argv[:2]) in ALONE:
            _set_up_alone()
        else:
            _set_up_django()
    except Exception as error:
        return _cannot_start(error, argv)
    from django.utils import translation

    with translation.override(language()):
        return _run(argv)


def language() -> str:
    """SIMPUL_LANGUAGE, else English where the terminal is English, else Indonesian."""
    chosen = os.environ.get("SIMPUL_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or "id"
    return "en" if chosen.lower().startswith("en") else "id"


def _set_up_django() -> None:
    import django

    django.setup()


def _set_up_alone() -> None:
    """Django for its translations and dates only."""
    import django
    from django.conf import settings

    from simpul.operations.building import CODE

    if not settings.configured:
        settings.configure(USE_I18N=True, USE_TZ=True, TIME_ZONE="Asia/Jakarta", LANGUAGE_CODE="id",
                           LOCALE_PATHS=[CODE / "simpul" / "operations" / "locale"])
        django.setup()


def _cannot_start(error: Exception, argv: Sequence[str]) -> int:
    """Settings refuse a bad value, or the data folder cannot be written; anything else is a mistake of ours."""
    from django.core.exceptions import ImproperlyConfigured

    if not isinstance(error, ImproperlyConfigured | OSError) or "--traceback" in argv:
        raise error
    sys.stderr.write(f"{error}\n")
    return 1


class Parser(argparse.ArgumentParser):
    """argparse that ends with our exit code and shows the example."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        from django.utils.translation import gettext as _

        if example:
            kwargs["epilog"] = f"{_('Example:')}\n  {example}"
        kwargs.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(*args, **kwargs)

    def error(self, message: str) -> NoReturn:
        from django.utils.translation import gettext as _

        self.print_usage(sys.stderr)
        hint = _("“%(command)s --help” shows how it is used.") % {"command": self.prog}
        sys.stderr.write(f"{message}\n{hint}\n")
        sys.exit(EXIT_USAGE)


def _run(argv: Sequence[str]) -> int:
    from simpul.operations.commands import COMMANDS, load
    from simpul.operations.console import Console

    if not argv or argv[0] in ("-h", "--help", "help"):
        _overview().print_help()
        return 0 if argv else EXIT_USAGE
    if argv[0] not in COMMANDS:
        _overview().error(_unknown(argv[0], COMMANDS))
    command = load(argv[0])
    own = Parser(prog=f"bin/simpul {argv[0]}", description=str(command.help), example=command.example)
    command.add_arguments(own)
    own.add_argument("--json", action="store_true", help=_json_help())
    own.add_argument("--traceback", action="store_true", help=argparse.SUPPRESS)
    options = own.parse_intermixed_args(argv[1:])
    return _guarded(command, options, Console(is_json=options.json))


def _json_help() -> str:
    from django.utils.translation import gettext as _

    return _("answer with one JSON object, for machines")


def _overview() -> Parser:
    from django.utils.translation import gettext as _

    from simpul.operations.commands import COMMANDS, load

    lines = [f"  {name:<10} {load(name).help}" for name in COMMANDS]
    return Parser(
        prog="bin/simpul", usage=_("bin/simpul COMMAND [options]"),
        description=_("The command line of a Simpul node, on the data folder SIMPUL_DATA.") + "\n\n"
        + _("Commands:") + "\n" + "\n".join(lines) + "\n\n"
        + _("“bin/simpul COMMAND --help” explains one, with an example."))


def _unknown(name: str, known: Any) -> str:
    from difflib import get_close_matches

    from django.utils.translation import gettext as _

    near = get_close_matches(name, list(known), n=1)
    if near:
        return _("There is no command “%(name)s”. Do you mean “%(near)s”?") % {"name": name, "near": near[0]}
    return _("There is no command “%(name)s”.") % {"name": name}


def _guarded(command: ModuleType, options: argparse.Namespace, console: Any) -> int:
    """Run it; what a user can cause ends in a sentence, never in a traceback."""
    from django.db import DatabaseError

    from simpul.core.refusal import Refusal
    from simpul.operations.console import Problem
    from simpul.operations.problems import problem_of

    try:
        if getattr(command, "needs_tables", True):
            _require_tables()
        return int(command.run(options, console) or 0)
    except Problem as problem:
        return int(console.refuse(problem))
    except Refusal as refusal:
        return int(console.refuse(Problem(refusal, code=refusal.code)))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader left (| head): nothing more to say
        return 0
    except (DatabaseError, OSError) as error:
        known = problem_of(error)
        if known is None or options.traceback:
            raise
        return int(console.refuse(known))


def _require_tables() -> None:
    from simpul.operations.building import is_migrated
    from simpul.operations.problems import not_set_up
    from simpul.operations.readiness import has_tables, pending_migrations

    if not is_migrated() and (not has_tables() or pending_migrations()):
        raise not_set_up()
