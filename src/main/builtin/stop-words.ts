/**
 * Function words of the most common languages of work documents; the remaining words say something about the subject.
 * wink's model has its own list for English; the one here is for source code and short questions.
 */

const lists: Readonly<Record<string, string>> = {
  en: `a about above after again all also am an and any are as at be because been before being below between both
    but by can could did do does doing down during each either else ever few for from further get gets had has have
    having he her here hers him his how however i if in into is it its itself just least less let may me might more
    most much must my neither no nor not of off on once one only or other our out over own per same she should so
    some such than that the their them then there these they this those through thus to too under until up upon us
    very via was we were what when where which while who whom whose why will with within without would yes yet you
    your tell show give please explain describe find say says said`,
  de: `aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bereits bin bis bist da
    dabei dadurch dafür dagegen daher damit danach dann daran darauf darf darüber das dass dazu dein dem den denn der
    deren des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines
    einige er es etwa etwas euch euer für gegen gibt haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre
    ihrem ihren ihrer im immer in indem ins ist ja je jede jedem jeden jeder jedes jedoch jetzt kann kein keine keinem
    keinen keiner können könnte man mehr mein mit muss müssen nach neben nicht nichts noch nun nur ob oder ohne sehr
    seid sein seine seinem seinen seiner seit sich sie sind so sobald sollen sollte sondern sonst soweit sowie sowohl
    über um und uns unser unsere unserem unseren unserer unter viel viele vom von vor während war waren warum was weder
    weil weiter welche welchem welchen welcher welches wenn wer werden wie wieder will wir wird wo wobei wurde wurden
    würde zu zum zur zwar zwischen bzw usw sagen bitte wann wofür wieviel`,
  fr: `à afin ai ainsi alors après au aucun aucune aujourd aussi autre autres aux avaient avait avant avec avoir bien
    car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment contre d dans de depuis des
    deux dès doit doivent donc dont du elle elles en encore entre est et étaient était été être eu eux fait faire fois
    font hors il ils j je jusqu l la là laquelle le lequel les lesquels leur leurs lors lui m ma mais me même mêmes mes
    moins mon n ne ni non nos notre nous on ont ou où par parce pas pendant peu peut peuvent plus pour pourquoi puis
    qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera ses si sinon soit son sont sous sur t ta
    tandis te tous tout toute toutes très tu un une vers vos votre vous y`,
  es: `a al algo algún alguna algunas alguno algunos ante antes aquel aquella así aún aunque bajo bien cada casi como
    cómo con contra cual cuál cuando cuándo cuanto de del desde donde dónde dos durante e el él ella ellas ellos en
    entre era eran es esa esas ese eso esos está están esta estas este esto estos fue fueron ha había han hasta hay la
    las le les lo los luego más me mi mientras mis mismo mucho muchos muy nada ni no nos nosotros nuestra nuestro o os
    otra otras otro otros para pero poco por porque pues puede pueden que qué quien quién se sea según ser si sí sido
    sin sino sobre son su sus también tan tanto te tiene tienen toda todas todo todos tras tu un una uno unos usted y
    ya yo`,
  it: `a abbiamo ad agli ai al alla alle allo anche ancora avere aveva c che chi ci ciò cioè come con contro cosa così
    cui d da dagli dai dal dalla dalle dallo dei del della delle dello dentro di dopo dove due e è ed era erano essere
    fa fino fra già gli ha hanno ho i il in invece io l la le lei li lo loro lui ma me mentre mi mia mio molto ne negli
    nei nel nella nelle nello noi non nostra nostro o ogni oltre ora per perché però più poi prima può qual quale
    quali quando quanto quella quelle quelli quello questa queste questi questo qui quindi se sei sempre senza si sia
    siamo siano sono sopra sotto su sua sue sugli sui sul sulla sulle suo suoi tra tutta tutte tutti tutto un una uno
    vi voi`,
  pt: `a ao aos aquela aquele aqui as às até através bem cada com como contra da das de dela dele deles depois desde dessa
    desse desta deste do dos e é ela elas ele eles em enquanto entre era eram essa essas esse esses esta está estão
    estas este estes estava eu foi foram há isso isto já la lhe lo mais mas me mesmo meu minha muito na nas não nem nesta
    neste no nos nós nossa nosso num numa o onde os ou para pela pelas pelo pelos por porque pode podem qual quando que
    quem são se seja sem sempre ser seu seus só sob sobre sua suas também tem têm ter todas todos tudo um uma você`,
  nl: `aan al alle alles als altijd ander andere ben bij binnen daar dan dat de den der deze die dit doch doen door dus
    een eens en er ge geen haar had hadden heb hebben heeft hem het hier hij hoe hun ik in is ja je kan kon kunnen maar
    me meer men met mij mijn moet moeten na naar niet niets nog nu of om omdat onder ons onze ook op over reeds te tegen
    ten ter toch toen tot u uit uw van veel voor waar waren was wat we wel werd worden wordt wie wij wil zal ze zelf
    zich zij zijn zo zonder zou`,
  sv: `alla allt än andra är att av bara blev bli blir då de dem den denna deras dess dessa det detta dig din du där
    efter ej eller en ett finns för från ha hade han har hon honom hos hur här i icke ifrån in inom inte jag ju kan
    kommer kunde man med mellan men mer mig min mot mycket någon något några när nu och också om oss på så sedan sig
    sin sina ska skall skulle som till under upp ut utan vad var vara varit vi vid vilken vill`,
  da: `ad af alle alt anden at bare blev bliver da de dem den denne der deres det dette dig din disse dog du efter eller
    en end er et for fra ham han har have hendes her hos hun hvad hvem hver hvis hvor i ikke ind jeg jo kan kunne man
    mange med meget men mig min mod ned noget nogle nu når og også om op os over på sig sin skal skulle som sådan til
    ud under var ved vi vil ville være været`,
  no: `alle andre at av bare ble bli blir da de deg dem den denne der deres det dette din disse du eller en enn er et
    etter for fordi fra før ha hadde han har hennes her hun hva hvem hver hvis hvor hvordan i ikke inn jeg kan kunne man
    mange med meg meget men mer min mot ned noe noen nå når og også om opp oss over på seg selv sin skal skulle slik som
    så til ut under var ved vi vil ville vår være vært`,
  pl: `a aby ale ani bardzo bez bo być by był była było były co czy czyli dla do gdy gdyż gdzie go i ich ile im inne jak
    jako je jego jej jest jeszcze jeśli już kiedy kto która które którego której który których którzy lub ma mają między
    może można na nad nas nie niej nich nim niż o od oraz po pod ponieważ poza przed przez przy są się swoje ta tak
    także tam te tego tej ten też to tu tych tylko tym u w we wszystkie więc z za zawsze ze że`,
  ru: `а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее ей если
    есть еще же за здесь и из или им их к как какой ко когда который которая которые кто ли либо между меня мне может
    мы на над надо наш не него нее нет ни них но ну о об однако он она они оно от очень по под после при про с сам
    свой себя со так также такой там те тем то того тоже той только том ты у уже хотя чего чем что чтобы эта эти это
    этого этой этом этот я`,
  zh: `我 你 他 她 它 我们 你们 他们 她们 它们 的 了 是 在 和 与 及 或 也 都 就 而 但 但是 不 没有 没 有 这 那 这个 那个 这些
    那些 一个 一些 一种 可以 可能 能 能够 会 要 需要 应该 必须 因为 所以 如果 虽然 然后 而且 并 并且 以及 对 对于 关于 从 到
    由 由于 为 为了 把 被 让 使 给 向 于 之 其 其中 通过 进行 作为 以 等 等等 什么 怎么 如何 为什么 哪 哪些 谁 多少 时候 已经
    还 还是 又 再 很 非常 更 最 只 只有 每 每个 各 该 此 某 中 上 下 内 外 前 后 之间 来 去 说 看 做 用 使用 包括 根据 例如 比如
    不同 同时 此外 另外 目前 主要 情况 方面`,
  ja: `こと もの ため よう これ それ あれ この その あの ここ そこ どこ とき 場合 以下 以上 など また および ただし そして
    しかし する いる ある なる できる れる られる ない 何 誰 私 者 的 化 性 等 中 上 下 内 後 前 際 時 方 点 今 今回`,
};

