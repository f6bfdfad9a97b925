"""What the console commands of business time share: bad input is one Spanish line and exit 2."""

import sys

from django.core.management.base import BaseCommand, CommandError


class Error(CommandError):
    """Bad input, told on stderr as `Error: ...`; the exit status is 2."""

    def __init__(self, *args, returncode=2, **kwargs):
        super().__init__(*args, returncode=returncode, **kwargs)


class Comando(BaseCommand):
    """A command whose wrong options are told in one line too, instead of argparse's usage."""

    requires_system_checks = []

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)

        def error(mensaje):
            linea = f"Opciones incorrectas ({mensaje}). Con --help se ve cómo se usa."
            if not self._called_from_command_line:
                raise Error(linea)
            self.stderr.write(f"Error: {linea}")
            sys.exit(2)

        parser.error = error
        return parser
