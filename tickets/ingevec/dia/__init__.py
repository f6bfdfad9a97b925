"""The inspector's day: own visits in order, each with its page at the home."""
