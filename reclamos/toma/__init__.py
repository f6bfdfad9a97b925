"""Reception of a complaint by anybody of staff: one screen for every way by which it comes."""
