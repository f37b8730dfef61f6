# ruff: noqa: E501 - the lines are read more easily as they stand on pages
"""Lines around an article that sites write in ten languages, known by their words alone: the names
of their elements say nothing."""

from __future__ import annotations

import pytest

from bot.sources.formats.html.boilerplate import is_label
from bot.sources.formats.html.page import read_html

ABOVE, WITHIN, BELOW = range(3)
PAGES: dict[str, tuple[tuple[str, str, str], tuple[str, str, str], str]] = {
    "de": (
        (
            "Die Stadt hat am Dienstag mit dem Bau einer neuen Mole im alten Hafen begonnen, die bis zum Herbst fertig werden soll.",
            "„Wir warten seit dreißig Jahren auf diesen Tag“, sagte Hafenmeister Ulf Brandt, der kurz vor der Rente steht.",
            "Kritik kam von den Fischern, die während der Bauzeit an die Westseite ausweichen müssen und dort kein Eis bekommen.",
        ),
        (
            "Wir verwenden Cookies, um Inhalte und Anzeigen zu personalisieren.|Von Katrin Böhm, Neustadt|Aktualisiert am 12.03.2024, 14:05 Uhr|Lesezeit: 3 Minuten|Foto: Jens Köhler/dpa",
            "Anzeige|Lesen Sie auch|Melden Sie sich für unseren Newsletter an und erhalten Sie jeden Morgen die wichtigsten Nachrichten.|Mit der Anmeldung akzeptieren Sie unsere Datenschutzerklärung.",
            "Haben Sie einen Fehler entdeckt? Schreiben Sie uns.|Abonnieren Sie uns auf WhatsApp|Alle Rechte vorbehalten.",
        ),
        "Katrin Böhm",
    ),
    "es": (
        (
            "La ciudad empezó el martes las obras de un muelle nuevo en el viejo puerto, que deberá estar listo antes del otoño.",
            "«Llevamos treinta años esperando este día», dijo el capitán del puerto Luis Prieto, que está a punto de jubilarse.",
            "Los pescadores se quejan, porque durante las obras tendrán que ir al lado oeste, donde no hay hielo para ellos.",
        ),
        (
            "Utilizamos cookies propias y de terceros para mejorar nuestros servicios.|Por Marta Ruiz|Actualizado el 12 de marzo de 2024 a las 14:05|3 min de lectura|Foto: EFE/Jorge Zapata",
            "Publicidad|Lee también|Suscríbete a nuestro boletín y recibe cada mañana las noticias más importantes. Suscribirse|Al suscribirte aceptas nuestra política de privacidad.",
            "Sigue toda la información de Economía en Facebook y X, o en nuestra newsletter semanal.|¿Has encontrado un error? Escríbenos.|Únete a nuestro canal de WhatsApp",
        ),
        "Marta Ruiz",
    ),
    "fr": (
        (
            "La ville a commencé mardi la construction d’un nouveau quai dans le vieux port, qui doit être achevé avant l’automne.",
            "« Nous attendons ce jour depuis trente ans », a dit le capitaine du port Yves Le Goff, qui partira bientôt à la retraite.",
            "Les pêcheurs se plaignent, car pendant les travaux ils devront aller du côté ouest, où il n’y a pas de glace pour eux.",
        ),
        (
            "Nous utilisons des cookies pour améliorer votre expérience.|Par Claire Morel|Publié le 12 mars 2024 à 14h05, modifié le 12 mars 2024 à 16h10|Temps de lecture : 3 min.|Crédit photo : AFP / Jean Blanc",
            "Publicité|À lire également : Le phare de Vell|Inscrivez-vous à notre newsletter et recevez chaque matin l’essentiel de l’actualité.|En vous inscrivant, vous acceptez notre politique de confidentialité.",
            "(Avec AFP)|Vous avez repéré une erreur ? Signalez-la.|Suivez-nous sur WhatsApp",
        ),
        "Claire Morel",
    ),
    "it": (
        (
            "La città ha cominciato martedì i lavori per un molo nuovo nel vecchio porto, che sarà pronto prima dell’autunno.",
            "«Aspettiamo questo giorno da trent’anni», ha detto il comandante del porto Aldo Ferri, che presto andrà in pensione.",
            "I pescatori si lamentano, perché durante i lavori dovranno andare sul lato ovest, dove per loro non c’è ghiaccio.",
        ),
        (
            "Utilizziamo i cookie per migliorare la tua esperienza.|di Giulia Neri|Pubblicato il 12 marzo 2024 alle 14:05|3 minuti di lettura|Foto: Ansa/Paolo Bruni",
            "Pubblicità|Potrebbe interessarti: Il faro di Vell|Iscriviti alla nostra newsletter e ricevi ogni mattina le notizie più importanti.|Iscrivendoti accetti la nostra informativa sulla privacy.",
            "© RIPRODUZIONE RISERVATA|Hai trovato un errore? Scrivici.|Seguici su WhatsApp",
        ),
        "Giulia Neri",
    ),
    "pt": (
        (
            "A cidade começou na terça-feira as obras de um cais novo no velho porto, que deve ficar pronto antes do outono.",
            "“Esperamos este dia há trinta anos”, disse o capitão do porto Rui Matos, que está prestes a se aposentar.",
            "Os pescadores reclamam, porque durante as obras terão de ir para o lado oeste, onde não há gelo para eles.",
        ),
        (
            "Usamos cookies para melhorar a sua experiência.|Por Ana Lopes, de Lisboa|Atualizado em 12/03/2024 às 14h05|Tempo de leitura: 3 minutos|Foto: Pedro Lima/Folhapress",
            "Publicidade|Veja também|Assine nossa newsletter e receba todas as manhãs as notícias mais importantes. Assinar|Ao assinar você concorda com nossa política de privacidade.",
            "Siga o nosso canal no WhatsApp|Encontrou um erro? Avise a redação.|Receba as notícias no Telegram",
        ),
        "Ana Lopes",
    ),
    "pl": (
        (
            "Miasto rozpoczęło we wtorek budowę nowego mola w starym porcie, które ma być gotowe przed jesienią tego roku.",
            "„Czekamy na ten dzień od trzydziestu lat” – powiedział kapitan portu Jan Wolski, który wkrótce idzie na emeryturę.",
            "Rybacy narzekają, bo podczas budowy będą musieli przenieść się na zachodnią stronę, gdzie nie ma dla nich lodu.",
        ),
        (
            "Używamy plików cookie, aby poprawić jakość usług.|Autor: Anna Kowalska|Opublikowano: 12 marca 2024, 14:05|Czas czytania: 3 minuty|Fot. Piotr Zając / PAP",
            "Reklama|Zobacz też: Dlaczego promy drożeją|Zapisz się na nasz newsletter i codziennie rano otrzymuj najważniejsze wiadomości.|Zapisując się, akceptujesz naszą politykę prywatności.",
            "Źródło: PAP|Zauważyłeś błąd? Napisz do nas.|Obserwuj nas w Google News",
        ),
        "Anna Kowalska",
    ),
    "ru": (
        (
            "Во вторник город начал строить новый причал в старом порту, и закончить работы обещают до осени этого года.",
            "«Мы ждём этого дня тридцать лет», — сказал капитан порта Игорь Лебедев, который скоро уходит на пенсию.",
            "Рыбаки недовольны: на время стройки им придётся уйти на западную сторону, где для них нет льда.",
        ),
        (
            "Мы используем файлы cookie, чтобы сайт работал лучше.|Автор: Анна Смирнова|Обновлено 12 марта 2024, 14:05|Время чтения: 3 мин.|Фото: Олег Петров / ТАСС",
            "Реклама|Читайте также: Почему дорожают паромы|Подпишитесь на нашу рассылку и получайте каждое утро самые важные новости.|Подписываясь, вы соглашаетесь с политикой конфиденциальности.",
            "Источник: ТАСС|Заметили ошибку? Выделите текст и нажмите Ctrl+Enter.|Подписывайтесь на наш канал в Telegram",
        ),
        "Анна Смирнова",
    ),
    "tr": (
        (
            "Belediye salı günü eski limanda yeni bir iskelenin yapımına başladı, iskelenin sonbahardan önce bitmesi bekleniyor.",
            "“Bu günü otuz yıldır bekliyoruz” dedi yakında emekli olacak olan liman başkanı Kemal Aydın gazetecilere.",
            "Balıkçılar şikâyetçi, çünkü yapım sırasında batı yakasına geçmek zorundalar ve orada onlar için buz yok.",
        ),
        (
            "Size daha iyi hizmet sunmak için çerezler kullanıyoruz.|Haber: Ayşe Demir|Güncelleme: 12 Mart 2024 14:05|Okuma süresi: 3 dakika|Fotoğraf: Ali Kaya / AA",
            "Reklam|Bunlar da ilginizi çekebilir|Bültenimize abone olun, her sabah en önemli haberleri e-postanıza gönderelim.|Abone olarak gizlilik politikamızı kabul etmiş olursunuz.",
            "Kaynak: AA|Haberde hata mı var? Bize yazın.|Bizi Google Haberler'de takip edin",
        ),
        "Ayşe Demir",
    ),
    "ja": (
        (
            "市は火曜日、古い港で新しい桟橋の建設を始め、秋までに完成させる予定だ。",
            "「この日を三十年待っていた」と、まもなく退職する港長の中村一郎さんは話した。",
            "漁師たちは、工事中は氷のない西側に移らなければならないと不満を述べている。",
        ),
        (
            "当サイトではサービス向上のためクッキーを使用しています。詳しくはプライバシーポリシーをご覧ください。|文・佐藤花子|2024年3月12日 14時05分|この記事は3分で読めます|写真＝田中次郎撮影",
            "広告|あわせて読みたい|メールマガジンに登録すると、毎朝大切なニュースをお届けします。|登録するとプライバシーポリシーに同意したことになります。",
            "（共同）|誤りを見つけた方はこちらへ|LINEで友だち追加",
        ),
        "佐藤花子",
    ),
    "zh": (
        (
            "市政府周二开始在老港口修建新码头，预计秋天之前完工。",
            "“我们等这一天等了三十年。”即将退休的港务长王建国说。",
            "渔民对此不满，因为施工期间他们要搬到没有冰块的西岸。",
        ),
        (
            "本网站使用Cookie以改善您的体验。|记者 李明 通讯员 张华|2024-03-12 14:05:00 来源：新华网|阅读时间：3分钟|图/新华社",
            "广告|相关阅读：渡轮为何涨价|订阅我们的电子报，每天早晨收到最重要的新闻。|订阅即表示您同意我们的隐私政策。",
            "责任编辑：赵强|发现错误请联系我们|关注我们的微信公众号",
        ),
        "李明, 张华",
    ),
}


