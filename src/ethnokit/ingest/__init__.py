"""From the bytes of fieldwork files to the model: documents, register, questionnaires, memos, settings.

Each module is imported by itself: a study in which nothing changed is opened without the libraries that read YAML.
"""
