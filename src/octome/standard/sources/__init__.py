"""The sources of the Standard, one file each, listed in `listed.SOURCES`.

A source is a `source.Source`: it names the editions that it has and reads them as `records`.
"""
