import type { Language } from '../../terms.ts'

export type Words = { readonly bound: ReadonlySet<string>; readonly joint: ReadonlySet<string> }
const set = (words: string) => new Set(words.split(' '))

/**
 * Per language, words that are never the last of a row (articles, possessives, prepositions, auxiliaries, subject
 * pronouns: what follows belongs to them) and words that like to be the first (conjunctions, prepositions).
 */
const grammar: Readonly<Record<string, Words>> = {
  en: {
    bound: set(
      "a an the my your his her its our their this that these those no every each some any i you he she we they of to in on at by for with from into about is are was were be been am has have had do does did will would can could shall should may might must not don't doesn't didn't isn't aren't won't can't mr mrs ms dr very too so i'm you're he's she's it's we're they're i'll you'll i've you've",
    ),
    joint: set(
      'and but or nor so yet because that which who whom whose where when while if unless until although though since as than before after of to in on at by for with from into about',
    ),
  },
  es: {
    bound: set(
      'el la los las un una unos unas mi tu su mis tus sus nuestro nuestra este esta ese esa yo tú él ella usted nosotros ellos ellas me te se le lo les nos de del a al en con por para sin sobre no ha he has han había es son está están muy más que',
    ),
    joint: set(
      'y e o u pero sino porque que cuando donde si aunque como mientras pues para con de a en por sin sobre',
    ),
  },
  fr: {
    bound: set(
      "le la les l' un une des du de d' au aux mon ma mes ton ta tes son sa ses notre votre leur leurs ce cet cette ces je tu il elle on nous vous ils elles me te se ne n' en y à dans par pour avec sans sur sous ai as a est sont suis es très plus qui que",
    ),
    joint: set(
      'et ou mais donc or ni car que qui dont où quand si comme lorsque puisque parce pour avec dans de à sans sur',
    ),
  },
  de: {
    bound: set(
      'der die das den dem des ein eine einen einem einer eines kein keine mein dein sein ihr unser euer ich du er sie es wir in im an am auf aus bei mit nach von vom zu zum zur für über unter vor bin bist ist sind war hat habe haben wird nicht sehr',
    ),
    joint: set(
      'und oder aber denn sondern weil dass wenn als ob obwohl damit bevor nachdem während wo wer was der die das in an auf aus bei mit nach von zu für',
    ),
  },
  pt: {
    bound: set(
      'o a os as um uma uns umas meu minha teu tua seu sua nosso nossa este esta esse essa eu tu ele ela você nós eles elas me te se lhe de do da dos das em no na nos nas por pelo pela para com sem não é são está foi muito mais que',
    ),
    joint: set('e ou mas porém porque que quando onde se embora como enquanto pois para com de em por sem'),
  },
  it: {
    bound: set(
      "il lo la i gli le un uno una l' un' mio mia tuo tua suo sua nostro questo questa quel quella io tu lui lei noi voi loro mi ti si ci vi ne di del della a al alla da dal in nel nella con su per tra fra non è sono ha ho molto più che",
    ),
    joint: set('e o ma però perché che quando dove se anche come mentre per con di a da in su'),
  },
  nl: {
    bound: set(
      'de het een mijn jouw je zijn haar ons onze hun dit dat deze die geen ik jij hij zij ze wij we u in op aan bij met van voor naar uit over onder tot ben bent is zijn was heb hebt heeft niet te zo zeer',
    ),
    joint: set(
      'en of maar want omdat dat als wanneer hoewel terwijl waar wie wat om in op aan bij met van voor naar uit',
    ),
  },
  sv: {
    bound: set(
      'en ett den det de min mitt mina din ditt sin sitt vår vårt er ert ingen inget jag du han hon vi ni man i på av med till från för om under över är var har hade inte att så mycket',
    ),
    joint: set('och eller men för eftersom att om när fast medan där som vem vad i på av med till från'),
  },
  da: {
    bound: set(
      'en et den det de min mit mine din dit sin sit vores jeres ingen intet jeg du han hun vi I man i på af med til fra for om under over er var har havde ikke at så meget',
    ),
    joint: set('og eller men for fordi at hvis når selvom mens hvor som hvem hvad i på af med til fra'),
  },
  nb: {
    bound: set(
      'en ei et den det de min mitt mine din ditt sin sitt vår vårt ingen jeg du han hun vi dere man i på av med til fra for om under over er var har hadde ikke å så mye',
    ),
    joint: set('og eller men for fordi at hvis når selv mens hvor som hvem hva i på av med til fra'),
  },
  pl: {
    bound: set(
      'w we z ze na do od o u za po przy pod nad przez dla bez nie się jest są był była mój moja twój twoja ten ta to bardzo i a',
    ),
    joint: set(
      'i a ale lub albo bo ponieważ że żeby jeśli gdy kiedy choć który która które gdzie w z na do od o za po dla',
    ),
  },
  cs: {
    bound: set(
      'v ve z ze s se k ke o u na do od za po při pod nad pro bez ne je jsou byl byla můj moje tvůj tvoje ten ta to velmi i a',
    ),
    joint: set(
      'a i ale nebo protože že aby když jestli i kde který která které v z s k o na do od za po pro',
    ),
  },
  ru: {
    bound: set(
      'в во с со к ко о об у на до от за по при под над для без из не ни мой моя моё твой твоя этот эта это очень и а я ты он она мы вы они',
    ),
    joint: set(
      'и а но или потому что чтобы если когда хотя который которая которые где в с к о на до от за по для из',
    ),
  },
  ro: {
    bound: set(
      'un o niște al a ai ale mea meu ta tău acest această în la de cu pe pentru din prin fără nu eu tu el ea noi voi ei ele mă te se îmi îți am ai are este sunt e foarte mai',
    ),
    joint: set('și sau dar pentru că dacă când deși care unde în la de cu pe din prin să'),
  },
  hu: {
    bound: set('a az egy ez nem én te ő mi ti ők nagyon is'),
    joint: set('és vagy de mert hogy ha amikor bár aki ami amely ahol'),
  },
  id: {
    bound: set(
      'di ke dari pada untuk dengan tanpa yang tidak sudah akan sedang saya aku kamu dia kami kita mereka sangat seorang sebuah',
    ),
    joint: set(
      'dan atau tetapi tapi karena bahwa jika kalau ketika meskipun yang di ke dari pada untuk dengan',
    ),
  },
}
const none: Words = { bound: new Set(), joint: new Set() }

export function wordsOf(language: Language): Words {
  const tag = language.split('-')[0]?.toLowerCase() ?? ''
  const base = tag === 'no' ? 'nb' : tag
  return Object.hasOwn(grammar, base) ? (grammar[base] ?? none) : none
}
