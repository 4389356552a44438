"""Templates of PS3.16: the allowed rows of a structured report's content tree."""

from __future__ import annotations

from dataclasses import dataclass

from octome.standard.model.history import History
from octome.standard.model.page import Link, Page
from octome.standard.model.section import Citation
from octome.standard.model.text import Text


@dataclass(frozen=True, kw_only=True)
class NamedCode:
    """A coded concept that a row names. `term` is `EV` for exactly it, `DT` for a similar one."""

    term: str
    scheme: str
    value: str
    meaning: str
    path: str


@dataclass(frozen=True)
class NamedGroup:
    """A context group that a row names. `binding` is `defined`, `baseline`, or empty."""

    cid: str
    binding: str


@dataclass(frozen=True, kw_only=True)
class TemplateLine:
    """A parsed line of a concept name or of a value set constraint.

    `name` is what it is about where it is not about the value itself: a parameter that is handed
    on, `UNITS`, `GRAPHIC TYPE`. `words` is the whole line, for what is not a fact.
    """

    name: str
    codes: tuple[NamedCode, ...]
    groups: tuple[NamedGroup, ...]
    parameters: tuple[str, ...]
    words: str


@dataclass(frozen=True, kw_only=True)
class TemplateRow:
    """A row of a template, with the columns of PS3.16 section 6.1.

    `number` is empty where it has none; `depth` counts the `>` signs; `included` is the template
    that the row includes.
    """

    number: str
    depth: int
    relationship: str
    is_by_reference: bool
    value_type: str
    concept: Text | None
    concept_lines: tuple[TemplateLine, ...]
    included: Link | None
    vm: str
    requirement: str
    condition: Text | None
    value_set: Text | None
    value_set_lines: tuple[TemplateLine, ...]

    @property
    def lacks_condition(self) -> bool:
        """Whether its requirement depends on a condition that is not known."""
        return self.requirement in ("MC", "UC") and self.condition is None


@dataclass(frozen=True)
class TemplateParameter:
    """A parameter that a template is given by those that include it, with its sign: `$Units`."""

    name: str
    usage: Text | None


@dataclass(frozen=True, kw_only=True)
class IncludedTemplate:
    """A template that rows of another one include, with its own rows."""

    template: Link
    rows: tuple[TemplateRow, ...]


@dataclass(frozen=True, kw_only=True)
class TemplatePage(Page):
    """A template. What its source does not state is None.

    `notes` is what stands below the rows, often about single ones.
    `includes` are the templates that its rows include, each once, one level deep; not itself.
    `cited_by` is what refers to it and does not include it.
    """

    tid: str
    is_extensible: bool | None
    is_order_significant: bool | None
    is_root: bool | None
    description: Text | None
    parameters: tuple[TemplateParameter, ...]
    rows: tuple[TemplateRow, ...]
    notes: Text | None
    includes: tuple[IncludedTemplate, ...]
    included_by: tuple[Link, ...]
    history: History | None = None
    cited_by: tuple[Citation, ...]
    section: Link | None
    standard_url: str | None


@dataclass(frozen=True, kw_only=True)
class TemplateSummary:
    """One line of the list of templates."""

    tid: str
    name: str
    path: str
    rows: int
    is_root: bool | None


@dataclass(frozen=True, kw_only=True)
class TemplateIndex(Page):
    """The templates of an edition; none where part 16 of it has not been read."""

    templates: tuple[TemplateSummary, ...]
