"""Short names of transfer syntaxes, SOP classes and their services, each with UIDs."""

from __future__ import annotations

from octome.standard.search.short_names.table import read_table

TRANSFER_SYNTAXES = {
    name: tuple(f"1.2.840.10008.1.2{end}" for end in ends.split())
    for name, ends in (
        line.split(": ")
        for line in """
ivrle: .0
evrle: .1
explicit: .1 .2
explicitle: .1
bigendian: .2
deflate: .1.99
deflated: .1.99
jpeg: .4.50 .4.51 .4.57 .4.70
jpegbaseline: .4.50
jpegextended: .4.51
jpeglossless: .4.70 .4.57
jpegls: .4.80 .4.81
jls: .4.80 .4.81
jpegxl: .4.110 .4.111 .4.112
jxl: .4.110 .4.111 .4.112
jpeg2000: .4.91 .4.90
jpeg2k: .4.91 .4.90
jp2: .4.91 .4.90
j2k: .4.91 .4.90
htj2k: .4.203 .4.201 .4.202
rle: .5
rlelossless: .5
mpeg2: .4.100 .4.101
mpeg4: .4.102 .4.103
h264: .4.102 .4.104
avc: .4.102 .4.104
h265: .4.107 .4.108
hevc: .4.107 .4.108
""".strip().splitlines()
    )
}
for _name in ("ivrle", "implicit", "implicitle", "defaulttransfersyntax"):
    TRANSFER_SYNTAXES[_name] = ("1.2.840.10008.1.2",)

UIDS = read_table("""
echo cecho verification ping: 1.2.840.10008.1.1
mwl worklist modalityworklist dmwl: 1.2.840.10008.5.1.4.31
mpps: 1.2.840.10008.3.1.2.3.3
storagecommitment stgcmt commitment: 1.2.840.10008.1.20.1
cfind qr qrfind: 1.2.840.10008.5.1.4.1.2.2.1 1.2.840.10008.5.1.4.1.2.1.1
cmove qrmove: 1.2.840.10008.5.1.4.1.2.2.2 1.2.840.10008.5.1.4.1.2.1.2
cget qrget: 1.2.840.10008.5.1.4.1.2.2.3 1.2.840.10008.5.1.4.1.2.1.3
ups unifiedprocedurestep: 1.2.840.10008.5.1.4.34.6.1
basicfilm print filmprinting: 1.2.840.10008.5.1.1.9 1.2.840.10008.5.1.1.1
""")
