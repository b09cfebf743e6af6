"""The words of ``--help`` of ``ulak envelope``."""

from __future__ import annotations

from typing import Final

from ulak.cli.help_entry import Help
from ulak.errors import Text

__all__ = ["ENVELOPE_HELP", "ENVELOPE_METAVARS"]

ENVELOPE_METAVARS: Final = {
    "ALIAS:NUMBER[:TITLE]": Text("ETİKET:NUMARA[:UNVAN]", "ALIAS:NUMBER[:TITLE]"),
    "FILE.zip": Text("DOSYA.zip", "FILE.zip"),
    "FILE.zip…": Text("DOSYA.zip…", "FILE.zip…"),
    "TYPE": Text("TÜR", "TYPE"),
    "FILE.json": Text("DOSYA.json", "FILE.json"),
    "CODE": Text("KOD", "CODE"),
    "STATUS": Text("KOD", "STATUS"),
    "DIR|OUT.zip": Text("KLASÖR|ÇIKTI.zip", "DIR|OUT.zip"),
    "ALIAS": Text("ETİKET", "ALIAS"),
    "SERVICE": Text("HİZMET", "SERVICE"),
    "KIND": Text("KİMİN", "KIND"),
    "open|close": Text("open|close", "open|close"),
    "COUNT": Text("SAYI", "COUNT"),
}
_PACK: Final = Help(
    Text("Belgeleri zarflara koyar ve sıkıştırır.", "Put documents into envelopes and zip them."),
    {
        "files": Text(
            "Dosyalar; klasörler (alt klasörleriyle *.xml); - standart girdi.",
            "Files; folders (*.xml, also in folders below); - is standard input.",
        ),
        "sender": Text("Gönderen: etiketi, VKN ya da TCKN'si, unvanı.", "The sender: alias, VKN or TCKN, title."),
        "receiver": Text("Alıcı: etiketi, VKN ya da TCKN'si, unvanı.", "The receiver: alias, VKN or TCKN, title."),
        "output": Text("Zarfların yazılacağı klasör; yoksa yapılır.", "Folder for the envelopes; made if missing."),
        "type": Text(
            "Zarfın türü (ör. POSTBOXENVELOPE); yazılmazsa belgelerden anlaşılır.",
            "Type of the envelope (e.g. POSTBOXENVELOPE); the documents tell if left out.",
        ),
        "most": Text(
            "Bir zarfa en çok kaç belge; yazılmazsa GİB'in sınırı (100 fatura, 1000 başka belge).",
            "Documents in an envelope at most; GİB's limit if left out (100 invoices, 1000 of others).",
        ),
    },
    (
        Text(
            "Belgeler önce mühürlenir (ulak seal); zarfa baytı baytına girerler. Sınırı aşanlar ve farklı türler ayrı "
            "zarflara konur. Dosyanın adı zarfın kimliğidir: <UUID>.zip.",
            "Seal documents first (ulak seal); they go in byte by byte. What exceeds the limits, and what is of "
            "another type, gets envelopes of its own. The file is named by the envelope's id: <UUID>.zip.",
        ),
    ),
    (
        (
            "ulak envelope pack giden/ --from urn:mail:defaultgb@ardic.example:4812530769 --to "
            "urn:mail:defaultpk@meltem.example:7359021640 -o zarflar",
            Text("Bir klasördeki faturalar.", "The invoices of a folder."),
        ),
    ),
)
_OPEN: Final = Help(
    Text("Bir zarfı açar, belgeleri baytı baytına yazar.", "Open an envelope, write its documents byte by byte."),
    {
        "file": Text(
            "Zarf: .zip, ya da sıkıştırılmamış .xml; - standart girdi.",
            "The envelope: a .zip, or a plain .xml; - is standard input.",
        ),
        "output": Text("Belgelerin yazılacağı klasör; yoksa yapılır.", "Folder for the documents; made if missing."),
    },
    (
        Text(
            "Her belge <ETTN>.xml olur; ETTN'si olmayan liste ve sıra numarasını alır. Okunamayan zarftan hiçbir şey "
            "yazılmaz. Okunan ama reddedilecek zarf yine yazılır; çıkış kodu 1 olur.",
            "Each document becomes <ETTN>.xml; one without is named by its list and position. Of an envelope that "
            "cannot be read nothing is written. One that is read but would be refused is written, with exit code 1.",
        ),
    ),
    (("ulak envelope open gelen.zip -o belgeler", Text("Belgeleri çıkarır.", "Take out the documents.")),),
)
_CHECK: Final = Help(
    Text("Zarfları alıcının denetleyeceği gibi denetler.", "Judge envelopes as a receiver would."),
    {
        "files": Text(
            "Zarflar: .zip, ya da sıkıştırılmamış .xml; - standart girdi.",
            "The envelopes: .zip, or plain .xml; - is standard input.",
        ),
        "as_of": Text(
            "Denetlenecek gün, yyyy-aa-gg; yazılmazsa bugün (İstanbul).",
            "The day on which to judge, yyyy-mm-dd; today in Istanbul if left out.",
        ),
        "pack": Text("Gün ne olursa olsun bu kural paketi.", "Judge by this rule pack whatever the day."),
        "format": Text("Çıktının biçimi.", "Form of the output."),
        "no_advice": Text("Yalnız GİB'in kuralları.", "GİB's rules alone."),
    },
    (
        Text(
            "ZIP, adlar, başlık, sayılar, GİB'in şemaları ve kuralları; sonunda alıcının yanıtlayacağı durum kodu. "
            "Mühürler ve kayıtlı kullanıcılar burada sorulmaz (ulak verify).",
            "ZIP, names, header, numbers, GİB's schemas and rules; and in the end the status that a receiver would "
            "answer. Seals and registered users are not asked for here (ulak verify).",
        ),
    ),
    (("ulak envelope check zarflar/*.zip", Text("Göndermeden önce.", "Before sending.")),),
)
_ANSWER: Final = Help(
    Text(
        "Bir zarfın alıcısının vereceği sistem yanıtını yazar.", "Write the system response of an envelope's receiver."
    ),
    {
        "file": Text("Yanıtlanacak zarf: .zip ya da .xml.", "The envelope to be answered: a .zip, or a plain .xml."),
        "status": Text(
            "Durum kodu (ör. 1200); yazılmazsa ulak envelope check'in bulduğu, nedenleriyle.",
            "The status (e.g. 1200); what ulak envelope check finds, with the reasons, if left out.",
        ),
        "from_gib": Text("Yanıtı GİB (Merkez) versin.", "Let GİB (Merkez) be who answers."),
        "sender": Text("Yanıtı veren; yazılmazsa zarfın alıcısı.", "Who answers; the envelope's receiver if left out."),
        "receiver": Text(
            "Yanıtın gideceği; yazılmazsa zarfın göndereni.", "To whom; the envelope's sender if left out."
        ),
        "output": Text(
            "Klasör (dosyanın adı yanıtın kimliği olur) ya da .zip ile biten dosya adı.",
            "A folder (the file is named by the answer's id), or a file name that ends in .zip.",
        ),
        "as_of": Text("Denetlenecek gün; yazılmazsa bugün.", "The day on which to judge; today if left out."),
        "pack": Text("Gün ne olursa olsun bu kural paketi.", "Judge by this rule pack whatever the day."),
    },
    (
        Text(
            "Göndericinin ve alıcının etiketleri ve numaraları yer değiştirir. Başlığı okunamayan zarfta adresleri "
            "--from ve --to ile verin; zarfın kimliği ZIP'in adından alınır. Sistem yanıtları yanıtlanmaz.",
            "Aliases and numbers of sender and receiver change places. If the envelope's header cannot be read, name "
            "both with --from and --to; its id is then the ZIP's name. System responses are not answered.",
        ),
    ),
    (
        ("ulak envelope answer gelen.zip -o yanitlar", Text("Denetler ve yanıtlar.", "Judge and answer.")),
        ("ulak envelope answer gelen.zip --status 1163 --from-gib", Text("Merkez gibi.", "As Merkez would.")),
    ),
)
_ACCOUNT: Final = Help(
    Text("Kullanıcı hesabı açma ya da kapatma belgesi yazar.", "Write a message that opens or closes a user account."),
    {
        "file": Text(
            "Aynı alanlarla JSON; seçenekler ondan önce gelir.", "JSON with the same fields; options go before it."
        ),
        "action": Text("open: açma, close: kapatma.", "open or close the account."),
        "integrator": Text("Özel entegratörün VKN ya da TCKN'si.", "VKN or TCKN of the integrator."),
        "number": Text("Mükellefin VKN ya da TCKN'si.", "VKN or TCKN of the taxpayer."),
        "title": Text("Mükellefin unvanı.", "The taxpayer's title."),
        "given": Text("Gerçek kişinin adı.", "First name of a person."),
        "middle": Text("Gerçek kişinin ortanca adı.", "Middle name of a person."),
        "family": Text("Gerçek kişinin soyadı.", "Last name of a person."),
        "service": Text(
            "Hizmetin etiketi, ör. usergb, edespatch (ulak codes service_aliases).",
            "Alias of the service, e.g. usergb, edespatch (ulak codes service_aliases).",
        ),
        "kind": Text(
            "public, private (varsayılan), vuk507_public, vuk507_private.",
            "public, private (the default), vuk507_public, vuk507_private.",
        ),
        "option": Text(
            "UserOptionCode'un kendisi (ulak codes user_options); --service ve --kind yerine.",
            "The UserOptionCode itself (ulak codes user_options), instead of --service and --kind.",
        ),
        "gb": Text("Gönderici birim etiketi; yinelenebilir.", "Alias of a sender's unit (GB); may be repeated."),
        "pk": Text("Posta kutusu etiketi; yinelenebilir.", "Alias of a mailbox (PK); may be repeated."),
        "output": Text(
            "Belgenin yazılacağı dosya; yazılmazsa standart çıktı.", "File to write; standard output if left out."
        ),
    },
    (
        Text(
            "Sonra belgeyi entegratör mühürler (ulak seal), mükellef o mührü mühürler (ulak seal --counter; VUK 507'de "
            "gerekmez) ve USERENVELOPE ile GIB'e gönderilir: ulak envelope pack --from usergb:VKN --to GIB:3900383669.",
            "Then the integrator seals it (ulak seal), the taxpayer seals that seal (ulak seal --counter; not "
            "needed under VUK 507), and it goes to GIB: ulak envelope pack --from usergb:VKN --to GIB:3900383669.",
        ),
    ),
    (
        (
            "ulak envelope account --action open --service usergb --integrator 8642031054 --customer 4812530769 "
            '--title "Ardıç Ticaret A.Ş." --gb urn:mail:defaultgb@ardic.example --pk urn:mail:defaultpk@ardic.example',
            Text("e-Fatura hesabı açar.", "Opens an account for e-Fatura."),
        ),
    ),
)
ENVELOPE_HELP: Final = {
    "ulak envelope": Help(
        Text("Zarfları kurar, açar, denetler ve yanıtlar.", "Pack, open, check and answer envelopes.")
    ),
    "ulak envelope pack": _PACK,
    "ulak envelope open": _OPEN,
    "ulak envelope check": _CHECK,
    "ulak envelope answer": _ANSWER,
    "ulak envelope account": _ACCOUNT,
}
