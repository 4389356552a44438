"""The pages of the Standard on the web, and their JSON twins, served to this machine only."""
