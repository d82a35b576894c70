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
    "sync": "simpul.sync.command",  # an app beside this one brings its own
    "journal": "journal",
    "schedule": "schedule",
    "backup": "backup",
    "restore": "restore",
    "doctor": "doctor",
}


def load(name: str) -> ModuleType:
    module = COMMANDS[name]
    return import_module(module if "." in module else f"simpul.operations.commands.{module}")
