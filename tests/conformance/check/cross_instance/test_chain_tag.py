"""The tags of OCT angiographies: the dictionary's, or those of Supplement 240."""

from __future__ import annotations

from pydicom.datadict import keyword_for_tag

from octome.conformance.check.cross_instance.chain_tag import CHAIN_TAG
from octome.instances.enface_profile import NEWER


def test_each_keyword_is_the_dictionarys() -> None:
    tags = {name: tag for name, tag in vars(CHAIN_TAG).items() if not name.startswith("_")}
    for keyword, tag in tags.items():
        newer = NEWER.get(keyword)
        assert tag == newer.tag if newer else keyword_for_tag(tag) == keyword
    assert list(tags.values()) == sorted(set(tags.values()))
