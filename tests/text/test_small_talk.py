"""Small talk in twelve languages, and questions that are none."""

from __future__ import annotations

import pytest

from bot.core.seams import SmallTalk
from bot.text.small_talk import remark, small_talk

TALK = {
    "greeting": """
        hiii | Hello everyone! | good evening folks | r u awake? | how's it going today? | hey bot |
        Hallo zusammen | Wie geht's dir? | buenas tardes | ¿qué tal estás? | Bonjour à tous |
        ça va ? | oi, tudo bem? | Ciao a tutti! | come stai? | Hoi, hoe gaat het? | Привет! |
        как дела? | merhaba arkadaşlar | nasılsın? | 你好 | 大家好！
    """,
    "farewell": """
        bye for now | see you later | tschüss | hasta luego | au revoir | até logo |
        arrivederci | tot ziens | до свидания | görüşürüz | 再见
    """,
    "thanks": """
        thanks a lot! | thank you so much for your help | thx | Vielen Dank | muchas gracias |
        merci beaucoup | muito obrigada | grazie mille | dank je wel | спасибо большое |
        çok teşekkür ederim | 谢谢你
    """,
    "praise": """
        that was really helpful | you're amazing | good bot | super gemacht | eres genial |
        tu es génial | você é ótimo | sei bravissimo | je bent geweldig | ты молодец |
        harikasın | 你真棒
    """,
    "insult": """
        you are so stupid | this bot sucks | that's not what I asked | du bist dumm |
        eres un inútil | tu es nul | você é burro | sei stupido | je bent dom | ты дурак |
        aptalsın | 你真笨
    """,
    "acknowledgement": """
        okay then | got it | I see | never mind | alles klar | de acuerdo | d'accord | tá bom |
        va bene | begrepen | понятно | tamam | 知道了
    """,
    "laughter": """
        hahahaha | lol | jajaja | mdr | rsrs | ahahah
    """,
    "help": """
        help | what can you do? | how do I use this bot? | what can u do |
        can I ask you something? |
        Was kannst du? | ¿qué puedes hacer? | comment ça marche ? | o que você faz? |
        cosa sai fare? | wat kun je? | что ты умеешь? | ne yapabilirsin? | 你能做什么？
    """,
    "identity": """
        who are you | are you a real person? | r u human or ai? | are you ChatGPT? |
        what language do u speak | what's your name? |
        who built you? | tell me a joke | bist du ein Mensch? | ¿eres un robot? | qui es-tu ? |
        você é um robô? | sei un bot? | wie ben je? | ты бот? | sen kimsin? | 你是谁？
    """,
    "quit": """
        quit | exit | stop it | Ende | salir | arrête | sair | esci | stoppen | выход | çıkış |
        退出
    """,
    "test": """
        test | testing 1 2 3 | is this thing on? | prueba | essai | prova | тест | deneme | 测试
    """,
    "catalogue": """
        what articles do you have? | list all articles | which topics can I ask about? |
        Welche Artikel hast du? | ¿qué artículos tienes? | quels articles as-tu ? |
        quais artigos você tem? | quali articoli hai? | welke artikelen heb je? |
        какие статьи у тебя есть? | hangi makaleler var? | 你有哪些文章？
    """,
    "summary": """
        tl;dr | summary please | Zusammenfassung bitte | resumen | résumé | resumo | riassunto |
        samenvatting | краткое содержание | özetle | 总结一下
    """,
    "emoji": """
        👍 | 🙏🙏 | :) | <3 ;-)
    """,
}
QUESTIONS = (
    "Who is the mayor? | Who made the clock? | What is a test drive? | How old are the bells? | "
    "What time do they stop selling tickets? | thanksgiving opening hours | good hotels in Nice | "
    "Is the bot account allowed to post? | help desk phone number | Who wrote Hello, Dolly? | "
    "What does the summary of the report say about costs? | how many articles has the treaty? | "
    "when does the night bus leave | Wer hat die Brücke gebaut? | ¿Quién construyó el puente? | "
    "Qui a construit le pont ? | Quem construiu a ponte? | Chi ha costruito il ponte? | "
    "Wie heeft de brug gebouwd? | Кто построил мост? | Köprüyü kim yaptı? | 谁建造了这座桥？ | "
    "r u allowed to fish there? | ?! | … | #1 | 1612"
)


@pytest.mark.parametrize(
    ("topic", "text"),
    [(t, " ".join(text.split())) for t, texts in TALK.items() for text in texts.split(" |")],
)
def test_small_talk(topic: str, text: str) -> None:
    found = small_talk(text)
    assert found is not None
    assert found.topic == topic


@pytest.mark.parametrize("text", QUESTIONS.split(" | "))
def test_questions_are_no_small_talk(text: str) -> None:
    assert small_talk(text) is None


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Could you please summarise the ferry article?", "ferry"),
        ("hi, give me a short summary of the bridge story", "bridge"),
        ("tldr of the harbour plan", "the harbour plan"),
        ("Kannst du den Artikel über die Fähre zusammenfassen?", ""),
        ("résume l'article", ""),
        ("could you summarise the article for me?", ""),
        ("riassumi l'articolo", ""),
        ("résume l'article sur le pont", "l'article sur le pont"),
        ("请总结一下这座桥的文章", "这座桥的"),
    ],
)
def test_a_request_for_a_summary_says_of_what(text: str, about: str) -> None:
    assert small_talk(text) == SmallTalk("summary", about)


def test_the_most_telling_of_several_phrases_counts() -> None:
    assert small_talk("hello bot, what can you do? thanks!") == SmallTalk("help")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("welche Fragen kannst du beantworten?", "help"),
        ("bist du eigentlich ein Programm?", "identity"),
        ("de nada, gracias a ti", "thanks"),
        ("¿tú quién eres?", "help"),
        ("jakie pytania mogę ci zadać?", "help"),
        ("do you like pizza?", "identity"),
        ("magst du Pizza?", "identity"),
        ("¿te gusta la pizza?", "identity"),
        ("tu aimes la pizza ?", "identity"),
        ("você gosta de pizza?", "identity"),
        ("ti piace la pizza?", "identity"),
        ("hou je van pizza?", "identity"),
        ("ты любишь пиццу?", "identity"),
        ("pizza sever misin?", "identity"),
        ("你喜欢披萨吗？", "identity"),
    ],
)
def test_a_remark_to_the_bot_in_words_of_small_talk(text: str, topic: str) -> None:
    assert small_talk(text) is None
    assert remark(text) == SmallTalk(topic)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Kennst du die Mühle?",  # a word of its own
        "Wer ist das?",  # speaks to nobody
        "What can you do there?",  # "you" is anybody
        "Do you need a doctor after a bite?",
        "du",
        "du " * 13,
    ],
)
def test_what_is_no_remark(text: str) -> None:
    assert remark(text) is None
