"""Commerce: the facts that tills and shops report. orders → catalog."""
