"""What software calls the fields: headings in Dutch, English, German and French.

Only ever proposed to a person, never used by itself.

>>> likely_heading("orders", "customer", ["Orderdatum", "Klant nr.", "Totaal excl. btw"])
'Klant nr.'
>>> likely_heading("orders", "amount", ["Orderdatum", "Country"]) is None
True
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

__all__ = ["likely_heading", "likely_headings"]

_CUSTOMER = """
klantnr klantnummer klantid klantcode klant relatienr relatienummer relatiecode relatie debiteur
debiteurnr debiteurnummer debiteurcode customerid customernumber customerno customernr customer
custid clientid clientnumber client accountid accountnumber account buyerid contactid userid
customeruserid kundennummer kundennr kunde debitor debitorennummer numeroclient codeclient idclient
email emailaddress customeremail billingemail contactemail emailadres requesteremail personemail
recipientemail contactname customername klantnaam debiteurnaam relatienaam
"""
_ON = """
datum date createdat created createddate createddateutc orderdatum orderdate besteldatum
boekdatum transactiedatum transactiondate datecreated purchasedate saledate closedate invoicedate
factuurdatum bestelldatum auftragsdatum rechnungsdatum datecommande datedecommande datefacture
submittedat submitdate enddate responsetimestamp recordeddate timestamp tijdstempel startdate
contactdatum gesprekdatum belmoment klachtdatum datumontvangst opzegdatum einddatum
"""
_AMOUNT = """
totaalexclbtw bedragexclbtw nettobedrag netto nettotal netamount subtotal subtotaal ordersubtotal
amountexcltax totalexcltax bedrag amount totaal totaalbedrag total ordertotal grandtotal revenue
omzet value factuurbedrag invoiceamount totaalinclbtw bedraginclbtw betrag nettobetrag summe
gesamtbetrag montant montantht totalht
"""
_DUE = """
vervaldatum vervaldag uiterstebetaaldatum duedate due duedateutc expirationdate paymentdue
falligkeitsdatum faelligkeitsdatum fallig dateecheance echeance dateecheancefacture
"""
_ISSUED = """
factuurdatum invoicedate issued issuedate dateutc datum date rechnungsdatum datefacture
"""
_PAID = """
betaaldop betaaldatum datumbetaald betaald paidat paidatutc paiddate datepaid paymentdate
settleddate fullypaidondate bezahltam zahlungsdatum datepaiement payele
"""
_REFERENCE = """
ordernr ordernummer orderid ordernumber order bestelnummer bestelnr factuurnummer factuurnr
invoicenumber invoiceno invoicenr invoiceid number num reference referentie bestellnummer
rechnungsnummer numerocommande numerofacture name
"""
_SCORE = """
score nps npsscore cijfer rating beoordeling aanbeveling answer howlikelyareyoutorecommendus
"""
_REASON = "comment reason reden toelichting opmerking why waarom kommentar commentaire openanswer"
_SYNONYMS: Mapping[str, str] = {
    "customer": _CUSTOMER,
    "id": _CUSTOMER,
    "on": _ON,
    "amount": _AMOUNT,
    "due": _DUE,
    "issued": _ISSUED,
    "paid": _PAID,
    "reference": _REFERENCE,
    "score": _SCORE,
    "by": "genoemddoor namedby voorgedragendoor nominatedby by door teamlid collega teammember "
    "colleague genanntvon benanntvon kollege nommepar collegue",
    "reason": _REASON,
    "margin": "marge margin brutomarge grossmargin profit winst dekkingsbijdrage",
    "quantity": "aantal quantity qty stuks pieces menge anzahl quantite itemcount",
    "refunded": "refundedamount amountrefunded totalrefunded terugbetaald refund refunds",
    "minutes": "minuten minutes duur gespreksduur duration dauer duree talktime",
    "by_customer": "richting direction initiatief initiative richtung",
    "purpose": "doel purpose soort type onderwerp",
    "channel": "kanaal channel via medium bron source kanal canal",
    "text": "bericht message tekst body omschrijving description notitie note",
    "resolved": "opgelost opgelostop solvedat resolvedat resolvedtime closedat afgehandeldop",
    "justified": "gegrond terecht justified oordeel",
    "name": "naam name bedrijfsnaam company companyname klantnaam customername firma nom",
    "since": "klantsinds since createdat customersince kundeseit aangemaaktop",
    "open": "openstaand openbalance amountremaining amountopen balance saldo amtopen offen",
    "stated_reason": "reden reason opzegreden redenvertrek",
    "believed_reason": "redenvolgensmedewerker redenmedewerker",
}


def _letters(heading: str) -> str:
    decomposed = unicodedata.normalize("NFKD", heading).casefold()
    return re.sub(r"[^a-z0-9]", "", decomposed)


def likely_headings(table: str, field: str, headings: Iterable[str]) -> list[str]:
    """Return the headings that software commonly uses for a field, the most usual first.

    Args:
        table: the table, such as ``"orders"``.
        field: the field, such as ``"customer"``.
        headings: the headings that the data have.

    Returns:
        Those of the headings that are a known name of the field.
    """
    ranks = {name: rank for rank, name in enumerate(_SYNONYMS.get(field, "").split())}
    known = [each for each in headings if _letters(each) in ranks or _letters(each) == field]
    return sorted(known, key=lambda each: ranks.get(_letters(each), -1))


def likely_heading(table: str, field: str, headings: Iterable[str]) -> str | None:
    """Return the likeliest heading of a field; None where none is a known name of it.

    Args:
        table: the table, such as ``"orders"``.
        field: the field, such as ``"customer"``.
        headings: the headings that the data have.

    Returns:
        One of the headings, or None.
    """
    return next(iter(likely_headings(table, field, headings)), None)
