"""What the PDF engine leaves open for PDF/UA-1 and PDF/A-3a in one file, done just before writing.

:func:`finish` is given the laid-out document and the ``pydyf.PDF`` when all objects exist. It works on
their dictionaries only and imports nothing of the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_REFERENCE = re.compile(rb"^(\d+) 0 R$")
_NS = "http://www.aiim.org/pdfua/ns/id/"
_XMP = f"""<rdf:Description xmlns:pdfuaid="{_NS}" rdf:about="" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_NS}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
""".encode()


def finish(document: Any, pdf: Any) -> None:
    """Scopes of header cells, artifacts, printed annotations and metadata, in that order."""
    _scopes(document)
    _artifacts(pdf)
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Type") == "/Annot":
            item["F"] = 4
    _metadata(pdf)


def _number(value: Any) -> int | None:
    """The object number of an indirect reference, or None for anything else."""
    raw = value.encode() if isinstance(value, str) else value
    match = _REFERENCE.match(raw) if isinstance(raw, bytes) else None
    return int(match[1]) if match else None


def _boxes(box: Any) -> Iterator[Any]:
    """The box and all below it; an absolutely placed box stands in a wrapper."""
    pending = [box]
    while pending:
        box = pending.pop()
        box = getattr(box, "_box", box)
        yield box
        pending.extend(getattr(box, "children", ()))


def _scopes(document: Any) -> None:
    """Say of each header cell whether it heads a row or a column."""
    for page in document.pages:
        for box in _boxes(page._page_box):
            mark = getattr(box, "mark", None)
            if mark is None or getattr(box, "element_tag", None) != "th" or box.element is None:
                continue
            heads_row = box.element.get("scope") == "row"
            mark["A"]["Scope"] = "/Row" if heads_row else "/Column"


def _reachable(pdf: Any, root: Any) -> set[int]:
    """Numbers of all structure elements below the Document element."""
    seen: set[int] = set()
    pending = [_number(kid) for kid in root["K"]]
    while pending:
        number = pending.pop()
        if number is None or number in seen:
            continue
        seen.add(number)
        element = pdf.objects[number]
        if isinstance(element, dict):
            pending.extend(_number(kid) for kid in element.get("K", ()))
    return seen


def _artifacts(pdf: Any) -> None:
    """Turn content of elements outside the structure tree (running headers, page numbers) into artifacts."""
    tree = pdf.objects[_number(pdf.catalog["StructTreeRoot"]) or 0]
    live = _reachable(pdf, tree)
    nums = pdf.objects[_number(tree["ParentTree"]) or 0]["Nums"]
    pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    for key, parents in zip(nums[::2], nums[1::2], strict=True):
        if not isinstance(parents, list):
            continue
        orphans = {mcid for mcid, parent in enumerate(parents) if (n := _number(parent)) is not None and n not in live}
        if not orphans:
            continue
        stream = pdf.objects[_number(pages[key]["Contents"]) or 0]
        _to_artifacts(stream.stream, orphans)
        for mcid in orphans:
            parents[mcid] = "null"
    for number, item in enumerate(pdf.objects):
        if isinstance(item, dict) and item.get("Type") == "/StructElem" and number not in live:
            item["K"] = type(item["K"])([])


def _to_artifacts(operations: list[Any], orphans: set[int]) -> None:
    """Rewrite ``/Tag <</MCID n>> BDC`` for each orphan n, in place."""
    for n in range(1, len(operations) - 1):
        properties = operations[n]
        if operations[n + 1] == b"BDC" and isinstance(properties, dict) and properties.get("MCID") in orphans:
            operations[n - 1] = "/Artifact"
            operations[n] = b"<</Type /Pagination>>"


def _metadata(pdf: Any) -> None:
    """Write the XMP readable, and declare PDF/UA-1 beside PDF/A."""
    metadata = pdf.objects[_number(pdf.catalog["Metadata"]) or 0]
    metadata.compress = False
    xmp: bytes = metadata.stream[0]
    if b"pdfaid" in xmp and b"pdfuaid" not in xmp:
        head, end, tail = xmp.rpartition(b"</rdf:RDF>")
        metadata.stream[0] = head + _XMP + end + tail


def safe_line_end(data: bytes) -> bytes:
    """Stream data with CR LF before ``endstream``.

    Compressed data may end in a carriage return, which a reader would take with the newline after it
    as one line end and so find one byte fewer than ``/Length`` says (one stream in 256).
    """
    ending = b"\nendstream"
    if not data.endswith(ending):
        raise AssertionError("pydyf ends its streams in another way than the one known here")
    return data[: -len(ending)] + b"\r" + ending
