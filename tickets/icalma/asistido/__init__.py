"""Assisted entry (D-05): staff type a request while its owner dictates it, and their code."""
