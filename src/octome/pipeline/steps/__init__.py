"""What each step of a plan does: plain functions of files and parameters, one instance each."""
