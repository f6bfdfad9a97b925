"""What the console commands of business time share."""

from django.core.management.base import CommandError


class Error(CommandError):
    """Bad input: one Spanish line on stderr and exit status 2."""

    def __init__(self, *args, returncode=2, **kwargs):
        super().__init__(*args, returncode=returncode, **kwargs)
