# ruff: noqa: E501 — a statement is one line, however long
"""What statements of rights say, in many languages: never more than their words do."""

import pytest

from syndicator.stages.licence import read_licence

E = ("excerpt",)
V = (*E, "verbatim")
VT, VC = (*V, "translate"), (*V, "commercial")
A = (*VT, "commercial")
ANY = object()

NAMED = [
    (
        "Except where otherwise noted, content on this site is licensed under a Creative Commons Attribution 4.0 International licence.",
        "CC-BY-4.0",
        A,
    ),
    ("Esta obra está bajo una Licencia Creative Commons Reconocimiento-CompartirIgual 3.0 España.", "CC-BY-SA-3.0", A),
    (
        "Salvo que se indique lo contrario, los textos se publican bajo licencia Creative Commons Atribución-NoComercial-SinDerivadas 4.0 Internacional",
        "CC-BY-NC-ND-4.0",
        V,
    ),
    (
        "Dieses Werk ist lizenziert unter einer Creative Commons Namensnennung - Nicht-kommerziell - Weitergabe unter gleichen Bedingungen 4.0 International Lizenz.",
        "CC-BY-NC-SA-4.0",
        VT,
    ),
    ("Sofern nicht anders angegeben, stehen alle Texte unter CC BY-NC 4.0.", "CC-BY-NC-4.0", VT),
    (
        "Ce texte est mis à disposition selon les termes de la Licence Creative Commons Attribution - Pas d’Utilisation Commerciale - Pas de Modification 4.0 International.",
        "CC-BY-NC-ND-4.0",
        V,
    ),
    ("Sauf mention contraire, les contenus de ce site sont sous licence CC BY-SA 3.0 FR", "CC-BY-SA-3.0", A),
    (
        "Quest'opera è distribuita con Licenza Creative Commons Attribuzione - Non commerciale - Condividi allo stesso modo 4.0 Internazionale",
        "CC-BY-NC-SA-4.0",
        VT,
    ),
    (
        "O conteúdo deste site está licenciado sob a licença Creative Commons Atribuição-SemDerivações 4.0 Internacional",
        "CC-BY-ND-4.0",
        VC,
    ),
    (
        "Aquesta obra està subjecta a una llicència de Reconeixement-NoComercial 4.0 Internacional de Creative Commons",
        "CC-BY-NC-4.0",
        VT,
    ),
    (
        "Tenzij anders vermeld valt de inhoud van deze site onder een Creative Commons Naamsvermelding-GelijkDelen 4.0-licentie",
        "CC-BY-SA-4.0",
        A,
    ),
    (
        "Innehållet på denna webbplats är licensierat under Creative Commons Erkännande-IckeKommersiell 4.0",
        "CC-BY-NC-4.0",
        VT,
    ),
    ("Teksterne er udgivet under Creative Commons Navngivelse-Ingen bearbejdelser 4.0", "CC-BY-ND-4.0", VC),
    ("Innholdet er lisensiert under Creative Commons Navngivelse 4.0 Internasjonal", "CC-BY-4.0", A),
    (
        "Tämä teos on lisensoitu Creative Commons Nimeä-EiKaupallinen-JaaSamoin 4.0 Kansainvälinen -lisenssillä",
        "CC-BY-NC-SA-4.0",
        VT,
    ),
    (
        "Treści na tej stronie są dostępne na licencji Creative Commons Uznanie autorstwa-Użycie niekomercyjne 4.0",
        "CC-BY-NC-4.0",
        VT,
    ),
    ("Obsah podléhá licenci Creative Commons Uveďte původ-Zachovejte licenci 4.0", "CC-BY-SA-4.0", A),
    ("Текст доступен по лицензии Creative Commons «С указанием авторства — Некоммерческая» 4.0", "CC-BY-NC-4.0", VT),
    (
        "Все материалы сайта доступны по лицензии Creative Commons Attribution 4.0 International, если не указано иное",
        "CC-BY-4.0",
        A,
    ),
    ("Вміст доступний на умовах Creative Commons Із зазначенням авторства — Без похідних 4.0", "CC-BY-ND-4.0", VC),
    (
        "Bu eser Creative Commons Atıf-GayriTicari-Türetilemez 4.0 Uluslararası Lisansı ile lisanslanmıştır",
        "CC-BY-NC-ND-4.0",
        V,
    ),
    (
        "Το περιεχόμενο διατίθεται με άδεια Creative Commons Αναφορά Δημιουργού-Μη Εμπορική Χρήση 4.0",
        "CC-BY-NC-4.0",
        VT,
    ),
    ("هذا العمل مرخص بموجب رخصة المشاع الإبداعي نسب المصنف - غير تجاري 4.0", "CC-BY-NC-4.0", VT),
    ("本作品采用知识共享署名-非商业性使用 4.0 国际许可协议进行许可。", "CC-BY-NC-4.0", VT),
    (
        "この作品はクリエイティブ・コモンズ 表示 - 非営利 - 改変禁止 4.0 国際 ライセンスの下に提供されています。",
        "CC-BY-NC-ND-4.0",
        V,
    ),
    (
        "이 저작물은 크리에이티브 커먼즈 저작자표시-비영리-변경금지 4.0 국제 라이선스에 따라 이용할 수 있습니다.",
        "CC-BY-NC-ND-4.0",
        V,
    ),
    ("本著作係採用創用 CC 姓名標示-相同方式分享 3.0 台灣 授權條款授權", "CC-BY-SA-3.0", A),
    ("Ĉi tiu verko estas disponebla laŭ la permesilo Creative Commons Atribuite-Samkondiĉe 4.0", "CC-BY-SA-4.0", A),
    ("Konten ini dilisensikan di bawah Creative Commons Atribusi-NonKomersial 4.0", "CC-BY-NC-4.0", VT),
    ("Ez a mű a Creative Commons Nevezd meg! - Ne add el! 4.0 licenc alatt áll", "CC-BY-NC-4.0", VT),
    ("Acest site este licențiat sub Creative Commons Atribuire-Necomercial 4.0", "CC-BY-NC-4.0", VT),
    ("Text CC BY 4.0, non-commercial use only", ANY, VT),
    ("Text is available under GFDL 1.3 or later or CC BY-SA 3.0", ANY, A),
    ("Licence Art Libre 1.3", "LAL-1.3", A),
    ("Contains public sector information licensed under the Open Government Licence v3.0.", "OGL-UK-3.0", A),
    ("To the extent possible under law, the author has waived all copyright: CC0 1.0", "CC0-1.0", A),
    ("© Lantern 2021, CC BY-NC-SA", "CC-BY-NC-SA", VT),
    ("cc-by-nc-nd 3.0 de", "CC-BY-NC-ND-3.0-DE", V),
    ("CC BY 3.0 AT", "CC-BY-3.0-AT", A),
    (
        "Unless stated otherwise, everything published here is available under the Creative Commons BY-NC-SA 4.0 licence.",
        "CC-BY-NC-SA-4.0",
        VT,
    ),
    (
        "Our journalism is published under a Creative Commons Attribution-NoDerivatives licence (CC BY-ND 4.0), so you can republish it free of charge.",
        "CC-BY-ND-4.0",
        VC,
    ),
    ("Textes et images sous licence CC BY-NC-ND 3.0, sauf indication contraire", "CC-BY-NC-ND-3.0", V),
    ("Tutti i testi sono rilasciati con licenza Creative Commons BY-NC 3.0 Italia", "CC-BY-NC-3.0", VT),
    ("Матеріали доступні за ліцензією CC BY-NC-ND 4.0, якщо не зазначено інше.", "CC-BY-NC-ND-4.0", V),
    ("Site içeriği CC BY-NC-SA 4.0 lisansı altındadır.", "CC-BY-NC-SA-4.0", VT),
    ("المقالات منشورة بموجب رخصة المشاع الإبداعي نسب المصنف 4.0 دولي", "CC-BY-4.0", A),
    ("התוכן מוגש תחת רישיון CC BY-SA 4.0", "CC-BY-SA-4.0", A),
    ("除非另有说明，本站内容采用 CC BY-NC-SA 4.0 许可协议", "CC-BY-NC-SA-4.0", VT),
    ("Αν δεν αναφέρεται διαφορετικά, τα κείμενα διατίθενται με άδεια CC BY-SA 4.0", "CC-BY-SA-4.0", A),
    ("All original content on this page is licensed under the Free Art License", ANY, A),
    ("Licensed CC-BY-SA-4.0 unless otherwise noted", "CC-BY-SA-4.0", A),
    ("content: cc by-nc", "CC-BY-NC", VT),
    ("We publish under CC BY 4.0 but do not remove our byline.", "CC-BY-4.0", A),
    ("Released under Creative Commons Zero", "CC0-1.0", A),
    ("Dual-licensed: CC BY-NC 4.0 or CC BY-ND 4.0", "CC-BY-NC-4.0", VT),
    ("© 2023 Lantern. Some rights reserved: CC BY-NC-ND 4.0.", "CC-BY-NC-ND-4.0", V),
    ("Text content is available under the terms of CC BY-SA 4.0 unless we say otherwise.", "CC-BY-SA-4.0", A),
    (
        "This blog by Nook Harbour is licensed under a Creative Commons Attribution-NonCommercial-ShareAlike 3.0 Unported License. Based on a work at nook.example.",
        "CC-BY-NC-SA-3.0",
        VT,
    ),
    ("© 2019–2026 Harbour Press, content under Creative Commons BY 4.0", "CC-BY-4.0", A),
    ("Der Text dieses Beitrags ist unter CC BY-ND 3.0 DE lizenziert; Bilder sind ausgenommen.", "CC-BY-ND-3.0-DE", VC),
    ("Soweit nicht anders vermerkt: CC BY-NC-ND", "CC-BY-NC-ND", V),
    (
        "Les textes publiés ici sont placés sous licence Creative Commons Paternité - Pas d'utilisation commerciale 2.0 France",
        "CC-BY-NC-2.0",
        VT,
    ),
    ("Salvo dove diversamente indicato, i contenuti sono pubblicati con licenza CC BY-NC-ND 4.0", "CC-BY-NC-ND-4.0", V),
    (
        "Esta obra está licenciada com uma Licença Creative Commons Atribuição-NãoComercial-CompartilhaIgual 4.0 Internacional.",
        "CC-BY-NC-SA-4.0",
        VT,
    ),
    (
        "Op alle artikelen is een Creative Commons-licentie van toepassing: Naamsvermelding-NietCommercieel 3.0 Nederland",
        "CC-BY-NC-3.0",
        VT,
    ),
    (
        "Materiał dostępny na licencji Creative Commons Uznanie autorstwa – Na tych samych warunkach 3.0 Polska",
        "CC-BY-SA-3.0",
        A,
    ),
    ("Тексты сайта распространяются по лицензии CC BY-NC-SA 4.0", "CC-BY-NC-SA-4.0", VT),
    ("تتوفر النصوص تحت رخصة CC BY-SA 3.0", "CC-BY-SA-3.0", A),
    ("文章采用 CC BY-ND 4.0 协议，转载请注明出处", "CC-BY-ND-4.0", VC),
    ("本網站內容採用創用CC「姓名標示-非商業性」4.0 授權", "CC-BY-NC-4.0", VT),
    ("글은 CC BY-NC 4.0에 따라 이용할 수 있습니다", "CC-BY-NC-4.0", VT),
    ("Ĉiuj tekstoj estas sub permesilo CC BY 4.0", "CC-BY-4.0", A),
    ("The author licenses this essay under CC-BY-SA (version 4.0).", "CC-BY-SA-4.0", A),
    ("cc by-sa, unless it says something else", "CC-BY-SA", A),
    ("Public Domain Dedication (CC0)", "CC0-1.0", A),
    ("CC BY-NC-ND 4.0 for individuals; CC BY 4.0 for partners", "CC-BY-NC-ND-4.0", V),
    ("Este artículo se publica bajo licencia Creative Commons Reconocimiento-CompartirIgual 4.0.", "CC-BY-SA-4.0", A),
    (
        "This article is CC BY 4.0 <https://creativecommons.org/licenses/by/4.0/> . Image: Ana Wave, CC BY-NC 2.0",
        "CC-BY-4.0",
        A,
    ),
]


