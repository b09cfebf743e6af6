"""The sentences of this room's errors, and of what became of messages and calls."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text

__all__ = ["OUTCOMES", "PROBLEMS"]

_SETTINGS: Final = Text("Kurulumu işleten kişiye söyleyin.", "Tell whoever runs the installation.")
_LIST: Final = Text("Listeye bakın.", "See the list.")
_WAIT: Final = Text("Kendiliğinden yeniden denenir.", "It is tried again by itself.")
_ADDRESS: Final = Text("Alıcının adresini denetleyip yeniden gönderin.", "Check the receiver's address and send again.")
_NEW_LINK: Final = Text(
    "Belgeyi gönderen firmadan yeni bir bağlantı isteyin.", "Ask the firm that sent the document for a new link."
)
_RECEIVER: Final = Text("Alıcı programın günlüğüne bakın.", "Look into the receiving program's log.")

PROBLEMS: Final[Table] = {
    "delivery.mail-not-set-up": Problem(
        Text("Bu kurulumda e-posta gönderimi açık değil.", "This installation sends no e-mail."),
        Text(
            "ULAK_SMTP_URL ve ULAK_MAIL_FROM ayarlarının verilmesini isteyin; bağlantı kopyalayıp kendiniz de"
            " iletebilirsiniz.",
            "Have ULAK_SMTP_URL and ULAK_MAIL_FROM set; you can also copy a link and pass it on yourself.",
        ),
    ),
    "delivery.channel-not-set-up": Problem(
        Text("Bu kurulumda {channel} gönderimi açık değil.", "This installation sends nothing by {channel}."), _SETTINGS
    ),
    "delivery.smtp-url": Problem(
        Text("ULAK_SMTP_URL okunamadı: “{given}”.", "ULAK_SMTP_URL cannot be read: “{given}”."),
        Text(
            "smtp://kullanıcı:parola@sunucu:587, smtps://sunucu:465 ya da file: biçiminde yazın.",
            "Write smtp://user:password@host:587, smtps://host:465 or file:.",
        ),
    ),
    "delivery.address-odd": Problem(
        Text("“{address}” bir e-posta adresi değil.", "“{address}” is no e-mail address."),
        Text("Adresi ad@alan.example biçiminde yazın.", "Write it as name@domain.example."),
    ),
    "delivery.number-odd": Problem(
        Text("“{number}” bir telefon numarası değil.", "“{number}” is no telephone number."),
        Text("Ülke koduyla yazın: +90 5xx xxx xx xx.", "Write it with the country's code: +90 5xx xxx xx xx."),
    ),
    "delivery.suppressed": Problem(
        Text(
            "{address} adresine gönderim durdurulmuş: {reason}",
            "Nothing is sent to {address} any more: {reason}",
        ),
        Text(
            "Adres düzeldiyse “Yeniden izin ver” deyin ya da başka bir adres yazın.",
            "If the address is right now, choose “Allow again”, or give another one.",
        ),
    ),
    "delivery.no-document": Problem(
        Text("Böyle bir belge yok.", "There is no such document."),
        Text("Belgeyi listeden seçin.", "Choose it from the list."),
    ),
    "delivery.not-sealed": Problem(
        Text("Belge henüz mühürlenmedi; gönderilemez.", "The document is not sealed yet and cannot be passed on."),
        Text("Mühürlendikten sonra yeniden deneyin.", "Try again once it is sealed."),
    ),
    "delivery.not-issued": Problem(
        Text(
            "Yalnız düzenlenmiş e-Arşiv belgelerinin kâğıtla teslimi işaretlenir.",
            "Only issued documents of the e-Arşiv family are handed over on paper.",
        ),
        Text("Belge düzenlenince yeniden deneyin.", "Try again once the document is issued."),
    ),
    "delivery.handed-when": Problem(
        Text(
            "Teslim zamanı belgenin düzenlenmesinden önce ya da gelecekte olamaz.",
            "It cannot have been handed over before it was issued, nor in the future.",
        ),
        Text("Teslim edildiği günü ve saati yazın.", "Write the day and hour at which it was handed over."),
    ),
    "delivery.no-receiver": Problem(
        Text("Alıcı yazılmamış.", "No receiver is given."), Text("En az bir adres yazın.", "Write at least one.")
    ),
    "delivery.too-many": Problem(
        Text("Bir seferde en çok {most} alıcı olur.", "There may be {most} receivers at a time."),
        Text("Alıcıları bölerek gönderin.", "Send to some of them at a time."),
    ),
    "delivery.too-long": Problem(
        Text("Metin {most} karakterden uzun.", "The text is longer than {most} characters."),
        Text("Kısaltın.", "Make it shorter."),
    ),
    "delivery.language-unknown": Problem(
        Text("“{language}” dili yok.", "There is no language “{language}”."),
        Text("tr ya da en verin.", "Give tr or en."),
    ),
    "delivery.no-message": Problem(Text("Böyle bir gönderim yok.", "There is no such message."), _LIST),
    "delivery.not-again": Problem(
        Text("Bu gönderim yinelenemez: {state}", "This message cannot be sent again: {state}"),
        Text("Belgeden yeni bir gönderim yapın.", "Send the document anew."),
    ),
    "delivery.not-stopped": Problem(
        Text("Bu gönderim durdurulamaz: {state}", "This message cannot be stopped: {state}"), _LIST
    ),
    "delivery.no-suppression": Problem(Text("Bu adrese gönderim zaten açık.", "The address is not stopped."), _LIST),
    "delivery.not-a-bounce": Problem(
        Text("İleti bir geri dönüş bildirimi değil.", "The message is no notice of a bounce."),
        Text("Yalnız geri dönen postayı bu komuta verin.", "Give this command only mail that came back."),
    ),
    "delivery.bounce-of-other": Problem(
        Text(
            "Bildirimin hangi gönderim için olduğu bulunamadı.", "It was not found which message the notice is about."
        ),
        Text(
            "ULAK_MAIL_BOUNCES adresinin artı işaretli posta aldığını denetleyin.",
            "Check that the address ULAK_MAIL_BOUNCES takes mail with a plus sign in it.",
        ),
    ),
    "link.unknown": Problem(
        Text("Bu bağlantıda bir belge yok.", "There is no document behind this link."),
        Text(
            "Bağlantının tamamını kopyaladığınızdan emin olun; olmazsa gönderen firmadan yenisini isteyin.",
            "Make sure that you copied all of the link; else ask the firm that sent it for a new one.",
        ),
    ),
    "link.not-found": Problem(
        Text("Bu bilgilerle bir belge bulunamadı.", "No document was found by these words."),
        Text(
            "ETTN'yi ve ödenecek tutarı belgede yazdığı gibi yazın; bulunmazsa belgeyi düzenleyen firmaya sorun.",
            "Write the ETTN and the amount as they stand on the document; else ask the firm that issued it.",
        ),
    ),
    "link.expired": Problem(Text("Bağlantının süresi {day} günü doldu.", "The link ended on {day}."), _NEW_LINK),
    "link.revoked": Problem(Text("Gönderen bu bağlantıyı kapattı.", "The sender has closed this link."), _NEW_LINK),
    "link.days": Problem(
        Text("Bağlantı 1 ile {most} gün arasında geçerli olabilir.", "A link may hold for 1 to {most} days."),
        Text("Başka bir süre verin.", "Give another length."),
    ),
    "link.too-many": Problem(
        Text("Bu belgenin açık bağlantılarının sayısı {most} oldu.", "The document has {most} open links."),
        Text("Eskilerinden bazılarını kapatın.", "Close some of the old ones."),
    ),
    "notification.kind-unknown": Problem(
        Text("“{kind}” diye bir bildirim yok.", "There is no notification “{kind}”."), _LIST
    ),
    "notification.mail-unknown": Problem(
        Text("“{mail}” diye bir seçenek yok.", "There is no choice “{mail}”."),
        Text("never, once ya da daily verin.", "Give never, once or daily."),
    ),
    "webhook.none": Problem(Text("Böyle bir web kancası yok.", "There is no such webhook."), _LIST),
    "webhook.no-call": Problem(Text("Böyle bir çağrı yok.", "There is no such call."), _LIST),
    "webhook.url-odd": Problem(
        Text("“{url}” çağrılacak bir adres değil.", "“{url}” is no address that can be called."),
        Text(
            "https:// ile başlayan, kullanıcı adı ve parola içermeyen bir adres yazın.",
            "Write one that begins with https:// and has no user name or password in it.",
        ),
    ),
    "webhook.kind-unknown": Problem(
        Text("“{kind}” diye bir olay yok.", "There is no event “{kind}”."),
        Text("Olaylar: {kinds}.", "The events are: {kinds}."),
    ),
    "webhook.too-many": Problem(
        Text("En çok {most} web kancası olabilir.", "There may be {most} webhooks."),
        Text("Kullanılmayanları kaldırın.", "Remove those that are not used."),
    ),
    "webhook.off": Problem(
        Text("Web kancası kapalı.", "The webhook is off."), Text("Önce yeniden açın.", "Switch it on first.")
    ),
}
"""Every code of this room's errors with its sentence and its repair."""

