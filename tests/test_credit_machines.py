"""Machines, those who review them, those who revise, and words that credit nobody. All invented."""

import pytest

from tests.test_credit import named, read

MACHINES = [
    ("en", "This article has been machine-translated using DeepL.", "DeepL"),
    ("en", "Translated automatically by Google Translate", "Google Translate"),
    ("en", "Translation: DeepL", "DeepL"),
    ("en", "AI-translated", "machine translation"),
    ("en", "This text was translated by AI.", "machine translation"),
    ("en", "Machine translation", "machine translation"),
    ("en", "This page was translated with the help of ChatGPT.", "ChatGPT"),
    ("en", "Note: this post was auto-translated from Norwegian by an AI model.", "machine translation"),
    ("fr", "Traduction automatique", "machine translation"),
    ("fr", "Cet article a été traduit automatiquement par DeepL.", "DeepL"),
    ("fr", "Traduit par une IA", "machine translation"),
    ("fr", "Traduit avec DeepL", "DeepL"),
    ("de", "Dieser Text wurde automatisch mit DeepL übersetzt.", "DeepL"),
    ("de", "Übersetzung: DeepL", "DeepL"),
    ("de", "Maschinelle Übersetzung", "machine translation"),
    ("de", "Übersetzt mit KI", "machine translation"),
    ("de", "Mit DeepL übersetzt", "DeepL"),
    ("es", "Traducción automática con DeepL", "DeepL"),
    ("es", "Traducido con Google Translate", "Google Translate"),
    ("es", "Este artículo fue traducido por inteligencia artificial.", "machine translation"),
    ("es", "Traducido automáticamente", "machine translation"),
    ("it", "Traduzione automatica", "machine translation"),
    ("it", "Tradotto con DeepL", "DeepL"),
    ("it", "Articolo tradotto automaticamente da Google Translate", "Google Translate"),
    ("it", "Tradotto con intelligenza artificiale", "machine translation"),
    ("pt", "Tradução automática", "machine translation"),
    ("pt", "Traduzido com DeepL", "DeepL"),
    ("pt", "Este texto foi traduzido por inteligência artificial", "machine translation"),
    ("ru", "Машинный перевод", "machine translation"),
    ("ru", "Переведено с помощью DeepL", "DeepL"),
    ("ru", "Перевод: Google Translate", "Google Translate"),
    ("ru", "Переведено нейросетью", "machine translation"),
    ("ru", "Автоматический перевод Яндекс Переводчика", "Яндекс Переводчика"),
    ("uk", "Машинний переклад", "machine translation"),
    ("uk", "Перекладено за допомогою DeepL", "DeepL"),
    ("uk", "Перекладено ШІ", "machine translation"),
    ("ar", "ترجمة آلية", "machine translation"),
    ("ar", "تمت الترجمة بواسطة الذكاء الاصطناعي", "machine translation"),
    ("ar", "ترجمة: Google Translate", "Google Translate"),
    ("tr", "Bu metin DeepL ile çevrildi.", "DeepL"),
    ("tr", "Makine çevirisi", "machine translation"),
    ("tr", "Yapay zekâ tarafından çevrilmiştir", "machine translation"),
    ("el", "Αυτόματη μετάφραση", "machine translation"),
    ("el", "Μετάφραση: DeepL", "DeepL"),
    ("el", "Μεταφράστηκε με DeepL", "DeepL"),
    ("zh", "机器翻译", "machine translation"),
    ("zh", "本文由 ChatGPT 翻译", "ChatGPT"),
    ("zh", "翻译：DeepL", "DeepL"),
    ("zh", "由人工智能翻译", "machine translation"),
    ("fa", "ترجمه ماشینی", "machine translation"),
    ("he", "תרגום מכונה", "machine translation"),
    ("he", "תורגם על ידי Google Translate", "Google Translate"),
    ("ja", "機械翻訳", "machine translation"),
    ("ja", "この記事はDeepLで翻訳されました", "DeepL"),
    ("ko", "기계 번역", "machine translation"),
    ("ko", "이 글은 ChatGPT로 번역되었습니다.", "ChatGPT"),
    ("hi", "मशीनी अनुवाद", "machine translation"),
    ("id", "Terjemahan mesin", "machine translation"),
    ("id", "Diterjemahkan dengan Google Translate", "Google Translate"),
    ("vi", "Dịch bằng Google Translate", "Google Translate"),
    ("hu", "Gépi fordítás", "machine translation"),
    ("ro", "Traducere automată", "machine translation"),
    ("ro", "Tradus cu DeepL", "DeepL"),
    ("cs", "Přeloženo pomocí DeepL", "DeepL"),
    ("cs", "Strojový překlad", "machine translation"),
    ("pl", "Przetłumaczono za pomocą DeepL", "DeepL"),
    ("pl", "Tłumaczenie maszynowe", "machine translation"),
    ("nl", "Automatisch vertaald door DeepL", "DeepL"),
    ("nl", "Machinevertaling", "machine translation"),
    ("sv", "Maskinöversättning", "machine translation"),
    ("sv", "Översatt med DeepL", "DeepL"),
    ("eo", "Maŝina traduko", "machine translation"),
    ("da", "Maskinoversat", "machine translation"),
    ("no", "Maskinoversatt", "machine translation"),
    ("fi", "Konekäännös", "machine translation"),
    ("ca", "Traducció automàtica", "machine translation"),
]

