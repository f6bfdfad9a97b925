#!/usr/bin/env python3
"""Django's command line; without DJANGO_SETTINGS_MODULE it uses the embedded settings."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postventa.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
