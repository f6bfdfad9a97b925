"""Pages of the procedures inside the console."""