REVIEWED = [  # by a machine, then by a person
    ("en", "Machine translated with DeepL and reviewed by Ada Brook.", "DeepL", "Ada Brook"),
    ("en", "Translated by ChatGPT, edited by Ada Brook and Bo Reed", "ChatGPT", "Ada Brook|Bo Reed"),
    ("en", "Machine translation, post-edited by Ada Brook", "machine translation", "Ada Brook"),
    ("en", "Translated using Google Translate. Human review: Ada Brook", "Google Translate", "Ada Brook"),
    ("fr", "Traduit avec DeepL et relu par Ada Ponceau", "DeepL", "Ada Ponceau"),
    ("fr", "Traduction automatique, révisée par Ada Ponceau.", "machine translation", "Ada Ponceau"),
    ("de", "Maschinell übersetzt mit DeepL, überarbeitet von Ada Brück", "DeepL", "Ada Brück"),
    ("de", "Übersetzt mit DeepL und überprüft von Ada Brück", "DeepL", "Ada Brück"),
    ("es", "Traducido con DeepL y revisado por Ada Puente", "DeepL", "Ada Puente"),
    ("es", "Traducción automática revisada por Ada Puente", "machine translation", "Ada Puente"),
    ("it", "Tradotto con DeepL e rivisto da Ada Ponte", "DeepL", "Ada Ponte"),
    ("it", "Traduzione automatica, revisione di Ada Ponte", "machine translation", "Ada Ponte"),
    ("pt", "Traduzido com DeepL e revisado por Ada Ponte", "DeepL", "Ada Ponte"),
    ("pt", "Tradução automática, revisão: Ada Ponte", "machine translation", "Ada Ponte"),
    ("ru", "Машинный перевод, редактор: Ада Мостова", "machine translation", "Ада Мостова"),
    ("ru", "Переведено с помощью DeepL, редактура: Ада Мостова", "DeepL", "Ада Мостова"),
    ("uk", "Машинний переклад, редактура: Ада Мостова", "machine translation", "Ада Мостова"),
    ("ar", "ترجمة آلية، مراجعة: جسر آدا", "machine translation", "جسر آدا"),
    ("tr", "DeepL ile çevrildi, redaksiyon: Ada Köprü", "DeepL", "Ada Köprü"),
    ("el", "Αυτόματη μετάφραση, επιμέλεια: Άντα Γέφυρα", "machine translation", "Άντα Γέφυρα"),
    ("zh", "机器翻译，校对：桥艾达", "machine translation", "桥艾达"),
    ("nl", "Vertaald met DeepL en nagekeken door Ada ter Brug", "DeepL", "Ada ter Brug"),
    ("pl", "Tłumaczenie maszynowe, korekta: Ada Mostowa", "machine translation", "Ada Mostowa"),
]