def lines(text: str, name: str) -> str:
    return "".join(f'<p class="css-{name}{n}">{line}</p>' for n, line in enumerate(text.split("|")))


@pytest.mark.parametrize("code", PAGES)
def test_the_lines_around_an_article_are_left_out(code: str) -> None:
    prose, around, author = PAGES[code]
    page = (
        f'<html lang="{code}"><body><div class="css-1"><h1>Orre 1</h1>{lines(around[ABOVE], "a")}'
        f"<p>{prose[0]}</p><p>{prose[1]}</p>{lines(around[WITHIN], 'b')}<p>{prose[2]}</p>"
        f"{lines(around[BELOW], 'c')}</div></body></html>"
    )
    (draft,) = read_html(page.encode(), "a")
    assert draft.body.split("\n\n") == list(prose)
    assert draft.head.author == author


@pytest.mark.parametrize(
    "sentence",
    [
        "Wir verwenden für den Boden 200 Gramm Cookies und etwas Butter.",
        "Jetzt verschickt der Verein einen Newsletter, den Kinder schreiben.",
        "Fehler gefunden hat bisher niemand.",
        "Sigue la polémica en Facebook por el muelle.",
        "Ao assinar o contrato, o prefeito prometeu um cais novo.",
        "Entre 2010 e 2020, o Facebook comprou doze empresas.",
        "Encontrou um erro na conta e avisou o banco.",
        "Segue un lungo dibattito su Facebook.",
        "Нашли ошибку в расчётах инженеры порта.",
        "Подписался на канал в Telegram и капитан порта.",
        "Tatlının üstüne çerez kullanılır.",
        "間違いを見つけた人はまだいない。",
        "写真は語る",
    ],
)
def test_a_sentence_with_such_words_is_no_label(sentence: str) -> None:
    assert not is_label(sentence)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Von Berlin nach Paris", None),
        ("Von Anna Berg, Bad Orre", None),
        ("Por Amor", None),
        ("Par Claire Morel · Publié le 12 mars 2024 à 14h05", "Claire Morel"),
        ("Von Anna Berg und Ulf Holm", "Anna Berg, Ulf Holm"),
    ],
)
def test_a_line_below_the_title_names_the_author_or_does_not(line: str, author: str | None) -> None:
    prose = "".join(f"<p>{text}</p>" for text in PAGES["de"][0])
    page = f"<html><body><div><h1>Orre 1</h1><p>{line}</p>{prose}</div></body></html>"
    assert read_html(page.encode(), "a")[0].head.author == author


