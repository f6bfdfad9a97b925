"""Taking in a request for somebody: the frame in which each room puts its own form."""
