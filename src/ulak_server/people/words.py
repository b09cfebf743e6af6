"""The sentences of this room's errors."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, Table, Text

__all__ = ["PROBLEMS"]

_AGAIN: Final = Text("Yeniden oturum açın.", "Sign in again.")
_ASK: Final = Text("Yetkiyi veren kişiden isteyin.", "Ask whoever gives you permissions.")
_PASSWORD: Final = Text(
    "En az 12 karakterli, kolay bulunmayan bir parola seçin.",
    "Choose a password of 12 characters or more that is hard to guess.",
)
_NEW_KEY: Final = Text("Yeni bir anahtar üretin.", "Make a new key.")

PROBLEMS: Final[Table] = {
    "people.wrong-credentials": Problem(
        Text("E-posta adresi ya da parola yanlış.", "The e-mail address or the password is wrong."),
        Text("Adresi ve parolayı denetleyip yeniden deneyin.", "Check both and try again."),
    ),
    "people.wrong-code": Problem(
        Text("Doğrulama kodu yanlış ya da kullanılmış.", "The code is wrong or was used before."),
        Text(
            "Uygulamadaki yeni kodu ya da kullanılmamış bir kurtarma kodunu girin.",
            "Enter the new code of your app, or a recovery code that was not used.",
        ),
    ),
    "people.locked": Problem(
        Text(
            "Çok fazla yanlış deneme yapıldı; oturum açma {seconds} saniye kapalı.",
            "There were too many wrong attempts; signing in is closed for {seconds} seconds.",
        ),
        Text("Bekleyip yeniden deneyin.", "Wait and try again."),
        permanent=False,
    ),
    "people.too-many": Problem(
        Text("Çok sık istek geldi ({limit} / {per} saniye).", "Too many requests ({limit} in {per} seconds)."),
        Text("{seconds} saniye sonra yeniden deneyin.", "Try again in {seconds} seconds."),
        permanent=False,
    ),
    "people.not-signed-in": Problem(
        Text("Kim olduğunuz bilinmiyor.", "It is not known who you are."),
        Text(
            "Oturum açın ya da “Authorization: Bearer” başlığında bir API anahtarı verin.",
            "Sign in, or give an API key in the header “Authorization: Bearer”.",
        ),
    ),
    "people.session-ended": Problem(Text("Oturum sona erdi.", "The session has ended."), _AGAIN),
    "people.second-factor-due": Problem(
        Text("İkinci adım bekleniyor: doğrulama kodu.", "The second step is due: the code."),
        Text("Uygulamadaki kodu girin.", "Enter the code of your app."),
    ),
    "people.second-factor-missing": Problem(
        Text("İkinci adım kurulmamış.", "The second factor is not set up."),
        Text("Doğrulama uygulamasını kurup kodla onaylayın.", "Set up an authenticator app and confirm with a code."),
    ),
    "people.second-factor-there": Problem(
        Text("İkinci adım zaten kurulu.", "The second factor is set up already."),
        Text("Yenisi için önce geçerli bir kodla kaldırın.", "Remove it with a valid code first."),
    ),
    "people.second-factor-not-begun": Problem(
        Text("İkinci adımın kurulumuna başlanmamış.", "Setting up the second factor was not begun."),
        Text("Önce kurulumu başlatın.", "Begin it first."),
    ),
    "people.password-expired": Problem(
        Text("Parolanın süresi doldu ({days} gün).", "The password is too old ({days} days)."),
        Text("Yeni bir parola belirleyin.", "Set a new password."),
    ),
    "people.password-short": Problem(
        Text("Parola {length} karakterden kısa olamaz.", "A password has {length} characters or more."), _PASSWORD
    ),
    "people.password-long": Problem(
        Text("Parola {length} karakterden uzun olamaz.", "A password has {length} characters at most."), _PASSWORD
    ),
    "people.password-common": Problem(
        Text("Bu parola çok bilinen bir parola.", "This password is well known."), _PASSWORD
    ),
    "people.password-personal": Problem(
        Text("Parola adınıza ya da adresinize çok benziyor.", "The password is too much like your name or address."),
        _PASSWORD,
    ),
    "people.password-numeric": Problem(
        Text("Parola yalnız rakamlardan oluşamaz.", "A password cannot be of digits alone."), _PASSWORD
    ),
    "people.password-same": Problem(Text("Yeni parola eskisiyle aynı.", "The new password is the old one."), _PASSWORD),
    "people.email-odd": Problem(
        Text("“{email}” bir e-posta adresi değil.", "“{email}” is no e-mail address."),
        Text("Adresi ad@alan.example biçiminde yazın.", "Write it as name@domain.example."),
    ),
    "people.email-taken": Problem(
        Text("Bu adresle bir kullanıcı var.", "There is a user with this address."),
        Text("O kullanıcıyla oturum açın ya da davet edin.", "Sign in as that user, or invite them."),
    ),
    "people.key-unknown": Problem(Text("API anahtarı tanınmıyor.", "The API key is not known."), _NEW_KEY),
    "people.key-expired": Problem(Text("API anahtarının süresi doldu.", "The API key has expired."), _NEW_KEY),
    "people.key-revoked": Problem(Text("API anahtarı iptal edildi.", "The API key was revoked."), _NEW_KEY),
    "people.key-name": Problem(
        Text(
            "Anahtarın adı boş ya da {length} karakterden uzun.",
            "The key's name is empty or longer than {length} characters.",
        ),
        Text("Hangi programın kullandığını söyleyen bir ad verin.", "Give a name that tells which program uses it."),
    ),
    "people.key-expiry": Problem(
        Text(
            "Anahtarın bitiş zamanı geçmişte ya da {days} günden uzak.",
            "The key would end in the past, or after more than {days} days.",
        ),
        Text("Daha yakın bir tarih verin.", "Give a nearer date."),
    ),
    "people.scope-unknown": Problem(
        Text("“{scope}” diye bir kapsam yok.", "There is no scope “{scope}”."),
        Text("Kapsamlar: {scopes}.", "The scopes are: {scopes}."),
    ),
    "people.role-unknown": Problem(
        Text("“{role}” diye bir rol yok.", "There is no role “{role}”."),
        Text("Roller: {roles}.", "The roles are: {roles}."),
    ),
    "people.language-unknown": Problem(
        Text("“{language}” dili yok.", "There is no language “{language}”."),
        Text("tr ya da en verin.", "Give tr or en."),
    ),
    "people.not-allowed": Problem(Text("Buna yetkiniz yok: {action}", "You may not do this: {action}"), _ASK),
    "people.no-such-taxpayer": Problem(
        Text("Böyle bir mükellef yok ya da sizin değil.", "There is no such taxpayer, or it is not yours."),
        Text("Numarayı denetleyin; yetki için mükellefe sorun.", "Check the number; ask the taxpayer for permission."),
    ),
    "people.no-such-user": Problem(
        Text("Böyle bir kullanıcı yok.", "There is no such user."), Text("Listeye bakın.", "See the list.")
    ),
    "people.no-such-key": Problem(
        Text("Böyle bir anahtar yok.", "There is no such key."), Text("Listeye bakın.", "See the list.")
    ),
    "people.no-such-session": Problem(
        Text("Böyle bir oturum yok.", "There is no such session."), Text("Listeye bakın.", "See the list.")
    ),
    "people.last-owner": Problem(
        Text("Mükellefin son sahibi çıkarılamaz.", "The last owner of a taxpayer cannot be taken away."),
        Text("Önce başka bir sahip belirleyin.", "Make somebody else an owner first."),
    ),
    "people.member-already": Problem(
        Text("Bu kişi mükellefin kullanıcısı zaten.", "This person works for the taxpayer already."),
        Text("Rolünü değiştirin.", "Change their role."),
    ),
    "people.invitation-unknown": Problem(
        Text("Davet tanınmıyor ya da süresi doldu.", "The invitation is not known or has ended."),
        Text("Yeni bir davet isteyin.", "Ask for a new one."),
    ),
    "people.support-reason": Problem(
        Text("Destek isteğinin gerekçesi boş ya da çok uzun.", "The reason of the request is empty or too long."),
        Text(
            "Mükellefin anlayacağı bir cümle yazın; en çok {most} karakter.",
            "Write a sentence that the taxpayer understands, of {most} characters at most.",
        ),
    ),
    "people.support-needed": Problem(
        Text(
            "Mükellefin sayfalarını yalnız onun izniyle görebilirsiniz; izin yok ya da süresi doldu.",
            "You see a taxpayer's pages by their consent alone; there is none, or it is over.",
        ),
        Text(
            "Konsolda mükellefin sayfasını açıp destek erişimi isteyin.",
            "Open the taxpayer's page on the console and ask for support access.",
        ),
    ),
    "people.support-hours": Problem(
        Text("Destek erişimi bu süre için istenemez.", "Support access cannot be asked for so long."),
        Text("Şu saatlerden birini seçin: {hours}.", "Choose one of these hours: {hours}."),
    ),
    "people.support-asked": Problem(
        Text(
            "Bu mükelleften destek erişimi istediniz; yanıtı bekleniyor ya da erişim sürüyor.",
            "You have asked this taxpayer for support access; it waits for an answer, or goes on.",
        ),
        Text("Yanıtı bekleyin ya da önceki isteği geri çekin.", "Wait for the answer, or take the request back."),
    ),
    "people.no-such-support": Problem(
        Text(
            "Böyle bir destek isteği yok; yanıtlanmış, süresi dolmuş ya da bitirilmiş olabilir.",
            "There is no such request; it may have been answered, be too old, or have ended.",
        ),
        Text("Sayfayı yenileyip güncel durumu görün.", "Reload the page to see how things stand."),
    ),
}
