/** Mends of cues said as words of their lines: layout sets rows and times by itself, words are a person's. */
import type { Cue, Finding } from '../../terms.ts'
import { type Caption, type Document, textOf } from '../document.ts'
import { spaced } from '../layout/grammar.ts'
import type { Remark } from './check.ts'
import { mendAll, previewer } from './mend.ts'
import type { Profile } from './profile.ts'
import type { Scene } from './rule.ts'

export type Fix = NonNullable<Finding['fix']>

/**
 * What the words of a line would be with a finding of its cue mended; nothing where no word changes, where the line
 * stands in several cues or shares one, or where its words aren't those that were checked.
 */
export function fixesOf(
  document: Document,
  cues: readonly Cue[],
  texts: ReadonlyMap<string, string>,
  profile: Profile,
  scene: Scene,
): (remark: Remark) => Fix | undefined {
  const alone = aloneIn(cues)
  const preview = previewer(document, profile, scene)
  const said = (caption: Caption): string =>
    textOf(caption)
      .split('\n')
      .join(spaced(profile.language) ? ' ' : '')
  let mended: ReadonlyMap<string, Caption> | undefined
  return remark => {
    const line = alone.get(remark.caption)
    const mend = line === undefined ? undefined : preview(remark)
    if (line === undefined || !mend) return undefined
    const was = said(mend.before)
    if (was !== texts.get(line)) return undefined
    const text = said(mend.after)
    if (text === was) return undefined
    mended ??= new Map(mendAll(document, profile, scene).document.captions.map(one => [one.id, one]))
    return { was, text, all: said(mended.get(remark.caption) ?? mend.after) }
  }
}

/** Cues that are all there is of one line, with that line. */
function aloneIn(cues: readonly Cue[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  for (const { lines } of cues) for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return new Map(
    cues.flatMap(({ id, lines }) => {
      const [line, ...others] = lines
      return line !== undefined && others.length === 0 && counts.get(line) === 1 ? [[id, line] as const] : []
    }),
  )
}
