"""The hall at work in the console: reception, desks, panel and indicator."""
