-- The store: every edition of the Standard in one file. `level` and `text` are shared by all.
-- Paths are those of the pages, with the leading slash.

-- `key`: what the store was compiled from. `context groups`: the edition that they are of, in words.
-- `context groups in order`: there where they are in the Standard's order, includes and all.
-- `uids`: the edition of the registry of UIDs, in words.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE edition (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,          -- 0 is the oldest
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    dictionary TEXT NOT NULL,
    note TEXT NOT NULL,
    has_text INTEGER NOT NULL,
    in_standard_order INTEGER NOT NULL,
    fallback TEXT,                      -- the edition whose text it borrows, if it has none
    is_partial INTEGER NOT NULL,        -- what it lacks may be in the Standard all the same
    parts TEXT NOT NULL                 -- those of which it has every section: '3 6 15'
) WITHOUT ROWID;

-- The paths of what is in an edition and not in its source.
CREATE TABLE not_covered (edition TEXT NOT NULL, path TEXT NOT NULL,
    PRIMARY KEY (edition, path)) WITHOUT ROWID;

-- What the source of an edition lacks, or its reader did not understand.
CREATE TABLE problem (
    edition TEXT NOT NULL,
    position INTEGER NOT NULL,
    part INTEGER NOT NULL,              -- 0 where it is of no part
    anchor TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (edition, position)
) WITHOUT ROWID;

-- A text, and its statements about an attribute: see `standard/stated.py`.
CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    edition TEXT NOT NULL,
    least_items INTEGER,                -- NULL where the text gives no number
    most_items INTEGER,                 -- NULL for any number
    overridden_module TEXT NOT NULL
);

-- The structure of a text in reading order: see `standard/block.py` for kinds and details.
CREATE TABLE block (
    text INTEGER NOT NULL,
    position INTEGER NOT NULL,
    depth INTEGER NOT NULL,             -- 0, or one more than that of its parent block
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (text, position)
) WITHOUT ROWID;

-- Links and other marks on the words of a block, from `start` to before `end`.
CREATE TABLE span (
    text INTEGER NOT NULL,
    block INTEGER NOT NULL,             -- its position
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    target TEXT NOT NULL,               -- of a link
    PRIMARY KEY (text, block, position)
) WITHOUT ROWID;

-- Enumerated values and defined terms, each list with the values.
CREATE TABLE value_list (
    text INTEGER NOT NULL,
    position INTEGER NOT NULL,
    is_closed INTEGER NOT NULL,         -- enumerated values, which may not be extended
    value_index INTEGER,                -- which value it is of, from 0; NULL for each
    condition TEXT NOT NULL,            -- where it applies, in the Standard's words; '' everywhere
    PRIMARY KEY (text, position)
) WITHOUT ROWID;
CREATE TABLE value (
    text INTEGER NOT NULL,
    list INTEGER NOT NULL,              -- its position
    position INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (text, list, position)
) WITHOUT ROWID;

-- The context groups that a text binds an attribute's codes to, or that there is none.
CREATE TABLE binding (
    text INTEGER NOT NULL,
    position INTEGER NOT NULL,
    cid INTEGER,
    binding TEXT NOT NULL,              -- baseline, defined or none
    is_always INTEGER NOT NULL,         -- no words limit it: "for images", "unless"
    PRIMARY KEY (text, position)
) WITHOUT ROWID;

-- One attribute in a table or in the items of a sequence.
CREATE TABLE line (
    level INTEGER NOT NULL,
    position INTEGER NOT NULL,
    tag TEXT NOT NULL,
    type TEXT,
    text INTEGER,
    place TEXT,                         -- the path that the text is borrowed from, if another one
    value_types TEXT,
    items INTEGER,                      -- level
    PRIMARY KEY (level, position)
) WITHOUT ROWID;

-- A macro that a level includes, before the line at `before`.
CREATE TABLE inclusion (
    level INTEGER NOT NULL,
    position INTEGER NOT NULL,
    before INTEGER NOT NULL,
    macro TEXT NOT NULL,                -- its id
    text INTEGER,                       -- what the level adds to it
    lines INTEGER NOT NULL,             -- how many of the level are the macro's; 0 within itself
    PRIMARY KEY (level, position)
) WITHOUT ROWID;

-- The text that a table adds to the Code Sequence Macro, if its source lacks the rows that include it:
-- by the path of the sequence, below its module or macro.
CREATE TABLE lost_inclusion (edition TEXT NOT NULL, path TEXT NOT NULL, text INTEGER NOT NULL,
    PRIMARY KEY (edition, path)) WITHOUT ROWID;

-- Modules and macros.
CREATE TABLE attribute_table (
    edition TEXT NOT NULL,
    path TEXT NOT NULL,                 -- /modules/<id> or /macros/<id>
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    level INTEGER NOT NULL,
    digest BLOB NOT NULL,
    text INTEGER,
    url TEXT,
    PRIMARY KEY (edition, path)
) WITHOUT ROWID;

