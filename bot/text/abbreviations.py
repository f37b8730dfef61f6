"""Abbreviations by language: words whose full stop does not end a sentence.

The facts are those of the sentence break suppressions of the Unicode CLDR (de, en, es, fr, it, pt,
ru), of the languages' own orthographies and dictionaries for the others; what is an everyday word
as well ("all.", "bien.", "so.") is left out, or stands among those before numbers. All are lower
case, without the last full stop. Single letters, and letters with full stops between them ("z.B.",
"e.V.", "s. r. o."), are taken for initials and need no entry.
"""

from __future__ import annotations

from functools import cache

from bot.text.stopwords import stop_words

_EVERYWHERE = """
    mr mrs ms mx dr prof rev hon pres gov sen rep gen lt col maj capt cmdr adm sgt cpl pvt brig st
    mt ft fr msgr messrs mme mlle supt insp det atty amb co inc ltd corp jr sr bros etc jan feb apr
    jun jul aug sep sept oct nov dec tue tues thu thur thurs vs viz cf al ca dept univ assn mfg eds
    trans orig ph.d m.d ll.b b.sc m.sc d.phil e.g ave blvd rd hwy apt sq bzw usw vgl evtl ggf inkl
    str hr frl hrsg geb gest jh sog v.chr n.chr sra srta dña ee.uu págs av admón mgr p.ex éd sigg
    dott ecc dhr mevr drs bijv blz т.е т.д т.п т.к г гг в вв др им ул руб млн млрд тыс см напр ок
    проф dvs bl.a mio mrd dl ee uu doç vb bkz yy ts tp ths gs pgs डॉ प्रो पं श्री δηλ βλ αι αρ ibid
    op.cit
"""
"""Abbreviations of any text: names, titles and sources of other languages occur in all of them."""

_TITLES = """
    mr mrs ms mx dr prof rev hon gov sen gen lt col maj capt cmdr adm sgt cpl pvt brig msgr
    messrs mme mlle supt insp amb sr sra srta sres dra dña lic lcdo lcda ldo lda ing arq dott avv
    sig sigg drs dhr mevr mons ilmo ilma excmo excma rvdo frl hrn hr fru frk
    mudr judr phdr mgr ing drsc rndr paeddr mvdr
    проф акад доц инж ген канд ул пл пер просп пгт гос тов гр г-н г-жа
    ul np inż mec ks kpt tzv napr např tj
    डॉ प्रो पं श्री
"""
"""Abbreviations that always precede a name: not even a word that begins sentences ends one
there."""

_BEFORE_NUMBERS = """
    no nos nr n° nº núm num vol vols p pp s fig figs ch sect sec para art arts pág pag págs blz
    abs kl klo cap chap kap rozdz ст стр рис табл гл том č čl чл бр par § ziff tab abb eq
    mar may ago ene abr dic lun mié jue vie sáb dom ott max min máx mín hal
    obr rys cz т п № tel tlf puh тел кв д корп okr vyd
"""
"""Words that are abbreviations only before a number, because elsewhere they end sentences as
words."""

