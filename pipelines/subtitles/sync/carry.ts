/** The lines of an episode on a late master of it: what sounds the same only moves, what was changed reopens. */
import type { Carried, Finding, Line, Ms, Rate, Span, Transcript, Utterance } from '../../terms.ts'
import { ass } from '../formats/ass.ts'
import { readSubtitles } from '../read.ts'
import type { Shared } from '../songs/match.ts'
import { writeSubtitles } from '../write.ts'
import { type Reconformed, readingSlack, reconformBy } from './reconform.ts'

/** What both masters share, and of the later one its length, and its frames where it has a picture. */
export type Compared = { readonly shared: readonly Shared[]; readonly length: Ms; readonly rate?: Rate }

export type Carrying = {
  readonly carried: Carried
  /** By how much each line moved that is still there. */
  readonly offsets: ReadonlyMap<string, Ms>
  /** Lines that people have to look at again. */
  readonly reopened: readonly string[]
}

/** Of a late master most is what it was; another episode of the series only shares its songs. */
const leastKept = 0.5
/** Lines that were heard end with their last word: by how much, and an edge of the shared sound, is known this well. */
const speechSlack: Ms = 150
/** Times of a line that was changed are a guess. */
const guess = 0.4

/**
 * Lines over the same sound go where it went. What was cut through, or lies over another sound now, reopens. Where there
 * is no place any more for a line, a finding keeps its words and those that people wrote for it (`hands`).
 * @returns nothing if the two have too little sound in common to be one episode
 */
export function carryLines(
  { language, way, lines, findings }: Transcript,
  { shared, length, rate }: Compared,
  hands: ReadonlyMap<string, readonly string[]> = new Map(),
): Carrying | undefined {
  const captions = lines.map(({ id, start, end, kind }) => ({ id, start, end, kind, runs: [] }))
  const slack = way === 'subtitles' ? readingSlack : speechSlack
  const found = reconformBy({ captions, ...(rate && { rate }) }, shared, length, slack)
  if (found.kept.length + found.moved.length < leastKept * lines.length) return undefined
  const places = placesOf(lines, found, shared, length)
  const whys = new Map(found.reopened.map(({ caption, why }) => [caption, why]))
  const there = lines.flatMap(line => {
    const place = places.get(line.id)
    return place ? [{ line, place, why: whys.get(line.id) }] : []
  })
  const reopened = there.flatMap(({ line, place, why }) => (why ? [changed(line, place, why)] : []))
  const gone = lines.filter(({ id }) => !places.has(id)).map(line => lost(line, hands.get(line.id) ?? []))
  const told = findings
    .filter(({ rule }) => !anew.includes(rule))
    .flatMap((finding): Finding[] => {
      const { line, span } = finding.place
      const place = places.get(line ?? '')
      if (line === undefined) return span ? [] : [finding]
      return place ? [{ ...finding, place: { ...finding.place, span: place } }] : []
    })
  const utterances = there.map(({ line, place, why }) => utterance(line, place, why !== undefined))
  return {
    carried: {
      speech: { way, language, utterances, findings: [...told, ...reopened, ...gone] },
      fresh: found.fresh,
    },
    offsets: new Map(there.map(({ line, place }) => [line.id, place.start - line.start])),
    reopened: reopened.flatMap(({ place }) => place.line ?? []),
  }
}
/** What is looked for anew on every master. */
const anew: readonly string[] = ['edit-orphaned', 'times-doubtful', 'master-new']

/**
 * The ASS script that lines came from, on the late master. Captions that have no place there say nothing any more.
 * @returns nothing of other formats: of them only the words are looked for again, and those are in the lines
 */
export function carryScript(bytes: Uint8Array, { shared, length, rate }: Compared): Uint8Array | undefined {
  const { document } = readSubtitles(bytes)
  if (document.origin?.format !== ass.name) return undefined
  const found = reconformBy({ ...document, ...(rate && { rate }) }, shared, length)
  const places = placesOf(document.captions, found, shared, length)
  const captions = found.document.captions.map(caption => {
    const place = places.get(caption.id)
    return place ? { ...caption, ...place } : { ...caption, runs: [] }
  })
  return writeSubtitles({ ...document, captions }, ass).bytes
}

/** Where each caption is to stand. One whose sound is gone stands in what came instead of it, if anything did. */
function placesOf(
  was: readonly (Span & { readonly id: string })[],
  { document, reopened, fresh }: Reconformed,
  shared: readonly Shared[],
  length: Ms,
): ReadonlyMap<string, Span> {
  const gone = new Set(reopened.filter(({ why }) => why === 'gone').map(({ caption }) => caption))
  const instead = (at: Ms): Span | undefined => {
    const before = shared.findLast(({ from }) => from <= at)
    const after = shared.find(({ from }) => from > at)
    const begins = before ? before.to + before.offset : 0
    const ends = after ? after.from + after.offset : length
    return fresh.find(({ start, end }) => start === begins || end === ends)
  }
  const olds = new Map(was.map(({ id, start }) => [id, start]))
  return new Map(
    document.captions.flatMap(({ id, start, end }) => {
      const room = gone.has(id) ? instead(olds.get(id) ?? start) : { start: 0, end: length }
      if (!room) return []
      const from = Math.min(Math.max(start, room.start), room.end - 1)
      return [[id, { start: from, end: Math.min(Math.max(end, from + 1), room.end) }] as const]
    }),
  )
}

function utterance(line: Line, place: Span, reopened: boolean): Utterance {
  const { id, hand: _, trust, words, ...said } = line
  const moved = (at: Ms) => Math.min(place.end, Math.max(place.start, at + place.start - line.start))
  return {
    ...said,
    ...place,
    line: id,
    words: words.map(word => ({ ...word, start: moved(word.start), end: moved(word.end) })),
    trust: reopened ? Math.min(trust, guess) : trust,
    pinned: true,
  }
}

const changed = ({ id }: Line, span: Span, why: 'gone' | 'changed'): Finding => ({
  ...(why === 'gone'
    ? {
        rule: 'master-other',
        says: 'In the late master another sound is here: the line was reopened.',
        mend: 'Listen whether it is still said, mend its words and times, and approve it again.',
      }
    : {
        rule: 'master-cut',
        says: 'The late master is cut otherwise within this line: it was reopened.',
        mend: 'Watch it there, set its times, and approve it again.',
      }),
  severity: 'warning',
  place: { line: id, span },
  figures: {},
})

function lost({ text, start, end }: Line, hands: readonly string[]): Finding {
  const words = [text, ...hands].join(' / ')
  return {
    rule: 'master-gone',
    severity: 'warning',
    place: {},
    figures: { text: words, start, end },
    says: `The late master has no place for this line any more: ${words}`,
    mend: 'If it is still said, give the episode a script or subtitles that have it.',
  }
}
