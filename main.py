"""Start the program: without words the window, with words the command they name."""

from __future__ import annotations

import sys


def main(words: list[str]) -> int:
    """Hand over to the counter or to the commands; the counter is imported only when it is wanted."""
    if words and words[0] != "--window":
        from clinic import cli  # noqa: PLC0415 - a window must not wait for the commands

        return cli.run(words)
    from clinic.storage.place import default_path  # noqa: PLC0415 - only a window asks for it here
    from ui import app  # noqa: PLC0415 - a command must run without Qt

    return app.run(words, default_path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
