from octome import archive as archive
from octome import cli as cli
from octome import conformance as conformance
from octome import deidentification as deidentification
from octome import dicom as dicom
from octome import errors as errors
from octome import export as export
from octome import files as files
from octome import formats as formats
from octome import instances as instances
from octome import octa as octa
from octome import pipeline as pipeline
from octome import standard as standard
from octome import terminal as terminal
from octome import web as web
from octome.conformance.check.checker import Checker as Checker
from octome.standard.library import Library as Library
from octome.standard.library import open_library as open_library

__version__: str
