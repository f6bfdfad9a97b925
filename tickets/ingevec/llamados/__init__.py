"""The satisfaction calls: the day's queue and what each owner answers (G-04 to G-06)."""
