"""The intake of a call: one screen from who calls to the hour of the inspection."""