@pytest.mark.parametrize(("text", "name", "permits"), NAMED)
def test_a_licence_is_read_by_its_name(text, name, permits):
    licence = read_licence(page=(text,))
    assert name is ANY or licence.id == name
    assert licence.permits == permits


OF_SOMETHING = [
    ("Photos in this article are licensed under CC BY 4.0", None, E),
    ("Header image: Ana Wave, CC BY-SA 2.0", None, E),
    ("Foto: Jan Zee (CC BY 2.0)", None, E),
    ("Map data © OpenStreetMap contributors, CC-BY-SA 2.0", None, E),
    ("Theme by Quill, released under the MIT License", None, E),
    ("Proudly powered by WordPress. Licensed under GPL v2.", None, E),
    ("Text: CC BY-SA 4.0. Photos: all rights reserved.", "CC-BY-SA-4.0", A),
    ("Except for photos, all content is CC BY-ND 4.0", "CC-BY-ND-4.0", VC),
    (
        "Este artículo se publica bajo licencia CC BY-SA 4.0. Las fotografías pertenecen a sus autores.",
        "CC-BY-SA-4.0",
        A,
    ),
    ("Alle Inhalte dieser Seite, ausgenommen Fotos, stehen unter der Lizenz CC BY-SA 4.0.", "CC-BY-SA-4.0", A),
    ("Bilder: CC0, Texte: © Verlag Morgenrot", None, E),
    ("CC by Nook @ Pixharbour", None, E),
    ("Icons by Nook under CC BY 3.0, texts under CC BY-NC 4.0", "CC-BY-NC-4.0", VT),
    ("Video: CC BY 3.0 Harbour TV", None, E),
    ("Code samples are MIT licensed; articles are CC BY-NC 4.0.", "CC-BY-NC-4.0", VT),
    ("Unless noted, photographs are by the author and CC BY 2.0.", None, E),
    ("Cover art by Wave, CC BY 4.0. Text © Harbour 2024.", None, E),
    ("Fotografie: Nora Brand, CC BY-SA 3.0", None, E),
    ("Image credit: Harbour Museum / Creative Commons Attribution 2.0", None, E),
    ("Audio: Wave Radio (CC BY-NC 4.0)", None, E),
    ("The dataset behind this article is available under CC BY 4.0", None, E),
    ("Podcast music by Quay, licensed CC BY 3.0", None, E),
    ("Our style guide is available under CC BY 4.0", None, E),
    ("Comments are licensed under CC BY-SA 4.0", None, E),
    ("User contributions licensed under CC BY-SA", None, E),
]


