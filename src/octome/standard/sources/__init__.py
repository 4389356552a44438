"""The places the Standard comes from, one file each; every one of them yields `records`."""
