"""The pages of the Standard on the web, and as JSON, served to this machine only."""
