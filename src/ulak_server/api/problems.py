"""What can be wrong with a call itself, whatever it asks for: stable codes, sentences and what to do."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text, UlakError, error_of

__all__ = ["PROBLEMS", "ApiError", "problem"]


class ApiError(UlakError):
    """A call that cannot be answered as it is.

    Attributes:
        retry_after: seconds after which it may be tried again, where that is known.
    """

    retry_after: float | None = None


PROBLEMS: Final[Table] = {
    "api.not-found": Problem(
        Text("Burada böyle bir şey yok.", "There is no such thing here."),
        Text(
            "Adresi ve numarayı denetleyin; başka mükelleflerin kayıtları da yokmuş gibi görünür.",
            "Check the address and the id; records of other taxpayers look as if they were not there, too.",
        ),
    ),
    "api.method": Problem(
        Text("Bu adres {method} yöntemini tanımıyor.", "This address does not know the method {method}."),
        Text("Allow başlığındaki yöntemlerden birini kullanın.", "Use one of the methods in the header Allow."),
    ),
    "api.parameter": Problem(
        Text("Adresteki “{name}” değeri geçersiz: {said}", "The value of “{name}” in the address is not valid: {said}"),
        Text("/api/v1/openapi.json bu değerin biçimini söyler.", "/api/v1/openapi.json says which form it has."),
    ),
    "api.unknown-parameter": Problem(
        Text("“{name}” diye bir sorgu değeri yok.", "There is no query parameter “{name}”."),
        Text("Bilinenler: {known}.", "Known are: {known}."),
    ),
    "api.nul": Problem(
        Text(
            "Adreste NUL karakteri (%00) var; hiçbir adreste ya da değerde olamaz.",
            "The address has a NUL (%00) in it; no address and no value has one.",
        ),
        Text("Bu karakteri çıkarın.", "Take this character out."),
    ),
    "api.content-type": Problem(
        Text(
            "Gövdenin türü “{given}”; burada {known} alınır.", "The body is of type “{given}”; here {known} is taken."
        ),
        Text("Content-Type başlığını gövdeye göre yazın.", "Write the header Content-Type to match the body."),
    ),
    "api.too-large": Problem(
        Text("Gövde {size} bayt; burada en çok {limit} bayt alınır.", "The body has {size} bytes; {limit} are taken."),
        Text("Belgeleri birkaç çağrıya bölün.", "Divide the documents among several calls."),
    ),
    "api.length-required": Problem(
        Text("Gövdenin uzunluğu belirtilmemiş.", "The length of the body is not stated."),
        Text("Content-Length başlığını gönderin.", "Send the header Content-Length."),
    ),
    "api.body-wanted": Problem(
        Text("Çağrının gövdesi boş.", "The call has no body."),
        Text("İstenen içeriği gövdede gönderin.", "Send what is asked for in the body."),
    ),
    "api.broken-off": Problem(
        Text("Gövde sonuna kadar alınamadı.", "The body could not be received to its end."),
        Text("Çağrıyı aynı Idempotency-Key ile yineleyin.", "Repeat the call with the same Idempotency-Key."),
        permanent=False,
    ),
    "api.rate": Problem(
        Text(
            "Çok sık çağrı yapıldı; {seconds} saniye sonra yeniden deneyin.",
            "There were too many calls; try again in {seconds} seconds.",
        ),
        Text(
            "Retry-After başlığı kadar bekleyin; çok belge için /api/v1/batches kullanın.",
            "Wait as long as the header Retry-After says; use /api/v1/batches for many documents.",
        ),
        permanent=False,
    ),
    "api.who": Problem(
        Text("Bu çağrı için kim olduğunuzu bilmemiz gerekiyor.", "This call needs to know who you are."),
        Text(
            "API anahtarını “Authorization: Bearer …” başlığında gönderin ya da oturum açın.",
            "Send an API key in the header “Authorization: Bearer …”, or sign in.",
        ),
    ),
    "api.csrf": Problem(
        Text(
            "Oturumla yapılan değişikliğin X-CSRFToken başlığı eksik ya da yanlış.",
            "A change made within a session lacks the header X-CSRFToken, or it is wrong.",
        ),
        Text(
            "Oturum açarken dönen csrf_token değerini gönderin.",
            "Send the value csrf_token that signing in gave you.",
        ),
    ),
    "api.taxpayer-wanted": Problem(
        Text("Hangi mükellef için çalıştığınız belli değil.", "It is not clear which taxpayer you work for."),
        Text(
            "Ulak-Taxpayer başlığına mükellefin VKN ya da TCKN'sini yazın; /api/v1/me listesini verir.",
            "Write the taxpayer's VKN or TCKN into the header Ulak-Taxpayer; /api/v1/me lists them.",
        ),
    ),
    "api.taxpayer-unknown": Problem(
        Text("“{number}” numaralı mükellef için yetkiniz yok.", "You have no right to work for taxpayer “{number}”."),
        Text("/api/v1/me, yetkili olduğunuz mükellefleri verir.", "/api/v1/me lists the taxpayers you may work for."),
    ),
    "api.cursor": Problem(
        Text("Sayfa imleci tanınmıyor.", "The cursor of the page is not known."),
        Text(
            "İmleci bir önceki sayfanın “next” alanından olduğu gibi alın.",
            "Take the cursor as it is from the field “next” of the page before.",
        ),
    ),
    "api.no-xml": Problem(
        Text("Bu taslağın henüz UBL'si yok.", "This draft has no UBL yet."),
        Text(
            "Taslağı /json adresinden okuyun; UBL, gönderilince oluşur.",
            "Read the draft at /json; its UBL is made when it is sent.",
        ),
    ),
    "api.no-json-form": Problem(
        Text("Bu belgenin JSON biçimi yok.", "This document has no JSON form."),
        Text("Belgeyi /xml adresinden okuyun.", "Read the document at /xml."),
    ),
    "api.no-lorry": Problem(
        Text("Bu belge sevk irsaliyesi değil.", "This document is no despatch advice."),
        Text(
            "Araç ve sürücü yalnız sevk irsaliyelerinde bulunur.", "Only despatch advices tell of lorries and drivers."
        ),
    ),
    "api.no-report-file": Problem(
        Text("Rapor henüz kurulmadı.", "The report has not been built yet."),
        Text(
            "Rapor kurulunca indirin; durumu raporun kendisinde yazar.", "Fetch it once it is; the report says how far."
        ),
    ),
    "api.body-missing": Problem(
        Text("Belgenin gövdesi bulunamadı.", "The document's body was not found."),
        Text("X-Request-Id değeriyle bize bildirin.", "Tell us, with the value of X-Request-Id."),
        permanent=False,
    ),
    "api.failed": Problem(
        Text(
            "Beklenmeyen bir hata oluştu; çağrı yerine getirilmedi.",
            "An unexpected error occurred; the call was not carried out.",
        ),
        Text(
            "Çağrıyı aynı Idempotency-Key ile yineleyin; sürerse X-Request-Id değerini bize bildirin.",
            "Repeat the call with the same Idempotency-Key; if it stays, tell us the value of X-Request-Id.",
        ),
        permanent=False,
    ),
    "api.unavailable": Problem(
        Text("Veritabanına şu anda ulaşılamıyor.", "The database cannot be reached at the moment."),
        Text(
            "Çağrıyı birkaç saniye sonra aynı Idempotency-Key ile yineleyin.",
            "Repeat the call in a few seconds with the same Idempotency-Key.",
        ),
        permanent=False,
    ),
}


def problem(code: str, /, *, where: str = "", **facts: object) -> ApiError:
    """The error of a code of `PROBLEMS`."""
    return error_of(ApiError, PROBLEMS, code, where=where, line=None, **facts)
