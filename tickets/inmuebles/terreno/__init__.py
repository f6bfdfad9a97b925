"""The on-site screen, whatever the company: one visit on a phone, act by act, also without a line.

A room says with a `Pantalla` what its visit is for and which forms may be filled in.
"""