@pytest.mark.parametrize(("text", "name", "permits"), OF_SOMETHING)
def test_a_licence_counts_for_what_it_is_given_for(text, name, permits):
    licence = read_licence(page=(text,))
    assert (licence.id, licence.permits) == (name, permits)


GRANTED = [
    ("Republish our stories for free, in print or online, under a Creative Commons licence.", V),
    ("Articles may be freely reprinted provided the author and this site are credited.", V),
    (
        "You are welcome to republish and translate our stories for non-commercial purposes, with a link to the original.",
        VT,
    ),
    ("Nachdruck mit Quellenangabe erlaubt.", V),
    ("Die Texte dürfen unter Nennung der Quelle weiterverbreitet werden.", V),
    ("Reproduction autorisée avec mention de la source", V),
    ("Se permite la reproducción total o parcial citando la fuente", V),
    ("É permitida a reprodução, desde que citada a fonte.", V),
    ("Riproduzione consentita citando la fonte", V),
    ("Материалы сайта могут быть перепечатаны со ссылкой на источник", V),
    ("Передрук матеріалів вітається за умови посилання на сайт", V),
    ("Przedruk dozwolony z podaniem źródła", V),
    ("欢迎转载，请注明出处。", V),
    ("転載は自由です。出典を明記してください。", V),
    ("Η αναδημοσίευση επιτρέπεται με αναφορά στην πηγή", V),
    ("Kaynak gösterilerek yeniden yayımlanabilir.", V),
    ("يسمح بإعادة نشر المقالات مع ذكر المصدر", V),
    ("Reeldono estas libera se oni mencias la fonton", V),
    ("Anti-copyright! Copy and distribute freely.", V),
    ("Los textos de esta web pueden reproducirse libremente siempre que se cite la fuente y sin fines comerciales.", V),
    ("Les articles de ce site peuvent être repris librement à condition d'en citer la source.", V),
    ("Todo o conteúdo pode ser reproduzido e traduzido livremente, desde que citada a fonte.", VT),
    ("Artykuły można przedrukowywać bezpłatnie, podając autora i link.", V),
    ("Свободное распространение материалов приветствуется при указании автора.", V),
    ("Alle teksten mogen worden overgenomen met bronvermelding.", V),
    ("Texterna får återpubliceras fritt om källan anges.", V),
    ("Artiklerne må gerne genoptrykkes med kildeangivelse.", V),
    ("Články lze volně přebírat s uvedením zdroje.", V),
    ("بازنشر مطالب با ذکر منبع آزاد است", V),
    ("Textele pot fi preluate liber cu menționarea sursei.", V),
    ("A cikkek szabadon újraközölhetők a forrás megjelölésével.", V),
    ("Material on this site may be translated and reprinted freely with credit.", VT),
    ("This translation is by Ana Wave and may be reproduced freely.", V),
    ("Translated by Ana Wave; may be reproduced freely.", V),
    ("Feel free to republish. Commercial use requires written permission.", V),
    (
        "Alle Beiträge dürfen bei Nennung von Autorin und Quelle für nichtkommerzielle Zwecke frei nachgedruckt werden.",
        V,
    ),
    ("Copie et diffusion encouragées, citez la source.", V),
    ("La reproducción de los artículos es libre, citando autor y procedencia.", V),
    ("Copyleft: se permite la copia, distribución y traducción de los textos siempre que se cite la fuente.", VT),
    ("I testi possono essere liberamente tradotti e riprodotti citando la fonte.", VT),
    ("Permite-se a reprodução do conteúdo para fins não comerciais, com citação da fonte.", V),
    ("Allt material på sidan får kopieras och spridas fritt", V),
    ("Kopiowanie i rozpowszechnianie tekstów dozwolone pod warunkiem podania źródła", V),
    ("Kopírování textů je povoleno s uvedením zdroje", V),
    ("Разрешается свободная перепечатка и перевод статей с указанием источника.", VT),
    ("Дозволяється передрук за наявності гіперпосилання.", V),
    ("Yazılarımız kaynak gösterilmek şartıyla serbestçe çoğaltılabilir.", V),
    ("يمكن نسخ المقالات ونشرها بحرية مع ذكر المصدر", V),
    ("本站文章可自由转载，但不得用于商业用途", V),
    ("출처를 밝히면 자유롭게 복제할 수 있습니다", V),
    ("Bài viết có thể được đăng lại tự do nếu ghi rõ nguồn", V),
    ("Tulisan di situs ini boleh disalin dengan mencantumkan sumber", V),
    ("Stories may be republished in full with a byline and a link; no derivatives.", V),
    ("Non-profit newsrooms may republish our work with credit.", V),
    ("Kein Copyright. Kopiert uns!", V),
]


