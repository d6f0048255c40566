"""Born-digital PDF: characters and rules of each page, by pdfplumber."""

from __future__ import annotations

import logging
from io import BytesIO

from ingest.errors import IngestError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.lines import Reading
from ingest.readers.printed import Page, Sheet, join_pages, read_sheet


def read_lines(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The lines of a PDF file, its number of pages, and what the reader has to know about it."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # missing font boxes are no concern of the user
    faults = (PDFException, PdfminerException, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError, AssertionError, RecursionError, ZeroDivisionError, OverflowError, StopIteration)
    pages: list[Page] = []
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            for page in pdf.pages:
                pages.append(read_sheet(Sheet(page.page_number, float(page.width), float(page.height), page.chars, page.edges)))
                page.close()  # what it holds would add up over the pages
    except faults as fault:
        causes = [fault, fault.__cause__, fault.__context__, *getattr(fault, "args", ())]
        if any(isinstance(cause, (PDFPasswordIncorrect, PDFTextExtractionNotAllowed)) for cause in causes):
            raise IngestError(path, "the PDF is encrypted; remove its password and add it again") from fault
        raise IngestError(path, "the PDF is damaged; get it again or print it to PDF anew") from fault
    if not any(page.lines for page in pages):
        raise IngestError(path, "the PDF holds no text layer, it is a scan, and OCR is not read yet; run it through OCR first")
    empty = [page.number for page in pages if not page.lines]
    warnings = [f"page {number} holds no text; it may be a scan" for number in empty]
    return Reading(join_pages(pages), len(pages), tuple(warnings))
