"""The ``ulak`` command: a face of the library, without rules of its own (docs/cli.md)."""
