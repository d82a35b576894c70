"""The commands, one module each: `help`, `example`, `add_arguments(parser)`, `run(options, console) -> int | None`.

`needs_tables = False` marks a command that works before the database is set up.
"""

from importlib import import_module
from types import ModuleType

#: what is typed → the module; in the order of the help
COMMANDS = {
    "demo": "demo",
    "setup": "setup",
    "serve": "serve",
    "libraries": "libraries",
    "account": "account",
    "token": "token",
    "import": "importing",
    "export": "exporting",
    "search": "search",
    "indicators": "indicators",
    "report": "report",
    "certificate": "certificate",
    "kit": "kit",
    "journal": "journal",
    "schedule": "schedule",
    "backup": "backup",
    "restore": "restore",
    "doctor": "doctor",
}


def load(name: str) -> ModuleType:
    return import_module(f"simpul.operations.commands.{COMMANDS[name]}")
