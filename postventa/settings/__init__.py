"""base: what all share. dev: `make run`. test: pytest. prod: containers; every secret from env."""