CREATE TABLE ciod (
    edition TEXT NOT NULL,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    text INTEGER,
    url TEXT,
    same_as TEXT NOT NULL,              -- the id shared by the same CIOD in every edition
    PRIMARY KEY (edition, id)
) WITHOUT ROWID;
CREATE INDEX ciod_same_as ON ciod (same_as);

-- A module, or a functional group macro, in a CIOD.
CREATE TABLE use (
    edition TEXT NOT NULL,
    ciod TEXT NOT NULL,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,                 -- of the attribute_table; for a group: of its macro, or ''
    usage TEXT,
    usage_edition TEXT,                 -- the edition that it is borrowed from, if it is
    information_entity TEXT,
    condition INTEGER,                  -- text
    group_tag TEXT,                     -- the functional group's sequence; NULL for a module
    placement TEXT,
    PRIMARY KEY (edition, ciod, position)
) WITHOUT ROWID;
CREATE INDEX use_of_path ON use (edition, path);

CREATE TABLE term (
    edition TEXT NOT NULL,
    tag TEXT NOT NULL,
    keyword TEXT NOT NULL,
    name TEXT NOT NULL,
    vr TEXT NOT NULL,
    vm TEXT NOT NULL,
    is_retired INTEGER NOT NULL,
    note TEXT NOT NULL,                 -- what the dictionary remarks beyond that: DICOS, DICONDE
    PRIMARY KEY (edition, tag)
) WITHOUT ROWID;
CREATE INDEX term_keyword ON term (keyword);

-- Where an attribute is used: one line for each table and type.
CREATE TABLE occurrence (
    edition TEXT NOT NULL,
    tag TEXT NOT NULL,
    table_path TEXT NOT NULL,
    type TEXT NOT NULL,                 -- '' where the table gives none
    places INTEGER NOT NULL,
    path TEXT NOT NULL,                 -- the place nearest to the root
    PRIMARY KEY (edition, tag, table_path, type)
) WITHOUT ROWID;

CREATE TABLE section (
    number TEXT NOT NULL,
    edition TEXT NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    text INTEGER NOT NULL,
    url TEXT NOT NULL,
    digest BLOB NOT NULL,               -- of its title and words, whatever their spelling
    PRIMARY KEY (number, edition)
) WITHOUT ROWID;

-- What a text links to: sections, context groups and templates.
CREATE TABLE link (text INTEGER NOT NULL, position INTEGER NOT NULL, path TEXT NOT NULL,
    PRIMARY KEY (text, position)) WITHOUT ROWID;

-- What links to a section, context group or template: one line for each table, section or template
-- that does.
CREATE TABLE citation (
    edition TEXT NOT NULL,
    target TEXT NOT NULL,
    source TEXT NOT NULL,               -- the path of the table, section or template
    places INTEGER NOT NULL,
    path TEXT NOT NULL,                 -- the place nearest to the root
    PRIMARY KEY (edition, target, source)
) WITHOUT ROWID;

