"""From the bytes of fieldwork files to the model: documents, register, questionnaires, memos, settings."""

from ethnokit.ingest.document import read_document
from ethnokit.ingest.memo import read_memo
from ethnokit.ingest.questionnaire import read_answers
from ethnokit.ingest.register import read_structure
from ethnokit.ingest.segments import segments
from ethnokit.ingest.settings import read_settings

__all__ = ["read_answers", "read_document", "read_memo", "read_settings", "read_structure", "segments"]