_BY_LANGUAGE = {
    "en": """
        abbr acad adj admin adv ala alta approx ariz ark assoc asst berks bldg bucks calif cambs
        cent cert chem colo comm conf conn const cont contd cor ctr def del diff dist div ed edn
        educ elec encl eng engr eph equiv esq est exch excl exec ezek fla freq fwd govt hants heb
        herts hist hos hosp hq hwy illus incl ind inst intl isa jct jer kan ky lancs lang lbs leics
        lib lic lincs lt.cdr ltd maint mech med mem mich minn misc mo mont mph mtg mtn nat natl neb
        neg ness nev nom notts obj obs okla ont org oxon oz pa penn pers pharm philos phys pkg pkwy
        pl pop poss prelim prep proc prod pron prov ps pseud publ qty que recd ref reg repl req res
        ret ry sask sched sci sec secy ser sig soc sp spec sq sta staffs stat subj suppl surg tel
        tenn terr tex univ va var vic vocab vt wilts wis wk worcs wt wyo yorks yr yrs zech
    """,
    "de": """
        abb abf abk abs abschn abt abw adj adr adv afrik ahd akad akk akt allg amtl anat anh anl
        anm ao apr arab arch art asiat asp ass.prof attr aufl aug ausg ausschl ausspr ausst bauw bd
        bde bed beil bem ber bes bez bhf bibl bibliogr biogr biol br brit bsp bspw buchst bzgl ca
        chem chin chr christl dat dergl ders desgl dez dgl dim dipl dipl.-ing dipl.-kfm dir diss dt
        dtzd ebd ehem eidg eig eigtl einf einh einschl engl entspr entw erf erg erl erw etw europ
        ev evang exkl fa fam fdg ff fn folg forts frankr franz frz fußn gde gebr gedr geg gegr gek
        gem geogr geograph geolog ges gesch geschl gest gez ggfs ggü grch griech hbf hebr hist hl
        hpts hptst hrn hrsg hzg ind inf ing inh insb insbes inst intern internat ital jahrg jahrh
        jan jap jew jhd jhdt jhrl jhs jmd jmdm jmdn kap kath kaufm kfm kgl kl konv landw lat lfd
        lit lt ltd luth math med mhd milit mind mitt mschr msp mtl mwst möbl nachf nachm neutr
        niederl nov nr nwl näml nördl o.univ.-prof obj okt op orient orth pfd phil phys pl plur pol
        polit prot prov proz präs pseud psych qu rd red reg reg.-bez rel relig rep russ röm
        röm.-kath schles schr schw schweiz schwäb sek sept skand slaw sog sogen sommersem spez
        spezif sr std stdn stellv str städt sv sächs südd südl tab teilw tel th theol tsd tägl u.a
        u.ä univ univ.-prof unveröff urspr ursprüngl usf verb verd verf verh verl verm versch verw
        veröff vgl viell vorauss vorm vors vorw westl wg wirtsch wiss wz z.hd z.zt zit zool zt ztr
        zus zuzgl zzgl zzt österr östl
    """,
    "es": """
        abog abr adj admón afma afmas afmo afmos ago almte ap apdo arq art arts atte av avda bco
        bibl bol cap caps cc.aa cdad cfr cjón coord corp cra cta cte ctvo cént cía dcha dcho depto
        deptos desc desv dic dicc dir disp doc docs dpto dptos dr dra dras drs dto dtor dña ed
        ee.uu ej ene entlo esc excma excmas excmo excmos exma exmas exmo exmos fasc fca fdo feb
        febr ff.cc fig figs fol fund gdor gob gral gralmte hno hnos id ilma ilmas ilmo ilmos impr
        impto inc incl ing inst intr izda izdo izq izqda izqdo jj.oo jue jul jun lcda lcdo lda ldo
        lic licda licdo ltd ltda ltdo lun may min mié miérc mons mss mtro n.º nov ntra ntro núm obs
        oct op p.ej pdo pl ppal pral pref pres prev prof profa prov pról ptas pts pza pág págs párr
        párrf rda rdo rdos ref reg rev rr.hh rte rvdmo rvdmos rvdo rvdos s.a sdad sec secr seg sept
        sig sr sra sras sres srs srta srtas ss ss.aa ss.mm sta sto sáb tamb tel teléf tfno trad tít
        ud uds urb v.gr var vda vdo vid vie vol vols vto
    """,
    "fr": """
        abrév acoust adj adm adr anc ann anon append apr arr art assoc auj aux av avr bd bibl boul
        broch bull c.-à-d c.q.f.d cam categ catég chap circ coll collab comm compl config contr
        coord dest dict dim dir doc déc dép dépt encycl env ex exempl exp fac fasc fig fém févr
        gouv graph gén hab hist hôp ibid illustr imm impr imprim indus inf ingén inst intr introd
        j.-c janv juil jur lib litt lun mar masc math mgr mlle mlles mm mme mmes mus myth nb niv
        nov num obs oct op ouvr p.-d paragr pl pop pp prof prov préf prés rel rem resp réf rév sect
        sept sing sq sqq ste subst suiv sup suppl symb synth syst trad trav tél univ v.-à-d ven
        voit vol vx zool éd édit équiv établ éval
    """,
    "it": """
        abbr abbrev acc agg all alm amm ant app approx arch art artt ass assoc ave avv az bibl c.so
        cap capp cav cfr cit civ cod col coll com comm comp condiz cons cont corr cost ctg d.p.r
        dic dip dipart dir dir.amm disp div doc dott dott.ssa dr dra ecc eccl econ ed edd es estr
        etim europ fac fasc fatt febbr fig figg fil fisc fr ft gen genn geom giorn giov giu gov
        ibid id ill imp ing ingg int introd ist it lat lett lib lit lug mag mart mer merc mitt mod
        mons ms mss nap naz nn nov obbl ogg on onn op ord orig ott pag pagg par parr pers pol pref
        prep pres proc prof prof.ssa profs prov psicol pubbl racc rag rep repubb ric rif rist rit
        rom sab sac sc scient seg segg sen sett sez sig sig.na sig.ra sigg soc spec spett ss suppl
        sv tab tav tel temp tit tr trad trim univ urb ven ver vesc vol voll vs
    """,
    "pt": """
        abr abrev adj adm adv aer ago agric al alm anat ap apart apt arit arq arqueol arquit art
        astron aut autom aux av avda bibl biogr bras btl cap caps cat cel cent cf cia cit col comp
        compl cons cont contab créd cx círc cód dep dept des desc dez dipl dir div doc dr dra dras
        drs déb ed educ elem eletr eletrôn end enf eng esp est etc ex exma exmo fac fasc fem fev
        fig figs fil filos fisiol fl fls fot fís gen geom gov gram gên hist ilma ilmo ind ing ingl
        inst jan jul jun jur lat ling lit liter ltda mat matem min mov mun máq máx méd mín mús neol
        nov náut núm obs odont odontol org organiz out pal pe pol port pq pref prod prof profa
        profª proj pron prov próx psicol pte pág págs quím ref reg rel relat rem rep res rod sec
        seg set soc sociol sr sra sras sres srs sta sto sup séc símb tec tecnol tel trad transp tít
        univ v.gr vol vols álg índ
    """,
    "nl": """
        aanbev aant afb afd afl alg arr art artt ass betr bev bijl bijv bijz blz bnw bv ca cf dd
        derg dhr dir dl dln dr drs ds ed eig enz etc ev evt excl fa fam fig fr geb gebr gem gen
        gesch gr hfdst hist hoofdst hs hst i.p.v i.v.m incl ing inkl inl ir jg jhr jkvr jl jr kap
        kath kb kon l.s lat lt m.b.t m.m med mej mevr mgr mill mld mln mr mv n.a.v n.v.t nl nr nrs
        o.a o.l.v ong onl opm p.a pct penn plm plv prof prot prov ps red ref resp sec secr soc sr
        st str t.a.v t.b.v t.o.v t.w.v tel temp toel uitg univ v.chr v.d verg verk vgl vlg vnl vnw
        vol voorz vs wnd z.o.z zg zgn zn
    """,
    "da": """
        adm adr afd afs alm amr ang ank anm ansvh apr arb arr art aud aug autor bd bem bet bl bl.a
        bot bygn ca cand chr cirk d.d dec dep dir disp distr div dobb dok dr eftf egl eks ekskl
        eksp ekspl ell evt f.eks f.kr fa fakt feb fg fhv fig fmd foreg foren forf forh fork forr
        fors forsk forts fr frk fu fys fær g.d gdr gl gns gr grdl hd henh henv hhv hist hr hrs ib
        ibid ifm iht ill indb indl ing inkl insp instr isl istf jan jf jfr jnr jr jul jun jur jvf
        kap kbh kgl kl komm konst kont korr kpt kr kst kt lab lat lb lejl lic lign litt lok lrs ltr
        m.a.o m.fl m.m m.v mag maks mat matr md mdl mdr medd medl mfl mht mia mill mio mods mrk mv
        mvh n.n ndf nedenst no nov nr nuv obj obl obs off okt omg omkr omr opg opl opr org orig osv
        ovenst overf overs ovf p.a p.b.v p.g.a p.t part pct pers pga pgf ph pk pkt pl polit pos pr
        prc prod prof pron pseud pt ptas pæd red ref reg rep repr resp rk russ s.u sc sek sekr sen
        sep sept skr skt soc sp spec spm spr st stk str stud suppl sv sædv t.h t.o.m t.v tdl tekn
        temp th tidl tilf tilh tils tilsv tlf tr u.å uafh ubest udb udd udg ugtl undt univ v.f vedk
        vedl vedr vejl vh vol vs yngl årg årh årl ær øv øvr
    """,
    "no": """
        adm adr afd alm ang anm art avd bd bl bl.a ca cand d.d d.v.s dir div dr dvs eg eks ekskl
        ekspl etg etterf ev evt f.eks f.kr fig fmk forf forkl forts fr frk fylkesm g.nr gl gnr gr
        hhv hr hum iflg ifm ing inkl instr jf jfr jnr kap kgl kl komm kr kst kv l.nr lat lnr lø m.a
        m.a.o m.fl m.m m.v mag maks md mfl mht mill mnd moh mrd mv mva nr nuv o.l obs off org osb
        osv overs p.g.a p.t pga pkt pl prof pst pt red ref reg resp rk s.a s.k sek sekr sen sign
        skt sml sp spes spm st stk str stud sv t.d t.o.m tab tekn tidl tlf tlgr univ utg v.f v.g
        vedr vol vs årg årh
    """,
    "sv": """
        adr anm art avd bd bil bl bl.a ca d.v.s dir div doc dr dvs e.d e.kr eg ekon el em enl etc
        ev evtl ex exkl f.d f.kr f.m f.n f.o.m f.ö fak fam fig forts fr frk fö föreg föreläsn förf
        förk förm g.m gm hr hum i.o.m inkl inst jfr jur kand kap kl kr kungl kyrk lic lör m.a.o
        m.fl m.h.a m.m mag maj max med milj min mkt mom mån n.b nr nuv o.d o.dyl o.s.v obs omkr ons
        op ordf orig osv p.g.a pga pl prel prof prop red ref reg resp s.a.s s.k sekr sen sid sign
        skr sp st str stud styr sv sön t.ex t.h t.o.m t.v tab tekn tel tfn tim tis tjg tor tr univ
        uppl utg utv v.d vb vol vs åld årg årh öv övers
    """,
    "fi": """
        aik alk alkup ao ap apul arkkit arv dipl dos ed eds ehd ekon ekr em emt engl ent esim ev
        evp fil filos hallintot henk hist hra huh hum hum.kand huom hv ilm ins ip jatk jhk jk jkr
        jms jne joht jr juht julk kand kapt kassanh kauppat kirj kk ko kok kpl kr ks ksp kts kuv
        lakim lat lausek lehd liikennet lis lk luutn lyh lääk maat maist maj mat merk milj mk mm
        mom mrd ms muist museot nk nro ns nyk oik ok op opp os osk ost ovt pj po pp prof pros puh
        puhj pvm pääll ransk rev rouv ruots rva s.a saks sanom siht sis sit so sunn suom sv synt
        tal tark tav tekn teol th tilap tms toht toim toimitusjoht tp tpv tri ts tsto tuom ty ulk
        uud v.a v.t va valt valtiot vars venäj vk vko vm vmp vpj vrk vrt vs vt vv yhd yht yks
        yleisr ylik ym yms yo yp
    """,
    "pl": """
        adm adr akad al ang arch art bibl bp br bryg cd cm cyt cz czerw czyt czł dh dn doc dod dosł
        dot dr ds dyr dz dł ew fot fr franc gen godz gosp gr grec grudz gł hab hist hr inf inż itd
        itp jap jez jw kard kat kier kl km kol kom kośc kpt kr ks księg kw kwiec lek lic licz lip
        listop lit m.in m.st maks marc mat mec med mgr mies min mjr mk mld mln mł n.e nadkom nal
        nast nb niem np nr ob obr obw odc odp ok op oprac org os otrz p.n.e pn poch pocz pod podkom
        podp pok pol pom por pos pow poz ppor ppłk pr prac prez proc prof prok prow przekł przew
        przyp przyst ps pt pw pyt płk r.n.e red reg rej ros roz rozdz rozm rtm ryc rys rz sek sen
        sierp skr sp sp.zo.o spec społ st star stow str stycz sz szer szt tab tel tj tow trz tys
        tyt tzn tzw tłum ub ul ur ust uwg wieś woj wrz wsch wsp współcz wyd wykł wyst wzgl węg wł
        zach zam zast zał zb zewn zm zn zob zw zł łac ślr śp śr św
    """,
    "cs": """
        a.s adj akad angl apod arch art atd atp bl bulh bř c.k cca cit dat dipl doc dop dr drsc dř
        el ev fil franc fyz gen geogr hl hod hosp ing it jap jud judr kap kat kl kol kpr kpt kr
        kupř kř lat líp m.j maď mgr mil min mj ml mld mluv mn mob např nar nov náb nám něm obch obr
        obv odb odd odst okr op orig os ot pedg phdr pok pol popř por pozn pplk ppor pr prof prop
        prov př předs překl příd příl pův r.o red ref resp rev rndr roz roč rt rus s.p s.r.o samost
        sb sev sg sk slang soc souv spol srov st stol str stř sv t.j t.r t.č tab tech tel tis tj
        tur tzn tzv tř ul umř verš vl voj vs vyd vyj vz výt vč zahr zal zast zdr zejm zm zn zv zák
        úř č čes čl čp čs čsl ř řec řím šk šv žel
    """,
    "sk": """
        a.s adj akad ang apod arch atp atď bc bl cca doc dopl dr drsc el etc ev fr gen hl hod inc
        ing jr judr kap kol konkr ks kt lat mag maď mgr mil min mjr ml mld mn mudr mvdr nap napr
        naprk naz nem nešp nám nár obr obv obyv odb odd odst okr op os ost paeddr pedg phd phdr plk
        pod pok pol por pozn pp ppor pr pred prek prof príl príp písm r.o red resp rndr roz rozh
        roč rsdr rus s.r.o skr sl soc sp spol sr sr.n st stor str stred sv súkr tab tal tel tis tj
        tl tr tu tvz tzn tzv ul univ v.sp var vl vyd vz vš zb zdravot zn zs zv zák ú č čl čs čsl šp
        šport št
    """,
    "hu": """
        bek bp cca cm csüt d dec dk dny dr du ed ev eü fejl felv felügy fn franc fsz főig gim gy
        hiv honv htb i.e i.sz id ifj ig igh ill ing int isk itt jan jegyz júl jún kat kb ker kft
        kiad kir kiv kk km kny kp kt ld lh ltp megh megj min mn mv nb nov nr ny nyrt né okl okt old
        orsz pf pl pol prof pu red rk rkp röv sgt sk stb strt sz szd szept szerk szfv szh szjt szla
        szül tan tel tkp tszf tszj tv tü u ui uo ur v.ö vb vh vm vsz vö zrt zs ált ép érk özv ún
    """,
    "ro": """
        a.c abr acad adj adv al alin amb ap apr apt arh art asist aug av bd bibl bis bl bld bul cca
        cf chim cit cod col com conf cons cont coord cpt dec dep dir dl dlui dna dnei doc dr dvs ed
        etc ex fac febr fig fr gen geogr gr hot hr ian ibid id ing inst int intr ist iul iun jr jud
        lat lb lct lec lic lit lt lt.col ltd mag maj mii mil min mld mln mun n.a n.n n.red nov nr
        obs oct op or ord orig pag par pct pers pl plt pr pref prep pres prof prov pt red ref reg
        rev rom s.a s.a.m.d s.n sec sect sept sf sfta sg sgt st str subl supl tel teol tov trad
        univ urm v.chr vol înv ș.a șt
    """,
    "hr": """
        akad br dipl dir dj doc dr dsc fak fra g gl god gr gđa gđica hrv ing ist itd itsl izd jr
        kat kbr kn lat lok m.o m.sc mag med mil min mj mlrd mons mr mr.sc nad nakl nar naz njem npr
        obl odn odv op op.a opć os ož pod pogl por potpuk pr pr.n.e predsj prev prim prir prof r.b
        red rkt rod sc sj slov soc sr st stoljeće str stud sv talij tel tis tj tr tv tzv ul univ
        usp uč v vd vel vlč vo vol zap zb znan č čit čl žup
    """,
    "tr": """
        a.ş alb alm apt ar ark asb astsb av bk bkz bl bn bnb bsk böl bşk cad cev d.b doç doğ dr dçn
        ecz ed edb emr erm f.y fak fel fiz fr gal geo gn gzt gön hak hek hev hl hst hz hük ing inş
        ist işl kat kd kim km koor korg kütüp lat ltd m.s m.ö mah mat md mec mer min müd müh mür
        onb ord org orgen par pl plt prof psikol ruhb s.b sb sn sok sos ss st t.c tar tel tls tug
        tuğg tüm tümg unv v.b v.d v.s vb vd vs y.mim yb yd yrb yrd yy yzb yüzb zf çev çvş örn öz
        üni ünl üçvş şb şt şti
    """,
    "et": """
        aj akad apr art aug ca dets dir dots dr e.m.a ea ehk ek esm ets fil gen hr ibid inf ingl
        insp inst jaan jm jn jne jr jt juh juul juun k.a kd khk kindr kl km knd kod kol koost kp
        kpt krt ktn lad lg lk lm lp lüh m.a.j m.s.s mag mh min mj mjr mnt mr mrd mrs nim nn nov nr
        nt ntk okt org osak p.o ph pms pr prl prof ps pst ptk pts puhk rk rkl rmtk rtj s.o s.t saj
        sealh seals sept sh skp sm st stj suurt svh tel tg tk tl tlk tn toim tr trt trük tv ty u.k
        u.s uus v.a van veebr vm vms vrd vst vt ülal
    """,
    "ru": """
        авг авт адм акад англ апр арх архит асс б бум быв бывш в-во вв вкз вкл вост вступ вып выс
        г-жа г-н гг ген геогр геол гл гос гр гражд губ д-р дек ден деп дер дир дисс доб докт долл
        доп доц др древ ед ежедн ж жит зав загл зам зап заруб засл зн изд изм илл им имп ин инж
        иностр инст ист ит итал кав канд кат кв кг кн комм комп кор корп кр куб лат лит м-р макс
        мат мес мин митр мл млн млрд мн моск муз н.э наб наз назв наим напр нар науч нач нед неизв
        нек нов нояб обл обр обш общ ок окр окт октяб оп орг осн отв отд отм оч пгт пед пер петерб
        пл пов под пом пос посв ппл пр пред предис пресв прил прим прист прич проез произв прол
        просп прот проф псевд пст публ рев ред реж респ рец рис род рожд руб рук рус с/х сан сб св
        сев сек сем сент сер словац см собр сов совм соврем сокр сост соц спб спец ср ст стат стб
        стр сх табл тел терр тир тов тр трлн тт тыс ул уп ур урожд устар утв уч ф.и.о фак февр физ
        фил фр франц хим хоз хр худ церк цит ч чел чл шк шт экз экон эл этн юж юр яз янв
    """,
    "uk": """
        авт акад англ архіт бл був вип вкл вул відп віт гл гр грн губ дер дес див дир дис доб док
        доп доц др екз жит зав заг зам зах зб зв кв км кн кор корп куб кім лат літ м-н макс мин
        мист мкр млн млрд мол мін наз напр нар наук нач обл обр ок окр оп орг осн отд пд пен пер пл
        пн пом пор пос поч прим присв пров прод пром проп просп проф р-н рев ред реж реф рис рр руб
        св сек сел сер серп сл см смт ст стор стр сх січ табл тел тер тис тобто тов тт ун-т уч файл
        фр фіз хв худ хім цит чл шк шт юр ім ін ін-т інж іст
    """,
    "bg": """
        акад ал англ арх бел бл бр бул вж вкл вм воен вр г-жа г-н ген гл гр гр-н губ дек дж дипл
        дир дм доб доп доц др ем ен ет ж.к жп заб зав загл зам зап запад изд изр изт илюстр инж инс
        ист кап кв ким кн кор корп куб лат лв лит м-р макс мин млн млрд мм муз напр нар науч ном
        обл общ ок окт отг отд оф пл пож полк пор посл пр прев пред преп прибл прил прим прод проф
        публ рев ред реж рис род рус св сев сек сел сем септ сп ср срв ст стр т.нар табл тел тит тр
        търг ул унив фак февр фиг фр ха хил хим худ цит чл юж янр
    """,
    "sr": """
        akad br bul dipl doc dr g g-đa god inž itd knj lat mil min mr nar npr odn prof red str sv
        tj tzv ul uč акад бр бул г-дин г-ђа год гр дипл доц др инж исп итд књ лат лок мил мин млн
        млрд мр нар нпр о.г одн окт пр пред проф пук ред рус св сл стр тзв тј ул уч франц чл шк ђ
    """,
    "kk": """
        авг акад англ апр арх аум биол биохим биікт геогр геол д-р дек дер доц ж жж жоғ зооп инж
        каз лат мемл мин млн млрд мм мыс наур нояб обл окт орт оңт пед проф руб сағ сек сент сол
        солт т.б т.с.с т.т тв тг тел тереңд тех техн трлн төм ун-т февр физ фр хим шар шығ шілд
        экон янв ғас қос қыр әдеб өнд
    """,
    "el": """
        αγγλ αθ αι αιών αν ανατ απ απρ αρ αριθ αρχ ασφ αυγ βασ βιβλ βλ βορ βουλ γαλλ γεν γερμ γρ
        γραμμ δεκ δεσπ δηλ δημ διεθν δις δρ δρχ εβδ εγκ εδ εικ εισ εκ εκατ εκδ ελλ εν ενν επ επιμ
        επισκ εσπ ευρ εφ ημ ημερ θεσ ιαν ιατρ ιδ ιουλ ιουν ισπ ιστ ιταλ καθ καν κεφ κιν κκ κλ κλπ
        κος κτλ κυρ λατ λεωφ λογ λτ λχ μ.μ μ.χ μαθ μακ μαρτ μεταφρ μηχ μον μουσ μπ μτφρ μχ νο νοε
        νομ νοτ ξεν οδ οικ οκτ ολ ον ορ ουσ π.μ π.χ παρ πβ περ πλ πλατ πολ ποσ πρ πρβ προ προεδρ
        προϊστ πρωτ πχ ρωμ σεβ σελ σεπ σημ σσ στρ στρατ συγγρ συμβ συν συντ σχ σχολ τ.κ τ.μ τ.χ τεμ
        τετρ τηλ τρ τρισ τόμ υπ υποσ φεβ φιλ φρ φυσ χιλ χλμ χρ χφ ψευδ
    """,
    "ca": """
        adj admtiu ajunt ap apt art av avda bibl cap cia cit coord ctra dept dir doc dr dra drs ed
        ex excm excma fasc fig gral hble hist hon id il·lm il·lma imp ing inst izq lit ltd mn mons
        ms màx mín núm núms obs op or par pg pl plta pral prof profa prov ptge pàg pàgs rda ref reg
        rev rnd sec sr sra sres srs srta st sta tel telèf tit trad trav univ urb vid vol vols íd
    """,
    "id": """
        a.n art bag bin bpk cq dll dr dra drs dsb dst hlm hlmn ir jend jl kab kapt kec kel kep ket
        kol kpd kpt letda letkol lih ltd maks mayjen min moh muh nn nov op pangl pd pemb prof prov
        psl pt rp s.d sbb sda sdr sdri sm sp spt st tab tb tel telp tgl th tsb ttd u.b u.p ub up
        vol ybs yth
    """,
    "vi": """
        bs cn ctv gs gđ h hđqt ks nxb p pgs pgđ q st stt sđt t ths tk tp tr ts tt tx ubnd v.v vd vv
        đc đt
    """,
    "lt": """
        a.k adv akad al angl apskr arch asist asm aut bažn bibl biol bkl bot br buv chem corp dab
        dail dek dir doc dr dvd dėl dš e.p el etc fak fil fiz g gen geogr gerb graf gyv habil inst
        inž ist išl jaun kat kl kln kt kun kv kyš l.e.p lab lat liet lit ltd m.e med min mjr mln
        mlrd mok mot mst mėn np nr nuotr obl op p pan past pav pirm pl plg plk pop pr proc prof
        prot pvz r raj red rš sav sek sen sk skg skyr sp spec srt st str t.p t.t t.y techn tel ten
        teol tir tr tvr tūkst ul up vad val vert vet vid viet vlsč vyr įm šnek šv žm žr žyd
    """,
    "lv": """
        akad apg apr atd aug bez bibl bij biol c.m dec dipl doc dr dzim ekon ekv fak febr fil fiz
        g.k gen habil ieskait ilustr ing inst int izd jan jūl jūn kand kap kat kg latv lit lpk lpp
        mag maks med min mjr mlj mljrd mēn n.ē nod nov nr okt op oriģ p.m.ē pag piem pil pils proc
        prof prov pulk pulkv raj rakst red sal sast saīs sek sept sk str sv sēj t.i t.sk tab tautsk
        tehn teol tulk tālr tūkst u.c u.t.t u.tml univ utt vec vid viet zin ģen ģeogr ķīm šķ
    """,
    "hi": """
        अ ई उ कि कु कै क्र डॉ पं पृ पृष्ठ प्रो ब्रि मे मो रु ले श्री श्रीमती सं सुश्री सेंट
    """,
    "mr": """
        इ कि कु क्र डॉ पं पृ प्रा मा रु श्री श्रीमती सौ
    """,
    "ar": """
        أ إلخ الخ تح ج د سم ص ط ق كجم كلم كم م هـ
    """,
    "fa": """
        ر.ک ص ق.م ه.ش ه.ق پ
    """,
    "hy": """
        ակադ բն գ դ դդ դոկտ էջ թ թթ հ հազ հատ մլն մլրդ պրոֆ տ փող ք
    """,
}

