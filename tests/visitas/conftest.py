"""What the visits' tests borrow from the console's."""

from tests.consola.conftest import otra  # noqa: F401  the company that is a canary
