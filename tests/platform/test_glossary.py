"""The glossary names every table of the program."""

from pathlib import Path

from django.apps import apps

GLOSSARY = Path(__file__).resolve().parent.parent.parent / "docs" / "glossary.md"


def test_every_model_is_in_the_glossary():
    text = GLOSSARY.read_text(encoding="utf-8")
    models = [model for label in ("network", "ledger", "reports") for model in apps.get_app_config(label).get_models()]

    assert [model.__name__ for model in models if f"| {model.__name__} |" not in text] == []
