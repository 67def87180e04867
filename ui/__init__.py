"""The counter people see: the only place that knows Qt."""

import builtins

import PySide6  # noqa: F401 - puts its own way of importing in the place of Python's

# PySide's way reads the source of each module, to see whether it asks for one of PySide's name styles. Nobody here
# does; reading a thousand files, which Python then keeps, is a tenth of the start and 25 MiB.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
