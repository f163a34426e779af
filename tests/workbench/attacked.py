"""A study that is attacked: what is in it, and whether it came to harm."""

import hashlib
import uuid

from served import FILES

DOC = "ent-loutres-01"
HOSTILE = "ent-pirate-01"
MARKUP = '</script><img src=x onerror="window.attacked = true"><script>window.attacked = true</script>'
ATTACKED = FILES | {
    f"fieldwork/interviews/{HOSTILE}.md": FILES["fieldwork/interviews/ent-heron-01.md"]
    .replace("ent-heron-01", HOSTILE)
    .replace("<script>window.attacked = true</script>", MARKUP)
}


def fingerprint(folder):
    files = (file for file in folder.rglob("*") if file.is_file() and ".ethnokit" not in file.parts)
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def decision(inside, **changed):
    """One that is written when it is let through."""
    doc = inside.get(f"/api/documents/{DOC}").json
    quote = "Alors on attend."
    start = doc["body"].encode("utf-16-le").index(quote.encode("utf-16-le")) // 2  # as JavaScript counts
    place = {"start": start, "end": start + len(quote), "quote": quote}
    what = {"gesture": str(uuid.uuid4()), "document": DOC, "text": doc["text"], "act": "add", "code": "gouv.decision"}
    return what | place | changed