SILENT = [
    ("en", "The signals were translated by hand into French."),
    ("en", "His zeal translated into votes by Monday."),
    ("en", "Lost in translation: how Fjordlos read the treaty"),
    ("en", "Translation: nobody will pay."),
    ("en", "Ada Brook, The Boats, translated by Bo Reed, Quay Press, 2017, 90 pp."),
    ("en", "The novel, translated by Bo Reed, won a prize in 2019."),
    ("en", "In other words, translated by way of example, it fails."),
    ("en", "Translators: please send us your drafts."),
    ("en", "Translated by popular demand!"),
    ("en", "Become a translator: write to us."),
    ("en", "Translate this page"),
    ("en", "Available translations: German, French"),
    ("en", "Translation: French"),
    ("en", "She was translated by Ada Brook in her youth, and by others since."),
    ("en", "By then the harbour had closed."),
    ("en", "[1] Cy Marsh, Tides (Oslo: Quay, 1998), translated by Ada Brook."),
    ("fr", "Cela se traduit par une hausse des prix."),
    ("fr", "La crise se traduit par : chômage, misère."),
    ("fr", "Il a été traduit par la suite en dix langues."),
    ("fr", "Traduit en justice par Ada Ponceau, il a gagné."),
    ("fr", "Cy Marais, Marées, traduit par Ada Ponceau, Paris, Quai, 1998."),
    ("fr", "Traduction de documents"),
    ("fr", "Traduction simultanée : bientôt disponible"),
    ("de", "Übersetzung: 3,5:1"),
    ("de", "Das Wort übersetzt man am besten gar nicht."),
    ("de", "Übersetzt heißt das: nichts."),
    ("de", "Übersetzt bedeutet es so viel wie Hafen."),
    ("de", "Cy Moor: Gezeiten. Aus dem Englischen von Ada Brück. Kai Verlag, Berlin 2019, 240 Seiten, 22 Euro."),
    ("de", "Aus dem Englischen von 1611 stammt das Wort."),
    ("de", "Übersetzung von Texten"),
    ("de", "Die Übersetzung von Verträgen dauert lange."),
    ("es", "Las palabras fueron traducidas en hechos."),
    ("es", "Esto se ha traducido en hechos."),
    ("es", "La medida se traduce por un aumento de precios."),
    ("es", "Servicios: traducción, corrección"),
    ("es", "Cy Marisma, Mareas, traducción de Ada Puente, Madrid, Muelle, 1998."),
    ("es", "Traducción jurada: precios"),
    ("it", "La crisi si traduce in povertà."),
    ("it", "Il trasporto si è tradotto in ritardi da record."),
    ("it", "Traduzione di testi tecnici"),
    ("it", "Cy Palude, Maree, traduzione di Ada Ponte, Molo, Roma 1998, pp. 90"),
    ("pt", "Isso foi traduzido em atos."),
    ("pt", "Tradução de documentos"),
    ("pt", "A queda se traduz por desemprego."),
    ("pt", "Cy Pântano, Marés, tradução de Ada Ponte, São Paulo, Cais, 1998."),
    ("ru", "Перевод денег: как это сделать"),
    ("ru", "Перевод с карты на карту"),
    ("ru", "Перевод: что это значит"),
    ("ru", "Он перевёл дух и замолчал."),
    ("ru", "Перевод часов на летнее время"),
    ("ru", "Болотов Ц. Приливы / пер. с англ. А. Мостовой. М.: Причал, 1998. 240 с."),
    ("uk", "Переклад грошей: як це зробити"),
    ("uk", "Переклад документів"),
    ("uk", "Він переклав провину на іншого."),
    ("ar", "ترجمة النصوص القانونية"),
    ("ar", "خدمات الترجمة متوفرة الآن"),
    ("tr", "Suyun yönünü çevirdi."),
    ("tr", "Çeviri hizmetleri"),
    ("tr", "Sözlerini eyleme çevirdi."),
    ("el", "Η μετάφραση κειμένων είναι δύσκολη."),
    ("el", "Μετάφραση εγγράφων"),
    ("zh", "翻译成中文是这样的。"),
    ("zh", "译者注：此处有误。"),
    ("zh", "翻译服务"),
    ("fa", "ترجمه متون تخصصی"),
    ("he", "תרגום מסמכים"),
    ("ja", "翻訳サービス"),
    ("ja", "訳注：ここは省略。"),
    ("ko", "번역 서비스"),
    ("hi", "अनुवाद सेवा"),
    ("id", "Terjemahan dokumen"),
    ("vi", "Dịch vụ chuyển nhà"),
    ("vi", "Dịch bệnh bùng phát"),
    ("hu", "Fordítás alatt"),
    ("ro", "Traducere de documente"),
    ("cs", "Překlad dokumentů"),
    ("pl", "Tłumaczenie dokumentów"),
    ("nl", "Vertaling van documenten"),
    ("sv", "Översättning av dokument"),
    ("eo", "Traduko de dokumentoj"),
    ("da", "Oversættelse af dokumenter"),
    ("no", "Oversettelse av dokumenter"),
    ("fi", "Käännös oikealle"),
    ("ca", "Traducció de documents"),
]

