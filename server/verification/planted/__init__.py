"""Would we notice? Known-bad lines are put into a copy of the real program, and a named test must fail for each."""
