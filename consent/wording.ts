import { firstWording } from './first-wording.ts'
import type { Entry, Power, PublicKey, Role, ShownLanguage, Statement, Terms } from './records.ts'
import { amountOf, type Both, dayOf, instantOf, lengthOf, listOf, nameOf, type Tongue } from './spell.ts'
import { type Act, deeds } from './terms.ts'
import { type Row, termsSaid } from './terms-said.ts'
import { type Field, keyKinds, labels, openings, powers, roles, things } from './wording-words.ts'

/**
 * The text a person is shown before they sign: plain words for a voice actor, in sentences and names, with the numbers
 * that nothing else can be mistaken for at its end. It is made from the statement and from what the register knows of
 * whom and what it names, so that nobody can be shown one thing and sign another. Whoever changes its words keeps the
 * old ones beside them, as first-wording.ts does: records are held against their text for as long as there is a log.
 */

/** What stands in the register by this name. */
export type Find = (id: string) => Entry | undefined
const nothing: Find = () => undefined

const everything: Both = { ja: 'すべて（これからのものも）', en: 'everything, later ones too' }
const none: Both = { ja: 'なし', en: 'none' }
const yes: Both = { ja: 'はい', en: 'yes' }
const no: Both = { ja: 'いいえ', en: 'no' }
/** What is left open names everything, where it narrows a no, a pause or a withdrawal. */
const openEnds: ReadonlySet<string> = new Set(['title', 'act', 'grants', 'of'])
/** A list that names more than these goes on in numbers. */
const mostNamed = 20

/** The text of a statement in the language it is shown in. @param find what the register knows so far */
export function wordingOf(statement: Statement, language: ShownLanguage, find: Find = nothing): string {
  const speaker = speakerOf(language, find)
  const said = Object.entries(statement).filter(([field]) => field !== 'kind' && field !== 'currency')
  const place = ([field]: readonly [string, unknown]) => Object.keys(labels).indexOf(field)
  const fields = said.sort((one, two) => place(one) - place(two)) as [Field, unknown][]
  const rows = fields.flatMap(([field, value]) => speaker.rows(field, value, statement))
  const numbers = new Map<string, readonly string[]>()
  for (const [label, number] of fields.flatMap(([field, value]) => speaker.numbers(field, value)))
    numbers.set(number, [...(numbers.get(number) ?? []), label])
  const numbered = [...numbers].map(([number, of]) => speaker.numbered(of, number))
  const all = [...rows, ...numbered].map(([label, value]) => `${label}: ${oneLine(value)}`)
  return [openings[statement.kind][language], ...all].join('\n')
}

/**
 * True of a text that this statement may have been signed under: as it is worded now, the same by somebody who could not
 * look into the register, and the terse one of the records from before.
 */
export const saysIt = (text: string, statement: Statement, language: ShownLanguage, find: Find): boolean =>
  text === wordingOf(statement, language, find) ||
  text === wordingOf(statement, language) ||
  text === firstWording(statement, language)

/** What names somebody or something in the register, and what is a number for checking alone. */
const references: ReadonlySet<string> = new Set(
  'by actor actors to guardian of grants grant licence'.split(' '),
)
const hidden: ReadonlySet<string> = new Set(['words', 'output', 'certificate', 'nonce'])
/** A name that runs over a line could pass for a row of its own. */
const oneLine = (text: string) => text.replace(/\s*[\n\r\u2028\u2029]+\s*/g, ' / ')

function speakerOf(tongue: Tongue, find: Find) {
  const say = (both: Both) => both[tongue]
  const brackets = (inside: string) => (tongue === 'ja' ? `（${inside}）` : ` (${inside})`)

  function who(id: string): string {
    const found = find(id)
    return found?.kind === 'party' ? found.name : say({ ja: '下の番号', en: 'see the number below' })
  }

  /** A party by name, anything else by what it is, of which title and from when. */
  function thing(id: string): string {
    const found = find(id)
    if (found === undefined || found.kind === 'party') return who(id)
    const what = things[found.kind]
    const title = 'terms' in found ? found.terms.title : found.kind === 'refusal' ? found.title : null
    const name = what ? say(what) : found.kind
    const day = dayOf(found.at, tongue)
    return tongue === 'ja'
      ? `${title === null ? '' : `『${title}』の`}${name}（${day}付）`
      : `${name}${title === null ? '' : ` for “${title}”`} of ${day}`
  }

  const keySaid = (key: PublicKey) =>
    key.type === 'webauthn' ? `${say(keyKinds.webauthn)}${brackets(key.site)}` : say(keyKinds.ed25519)

  function spelt(field: Field, value: unknown, statement: Statement): string {
    const items = Array.isArray(value) ? value : [value]
    if (value === null || items.length === 0) return say(openEnds.has(field) ? everything : none)
    if (typeof value === 'boolean') return say(value ? yes : no)
    if (field === 'milliseconds') return lengthOf(Number(value) / 1000, tongue)
    if (field === 'due' && statement.kind === 'use')
      return amountOf(Number(value), statement.currency, tongue)
    if (typeof value === 'number') return instantOf(value, tongue)
    if (field === 'act') return say(deeds[value as Act])
    if (field === 'role') return say(roles[value as Role])
    if (field === 'language') return nameOf(String(value), tongue)
    if (field === 'powers') return list(items, power => say(powers[power as Power]))
    if (field === 'key' || field === 'keys') return list(items, keySaid)
    return list(items, item => (references.has(field) ? thing(item) : String(item)))
  }

  function list<Item>(items: readonly Item[], spell: (item: Item) => string): string {
    const named = listOf(items.slice(0, mostNamed).map(spell), tongue)
    const more = items.length - mostNamed
    return more > 0 ? `${named} ${say({ ja: `ほか${more}件`, en: `and ${more} more` })}` : named
  }

  return {
    rows(field: Field, value: unknown, statement: Statement): readonly Row[] {
      if (field === 'terms') return termsSaid(value as Terms, tongue, who)
      // The key of an `erased` is a fingerprint.
      if (hidden.has(field) || (field === 'key' && typeof value === 'string')) return []
      const asker = statement.kind === 'grant' && field === 'of' ? find(statement.of) : undefined
      const company: Row[] =
        asker?.kind === 'request' ? [[say({ ja: 'お願いした会社', en: 'Asked by' }), who(asker.by)]] : []
      return [...company, [say(labels[field]), spelt(field, value, statement)]]
    },

    numbered: (of: readonly string[], number: string): Row => [
      say({ ja: `番号（${listOf(of, 'ja')}）`, en: `Number (${listOf(of, 'en')})` }),
      number,
    ],

    /** What no name can be mistaken for: the numbers of whom and what it names, and the keys letter by letter. */
    numbers(field: Field, value: unknown): readonly Row[] {
      if (field === 'terms') return [[say(roles.holder), (value as Terms).holder]]
      if (field === 'keys' || (field === 'key' && typeof value !== 'string'))
        return ([value].flat() as PublicKey[]).map(key => [
          say(keyKinds[key.type]),
          key.type === 'webauthn' ? `${key.credential} ${key.key} ${key.origin}` : key.key,
        ])
      if (value === null || !(references.has(field) || hidden.has(field) || field === 'key')) return []
      const ids = [value].flat()
      return ids.length > 0 ? [[say(labels[field]).toLowerCase(), ids.join(', ')]] : []
    },
  }
}
