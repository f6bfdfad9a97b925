"""The on-site screen: one visit on a phone, from the conserjería to the signature."""
