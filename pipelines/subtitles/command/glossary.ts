/** The words of a series on the command line: its glossary, the names in it, and what the original says at each caption. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Glossary, Language } from '../../terms.ts'
import type { Scene } from '../check/rule.ts'
import { type Caption, type Document, textOf } from '../document.ts'
import { readFileOf } from './files.ts'
import type { Values } from './options.ts'
import { isRead } from './report.ts'
import { refuse, type World } from './world.ts'

const term = z.object({
  source: z.string().min(1).max(500),
  target: z.string().min(1).max(500),
  language: z.string().min(2).max(35),
  forbid: z.array(z.string().min(1).max(500)).max(100).optional(),
  keep: z.boolean().optional(),
})
const glossaryShape = z.array(term).max(20_000)

type Words = Pick<Scene, 'glossary' | 'names' | 'sources'>

/** @throws Problem for a glossary or an original that can't be read */
export async function wordsOf(
  { glossary: name, source }: Values,
  world: World,
): Promise<(document: Document, language: Language) => Words> {
  const terms = name === undefined ? undefined : await readGlossary(name, world)
  const original = source === undefined ? undefined : await readOriginal(source, world)
  return (document, language) => {
    if (!terms) return {}
    // What was written for a language holds in its countries.
    const glossary = terms
      .filter(one => one.language === language || language.startsWith(`${one.language}-`))
      .map(one => ({ ...one, language }))
    const names = glossary.flatMap(({ keep, target }) =>
      keep && /^\p{Lu}[\p{L}’'-]+$/u.test(target) ? [target] : [],
    )
    return { glossary, names, ...(original && { sources: besideEach(document, original) }) }
  }
}

async function readGlossary(name: string, world: World): Promise<Glossary> {
  let read: unknown
  try {
    read = JSON.parse(await readFile(resolve(world.folder, name), 'utf8'))
  } catch {
    throw refuse(
      `${name} is no JSON file that can be read`,
      'A glossary is a list of {source, target, language}.',
    )
  }
  const found = glossaryShape.safeParse(read)
  if (found.success)
    return found.data.map(({ forbid, keep, ...one }) => ({
      ...one,
      ...(forbid && { forbid }),
      ...(keep && { keep }),
    }))
  const [first] = found.error.issues
  throw refuse(
    `${name}: ${first?.path.join('.')}: ${first?.message}`,
    'A glossary is a list of {source, target, language}.',
  )
}

async function readOriginal(name: string, world: World): Promise<Document> {
  const file = await readFileOf(name, world)
  if (!isRead(file)) throw refuse(`${name}: ${file.says}`, 'Name subtitles in the original’s language.')
  return file.document
}

/** What the original says while a caption stands: captions that share more than half of the shorter one's time. */
function besideEach({ captions }: Document, original: Document): Readonly<Record<string, string>> {
  const said = original.captions.toSorted((a, b) => a.start - b.start)
  const longest = said.reduce((most, { start, end }) => Math.max(most, end - start), 0)
  let first = 0
  const found: [string, string][] = []
  for (const caption of captions.toSorted((a, b) => a.start - b.start)) {
    while (first < said.length && (said[first]?.start ?? 0) + longest < caption.start) first++
    const together: string[] = []
    for (let i = first; i < said.length; i++) {
      const one = said[i]
      if (!one || one.start >= caption.end) break
      if (shared(one, caption) > 0.5) together.push(textOf(one))
    }
    if (together.length > 0) found.push([caption.id, together.join('\n')])
  }
  return Object.fromEntries(found)
}
const shared = (a: Caption, b: Caption): number =>
  (Math.min(a.end, b.end) - Math.max(a.start, b.start)) /
  Math.max(1, Math.min(a.end - a.start, b.end - b.start))
