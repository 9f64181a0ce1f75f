"""py3langid's model, loaded when this module is first imported: 0.7 s and 90 MB, so only where text is to be read.

The sandbox imports it once, before it makes children, which share it.
"""

from py3langid.langid import MODEL_FILE, LanguageIdentifier

IDENTIFIER = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