@pytest.mark.parametrize(("text", "permits"), GRANTED)
def test_leave_to_reprint_grants_what_it_says(text, permits):
    licence = read_licence(page=(text,))
    assert (licence.id, licence.url, licence.permits) == (None, None, permits)
    assert licence.no_derivatives is ("translate" not in permits)
    assert licence.evidence[0].text == text


FREE = [
    "This work is in the public domain.",
    "This essay is dedicated to the public domain",
]


@pytest.mark.parametrize("text", FREE)
def test_the_public_domain_withholds_nothing(text):
    assert read_licence(page=(text,)).permits == A


NOTHING = [
    "© 2020 Lantern Collective",
    "Copyleft",
    "Some rights reserved",
    "© 2024 Der Leuchtturm. Alle Rechte vorbehalten.",
    "Tous droits réservés. Reproduction interdite sans autorisation.",
    "Nachdruck, auch auszugsweise, nur mit Genehmigung der Redaktion.",
    "No part of this site may be reproduced without permission.",
    "Перепечатка без разрешения редакции запрещена",
    "This article is not licensed under Creative Commons Attribution 4.0.",
    "Diese Texte stehen nicht unter einer Creative-Commons-Lizenz wie CC BY.",
    "Licensed under a Creative Commons license.",
    "Reprint with permission only. Contact us at desk@lantern.example",
    "You may share a link to our articles freely.",
    "Creative Commons Attribution-SomethingNew 4.0",
    "Free to reprint for subscribers only",
    "Texts may be copied for personal use.",
    "Prohibida la reproducción total o parcial sin autorización expresa.",
    "Toute reproduction, même partielle, est interdite sans l'accord de la rédaction.",
    "Weiterverwendung nur nach Rücksprache mit der Redaktion",
    "È vietata la riproduzione anche parziale senza autorizzazione.",
    "Reprodução proibida.",
    "Wszelkie prawa zastrzeżone. Przedruk wyłącznie za zgodą redakcji.",
    "При использовании материалов сайта ссылка обязательна.",
    "Усі права захищено. Копіювання заборонено.",
    "Overname alleen met toestemming van de redactie.",
    "Publikování a další šíření obsahu je bez souhlasu redakce zakázáno.",
    "İzinsiz kopyalanamaz. Tüm hakları saklıdır.",
    "لا يجوز نسخ أو إعادة نشر المواد دون إذن",
    "כל הזכויות שמורות לאתר",
    "未经授权，禁止转载",
    "当サイトの記事の無断転載を禁じます",
    "기사의 무단 전재 및 재배포 금지",
    "This story was first published by Lantern and is republished here under a Creative Commons licence.",
    "Some content CC BY 4.0, some CC BY-NC-ND 4.0",
    "Excerpts may be reprinted freely.",
    "The first 100 words may be republished",
    "Schools may copy this article for educational purposes.",
    "Der Nachdruck ist honorarpflichtig.",
    "Droits de reproduction réservés",
    "Queda prohibida la copia de los contenidos",
    "Niets uit deze uitgave mag worden gekopieerd zonder toestemming.",
    "Kopiering utan tillstånd är förbjuden",
    "Копирование материалов разрешено только с письменного согласия редакции.",
    "Kaynak gösterilmeden alıntı yapılamaz.",
    "Απαγορεύεται η αναδημοσίευση χωρίς άδεια",
    "استفاده از مطالب این سایت بدون اجازه ممنوع است",
    "記事の転載・複製はご遠慮ください",
    "Reprint rights available on request",
    "This site uses a Creative Commons theme",
    "Share this story: copy the link for free",
    "Republishing is free for newsrooms that ask us first",
    "We believe that public domain works should be shared more widely by museums and archives",
    "By posting a comment you agree to license it under CC BY 4.0",
    "Subscribers' submissions are licensed under CC BY 4.0",
    "Wir veröffentlichen nicht mehr unter CC BY 4.0.",
    "This work was previously licensed under CC BY 4.0; since 2022 all rights are reserved.",
    "Until 2020 our texts were published under CC BY 4.0",
    "From 2025 on we will publish under CC BY 4.0",
    "Some articles are licensed under CC BY 4.0; look for the badge.",
    "Articles marked with a badge are licensed under CC BY 4.0",
    "Individual pages may carry a Creative Commons Attribution 4.0 licence.",
    "Read about the CC BY 4.0 licence",
    "What is CC BY?",
    "Can I reprint your articles for free? No.",
    "You may reprint one article a month free of charge with our consent",
    "You can order reprints of this article free of charge",
    "Nachdrucke können Sie kostenlos bestellen",
    "Contact the author to reproduce this article freely",
    "Reproduction is free for members of the network",
    "Free newsletter: republished every week",
    "Der Text ist gemeinfrei, die Übersetzung nicht",
    "The original is in the public domain; this translation © 2020 Ana Wave",
    "Not in the public domain",
    "Creative Commons Attribution 4.0 for teachers only",
    "CC BY 4.0 applies to the first part only",
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_granted_by(text):
    assert read_licence(page=(text,)).permits == E


RESERVED = [
    "All rights reserved",
    "Alle Rechte vorbehalten",
    "Tous droits réservés",
    "Todos los derechos reservados",
    "Todos os direitos reservados",
    "Tutti i diritti riservati",
    "Tots els drets reservats",
    "Alle rechten voorbehouden",
    "Med ensamrätt",
    "Alle rettigheder forbeholdes",
    "Kaikki oikeudet pidätetään",
    "Wszelkie prawa zastrzeżone",
    "Všechna práva vyhrazena",
    "Все права защищены",
    "Усі права захищено",
    "Всички права запазени",
    "Toate drepturile rezervate",
    "Minden jog fenntartva",
    "TÜM HAKLARI SAKLIDIR",
    "جميع الحقوق محفوظة",
    "تمامی حقوق این سایت محفوظ است",
    "כל הזכויות שמורות",
    "版权所有",
    "無断転載を禁じます",
    "무단 전재 금지",
    "Hak cipta dilindungi undang-undang",
    "Ĉiuj rajtoj rezervitaj",
]


@pytest.mark.parametrize("text", RESERVED)
def test_reserved_rights_hide_a_wider_licence(text):
    licence = read_licence(page=(f"© 2026 Lantern. {text}",), feed=("https://creativecommons.org/licenses/by/4.0/",))
    assert (licence.id, licence.permits) == (None, E)
