"""Catalogues: what a plugin says, in other languages."""

from __future__ import annotations

from copy import deepcopy
from gettext import NullTranslations

from attrs import Attribute, field, frozen

from klantkompas.errors import PluginError
from klantkompas.hooks.checks import HasName, ValueT
from klantkompas.hooks.declaration import Declaration
from klantkompas.wording.catalogue import LANGUAGES

__all__ = ["Catalogue"]


def _a_language(catalogue: HasName, attribute: Attribute[ValueT], value: ValueT) -> None:
    if value not in LANGUAGES:
        raise PluginError(
            f"Catalogue {catalogue.name!r}: language is one of {', '.join(LANGUAGES)}, "
            f"not {value!r}"
        )


def _translations(catalogue: HasName, attribute: Attribute[ValueT], value: ValueT) -> None:
    if not isinstance(value, NullTranslations):
        raise PluginError(
            f"Catalogue {catalogue.name!r}: translations are what gettext returns, such as "
            f'gettext.translation("our_shop", "locale", ["nl"]), not {type(value).__name__}'
        )


def _one_or_many(count: int) -> int:
    return int(count != 1)


def _portable(translations: ValueT) -> ValueT:
    """Return a copy that can be sent to a process.

    What gettext makes of a catalogue's plural forms is a function of no module; no text has any.
    """
    if not isinstance(translations, NullTranslations):
        return translations
    copied = deepcopy(translations)
    each: NullTranslations | None = copied
    while each is not None:
        vars(each)["plural"] = _one_or_many
        each = vars(each).get("_fallback")
    return copied


@frozen(kw_only=True)
class Catalogue(Declaration):
    """Translations of a plugin's texts into one language.

    Args:
        name: an identifier.
        language: ``"nl"`` or ``"en"``.
        translations: what `gettext.translation` returns.
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: there is no such language, or `translations` is not what `gettext.translation`
            returns.

    >>> Catalogue(name="our_shop_nl", language="nl", translations=NullTranslations()).language
    'nl'
    """

    language: str = field(validator=_a_language)
    translations: NullTranslations = field(
        converter=_portable, validator=_translations, eq=False, repr=False
    )
