"""`python -m simpul COMMAND`, what bin/simpul starts."""

import sys

from simpul.operations.command_line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
