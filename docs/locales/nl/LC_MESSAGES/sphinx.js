// What the search says; Sphinx's own Dutch of it is empty, and picks no plural.
Documentation.addTranslations({
    "locale": "nl",
    "messages": {
        ", in ": ", in ",
        "Hide Search Matches": "Gevonden woorden niet meer aanwijzen",
        "Preparing search...": "Zoeken wordt voorbereid...",
        "Search Results": "Zoekresultaten",
        "Search finished, found one page matching the search query.": [
            "Eén pagina gevonden.",
            "${resultCount} pagina's gevonden."
        ],
        "Searching": "Bezig met zoeken",
        "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.": "Niets gevonden. Kijk of alle woorden goed gespeld zijn, of probeer een ander woord."
    },
    "plural_expr": "n == 1 ? 0 : 1"
});
