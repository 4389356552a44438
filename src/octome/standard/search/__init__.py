"""Search: what a query is (numbers, short names), finding, ranking, spelling, what is shown."""
