"""The parts of the Standard: their titles, what each is about, and topics that only text has.

The titles are those of PS3.1; what a part is about is in our own words. Topics are what people
search for by name and no page of data has: services, messages, encodings.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from octome.standard.search.wording import WORD, singular

SHORTEST_BEGUN = 5  # letters of a topic that is still being typed


class Part(NamedTuple):
    """One part."""

    number: int
    title: str
    about: str
    topics: tuple[str, ...]
    is_retired: bool = False

    @property
    def name(self) -> str:
        """Its number and title."""
        return f"PS3.{self.number} {self.title}"


_LIST = """
1 | Introduction and Overview | How the parts fit together, and where to begin.
  introduction; overview of dicom
2 | Conformance | How a product states which parts of DICOM it supports.
  conformance statement; conformance claim
3 | Information Object Definitions | The kinds of instances (CIODs), their modules and attributes.
  information model; information entity
4 | Service Class Specifications | What two systems do for each other: store, find, retrieve, print.
  service class; scu; scp; scu scp; query retrieve; query retrieve level; c find; c move; c get; \
storage service; storage commitment; modality worklist; mpps; modality performed procedure step; \
unified procedure step; print management; matching keys; wild card matching; universal matching; \
range matching; relational query; instance availability notification; coercion
5 | Data Structures and Encoding | How values, data sets and pixels become bytes.
  value representation; vr; undefined length; explicit length; value length; explicit vr; \
implicit vr; little endian; byte ordering; transfer syntax; character set; iso ir; iso 2022; \
character repertoire; escape sequence; item delimitation; item delimiter; sequence delimitation; \
sequence delimiter; basic offset table; encapsulated pixel data; fragment; padding; \
data element structure; nested data sets; private data elements; private creator; private tag; \
private block; group length; decimal string; integer string; code string; unique identifier; \
person name; ideographic; phonetic; unlimited text; unlimited characters; even length; \
type 1c; type 2c; type 1; type 2; type 3; data set; root uid; uuid; uid rules; \
value multiplicity; backslash; sequence of items; bit order; pixel cell
6 | Data Dictionary | Every attribute with its tag, and every registered UID.
  data dictionary; uid registry
7 | Message Exchange | The commands (DIMSE) that applications send each other, and their answers.
  dimse; c store; c find; c get; c move; c echo; c cancel; n create; n set; n get; n action; \
n delete; n event report; c store rq; c store rsp; command set; command group; command field; \
status code; status codes; user identity negotiation; role selection; scp scu role selection; \
extended negotiation; asynchronous operations window; sub operations; out of resources
8 | Network Communication Support for Message Exchange | Associations, and DICOM over TCP/IP.
  association; association negotiation; a associate; a associate rq; a associate ac; \
a associate rj; a release; a release rq; a abort; a p abort; p data; p data tf; pdu; pdv; \
pdu type; protocol data unit; presentation context; presentation data value; abstract syntax; \
application context; maximum length received; max pdu; pdu size; maximum pdu length; artim; \
artim timer; upper layer; upper layer protocol; state machine; port 104; port 11112; tcp port; \
called ae title; calling ae title; dns address
9 | Point-to-Point Communication Support for Message Exchange | Retired: a 50-pin cable.
10 | Media Storage and File Format for Media Interchange | The DICOM file and its header.
  file meta information; file meta; file format; part 10 file; preamble; dicm; dicm prefix; \
128 byte preamble; file set; media storage; dicomdir; file id; secure dicom file
11 | Media Storage Application Profiles | Which instances and encodings a disc or drive may hold.
  application profile; media profile; std gen cd; std gen dvd; std gen usb; general purpose cd
12 | Media Formats and Physical Media for Media Interchange | Discs, USB sticks, ZIP files, e-mail.
  physical media; media format; usb; cd r; dvd; blu ray; compact flash; zip file; email; e mail
13 | Print Management Point-to-Point Communication Support | Retired: printing over a cable.
14 | Grayscale Standard Display Function | How monitors and printers show the same gray levels.
  gsdf; grayscale standard display function; display function; jnd; just noticeable difference; \
p value; p values; display calibration; monitor calibration; luminance; digital driving level
15 | Security and System Management Profiles | Encryption, audit, de-identification.
  tls; bcp 195; secure transport; secure transport connection; audit trail; audit message; \
audit log; syslog; digital signature; security profile; ldap; dhcp; time synchronization; ntp; \
application configuration; cleaning pixel data; encryption
16 | Content Mapping Resource | Templates of structured reports, context groups, and codes.
  dcmr; content mapping resource; coding scheme; controlled terminology
17 | Explanatory Information | Examples and explanations; nothing in it is a requirement.
  explanatory information; examples; use cases; worked example
18 | Web Services | DICOM over HTTP: DICOMweb.
  dicomweb; dicom web; web services; wado; wado rs; wado uri; wado ws; qido; qido rs; stow; \
stow rs; ups rs; restful; rest; rest api; dicom json; json model; dicom json model; dicom+json; \
application dicom; application dicom json; multipart related; rendered; thumbnail; bulkdata; \
bulk data uri; bulkdatauri; media types; http; accept header; includefield; fuzzymatching; \
retrieve transaction; store transaction; search transaction; native dicom model
19 | Application Hosting | An interface between an application and the system that it runs in.
  application hosting; hosted application; hosting system
20 | Imaging Reports using HL7 Clinical Document Architecture | Imaging reports as HL7 documents.
  imaging report; hl7 cda; clinical document architecture; cda report
21 | Transformations between DICOM and other Representations | Reports in other formats, and back.
  aim; annotation and image markup; ncit aim; transformation to fhir; transformations
22 | Real-Time Communication | Live video with its metadata (DICOM-RTV).
  dicom rtv; rtv; smpte st 2110; rtp; real time communication; live video
"""


def _read(listed: str) -> dict[int, Part]:
    parts: dict[int, Part] = {}
    for line in listed.strip().splitlines():
        if line.startswith(" "):
            topics = tuple(topic.strip() for topic in line.split(";"))
            last = parts[max(parts)]
            parts[last.number] = last._replace(topics=topics)
        else:
            number, title, about = (word.strip() for word in line.split("|"))
            parts[int(number)] = Part(
                int(number), title, about, (), is_retired=about.startswith("Retired")
            )
    return parts


PARTS = _read(_LIST)


def _by_topic() -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for part in PARTS.values():
        for topic in part.topics:
            key = "".join(map(singular, topic.split()))
            found.setdefault(key, []).append(part)
    return found


TOPICS = _by_topic()
BEGUN = sorted(TOPICS)
LONGEST = max(len(topic.split()) for part in PARTS.values() for topic in part.topics)


def parts_about(query: str) -> list[Part]:
    """The parts with a topic that a query names, or begins to name.

    >>> [part.name for part in parts_about("C-STORE status")]
    ['PS3.7 Message Exchange']
    """
    words = [singular(word) for word in WORD.findall(query.casefold())]
    for length in range(min(len(words), LONGEST), 0, -1):
        for start in range(len(words) - length + 1):
            if found := TOPICS.get("".join(words[start : start + length])):
                return found
    typed = "".join(words)
    at = bisect_left(BEGUN, typed)
    is_begun = len(typed) >= SHORTEST_BEGUN and at < len(BEGUN) and BEGUN[at].startswith(typed)
    return TOPICS[BEGUN[at]] if is_begun else []