const sets = new Map(Object.entries(lists).map(([language, words]) => [language, new Set(words.split(/\s+/))]));

/** The function words of a language, or null if Docket has no list for it. */
export function stopWordsOf(language: string | null): ReadonlySet<string> | null {
  return language === null ? null : (sets.get(language) ?? null);
}

/** English nouns that do not name a subject by themselves. */
export const genericNouns: ReadonlySet<string> = new Set(
  (
    'thing way lot kind sort bit part number example case fact time day week month year today tomorrow yesterday hour ' +
    'minute second moment monday tuesday wednesday thursday friday saturday sunday january february march april may ' +
    'june july august september october november december mr mrs ms dr prof etc e.g. i.e. vs. fig fig. page section ' +
    'chapter one two three first other people person man woman everything something anything nothing none all other ' +
    'use need end start point side form order place rest half sir madam dear regards p.m. a.m. jan feb mar apr jun ' +
    'jul aug sep sept oct nov dec yes no ok'
  ).split(' '),
);

/** Words that occur in any program, whatever it is about. */
export const codeKeywords: ReadonlySet<string> = new Set(
  (
    'abstract and any args array as async await bool boolean break byte case catch char class code const constructor ' +
    'continue data def default delete describe dict div do double elif else end enum err error except export exports ' +
    'expect extends extern false final finally float fn for foreach from func function get global goto href html if ' +
    'implements import in include index init inline instanceof int integer interface internal is item items key ' +
    'keyof lambda len length let list local long main map match module mut name namespace new nil none not null ' +
    'number object of optional or override package param params pass path print private promise props protected ' +
    'public pub range readonly readonly record ref require result return returns row self set short signed sizeof ' +
    'span static str string strict struct super switch template test text then this throw throws trait true try tuple ' +
    'type typedef typeof undefined union unsigned use using val value values var vec void while with xmlns yield'
  ).split(' '),
);

/** English adjectives that distinguish but name nothing; no term begins with one. */
export const genericAdjectives: ReadonlySet<string> = new Set(
  (
    'first last next other same own new more most many few several various certain such different able available ' +
    'possible likely due following previous current main whole full further additional'
  ).split(' '),
);

/** Words for asking a question, not what it is about. */
export const questionWords: ReadonlySet<string> = new Set(
  (
    'report document file text page paragraph sentence say tell mention write explain describe list show find give ' +
    'summarize summarise summary please question answer know mean talk state information info detail anything ' +
    'something thing much many datei dokument text steht sagen bitte fichier document texte dit archivo documento'
  ).split(' '),
);