ROLES = [
    ("en", "Translated by Ada Brook, revised by Bo Reed", "reviser", "Bo Reed"),
    ("en", "Proofread by Bo Reed", "reviser", "Bo Reed"),
    ("en", "Translated by Ada Brook and edited by Bo Reed", "editor", "Bo Reed"),
    ("fr", "Traduit par Ada Ponceau et relu par Bo Rive", "reviser", "Bo Rive"),
    ("de", "Übersetzung: Ada Brück. Lektorat: Bo Ried", "reviser", "Bo Ried"),
    ("es", "Traducido por Ada Puente. Revisado por Bo Ribera.", "reviser", "Bo Ribera"),
    ("it", "Traduzione: Ada Ponte. Revisione: Bo Riva", "reviser", "Bo Riva"),
    ("pt", "Tradução: Ada Ponte | Revisão: Bo Ribeira", "reviser", "Bo Ribeira"),
    ("ru", "Перевод: Ада Мостова. Редактура: Бо Реков", "reviser", "Бо Реков"),
    ("uk", "Переклад: Ада Мостова; редактура: Бо Річка", "reviser", "Бо Річка"),
    ("ar", "ترجمة: جسر آدا | مراجعة: نهر بو", "reviser", "نهر بو"),
    ("tr", "Çeviri: Ada Köprü, Redaksiyon: Bo Nehir", "reviser", "Bo Nehir"),
    ("el", "Μετάφραση: Άντα Γέφυρα, επιμέλεια: Μπο Ποταμός", "reviser", "Μπο Ποταμός"),
    ("zh", "翻译：桥艾达；校对：河博", "reviser", "河博"),
]


def people(reading, role: str) -> list[str]:
    return [name for name, kind in named(reading, role) if kind != "software"]


@pytest.mark.parametrize(("language", "line", "engine"), MACHINES)
def test_a_machine_is_software_with_its_engine_named(language, line, engine):
    assert named(read(last=f"<p>{line}</p>", language=language)[1], "translator") == [(engine, "software")]


@pytest.mark.parametrize(("language", "line", "engine", "names"), REVIEWED)
def test_a_machine_and_whoever_reviewed_it_are_both_credited(language, line, engine, names):
    reading = read(last=f"<p>{line}</p>", language=language)[1]
    assert named(reading, "translator") == [(engine, "software")]
    assert people(reading, "post-editor") == names.split("|")


@pytest.mark.parametrize(("language", "line"), SILENT)
def test_verbs_services_and_citations_credit_nobody(language, line):
    assert named(read(last=f"<p>{line}</p>", language=language)[1], "translator") == []


@pytest.mark.parametrize(("language", "line", "role", "name"), ROLES)
def test_who_else_had_a_hand_in_it_is_credited_too(language, line, role, name):
    assert people(read(last=f"<p>{line}</p>", language=language)[1], role) == [name]


WRITING_FOR = [
    ("en", "Cy Marsh, writing for {link}, has looked into the closed harbour."),
    ("en", "Cy Marsh, writing for the Norwegian magazine {link}, asks why no boat has crossed."),
    ("fr", "Cy Marsh, qui écrit pour {link}, raconte l'histoire du port."),
    ("es", "Cy Marsh, que escribe para {link}, cuenta la historia del puerto."),
    ("it", "Cy Marsh, che scrive per {link}, racconta la storia del porto."),
    ("pt", "Cy Marsh, que escreve para {link}, conta a história do porto."),
]


@pytest.mark.parametrize(("language", "standfirst"), WRITING_FOR)
def test_who_wrote_for_a_linked_site_is_the_author_and_the_link_the_original(language, standfirst):
    link = "<a href='https://fjordlos.example/2024/ferger'>fjordlos.example</a>"
    reading = read(first=f"<p><em>{standfirst.format(link=link)}</em></p>", language=language)[1]
    assert named(reading, "author") == [("Cy Marsh", "person")]
    assert (reading.original.url, reading.original.site) == ("https://fjordlos.example/2024/ferger", "fjordlos.example")
    assert reading.lifts == ()
