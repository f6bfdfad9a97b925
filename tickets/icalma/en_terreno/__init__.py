"""Icalma's side of the on-site screen: from the conserjería to the signature."""
