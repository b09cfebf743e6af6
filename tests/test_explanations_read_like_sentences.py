"""Known rules in, whole sentences out: the idioms of GİB's Schematron in both languages."""

from __future__ import annotations

import pytest

from ulak.rules.explain import explanation

LISTS = {"ResponseCodeType": ",KABUL,RED,", "CurrencyCodeList": tuple(f"C{number}" for number in range(40))}
EXAMPLES = {
    "one of several values": (
        "sh:HeaderVersion = '1.0' or sh:HeaderVersion = '1.2'",
        "sh:StandardBusinessDocumentHeader",
        "Zarf başlığının sürümü (HeaderVersion) “1.0” ya da “1.2” olmalıdır.",
        "The version of the envelope header (HeaderVersion) must be “1.0” or “1.2”.",
    ),
    "when A, then B": (
        "not(cbc:InvoiceTypeCode='IADE') or cbc:ProfileID='KAMU'",
        "inv:Invoice",
        "Fatura tipi (InvoiceTypeCode) “IADE” ise, fatura senaryosu (ProfileID) “KAMU” olmalıdır.",
        "If the invoice type (InvoiceTypeCode) is “IADE”, the invoice profile (ProfileID) must be “KAMU”.",
    ),
    "not both": (
        "not(cac:PartyName and cac:Person)",
        "cac:Party",
        "Unvan bilgisi (PartyName) varsa, kişi bilgisi (Person) bulunmamalıdır.",
        "If the party name (PartyName) is present, the person details (Person) must not be present.",
    ),
    "a short list is spelled out": (
        "contains($ResponseCodeType, concat(',',cbc:ResponseCode,','))",
        "cac:Response",
        "Yanıt kodu (ResponseCode) “KABUL” ya da “RED” olmalıdır.",
        "The response code (ResponseCode) must be “KABUL” or “RED”.",
    ),
    "a long list is named": (
        "contains($CurrencyCodeList, concat(',',.,','))",
        "//@currencyID",
        "Tutarın para birimi (@currencyID) “para birimi kodları (ISO 4217)” listesindeki kodlardan biri olmalıdır.",
        "The currency of the amount (@currencyID) must be one of the codes in the list “currency codes (ISO 4217)”.",
    ),
    "a list written into the rule": (
        "contains(',01,02,', concat(',',cbc:ItemClassificationCode,','))",
        "inv:Invoice/cac:InvoiceLine",
        "Harcama tipi (ItemClassificationCode) “01” ya da “02” olmalıdır.",
        "The expenditure type (ItemClassificationCode) must be “01” or “02”.",
    ),
    "exactly one": (
        "count(cac:InvoiceLine) = 1",
        "inv:Invoice",
        "Fatura satırı (InvoiceLine) sayısı 1 olmalıdır.",
        "The number of invoice lines (InvoiceLine) must be 1.",
    ),
    "at most": (
        "count(Elements) < 11",
        "ef:Package",
        "Belge grubu (Elements) sayısı en fazla 10 olmalıdır.",
        "The number of groups of documents (Elements) must be at most 10.",
    ),
    "filled in": (
        "string-length(normalize-space(string(cac:Item/cbc:Name))) != 0",
        "inv:Invoice/cac:InvoiceLine",
        "Mal/hizmet adı (Item/Name) dolu olmalıdır.",
        "The name of the goods or service (Item/Name) must be filled in.",
    ),
    "two lengths": (
        "string-length(cbc:ID) = 10 or string-length(cbc:ID) = 11",
        "cac:Signature",
        "İmza sahibinin VKN/TCKN değeri (ID) 10 ya da 11 karakter uzunluğunda olmalıdır.",
        "The VKN/TCKN of the signer (ID) must be exactly 10 or 11 characters long.",
    ),
    "a known pattern": (
        "matches(.,'^[0-9]{4}$')",
        "gl-bus:organizationIdentifier",
        "Kimlik değeri (organizationIdentifier) 4 rakam olmalıdır.",
        "The value of the identity (organizationIdentifier) must be 4 digits.",
    ),
    "a date": (
        ". castable as xs:date",
        "//cbc:IssueDate",
        "Düzenleme tarihi (IssueDate) YYYY-AA-GG biçiminde geçerli bir tarih olmalıdır.",
        "The issue date (IssueDate) must be a valid date in the form YYYY-MM-DD.",
    ),
    "not in the future": (
        "xs:date(.) le xs:date(current-date())",
        "//cbc:IssueDate",
        "Düzenleme tarihi (IssueDate) bugünün tarihinden sonra olmamalıdır.",
        "The issue date (IssueDate) must not be later than today.",
    ),
    "a filtered element": (
        "count(cac:PartyIdentification/cbc:ID[@schemeID='PLAKA' and string-length(.) <= 50]) > 0",
        "cac:Party",
        "Numara türü (@schemeID) “PLAKA” olan ve değeri en fazla 50 karakter uzunluğunda olan taraf numarası "
        "(PartyIdentification/ID) bulunmalıdır.",
        "The party number (PartyIdentification/ID) where the kind of number (@schemeID) is “PLAKA” and its value is "
        "at most 50 characters long must be present.",
    ),
    "the following sibling": (
        "following-sibling::node()/number(gl-cor:lineNumber) = number(gl-cor:lineNumber) + 1",
        "gl-cor:entryDetail",
        "Sonraki satır numarası (lineNumber) satır numarası artı 1 ile aynı olmalıdır.",
        "The next line number (lineNumber) must be the same as the line number plus 1.",
    ),
    "a sum": (
        "gl-bus:totalDebit = sum(gl-cor:entryDetail/xs:decimal(gl-cor:amount))",
        "gl-cor:entryHeader",
        "Toplam borç (totalDebit) tutar (entryDetail/amount) toplamı ile aynı olmalıdır.",
        "The total debit (totalDebit) must be the same as the sum of amount (entryDetail/amount).",
    ),
    "digits only": (
        "translate(cbc:ID, '0123456789', '') = ''",
        "cac:ContractDocumentReference",
        "Yatırım teşvik belgesi numarası (ID) yalnızca rakam olmalıdır.",
        "The investment certificate number (ID) must be digits only.",
    ),
    "the ending of a name": (
        "substring(@filename, string-length(@filename)-3)='.pdf'",
        "defterek:binaryObject",
        "Ekin dosya adı (@filename) “.pdf” ile biten bir değer olmalıdır.",
        "The file name of the attachment (@filename) must be a value that ends with “.pdf”.",
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_idiom(name: str) -> None:
    test, context, tr, en = EXAMPLES[name]
    said = explanation("any-1", test=test, context=context, lists=LISTS).explanation
    assert said.tr == tr
    assert said.en == en


def test_a_repair_says_what_to_type_and_what_else_may_be_wrong() -> None:
    said = explanation("x-1", test="not(cbc:ProfileID='KAMU') or cbc:InvoiceTypeCode='SATIS'", context="inv:Invoice")
    assert said.repair.tr == (
        "Fatura tipi (InvoiceTypeCode) alanına “SATIS” yazın. "
        "Kuralı gerektiren bilgi yanlışsa onu düzeltin: fatura senaryosu (ProfileID)."
    )
    assert said.repair.en == (
        "Set the invoice type (InvoiceTypeCode) to “SATIS”. "
        "If what brings the rule into play is wrong, correct that instead: the invoice profile (ProfileID)."
    )


def test_a_report_is_explained_by_what_it_forbids() -> None:
    said = explanation(
        "x-1",
        test="not(earsiv:ytbBilgileri) and (earsiv:faturaTip = 'YTBSATIS' or earsiv:faturaTip = 'YTBIADE')",
        context="earsiv:eArsivRaporu/earsiv:fatura",
        positive=True,
    ).explanation
    assert said.en == (
        "If the investment incentive details (ytbBilgileri) is absent, "
        "the invoice type (faturaTip) must not be “YTBSATIS” or “YTBIADE”."
    )


def test_what_cannot_be_put_into_words_is_still_named() -> None:
    said = explanation("NewCheck-3", test="some $x in cbc:ID satisfies $x = 1", context="inv:Invoice")
    assert not said.curated
    assert "NewCheck-3" in said.explanation.tr
    assert "Invoice" in said.explanation.en


def test_an_explanation_can_be_asked_for_by_its_id_alone() -> None:
    said = explanation("GeneralUnitCodeCheck-1")
    assert said.curated
    assert "C62" in said.repair.tr
    assert "KGM" in said.repair.en
    assert said.source


def test_schema_and_reader_ids_have_a_general_text() -> None:
    assert explanation("xsd.enumeration").curated
    assert "{" not in explanation("xsd.enumeration").explanation.tr
    assert explanation("xml.dtd").explanation.en
