"""The parts of the Standard: their titles, what each is about, and topics that only text has.

The titles are those of PS3.1; what a part is about is in our own words. Topics are what people
search for by name and no page of data has: services, messages, encodings. A topic may have the
number of its section, as in editions of today.
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
    topics: dict[str, str]
    is_retired: bool = False

    @property
    def name(self) -> str:
        """Its number and title."""
        return f"PS3.{self.number} {self.title}"


class Topic(NamedTuple):
    """What a part is about, and the number of the section in it; empty where it is not known."""

    part: Part
    section: str


_LIST = """
1 | Introduction and Overview | How the parts fit together, and where to begin.
  introduction; overview of dicom
2 | Conformance | How a product states which parts of DICOM it supports.
  conformance statement; conformance claim
3 | Information Object Definitions | The kinds of instances (CIODs), their modules and attributes.
  information model; information entity
4 | Service Class Specifications | What two systems do for each other: store, find, retrieve, print.
  service class; scu; scp; scu scp; query retrieve = C; query retrieve level; c find = C.4.1; c \
move = C.4.2; c get = C.4.3; storage service = B; storage commitment = J; modality worklist = \
K; mpps = F.7; modality performed procedure step = F.7; unified procedure step = CC; print \
management = H; matching keys = C.2.2.1; wild card matching = C.2.2.2.4; universal matching = \
C.2.2.2.3; range matching = C.2.2.2.5; relational query; instance availability notification; \
coercion = B.4.1.3
5 | Data Structures and Encoding | How values, data sets and pixels become bytes.
  value representation = 6.2; vr = 6.2; undefined length = 7.5; explicit length; value length; \
explicit vr = 7.1.2; implicit vr = 7.1.3; little endian = 7.3; byte ordering = 7.3; transfer \
syntax = 10; character set = 6.1; iso ir; iso 2022 = 6.1.2.5; character repertoire = 6.1; \
escape sequence; item delimitation = 7.5.2; item delimiter = 7.5.2; sequence delimitation = \
7.5.2; sequence delimiter = 7.5.2; basic offset table = A.4; encapsulated pixel data = A.4; \
fragment = A.4; padding; data element structure = 7.1; nested data sets = 7.5; private data \
elements = 7.8; private creator = 7.8.1; private tag = 7.8.1; private block = 7.8.1; group \
length = 7.2; decimal string; integer string; code string; unique identifier = 9; person name = \
6.2.1; ideographic; phonetic; unlimited text; unlimited characters; even length; type 1c = \
7.4.2; type 2c = 7.4.4; type 1 = 7.4.1; type 2 = 7.4.3; type 3 = 7.4.5; data set = 7; root uid; \
uuid = B.2; uid rules = 9.1; value multiplicity = 6.4; backslash; sequence of items = 7.5; bit \
order; pixel cell
6 | Data Dictionary | Every attribute with its tag, and every registered UID.
  data dictionary; uid registry
7 | Message Exchange | The commands (DIMSE) that applications send each other, and their answers.
  dimse; c store = 9.1.1; c find = 9.1.2; c get = 9.1.3; c move = 9.1.4; c echo = 9.1.5; c cancel \
= 9.3.2.3; n create = 10.1.5; n set = 10.1.3; n get = 10.1.2; n action = 10.1.4; n delete = \
10.1.6; n event report = 10.1.1; c store rq = 9.3.1.1; c store rsp = 9.3.1.2; command set = \
6.3; command group; command field; status code = C; status codes; user identity negotiation = \
D.3.3.7; role selection = D.3.3.4; scp scu role selection = D.3.3.4; extended negotiation = \
D.3.3.5; asynchronous operations window = D.3.3.3; sub operations; out of resources
8 | Network Communication Support for Message Exchange | Associations, and DICOM over TCP/IP.
  association; association negotiation; a associate = 7.1; a associate rq = 9.3.2; a associate ac \
= 9.3.3; a associate rj = 9.3.4; a release = 7.2; a release rq = 9.3.6; a abort = 7.3; a p \
abort = 7.4; p data = 7.6; p data tf = 9.3.5; pdu = 9.3; pdv = 9.3.5.1; pdu type = 9.3; \
protocol data unit = 9.3; presentation context = 9.3.2.2; presentation data value = 9.3.5.1; \
abstract syntax; application context = 9.3.2.1; maximum length received = D.1; max pdu = D.1; \
pdu size = D.1; maximum pdu length = D.1; artim = 9.1.5; artim timer = 9.1.5; upper layer; \
upper layer protocol; state machine = 9.2; port 104 = 9.1.1; port 11112; tcp port = 9.1.1; \
called ae title; calling ae title; dns address
9 | Point-to-Point Communication Support for Message Exchange | Retired: a 50-pin cable.
10 | Media Storage and File Format for Media Interchange | The DICOM file and its header.
  file meta information = 7.1; file meta = 7.1; file format = 7; part 10 file = 7; preamble = \