OUTCOMES: Final[Table] = {
    "mail.refused": Problem(Text("Alıcının sunucusu iletiyi reddetti.", "The receiver's server refused it."), _ADDRESS),
    "mail.address-refused": Problem(
        Text("Alıcının sunucusu böyle bir adres olmadığını söyledi.", "The receiver's server knows no such address."),
        _ADDRESS,
    ),
    "mail.later": Problem(
        Text("Sunucu “sonra yeniden deneyin” dedi.", "The server said: try again later."), _WAIT, permanent=False
    ),
    "mail.unreachable": Problem(
        Text("E-posta sunucusuna ulaşılamadı.", "The mail server cannot be reached."), _WAIT, permanent=False
    ),
    "mail.login": Problem(
        Text("E-posta sunucusu Ulak'ı tanımadı.", "The mail server did not let Ulak in."), _SETTINGS, permanent=False
    ),
    "mail.insecure": Problem(
        Text("E-posta sunucusuyla güvenli bağlantı kurulamadı.", "There is no secure connection to the mail server."),
        _SETTINGS,
        permanent=False,
    ),
    "mail.unclear": Problem(
        Text(
            "Bağlantı son anda koptu; iletinin ulaşıp ulaşmadığı bilinmiyor.",
            "The connection broke at the last moment; it is not known whether it arrived.",
        ),
        Text(
            "Alıcıya sorun ya da yeniden gönderin; yeni iletide bunun yineleme olduğu yazar.",
            "Ask the receiver, or send it again; the new message says that it is a repetition.",
        ),
    ),
    "mail.not-rendered": Problem(
        Text("Belgenin görüntüsü hazırlanamadı.", "The document could not be rendered."), _WAIT, permanent=False
    ),
    "mail.no-body": Problem(
        Text("Belgenin gövdesi arşivde yok.", "The document's body is not in the archive."), _SETTINGS
    ),
    "mail.internal": Problem(
        Text("Beklenmeyen bir hata oldu.", "Something unforeseen went wrong."), _WAIT, permanent=False
    ),
    "mail.gave-up": Problem(Text("Çok denendi, gönderilemedi.", "It was tried often and could not be sent."), _ADDRESS),
    "mail.bounced": Problem(
        Text("İleti geri döndü: adres geçersiz.", "It came back: the address is not valid."), _ADDRESS
    ),
    "mail.bounced-softly": Problem(
        Text("İleti geri döndü; neden geçici olabilir.", "It came back for a reason that may pass."),
        Text("Bir süre sonra yeniden gönderin.", "Send it again after a while."),
    ),
    "mail.complained": Problem(
        Text("Alıcı iletiyi istenmeyen posta olarak işaretledi.", "The receiver marked it as unwanted."),
        Text("Alıcıyla görüşün.", "Talk to the receiver."),
    ),
    "mail.suppressed": Problem(
        Text("Adrese gönderim durdurulmuş.", "Nothing is sent to the address any more."), _ADDRESS
    ),
    "webhook.refused": Problem(
        Text("Alıcı HTTP {status} yanıtını verdi.", "The receiver answered HTTP {status}."), _RECEIVER
    ),
    "webhook.gone": Problem(
        Text("Alıcı bu adresin kalktığını söyledi.", "The receiver says that it is gone."), _RECEIVER
    ),
    "webhook.redirected": Problem(
        Text("Alıcı başka bir adrese yönlendirdi; izlenmez.", "The receiver points elsewhere, which is not followed."),
        Text("Web kancasına son adresi yazın.", "Give the webhook the final address."),
    ),
    "webhook.timeout": Problem(
        Text("Alıcı süresi içinde yanıt vermedi.", "The receiver did not answer in time."), _RECEIVER, permanent=False
    ),
    "webhook.unreachable": Problem(
        Text("Alıcıya ulaşılamadı.", "The receiver cannot be reached."), _RECEIVER, permanent=False
    ),
    "webhook.insecure": Problem(
        Text("Alıcının sertifikası geçerli değil.", "The receiver's certificate is not valid."),
        _RECEIVER,
        permanent=False,
    ),
    "webhook.unresolved": Problem(
        Text("Adresin sunucusu bulunamadı.", "The address's host was not found."),
        Text("Adresi denetleyin.", "Check the address."),
        permanent=False,
    ),
    "webhook.private": Problem(
        Text(
            "Adres iç ağı gösteriyor; oraya çağrı yapılmaz.",
            "The address lies in a private network, which is not called.",
        ),
        Text(
            "Dışarıdan ulaşılan bir adres verin; iç ağ için işletici ULAK_WEBHOOK_NETWORKS ayarını verir.",
            "Give one that is reached from outside; for private networks the operator sets ULAK_WEBHOOK_NETWORKS.",
        ),
    ),
    "webhook.gave-up": Problem(
        Text("Çok denendi, iletilemedi.", "It was tried often and could not be told."), _RECEIVER
    ),
    "webhook.internal": Problem(
        Text("Beklenmeyen bir hata oldu.", "Something unforeseen went wrong."), _WAIT, permanent=False
    ),
}
"""What became of a message or a call that was not simply taken, for a person."""