def test_an_article_that_was_contributed_has_its_author_and_no_note_of_the_archive() -> None:
    prose = [
        f"<p>The lock of Orre was opened in 18{n}0, and the keeper lived there.</p>"
        for n in (1, 3, 5)
    ]
    page = (
        "<html><body><div><h1>Orre 1</h1><p>This article was contributed by Ann Weir</p>"
        f"{''.join(prose)}<p>This archive was generated by hypermail 2.1.8</p></div></body></html>"
    )
    (draft,) = read_html(page.encode(), "a")
    assert draft.head.author == "Ann Weir"
    assert draft.body.split("\n\n") == [text[3:-4] for text in prose]


def test_short_sentences_without_spaces_are_compared_by_their_letters() -> None:
    pairs = [
        ("肉をくわえた犬が橋を渡っていました。", "犬はとても満足そうでした。"),
        ("下を見ると川の中にも犬がいます。", "そこで犬は考えました。"),
        ("あいつの肉の方が大きそうだ。", "よし、肉を取ってやろう。"),
        ("欲張りすぎると結局損をするというお話です。", ""),
        ("おしまい", ""),
    ]
    story = "<br><br>".join(f"　{one}<br>　{two}" if two else f"　{one}" for one, two in pairs)
    page = (
        "<html><head><title>欲張りな犬</title></head><body><table><tr><td><a href=/>表紙</a></td></tr></table>"
        "<table><tr><td width=150>お話の目次<br><a href=a>一月</a><br><a href=b>二月</a></td><td><table><tr>"
        f"<td><font size=5><b>欲張りな犬</b></font><br><br><font size=4>{story}</font></td>"
        "</tr></table><p><a href=p>前のページへ戻る</a></p></td></tr></table></body></html>"
    )
    (draft,) = read_html(page.encode(), "a")
    assert draft.body.split("\n\n") == ["\\\n".join(filter(None, pair)) for pair in pairs]
