"""Search: interpreting a query (numbers, short names), finding, ranking, spelling, results."""
