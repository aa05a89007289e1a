"""The tables in a file as they stand there, whatever kind of file it is, read within limits."""
