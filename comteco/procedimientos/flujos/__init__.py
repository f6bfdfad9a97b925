"""One file per procedure of the document: its steps, in its order, and nothing else."""