7.1; dicm = 7.1; dicm prefix = 7.1; 128 byte preamble = 7.1; file set = 8; media storage; \
dicomdir = 8.6; file id; secure dicom file
11 | Media Storage Application Profiles | Which instances and encodings a disc or drive may hold.
  application profile; media profile; std gen cd; std gen dvd; std gen usb; general purpose cd
12 | Media Formats and Physical Media for Media Interchange | Discs, USB sticks, ZIP files, e-mail.
  physical media; media format; usb; cd r; dvd; blu ray; compact flash; zip file; email; e mail
13 | Print Management Point-to-Point Communication Support | Retired: printing over a cable.
14 | Grayscale Standard Display Function | How monitors and printers show the same gray levels.
  gsdf; grayscale standard display function; display function; jnd; just noticeable difference; p \
value; p values; display calibration; monitor calibration; luminance; digital driving level
15 | Security and System Management Profiles | Encryption, audit, de-identification.
  tls = B; bcp 195 = B; secure transport = B; secure transport connection; audit trail = A.5; \
audit message = A.5; audit log = A.5; syslog; digital signature = C; security profile; ldap; dhcp; \
time synchronization = G; ntp; application configuration = H; cleaning pixel data; encryption
16 | Content Mapping Resource | Templates of structured reports, context groups, and codes.
  template; report template; dcmr; content mapping resource; coding scheme; controlled terminology
17 | Explanatory Information | Examples and explanations; nothing in it is a requirement.
  explanatory information; examples; use cases; worked example
18 | Web Services | DICOM over HTTP: DICOMweb.
  dicomweb; dicom web; web services; wado = 9; wado rs = 10.4; wado uri = 9; wado ws; qido = \
10.6; qido rs = 10.6; stow = 10.5; stow rs = 10.5; ups rs = 11; restful; rest; rest api; dicom \
json = F; json model = F; dicom json model = F; dicom+json = F; application dicom; application \
dicom json; multipart related; rendered; thumbnail; bulkdata; bulk data uri; bulkdatauri; media \
types; http; accept header; includefield; fuzzymatching; retrieve transaction = 10.4; store \
transaction = 10.5; search transaction = 10.6; native dicom model = A
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
            topics = (topic.partition("=") for topic in line.split(";"))
            last = parts[max(parts)]
            named = {topic.strip(): section.strip() for topic, _, section in topics}
            parts[last.number] = last._replace(topics=named)
        else:
            number, title, about = (word.strip() for word in line.split("|"))
            parts[int(number)] = Part(
                int(number), title, about, {}, is_retired=about.startswith("Retired")
            )
    return parts


PARTS = _read(_LIST)


def _by_topic() -> dict[str, list[Topic]]:
    found: dict[str, list[Topic]] = {}
    for part in PARTS.values():
        for topic, section in part.topics.items():
            key = "".join(map(singular, topic.split()))
            found.setdefault(key, []).append(Topic(part, section))
    return found


TOPICS = _by_topic()
BEGUN = sorted(TOPICS)
FIRST_WORDS = {singular(topic.split()[0]) for part in PARTS.values() for topic in part.topics}
LONGEST = max(len(topic.split()) for part in PARTS.values() for topic in part.topics)


def is_topic(query: str) -> bool:
    """Whether a query is a topic as a whole.

    >>> is_topic("c-store"), is_topic("frog template")
    (True, False)
    """
    return "".join(map(singular, WORD.findall(query.casefold()))) in TOPICS


def parts_about(query: str) -> list[Topic]:
    """The parts with a topic that a query names, or begins to name; with the section, if known.

    >>> [(topic.part.name, topic.section) for topic in parts_about("C-STORE status")]
    [('PS3.7 Message Exchange', '9.1.1')]
    """
    words = [singular(word) for word in WORD.findall(query.casefold())]
    starts = [at for at, word in enumerate(words) if word in FIRST_WORDS or word in TOPICS]
    for length in range(min(len(words), LONGEST) if starts else 0, 0, -1):
        for start in starts:
            if found := TOPICS.get("".join(words[start : start + length])):
                return found
    typed = "".join(words)
    at = bisect_left(BEGUN, typed)
    is_begun = len(typed) >= SHORTEST_BEGUN and at < len(BEGUN) and BEGUN[at].startswith(typed)
    return TOPICS[BEGUN[at]] if is_begun else []
