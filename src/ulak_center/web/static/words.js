// Every sentence of the page: Turkish, English.

const WORDS = {
  name: ["Merkez", "Merkez"], simulated: ["GİB simülasyonu – yalnız deneme içindir", "GİB simulated – for trying only"],
  flow: ["Akış", "Flow"], calls: ["Çağrılar", "Calls"], faults: ["Hatalar", "Faults"], portal: ["Portal", "Portal"],
  customs: ["Gümrük", "Customs"], probes: ["Sınamalar", "Probes"], offices: ["e-Arşiv, Defter", "e-Arşiv, Defter"], registry: ["Kayıtlar", "Registry"],
  stands: ["saat duruyor", "clock stands still"], faster: ["{n} kat hızlı", "{n} times as fast"],
  h2: ["+2 saat", "+2 hours"], d1: ["+1 gün", "+1 day"], d8: ["+8 gün", "+8 days"],
  moved: ["Saat ilerledi; {n} iş yapıldı.", "The clock was moved; {n} tasks were carried out."],
  light: ["Açık", "Light"], dark: ["Koyu", "Dark"],
  gone: ["Merkeze ulaşılamıyor.", "The center cannot be reached."], goneDetail: ["Durmuş olabilir; yeniden denenecek.", "It may have been stopped; it is tried again."],
  token: ["Denetim anahtarı", "Control token"], tokenSay: ["Merkez --control-token ile başlatılmış. Anahtarı yazın; yalnız bu sekmede saklanır.", "The center was started with --control-token. Write the token; it is kept in this tab only."],
  enter: ["Gir", "Enter"], all: ["Tümü", "All"], more: ["Daha eskiler", "Older ones"], back: ["← Akış", "← Flow"],
  flowSay: ["Merkez'e gelen ve Merkez'in gönderdiği bütün zarflar, en yenisi üstte.", "Every envelope that came to Merkez or left it, the newest first."],
  flowEmpty: ["Daha hiç zarf gelmedi. Bir tane göndermek için:", "No envelope has come yet. To send one:"],
  flowNone: ["Bu süzgece uyan zarf yok.", "No envelope fits this filter."],
  waiting: ["Yolda", "On the way"], good: ["Tamam", "Done"], bad: ["Hatalı", "Failed"],
  party: ["VKN, TCKN ya da etiket", "VKN, TCKN or alias"],
  at: ["Zaman", "Time"], state: ["Durum", "State"], type: ["Tür", "Type"], from: ["Gönderen", "From"], to: ["Alıcı", "To"], documents: ["Belgeler", "Documents"],
  envelope: ["Zarf", "Envelope"], size: ["Boyut", "Size"], caller: ["Çağıran", "Caller"], about: ["Hakkında", "About"], says: ["Der ki", "Says"],
  ours: ["GİB'in kendisi", "GİB itself"], zip: ["Zarfı indir", "Download the envelope"],
  timeline: ["Ne oldu", "What happened"], response: ["Sistem yanıtı", "System response"], call: ["Çağrı", "Call"],
  kind: ["Tür", "Kind"], number: ["Numara", "Number"], profile: ["Senaryo", "Profile"], answer: ["Yanıt", "Answer"], noDocuments: ["Bu zarftan belge kaydedilmedi.", "No document of this envelope was registered."],
  cancel: ["İptal et (1235)", "Cancel (1235)"], cancelled: ["Fatura portalda iptal edilmiş sayıldı.", "The invoice counts as cancelled on the portal."],
  callsSay: ["İki yöndeki bütün çağrılar: gelen (←) ve Merkez'in yaptığı (→).", "Every call both ways: those that came in (←) and those that Merkez made (→)."],
  callsEmpty: ["Daha hiç çağrı olmadı.", "There was no call yet."], operation: ["İşlem", "Operation"], outcome: ["Sonuç", "Outcome"], seconds: ["Saniye", "Seconds"], side: ["Karşı taraf", "Other side"],
  faultsSay: ["Merkez'i bilerek bozun: ne olsun, kime, kaç kez. Kurulan hata sırası gelince vurur.", "Break the center on purpose: what, to whom, how often. A fault strikes when its turn comes."],
  faultsEmpty: ["Kurulu hata yok; Merkez olması gerektiği gibi davranıyor.", "No fault is scripted; the center behaves as it should."],
  fault: ["Hata", "Fault"], place: ["Yer", "Place"], times: ["Kez", "Times"], conditions: ["Koşullar", "Conditions"], forever: ["sürekli", "without end"],
  add: ["Kur", "Script it"], drop: ["Kaldır", "Remove"], clear: ["Tümünü kaldır", "Remove all"],
  timesField: ["Kaç kez (0: sürekli)", "How often (0: without end)"], after: ["Önce geçecekler", "Let pass first"], share: ["Pay (0–1)", "Share (0–1)"],
  operationAny: ["Her işlem", "Any operation"], numberField: ["Kod (2003, 1195 …)", "Number (2003, 1195 …)"], httpStatus: ["HTTP durumu", "HTTP status"], overtakers: ["Öne geçecekler", "Overtakers"],
  "f.refuse": ["Bağlantıyı kes", "Break the connection"], "f.outage": ["Bütün servisler kapalı", "All services are down"], "f.error": ["HTTP hatası ver", "Answer with an HTTP error"],
  "f.slow": ["Geç yanıtla", "Answer late"], "f.timeout": ["Al ama hiç yanıtlama", "Take, but never answer"], "f.fault": ["Servisin kendi hatası", "The service's own fault"],
  "f.wrong-hash": ["Yanlış özet", "Wrong hash"], "f.status": ["İşleme bu kodla bitsin", "Processing ends with this status"], "f.unknown-alias": ["Alıcı etiketi bilinmiyor (1181)", "Unknown alias (1181)"],
  "f.lost": ["Kaybolsun", "It gets lost"], "f.unreachable": ["Alıcıya ulaşılamıyor (1210)", "Receiver cannot be reached (1210)"], "f.duplicate": ["İki kez dağıt", "Deliver twice"], "f.out-of-order": ["Sırası bozuk dağıt", "Deliver out of order"],
  "p.take": ["gelen çağrıda", "in a call that comes in"], "p.judge": ["işlemede", "in processing"], "p.respond": ["sistem yanıtında", "in a system response"], "p.deliver": ["dağıtımda", "in delivery"],
  portalSay: ["GİB portalındaki deneme kullanıcısı: test planındaki karşı taraf. {number} · {title}", "The test user on GİB's portal: the other party of the test plan. {number} · {title}"],
  inbox: ["Gelen kutusu", "Inbox"], outbox: ["Giden kutusu", "Outbox"], inboxEmpty: ["Portal kullanıcısına daha bir şey gelmedi. Etiketi: {alias}", "Nothing has come to the portal user yet. Its alias: {alias}"], outboxEmpty: ["Portal kullanıcısı daha bir şey göndermedi.", "The portal user has sent nothing yet."],
  accept: ["Kabul", "Accept"], reject: ["Red", "Reject"], reason: ["Neden", "Reason"], answered: ["Yanıt gönderildi.", "The answer was sent."],
  tools: ["Test araçları: gönder", "Test tools: send"], receiver: ["Alıcı VKN/TCKN", "Receiver's VKN/TCKN"], alias: ["Alıcı etiketi", "Receiver's alias"], envelopesField: ["Zarf sayısı", "Envelopes"], documentsField: ["Belge sayısı", "Documents"],
  invoice: ["Fatura", "Invoice"], despatch: ["İrsaliye", "Despatch advice"], send: ["Gönder", "Send"], sent: ["{n} zarf gönderildi.", "{n} envelopes were sent."],
  customsSay: ["Gümrük (GTB): ihracat ve yolcu beraberi faturalarını alır, onaylar ya da reddeder.", "Customs (GTB): takes export and passenger invoices, passes or refuses them."],
  customsEmpty: ["Gümrüğe daha fatura gelmedi.", "No invoice has come to customs yet."], release: ["Onayla", "Pass"],
  probesSay: ["Test planı §7 ve 5.1.2: kimsenin bilmediği bir zarf hakkında sistem yanıtı, bozuk fatura, bilerek yanlış çağrı. Servis hepsine doğru karşılık vermelidir.", "Test plan §7 and 5.1.2: a system response about an envelope that nobody knows, a bad invoice, calls that are wrong on purpose. A service must answer each rightly."],
  probe: ["Sınama", "Probe"], wrongCall: ["Yanlış çağrı", "Wrong call"], probeSent: ["Sınama gönderildi.", "The probe was sent."], probesEmpty: ["Daha sınama gönderilmedi.", "No probe was sent yet."],
  "k.stray-response": ["Boşta sistem yanıtı (7-b)", "Stray system response (7-b)"], "k.bad-invoice": ["Şemaya uymayan fatura (7-c)", "Invoice that breaks the schema (7-c)"],
  "k.wrong-hash": ["Yanlış özet", "Wrong hash"], "k.wrong-name": ["Yanlış zarf adı", "Wrong file name"], "k.duplicate": ["Aynı zarf iki kez", "The same envelope twice"], "k.unknown-id": ["Bilinmeyen zarfı sor", "Ask about an unknown envelope"], "k.unknown-operation": ["Bilinmeyen işlem", "Unknown operation"], "k.malformed": ["Yarım SOAP", "Half a SOAP message"], "k.not-soap": ["SOAP olmayan XML", "XML that is no SOAP"],
  accepted: ["alındı", "taken"], refused: ["alınmadı", "not taken"], unknown: ["belli değil", "not known"], callIt: ["Çağır", "Call"], right: ["Doğru yanıt", "Right answer"], wrong: ["Beklenen bu değil", "Not what is expected"],
  officesSay: ["e-Arşiv raporları ve e-Defter paketleri, geldikleri sırayla.", "e-Arşiv reports and e-Defter packages, in the order in which they came."], officesEmpty: ["Daha paket gelmedi.", "No package has come yet."], package: ["Paket", "Package"], owner: ["Mükellef", "Taxpayer"], why: ["Açıklama", "Explanation"], archive: ["e-Arşiv", "e-Arşiv"], ledger: ["e-Defter", "e-Defter"],
  registrySay: ["Entegratörler, mükellefler ve yayımlanan kullanıcı listeleri.", "Integrators, taxpayers and the user lists that are published."],
  integrators: ["Entegratörler", "Integrators"], integratorsEmpty: ["Kayıtlı entegratör yok; Merkez kimseye dağıtamaz.", "No integrator is registered; Merkez can deliver to nobody."], title: ["Unvan", "Title"], endpoint: ["Servis adresi (http…)", "Address of the service (http…)"], register: ["Kaydet", "Register"], registered: ["Kaydedildi.", "Registered."],
  suspend: ["Askıya al (2007)", "Suspend (2007)"], resume: ["İzni geri ver", "Give back"], suspended: ["askıda", "suspended"],
  lookUp: ["Mükellef ara", "Find a taxpayer"], look: ["Ara", "Find"], role: ["Rol", "Role"], use: ["Kullanım", "Use"], operator: ["Entegratör", "Integrator"], created: ["Açıldı", "Opened"], deleted: ["Kapandı", "Closed"], aliasHead: ["Etiket", "Alias"],
  lists: ["Kullanıcı listeleri", "User lists"], listsLink: ["Yayımlanan listeler", "The lists as published"],
};

let spoken = localStorage.getItem("ulak-center-language") === "en" ? "en" : "tr";

export const language = () => spoken;

export function speak(chosen) {
  spoken = chosen;
  localStorage.setItem("ulak-center-language", chosen);
  document.documentElement.lang = chosen;
}

export function say(name, facts = {}) {
  const found = WORDS[name];
  if (!found) return name;
  return found[spoken === "en" ? 1 : 0].replace(/\{(\w+)\}/g, (_, key) => String(facts[key] ?? ""));
}

export const allWords = WORDS;