_STARTERS = """
    the a an this that these those he she it they we i you his her its their our my in on at for
    from by with as but and or if when while after before since although however there here who
    what where why how not no one some many most all both each to another during despite then so
    der die das ein eine er sie es wir in im am und aber el la los las un una en le les il elle
"""

_STARTERS_BY_LANGUAGE = {
    "en": "which whose because is are was were do does did can could would should let yes such",
    "da": "de det den der han hun vi jeg du i og men hvad hvor hvem hvorfor når så",
    "no": "de det den der han hun vi jeg du i og men hva hvor hvem hvorfor når så",
    "sv": "de det den han hon vi jag du i och men vad var vem varför när så",
    "nl": "de het een hij zij ze wij we ik in en maar dat dit die er wat waar wie toen",
    "de": "den dem des dies diese dieser dieses ich man sein seine ihr ihre bei nach vor doch",
    "fr": "une des ce cette ces ils elles nous vous je on dans mais et que qui où",
    "es": "lo este esta estos estas ese esa se su sus con por para pero y que qué cuando él ella",
    "it": "lo gli i un una uno è si nel nella ma e che questo questa questi queste",
    "pt": "o os as um uma ele ela eles elas este esta isso isto no na mas e que se",
    "ru": "он она оно они мы я это этот эта эти но а и в на по как что там тут",
}
"""Words that, capitalised after an abbreviation, show that a sentence ended with it."""


@cache
def abbreviations(language: str) -> frozenset[str]:
    """Return the abbreviations of a text in this language (ISO 639-1), without those before
    numbers."""
    listed = f"{_EVERYWHERE} {_BY_LANGUAGE.get(language, '')}".lower().split()
    numbered = before_numbers() - frozenset(_EVERYWHERE.split())
    return (frozenset(listed) - numbered) | titles()


@cache
def before_numbers() -> frozenset[str]:
    """Return the abbreviations that are such only before a number."""
    return frozenset(_BEFORE_NUMBERS.split())


@cache
def titles() -> frozenset[str]:
    """Return the abbreviations that never end a sentence, because a name follows."""
    return frozenset(_TITLES.split())


@cache
def starters(language: str) -> frozenset[str]:
    """Return the words, in lower case, that begin sentences after an abbreviation."""
    own = frozenset(f"{_STARTERS} {_STARTERS_BY_LANGUAGE.get(language, '')}".split())
    return own if language == "en" else own | stop_words(language)
