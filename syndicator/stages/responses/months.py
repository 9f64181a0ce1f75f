"""The names of months, short and long, in the languages of which a page may be. Data only.

Taken from CLDR by way of Babel; a name that means two months ("listopad" is October and November) is left out. To load
Babel's locales instead takes a quarter of a second (November 2026).
"""

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "ene enero gen gener gennaio ian ianuarie jaan jaanuar jan janeiro januar januari januarie januaro "
            "january január januára janv janvier janvāris janúar led leden ledna oca ocak saus sausio sausis sij "
            "siječanj siječnja sty styczeń stycznia tammi tammikuu tammikuuta urt urtarrila xan xaneiro ιαν "
            "ιανουάριοσ ιανουαρίου сту студзень студзеня січ січень січня янв январь января яну януари јан јануар "
            "يناير ژانویه ژانویهٔ",
            "feb febbraio febr febreiro febrer febrero februar februari februarie februaro february február februára "
            "februāris febrúar fev fevereiro févr février helmi helmikuu helmikuuta lut lutego luty ots otsaila vas "
            "vasario vasaris veebr veebruar velj veljača veljače úno únor února şub şubat φεβ φεβρουάριοσ φεβρουαρίου "
            "лют лютага лютий лютого люты феб фебруар фев февр февраль февраля февруари فبراير فوریه فوریهٔ",
            "bře březen března kov kovas kovo maalis maaliskuu maaliskuuta maart mac mar marca march marec maret mars "
            "mart martie marto marts martxoa marzec marzo març março mrt márc március mär märts märz ožu ožujak "
            "ožujka μάρ μάρτιοσ μαρ μαρτίου бер березень березня мар март марта сак сакавік сакавіка مارس",
            "abr abril api apirila apr april aprile aprilie aprill aprilo apríl apríla aprīlis avr avril bal balandis "
            "balandžio dub duben dubna d’abr d’abril huhti huhtikuu huhtikuuta kwi kwiecień kwietnia nis nisan tra "
            "travanj travnja ápr április απρ απρίλιοσ απριλίου апр апрель апреля април квіт квітень квітня кра "
            "красавік красавіка آوریل أبريل",
            "geg gegužė gegužės kvě květen května mag maggio mai maiatza maig maijs maio maj maja majo may mayo mayıs "
            "maí mei máj mája május svi svibanj svibnja touko toukokuu toukokuuta μάι μάιοσ μαΐ μαΐου май мая мај "
            "трав травень травня مايو مه مهٔ",
            "birž birželio birželis cze czerwca czerwiec eka ekaina giu giugno haz haziran iun iunie juin jun june "
            "junho juni junie junij junio juny juuni jún júna június júní jūn jūnijs kesä kesäkuu kesäkuuta lipanj "
            "lipnja xuño červen června čvn ιουν ιουνίου ιούν ιούνιοσ июн июнь июня черв червень червня чэр чэрвень "
            "чэрвеня юни јун يونيو ژوئن",
            "heinä heinäkuu heinäkuuta iul iulie juil juillet jul julai julho juli julie julij julio juliol july "
            "juuli júl júla július júlí jūl jūlijs liep liepa liepos lipca lipiec lug luglio srpanj srpnja tem temmuz "
            "uzt uztaila xul xullo července červenec čvc ιουλ ιουλίου ιούλ ιούλιοσ июл июль июля лип липень липня ліп "
            "ліпень ліпеня юли јул يوليو ژوئیه ژوئیهٔ",
            "abu abuztua ago agost agosto agu agustus août aug august augusta augusti augusts augustus augusztus avg "
            "avgust ağu ağustos aŭg aŭgusto d’ag d’agost elo elokuu elokuuta kol kolovoz kolovoza ogo ogos rugp "
            "rugpjūtis rugpjūčio sie sierpień sierpnia srpen srpna ágú ágúst αυγ αυγούστου αύγ αύγουστοσ авг август "
            "августа жні жнівень жніўня серп серпень серпня أغسطس اوت",
            "eyl eylül ira iraila rugs rugsėjis rugsėjo ruj rujan rujna sep sept septembar september septembra "
            "septembre septembrie septembris septembro septiembre set setembre setembro settembre syys syyskuu "
            "syyskuuta szept szeptember wrz wrzesień września zář září σεπ σεπτέμβριοσ σεπτεμβρίου вер верасень "
            "верасня вересень вересня сент сентябрь сентября сеп септембар септември سبتمبر سپتامبر",
            "d’oct d’octubre eki ekim loka lokakuu lokakuuta oct october octobre octombrie octubre okt oktobar "
            "oktober oktobris oktobro oktoober október októbra ott ottobre out outubro paź październik października "
            "spal spalio spalis urr urria říj říjen října οκτ οκτωβρίου οκτώβριοσ жовт жовтень жовтня кас кастрычнік "
            "кастрычніка окт октобар октомври октябрь октября أكتوبر اکتبر",
            "aza azaroa kas kasım lapkr lapkritis lapkričio listopadu marras marraskuu marraskuuta noiembrie nov "
            "novembar november novembra novembre novembris novembro noviembre nóv nóvember stu studeni studenoga νοέ "
            "νοέμβριοσ νοε νοεμβρίου лист листопад листопада ліс лістапад лістапада нов новембар ное ноември нояб "
            "ноябрь ноября نوامبر نوفمبر",
            "abe abendua ara aralık dec decembar december decembra decembrie decembris decembro des desember desembre "
            "dets detsember dez dezember dezembro dic dicembre diciembre dis disember déc décembre gru grudnia "
            "grudzień gruod gruodis gruodžio joulu joulukuu joulukuuta pro prosinac prosinca prosince prosinec δεκ "
            "δεκέμβριοσ δεκεμβρίου груд грудень грудня дек декабрь декабря декември дец децембар сне снежань снежня "
            "دسامبر ديسمبر",
        ),
        start=1,
    )
    for name in names.split()
}
