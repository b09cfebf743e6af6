"""The entry point of ``ulak``: language, command line, exit code; a person never sees a traceback for what they did."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from ulak.cli.app import app
from ulak.cli.errors import Exit, usage
from ulak.cli.language import spoken
from ulak.cli.session import Session
from ulak.errors import Text, UlakError

__all__ = ["main"]

_HELP = Text("Yardım: {command} --help", "Help: {command} --help")
_NO_OPTION = Text("{name} diye bir seçenek yok.", "There is no option {name}.")
_MEANT = Text("Bunu mu demek istediniz: {names}?", "Did you mean {names}?")
_NEEDS = Text("{name} bir değer ister.", "{name} needs a value.")
_TAKES_NONE = Text("{name} değer almaz.", "{name} takes no value.")
_WRONG = Text("Komut satırı anlaşılamadı: {detail}", "The command line is wrong: {detail}")
_STOPPED = Text("Durduruldu.", "Stopped.")
_SYSTEM = Text("İşletim sistemi izin vermedi: {detail}", "The system refused: {detail}")
_SYSTEM_REPAIR = Text("Boş yeri, belleği ve izinleri denetleyin.", "Check free space, memory and permissions.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the command line without the name of the program; by default that of this process.

    Returns:
        the exit code, one of `Exit`.
    """
    given = sys.argv[1:] if arguments is None else arguments
    _open_what_is_closed()
    session = Session(spoken([], os.environ).language)
    try:
        language, rest = spoken(given, os.environ)
        session = Session(language)
        code = _run(session, rest)
        session.flush()
    except KeyboardInterrupt:
        session.tell(f"\n{session.say(_STOPPED)}\n")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _close_quietly()
        return Exit.BROKEN_PIPE
    except UlakError as error:
        session.complain(error)
        return Exit.UNREADABLE
    except OSError as error:
        detail = error.strerror or str(error)
        session.complain(UlakError("cli.system", _SYSTEM.format(detail=detail), _SYSTEM_REPAIR, permanent=False))
        return Exit.UNREADABLE
    return code


def _run(session: Session, arguments: list[str]) -> int:
    """Let typer read the command line, then do what it says: typer would answer some failures in its own words."""
    command = typer.main.get_command(app)
    try:
        task = command.main(arguments, prog_name="ulak", standalone_mode=False, obj=session)
    except typer.TyperException as error:
        raise _usage(error) from None
    return task(session) if callable(task) else int(task or 0)


def _usage(error: Any) -> UlakError:
    """The mistake in the command line in both languages; typer itself speaks English alone."""
    context = getattr(error, "ctx", None)
    help_ = _HELP.format(command=context.command_path if context else "ulak")
    kind, name = type(error).__name__, getattr(error, "option_name", "")
    if kind == "NoSuchOption":
        near = ", ".join(getattr(error, "possibilities", None) or ())
        return usage(_NO_OPTION.format(name=name), _MEANT.format(names=near) if near else help_)
    if kind == "BadOptionUsage":
        return usage((_TAKES_NONE if "not take" in error.message else _NEEDS).format(name=name), help_)
    return usage(_WRONG.format(detail=error.format_message()), help_)


def _open_what_is_closed() -> None:
    """Python has None for a standard stream that the shell closed (``>&-``)."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _close_quietly() -> None:
    # Python writes out what is left when it ends, and would meet the broken pipe again.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
