/**
 * What one country writes otherwise than another of the same language: spellings and everyday words that give a subtitle
 * away as somebody else's. Only words that are nothing else at home stand here.
 */
import type { Language } from '../../terms.ts'

/** How it is written elsewhere, and how here; nothing where it takes more than another word. */
export type Foreign = ReadonlyMap<string, string | undefined>
export type Region = {
  readonly words: Foreign
  readonly pattern: RegExp
  /** Marks that stand otherwise: what is wrong, and what is put instead. */
  readonly marks: readonly (readonly [wrong: RegExp, put: string])[]
}

const pairs = (list: string): readonly (readonly [string, string])[] =>
  list.split(', ').map(pair => pair.split('/') as [string, string])
const turned = (list: string): string =>
  pairs(list)
    .map(([one, other]) => `${other}/${one}`)
    .join(', ')

/** Portugal / Brazil. */
const portuguese =
  'autocarro/ônibus, telemóvel/celular, pequeno-almoço/café da manhã, registo/registro, económico/econômico, económica/econômica, académico/acadêmico, académica/acadêmica, fenómeno/fenômeno, género/gênero, bebé/bebê, anónimo/anônimo, anónima/anônima, cómodo/cômodo, prémio/prêmio, eletrónico/eletrônico, eletrónica/eletrônica, cómico/cômico, cómica/cômica, quilómetro/quilômetro, quilómetros/quilômetros, sinónimo/sinônimo, génio/gênio'
/** The United Kingdom / the United States. */
const english =
  'colour/color, colours/colors, favourite/favorite, favourites/favorites, honour/honor, neighbour/neighbor, neighbours/neighbors, neighbourhood/neighborhood, centre/center, grey/gray, mum/mom, defence/defense, offence/offense, travelling/traveling, travelled/traveled, traveller/traveler, jewellery/jewelry, aeroplane/airplane, pyjamas/pajamas, armour/armor, behaviour/behavior, flavour/flavor, rumour/rumor, humour/humor, labour/labor, moustache/mustache'
/** Simplified / traditional, where each stands for the other alone. */
const chinese =
  '们們这這说說来來时時会會过過对對没沒问問还還让讓给給谁誰话話听聽见見现現关關开開门門车車东東马馬鸟鳥鱼魚龙龍书書买買卖賣头頭实實国國学學长長电電爱愛气氣体體万萬几幾两兩边邊进進远遠运運动動务務员員难難离離风風飞飛饭飯馆館钱錢银銀钟鐘铁鐵阳陽阴陰队隊阶階际際陆陸陈陳随隨险險隐隱静靜顶頂项項顺順须須顾顧预預领領题題颜顏类類'
const chars = [...chinese]
const simple: readonly (readonly [string, string])[] = chars.flatMap((one, i) =>
  i % 2 === 0 ? [[one, chars[i + 1] ?? one] as const] : [],
)

const metric = 'km|kg|cm|mm|ml'
const spacedUnits = [[new RegExp(`(?<=\\d)(?=(?:${metric})(?![\\p{L}]))`, 'gu'), ' ']] as const
/** Kilometres apart from the figure, and a point before the raised letter: 1 km, 1.ª. */
const iberian = [...spacedUnits, [/(?<=\d)(?=[ªº])/g, '.']] as const

function region(
  list: readonly (readonly [string, string?])[],
  marks: Region['marks'] = [],
  words = true,
): Region {
  const known = new Map(list.map(([from, to]): [string, string | undefined] => [from, to]))
  const escaped = [...known.keys()].sort((a, b) => b.length - a.length).join('|')
  const pattern = words
    ? `(?<![\\p{L}\\p{N}-])(?:${escaped})(?![\\p{L}\\p{N}-])`
    : `[${escaped.replaceAll('|', '')}]`
  return { words: known, pattern: new RegExp(pattern, words ? 'giu' : 'gu'), marks }
}
const youOfSpain: readonly (readonly [string, string?])[] = [
  ['vosotros'],
  ['vosotras'],
  ['vuestro'],
  ['vuestra'],
  ['vuestros'],
  ['vuestras'],
  ['os'],
]

const made: Readonly<Record<string, () => Region>> = {
  'pt-br': () =>
    region(pairs(portuguese), [
      [new RegExp(`(?<=\\d) (?=(?:${metric})(?![\\p{L}]))`, 'gu'), ''],
      [/(?<=\d)\.(?=[ªº])/g, ''],
    ]),
  'pt-pt': () => region(pairs(turned(portuguese)), iberian),
  'es-419': () => region([...youOfSpain, ['ordenador', 'computadora'], ['zumo', 'jugo']], iberian),
  'es-es': () => region([['vos'], ['computadora', 'ordenador']], iberian),
  'en-us': () => region(pairs(english)),
  'en-gb': () => region(pairs(turned(english))),
  'zh-hant': () => region(simple, [], false),
  'zh-hans': () =>
    region(
      simple.map(([one, other]) => [other, one] as const),
      [],
      false,
    ),
}
const ready = new Map<string, Region>()

/** What to look for in a language of a country; undefined where no country was named. */
export function regionOf(language: Language): Region | undefined {
  const tag = regional(language)
  const make = Object.hasOwn(made, tag) ? made[tag] : undefined
  if (!make) return undefined
  const known = ready.get(tag) ?? make()
  ready.set(tag, known)
  return known
}

/** Tags of countries, as the tags guides are written for: `zh-TW` is written in `zh-Hant`, Mexico reads `es-419`. */
export function regional(language: Language): string {
  const tag = language.toLowerCase()
  if (/^zh-(?:hant|tw|hk|mo)\b/.test(tag)) return 'zh-hant'
  if (/^zh-(?:hans|cn|sg)\b/.test(tag)) return 'zh-hans'
  if (/^es-(?!es\b)/.test(tag)) return 'es-419'
  if (/^pt-(?:pt|ao|mz|cv)\b/.test(tag)) return 'pt-pt'
  return tag
}
