"""Stop words: the function words of each language, folded, question words among them.

A stop word is not indexed; it still counts in phrases. The lists are short on purpose: words
that only bind or ask. Single letters that an elision leaves (``l'``, ``d'``) are in them too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from bot.text.tokens import fold, keep_accents

_WORDS = {
    "en": """
        a an the this that these those and or but nor if then than so as of at by for from in into
        on onto to with within without about between among through during over under after before
        since until upon per via i me my mine we our ours you your yours he him his she her hers
        it its they them their theirs who whom whose which what when where why how am is are was
        were be been being do does did doing done have has had having will would shall should can
        could may might must cannot not no yes there here any some such both either neither each
        every all other another also too very just only own same more most much many few dont
        doesnt didnt isnt arent wasnt werent im youre ive cant wont s t tell whats wheres whos hows
        whens whys thats theres theyre theyve weve youve hasnt havent hadnt wouldnt couldnt
        shouldnt mustnt neednt mightnt shant youll theyll itll youd theyd whod couldve wouldve
        shouldve
    """,
    "de": """
        der die das den dem des ein eine einen einem einer eines und oder aber doch sondern denn
        weil dass ob wenn als wie in im an am auf aus bei beim mit nach von vom zu zum zur fur
        uber unter vor durch gegen ohne um bis seit ich du er sie es wir ihr mich dich sich uns
        euch ihm ihn ihnen mein dein sein seine seinen seiner ihre ihren ihrer dieser diese dieses
        diesen wer was wann wo warum wieso welche welcher welches welchen welchem wessen wem wen
        wohin woher wodurch womit wofur woraus ist sind war waren wird werden wurde wurden worden
        hat haben hatte hatten kann konnen konnte soll muss darf nicht kein keine auch nur noch
        schon so da hier dort sehr man viel viele
        jemand jemandem jemanden jemandes niemand niemandem niemanden durfen durfte konnten sollen
        sollte mussen musste wollen wollte mochte etwas weshalb wieviel wovon wozu worin worauf
        woran
    """,
    "fr": """
        le la les l un une des du de d au aux et ou mais donc or ni car que qu qui quoi dont quel
        quelle quels quelles lequel laquelle lesquels comment pourquoi quand combien si dans en
        sur sous par pour avec sans entre vers chez apres avant depuis pendant je j tu il elle on
        nous vous ils elles me m te t se s lui leur leurs mon ma mes ton ta tes son sa ses notre
        votre ce c cet cette ces cela quelqu lorsqu lorsque puisqu puisque jusqu jusque quoiqu
        quoique est sont etait etaient etre sera a ont avait avaient avoir
        eu fait peut pas ne n plus aussi tres y est-ce
    """,
    "es": """
        el la los las lo un una unos unas y e o u pero sino porque que quien quienes cual cuales
        cuando cuanto cuanta cuantos cuantas donde adonde como si de del a al en con por para sin
        sobre entre hasta desde durante tras contra yo tu ella ello nosotros ellos ellas me te se
        nos le les mi su sus este esta estos estas ese esa esos esas aquel es son era eran fue
        fueron ser sido esta estan estaba ha han habia haber hay tiene tienen no ni tambien muy
        mas ya
        puede pueden podia podria debe deben alguien nadie algun alguna alguno algunos algunas cuyo
        cuya cuyos cuyas
    """,
    "it": """
        il lo la i gli le l un uno una e ed o ma che chi cui quale qual quali quando quanto quanta
        quanti quante dove come perche se di d del dello della dei degli delle a al allo alla ai
        agli alle da dal dalla dai in nel nello nella nei nelle con su sul sulla per tra fra io tu
        lui lei noi voi loro mi ti si ci vi ne suo sua suoi sue questo questa questi queste quello
        quella e sono era erano fu furono essere stato stata ha hanno aveva avere non anche piu
        molto c cosa
    """,
    "pt": """
        o a os as um uma uns umas e ou mas que quem qual quais quando quanto quanta quantos
        quantas onde como se porque de do da dos das a ao aos no na nos nas em por pelo pela pelos
        pelas para com sem sobre entre ate desde durante eu tu ele ela nos eles elas me te se lhe
        seu sua seus suas este esta estes estas esse essa isso e sao era eram foi foram ser sido
        esta estao ha tem tinha ter nao nem tambem muito mais ja
    """,
    "nl": """
        de het een en of maar want dat die dit deze wie wat wanneer waar waarom hoe welke welk
        hoeveel waarin waarmee waardoor als dan in op aan van voor met door bij naar uit over
        onder tot tussen om te ten ter ik je jij hij zij ze wij we u mij hem haar hun ons zijn
        mijn is was waren wordt worden werd werden heeft hebben had hadden kan kunnen niet geen
        ook nog er
    """,
    "ro": """
        un o unui unei unor al a ai ale cel cea cei cele si sau dar ori ca care cine ce cand unde
        de cum cat cata cati cate cui pe in la cu din prin pentru despre fara intre spre dupa sub
        peste pana eu tu el ea noi voi ei ele isi il i le lui lor sau sa sai sale acest aceasta
        acesti aceste acel acea este sunt era erau fi fost a au avea are nu se s mai foarte
        poate pot putea trebuie cineva cuiva nimeni nimic ceva oare carui carei carora careia ii
    """,
    "ru": """
        и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее
        мне было вот от меня еще нет о об из ему когда даже ну ли если или ни быть был была были
        него до вас нибудь они тут где есть надо ней для мы тебя их чем чего сам чтоб без чего раз
        тоже себя под будет кто этот эта это эти того потому этого какой какая какие какое каких
        каком какую какого каким сколько почему зачем куда откуда который которая которое которые
        при об после над через между является
        можно может могут мог могла могло могли нужно должен должна должно должны чей чья чье чьи
        чьего кого кому ком кем чему либо являются каково
    """,
    "tr": """
        ve veya ya da de ile icin gibi kadar gore ama fakat ki bu su o bir her ne nasil neden
        nicin niye kim kimin kime hangi hangisi nerede nereye nereden kac ne zaman mi mu dir dır
        olan olarak oldu olmak olmus var yok ise en cok daha sonra once
        nedir neyle neler neleri neye neyi kimdir kimi kimler kimlerin kiminle hangileri neresi
        nasıldır midir mü mı mıdır mudur müdür vardır yoktur değil değildir biri birinin birini
        birine birisi
    """,
    "el": """
        ο η το οι τα του της των τον την τους τις ενα ενας μια μιας ενος και ή αλλα ομως αν οτι
        που ποιος ποια ποιο ποιοι ποιες ποιον ποιου ποιας τι ποτε πως γιατι ποσο ποσα ποσοι ποσες
        ποση σε στο στη στην στον στους στις στα απο με για προς κατα μετα πριν χωρις μεταξυ υπο
        ως εως αυτος αυτη αυτο αυτοι αυτες αυτα ειναι ηταν εχει εχουν ειχε ειχαν να θα δεν μη μην
        οταν οπως εγω εσυ εμεις μου σου μας σας τοτε πιο επισης οποιο οποια οποιος οπου
        μπορει μπορουν μπορουσε καποιος καποια καποιο καποιου κανεις κανενας κανενος πρεπει τινος
        ποσος ποιων ποιους
    """,
    "ar": """
        في من على الى إلى عن مع هذا هذه ذلك تلك التي الذي الذين ما ماذا متى أين كيف كم لماذا هل أي
        أية من و أو ثم أن إن كان كانت يكون تكون هو هي هم لم لا ليس قد كل بعد قبل عند بين حتى كما
        لكن به بها له لها فيه فيها عليه عليها منه منها التى الذى لدى خلال حول دون سوف
        يمكن يجوز لمن بمن بماذا بأي لأي وأي ومتى وأين أحد أحدا وفي ومن وعلى وعن وإلى ولا ولم وما
        وهو وهي وهذا وهذه وقد وكان وكانت وأن وإن فإن بأن لأن مما بما فيما
    """,
    "hi": """
        का की के को में से पर ने और या है हैं था थी थे हो होता होती होते हुआ हुई हुए यह ये वह वे
        इस उस इन उन जो कि क्या कौन कौनसा किस किसने किसे किसके किसकी किसका कब कहाँ कहां क्यों कैसे
        कितना कितनी कितने भी ही तो एक लिए साथ तक द्वारा कर करने करता करती करते किया गया गई गए जा
        रहा रही रहे अपने अपनी अपना नहीं अधिक बाद थे
        कौनसी कौनसे कैसा कैसी किन किन्हें किधर
    """,
    "vi": """
        và hoặc nhưng của là các những một trong ngoài trên dưới với cho từ đến để bởi do tại ở
        khi nào gì ai đâu sao thế bao nhiêu như này đó kia ấy được bị đã đang sẽ có không cũng rất
        thì mà nên vì theo về ra vào lại hay họ nó chúng tôi
        cái mấy
    """,
    "sv": """
        en ett den det de och eller men att som om nar var varfor hur vem vad vilken vilket vilka
        i pa av for med till fran under over mellan efter fore jag du han hon vi ni sig sin sitt
        sina ar var har hade kan ska skulle blev blir inte ocksa denna detta dessa
    """,
    "da": """
        en et den det de og eller men at som om nar hvor hvorfor hvordan hvem hvad hvilken hvilket
        hvilke i pa af for med til fra under over mellem efter jeg du han hun vi sig sin sit sine
        er var har havde kan skal skulle blev bliver ikke ogsa denne dette disse
    """,
    "no": """
        en et ei den det de og eller men at som om nar hvor hvorfor hvordan hvem hva hvilken
        hvilket hvilke i pa av for med til fra under over mellom etter jeg du han hun vi seg sin
        sitt sine er var har hadde kan skal skulle ble blir ikke ogsa denne dette disse
    """,
    "fi": """
        ja tai mutta etta joka jotka jonka joita kun jos kuin kuka ketka mika mitka mita missa
        milloin miksi miten kuinka monta on oli ovat olivat olla ollut ei han se ne he mina sina
        me te taman tama nama myos vain
    """,
    "pl": """
        i w we na z ze do od o po za dla przez przy nad pod miedzy bez oraz a ale lub albo ze
        ktory ktora ktore kto co kiedy gdzie dlaczego jak jaki jaka jakie ile czy czym jest sa byl
        byla bylo byly byc zostal zostala nie tez sie to ten ta te tego tej jego jej ich on ona
        ono oni
        ktorej ktorego ktorym ktorych ktoremu ktorzy ktorymi kogo komu kim czyj czyja czyje czego
        czemu dokad skad ilu iloma jakiego jakiej jakich jakim jakimi ktos kogos komus
        moze moga moge mozemy mozna mogl mogla powinien powinna powinno trzeba wolno
    """,
    "cs": """
        a i v ve na z ze do od o po za pro pri nad pod mezi bez nebo ale ktery ktera ktere kdo co
        kdy kde proc jak jaky jaka jake kolik je jsou byl byla bylo byli byt neni take se si to
        ten ta te tento jeho jeji jejich on ona oni
    """,
    "hu": """
        a az egy es vagy de hogy ami amely aki ki mi mikor hol miert hogyan milyen melyik hany
        mennyi van volt lesz nem is csak ez ezt azt en te o mi ti ok meg mar
    """,
    "id": """
        yang dan atau tetapi di ke dari pada untuk dengan oleh dalam ini itu adalah apa siapa
        kapan mana mengapa bagaimana berapa tidak juga akan telah sudah dapat bisa sebagai ia dia
        mereka kami kita saya
    """,
}

_UNSPACED = {
    "zh": """
        什么 什么样 什么时候 怎么 怎么样 怎样 如何 为什么 为何 谁 哪 哪个 哪些 哪里 哪儿
        哪种 哪位 何时 何地 何处 多少 多久 几个 吗 呢 什麼 什麼樣 什麼時候 怎麼 怎麼樣
        怎樣 為什麼 為何 誰 哪個 哪裡 哪裏 哪種 何時 何處 幾個 嗎
        多少钱 多少錢 几点 几点钟 幾點 幾點鐘 几岁 幾歲
    """,
    "ja": """
        何時 何人 何年 何月 何日 何曜日 何歳 何個 何回 何冊 何円 何と 何が 何を 何の 何か 何で
        何ですか 誰 いつ どこ どの どれ どちら どんな どう どうして どうやって
        どのように なぜ いくら いくつ
    """,
    "th": """
        อะไร ใคร ที่ไหน ที่ใด เมื่อไร เมื่อไหร่ เมื่อใด ทำไม เพราะเหตุใด อย่างไร ยังไง เท่าไร เท่าไหร่ เท่าใด กี่ ไหน ใด
        หรือไม่ หรือเปล่า บ้าง
    """,
}
"""Of languages that write no spaces, only what asks: it is cut out wherever it stands, and other
function words are parts of too many words: to cut them out as well took one to three points off
top-1."""

UNFOLDED = frozenset({"vi"})
"""Languages whose accents tell words apart, and stay."""


def form_of(language: str) -> Callable[[str], str]:
    """Return a function that gives a lower-case word of the language the form in which it is
    compared."""
    return keep_accents if language in UNFOLDED else fold


def in_form(listed: str, language: str) -> str:
    """Return a list of lower-case words in that form; what separates them stays."""
    if listed.isascii():
        return listed
    form = form_of(language)
    return re.sub(r"[^\s,;|]+", lambda word: form(word[0]), listed)


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the language's stop words as its tokens are folded; none for one that has no list."""
    words = _WORDS.get(language, "") + _UNSPACED.get(language, "")
    return frozenset(in_form(words, language).split())


@cache
def unspaced_stop_words(language: str) -> re.Pattern[str] | None:
    """Return a pattern that finds the stop words of a language written without spaces, the longest
    first; None for any other language."""
    words = _UNSPACED.get(language, "").split()
    return re.compile("|".join(sorted(words, key=len, reverse=True))) if words else None
