import { base } from '../language.ts'
import type { Finding, Honorific, Honorifics, Language } from '../terms.ts'
import { finding } from './findings.ts'
import { type Checked, escaped } from './glossary.ts'

/** How Japanese writes an honorific after a name, and how translations that keep it do. */
const honorifics: readonly (readonly [written: string, kept: Honorific])[] = [
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
 * A series keeps its honorifics, drops them or says them its own way: where its lead said which, every other line is a
 * finding. Where nobody did, what most lines of the episode do is its custom; with as many for it as against it there is
 * none, and the first line of the smaller half is not to blame.
 */
export function checkHonorifics(
  lines: readonly Checked[],
  from: Language,
  to: Language,
  custom?: Honorifics,
): Finding[] {
  if (base(from) !== 'ja' || base(to) === 'ja') return []
  return honorifics.flatMap(([written, kept]) => {
    const called = new RegExp(`${name}(?:${written})`, 'u')
    const concerned = lines.filter(line => line.text.trim() !== '' && called.test(line.source))
    return custom ? against(custom, concerned, kept, to) : odd(concerned, kept, to)
  })
}

/** Lines that do other than was said for the series. What is kept may not be said another way too, and the reverse. */
function against(
  { custom, terms = [] }: Honorifics,
  lines: readonly Checked[],
  kept: string,
  to: Language,
): Finding[] {
  const target = terms.find(({ honorific }) => honorific === kept)?.target
  const there = keptAs(kept)
  const wanted = target === undefined ? undefined : keptAs(escaped(target))
  const fits = ({ text }: Checked) =>
    wanted ? wanted.test(text) : custom === 'keep' ? there.test(text) : !there.test(text)
  const say = target ?? (custom === 'keep' ? `-${kept}` : '–')
  return lines
    .filter(line => !fits(line))
    .map(line =>
      finding('honorific-custom', { line: line.id, language: to }, { honorific: `-${kept}`, target: say }),
    )
}

function odd(lines: readonly Checked[], kept: string, to: Language): Finding[] {
  const there = keptAs(kept)
  const keeping = lines.filter(line => there.test(line.text))
  const dropping = lines.filter(line => !there.test(line.text))
  if (keeping.length === dropping.length) return []
  const [few, custom] = keeping.length > dropping.length ? [dropping, 'keep'] : [keeping, 'drop']
  return few.map(line =>
    finding('honorific-mixed', { line: line.id, language: to }, { custom, honorific: `-${kept}` }),
  )
}
