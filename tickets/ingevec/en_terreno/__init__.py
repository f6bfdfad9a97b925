"""Ingevec's side of the on-site screen: the diagnosis, and the works with who receives them."""
