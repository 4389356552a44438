"""The places the Standard comes from, one file each, listed in `listed.SOURCES`.

A source is a `source.Source`: it names the editions that it has and reads them as `records`.
"""
