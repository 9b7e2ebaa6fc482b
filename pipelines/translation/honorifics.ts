import { base } from '../language.ts'
import type { Finding, Language } from '../terms.ts'
import { finding } from './findings.ts'
import type { Checked } from './glossary.ts'

/** How Japanese writes an honorific after a name, and how translations that keep it do. */
const honorifics: readonly (readonly [written: string, kept: string])[] = [
  ['さん', 'san'],
  ['ちゃん', 'chan'],
  ['くん|君', 'kun'],
  ['さま|様', 'sama'],
  ['先輩|せんぱい', 'senpai'],
  ['先生|せんせい', 'sensei'],
  ['殿', 'dono'],
]
/** Whom one calls so without naming them: no series keeps these. */
const nameless = '皆|奥|客|父|母|兄|姉|爺|婆|娘|嫁|屋|者|神|王|姫|仏'
const name = `(?:[\\p{Script=Katakana}ー]{2,}|(?<!\\p{Script=Han})(?!${nameless})\\p{Script=Han}{1,4}(?<!${nameless}))`

const keptAs = (kept: string) => new RegExp(`(?<!\\p{L})${kept}(?!\\p{L})`, 'iu')

/** The honorifics that a translation keeps. */
export const honorificsIn = (text: string): readonly string[] =>
  honorifics.map(([, kept]) => kept).filter(kept => keptAs(kept).test(text))

/**
 * A series keeps its honorifics or drops them. What most lines of the episode do is its custom; the others are findings.
 * With as many for it as against it there is no custom, and the first line of the smaller half is not to blame.
 */
export function checkHonorifics(lines: readonly Checked[], from: Language, to: Language): Finding[] {
  if (base(from) !== 'ja' || base(to) === 'ja') return []
  return honorifics.flatMap(([written, kept]) => {
    const called = new RegExp(`${name}(?:${written})`, 'u')
    const there = keptAs(kept)
    const concerned = lines.filter(line => line.text.trim() !== '' && called.test(line.source))
    const keeping = concerned.filter(line => there.test(line.text))
    const dropping = concerned.filter(line => !there.test(line.text))
    if (keeping.length === dropping.length) return []
    const [few, custom] = keeping.length > dropping.length ? [dropping, 'keep'] : [keeping, 'drop']
    return few.map(line =>
      finding('honorific-mixed', { line: line.id, language: to }, { custom, honorific: `-${kept}` }),
    )
  })
}