CREATE TABLE uid (
    uid TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
    info TEXT NOT NULL, keyword TEXT NOT NULL, is_retired INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE sop_class (edition TEXT NOT NULL, uid TEXT NOT NULL, ciod TEXT NOT NULL,
    PRIMARY KEY (edition, uid)) WITHOUT ROWID;
CREATE INDEX sop_class_ciod ON sop_class (edition, ciod);

CREATE TABLE context_group (
    cid INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    uid TEXT NOT NULL,                  -- '' where the source has none; so is the version
    version TEXT NOT NULL,              -- a date of eight digits
    is_extensible INTEGER,              -- NULL where the source does not state it
    text INTEGER,                       -- its text apart from its codes
    url TEXT
);
-- The lines of a context group: codes, and at their positions the groups that it includes.
CREATE TABLE code (cid INTEGER NOT NULL, position INTEGER NOT NULL, scheme TEXT NOT NULL,
    value TEXT NOT NULL, meaning TEXT NOT NULL, PRIMARY KEY (cid, position)) WITHOUT ROWID;
CREATE INDEX code_value ON code (value);
CREATE TABLE included_group (cid INTEGER NOT NULL, position INTEGER NOT NULL,
    included INTEGER NOT NULL, PRIMARY KEY (cid, position)) WITHOUT ROWID;
CREATE INDEX included_group_by ON included_group (included);
-- Each context group with the number of its codes: its own, and those of what it includes, to any
-- depth.
CREATE VIEW counted_group (cid, name, is_extensible, codes) AS
    WITH RECURSIVE within (cid, source) AS (
        SELECT cid, cid FROM context_group
        UNION SELECT w.cid, i.included FROM within w JOIN included_group i ON i.cid = w.source
    )
    SELECT g.cid, g.name, g.is_extensible, coalesce(sum(n.codes), 0)
    FROM context_group g JOIN within w ON w.cid = g.cid
    LEFT JOIN (SELECT cid, count(*) AS codes FROM code GROUP BY cid) n ON n.cid = w.source
    GROUP BY g.cid;
-- The definition of each code in PS3.16 Annex D.
CREATE TABLE code_definition (
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    meaning TEXT NOT NULL,
    definition INTEGER,                 -- text
    notes INTEGER,                      -- text
    url TEXT NOT NULL,
    PRIMARY KEY (value, scheme)
) WITHOUT ROWID;

-- Templates of PS3.16. A row's cells are texts; what its `template_line`s state is in them.
CREATE TABLE template (
    edition TEXT NOT NULL,
    tid TEXT NOT NULL,                  -- 1500, 10003B
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    is_extensible INTEGER,              -- NULL where it is not stated; so the next two
    is_order_significant INTEGER,
    is_root INTEGER,
    text INTEGER,                       -- what stands above its rows
    notes INTEGER,                      -- a text: what stands below them
    url TEXT,
    PRIMARY KEY (edition, tid)
) WITHOUT ROWID;
CREATE TABLE template_parameter (edition TEXT NOT NULL, tid TEXT NOT NULL,
    position INTEGER NOT NULL, name TEXT NOT NULL, text INTEGER,
    PRIMARY KEY (edition, tid, position)) WITHOUT ROWID;
CREATE TABLE template_row (
    edition TEXT NOT NULL,
    tid TEXT NOT NULL,
    position INTEGER NOT NULL,
    number TEXT NOT NULL,               -- 3, 1b; '' where it has none
    depth INTEGER NOT NULL,
    relationship TEXT NOT NULL,         -- R- in front: by reference
    value_type TEXT NOT NULL,
    concept INTEGER,                    -- a text, as are condition and value_set
    vm TEXT NOT NULL,
    requirement TEXT NOT NULL,
    condition INTEGER,
    value_set INTEGER,
    included TEXT NOT NULL,             -- the template that the row includes, or ''
    PRIMARY KEY (edition, tid, position)
) WITHOUT ROWID;
CREATE INDEX template_row_included ON template_row (edition, included);
-- The codes that a row names as its concept, among its values or in its condition.
CREATE TABLE template_code (edition TEXT NOT NULL, scheme TEXT NOT NULL, value TEXT NOT NULL,
    tid TEXT NOT NULL, position INTEGER NOT NULL, meaning TEXT NOT NULL,
    PRIMARY KEY (edition, value, scheme, tid, position)) WITHOUT ROWID;

-- PS3.15 Table E.1-1 in its order: what each profile and option does to an attribute.
CREATE TABLE protected_attribute (
    edition TEXT NOT NULL,
    position INTEGER NOT NULL,
    tag TEXT NOT NULL,                  -- 'x' for any digit; or the words on which tags it is about
    name TEXT NOT NULL,
    is_retired INTEGER,                 -- NULL where the source does not state it
    is_in_composite_iod INTEGER NOT NULL,
    actions TEXT NOT NULL,              -- JSON: the letters by the name of the profile or option
    PRIMARY KEY (edition, position)
) WITHOUT ROWID;
CREATE INDEX protected_attribute_tag ON protected_attribute (edition, tag);

-- The pages that a search can find, numbered by weight, the highest first.
CREATE TABLE doc (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    detail TEXT NOT NULL,
    folded TEXT NOT NULL,               -- the title as `standard/search/squash.py` squashes it
    weight REAL NOT NULL,               -- a higher weight comes earlier
    edition TEXT NOT NULL,              -- '' for every edition, or the ones that have it: ' a b '
    texts TEXT NOT NULL,                -- the numbers of the texts in its body, the likeliest first
    line TEXT NOT NULL DEFAULT ''       -- what is shown of it: the beginning of its first text
);
CREATE INDEX doc_folded ON doc (folded);
CREATE INDEX doc_code ON doc (path) WHERE kind = 'code';
-- The keys of each, apart from words: `tag:00280030`, `uid:1.2`, `sec:c.7.6.2`, `cid:29`,
-- `tid:1500`, `code:121071`, `meaning:finding`, `table:c.7-10`, `value:mixed`, `name:patientname`,
-- `ciod:ct-image`.
CREATE TABLE doc_key (key TEXT NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (key, doc)) WITHOUT ROWID;
CREATE VIRTUAL TABLE name_index USING fts5(
    title, alias, content='', tokenize="unicode61 remove_diacritics 2", prefix='1 2 3', detail='column');
CREATE VIRTUAL TABLE text_index USING fts5(
    body, content='', tokenize="unicode61 remove_diacritics 2", prefix='3', detail='none');
CREATE TABLE word (word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
