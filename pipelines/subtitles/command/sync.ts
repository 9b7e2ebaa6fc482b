/** `sync`: a track into time with a recording or another track, or a refusal. `diff`: two tracks side by side. */
import { resolve } from 'node:path'
import { type Change, diff as diffOf, type Pair } from '../diff.ts'
import type { Document } from '../document.ts'
import { type Reference, referenceOf } from '../sync/reference.ts'
import { type Sync, synced, sync as syncOf } from '../sync/sync.ts'
import { filesOf, type Told, type Way } from './each.ts'
import { type Read, readFileOf } from './files.ts'
import type { Asked } from './options.ts'
import { clock, isRead, numbersOf, oneRow, sayChange, sayJson, sayReading, shift } from './report.ts'
import { type Exit, exits, refuse, type World } from './world.ts'

const reasons: Readonly<Record<NonNullable<Sync['why']>, string>> = {
  'few-lines': 'There are too few lines: they would fit anywhere.',
  'no-speech': 'There is too little speech to hold it against.',
  unlike: 'It is not alike enough: anything else would be a guess. Is it the same episode?',
  partly:
    'A part of it fits and another part fits nowhere. Is the film another edit, or are two episodes in one file?',
}

/** Nothing nearer than this is moved: nobody sees it. */
const nothing = 20

export async function sync(asked: Asked, world: World): Promise<Exit> {
  const { values } = asked
  if (values.with === undefined)
    throw refuse(
      'Nothing was named to be in sync with',
      'Say --with FILE: a film, a sound or other subtitles.',
    )
  const named = await filesOf(asked, world)
  const reach = Number(values.farthest ?? 900)
  if (!(reach > 0 && reach <= 6000))
    throw refuse('--farthest is a number of seconds up to 6000', 'Leave it out for 900.')
  const reference = await referenceIn(values.with, world)
  const tell = async (file: Read, { target, say, put }: Way): Promise<Told> => {
    const found = syncOf(file.document, reference, { farthest: reach * 1000 })
    const moved = synced(file.document, found)
    const still = moved !== undefined && isStill(found)
    if (moved) await put(still ? file.document : moved)
    await say(sayFound(file, found, still))
    const report = { file: file.name, written: moved && target, inSync: still, ...found }
    return [!moved || (!still && target === undefined) ? exits.found : exits.clean, report]
  }
  return named.each(tell, { head: { with: values.with }, inputs: [values.with] })
}

const isStill = ({ ratio, segments }: Sync): boolean =>
  ratio === 1 && segments.every(({ offset }) => Math.abs(offset) < nothing)

/** Subtitles, if it looks like some; else a recording that is listened to. */
async function referenceIn(name: string, world: World): Promise<Reference> {
  if (name === '-') throw refuse('What to be in sync with can’t be piped in', 'Name a file.')
  const media = /\.(?:mp4|m4v|mov|mkv|mka|webm|ts|m2ts|wav|flac|mp3|m4a|aac|ogg|opus)$/i
  if (!media.test(name)) {
    const file = await readFileOf(name, world)
    if (isRead(file)) return referenceOf(file.document)
    if (file.says === 'There is no such file.') throw refuse(`${name}: ${file.says}`, 'Check the name.')
  }
  const { speech } = await world.listen(resolve(world.folder, name), { pictures: false })
  return { speech }
}

function sayFound(
  { name, document }: Read,
  { sure, why, confidence, ratio, segments }: Sync,
  still: boolean,
): string {
  const numbers = numbersOf(document.captions)
  const starts = new Map(document.captions.map(({ id, start }) => [id, start]))
  if (!sure)
    return `${oneRow(name)}: refused, nothing was moved (confidence ${confidence.toFixed(2)}). ${reasons[why ?? 'unlike']}\n`
  const head = still ? 'in sync' : `${segments.length === 1 ? 'one piece' : `${segments.length} pieces`}`
  const rate = ratio === 1 ? '' : `, times × ${ratio.toFixed(6)}`
  const rows = segments.map(
    ({ from, to, lines, offset, confidence: own }) =>
      `    #${numbers.get(from)} to #${numbers.get(to)} (${lines} lines from ${clock(starts.get(from) ?? 0)}): ${shift(offset)}, ${Math.round(own * 100)} % over speech\n`,
  )
  return `${oneRow(name)}: ${head}${rate}, confidence ${confidence.toFixed(2)}\n${rows.join('')}`
}

export async function diff({ values, files }: Asked, world: World): Promise<Exit> {
  const names = files.length === 2 ? files : []
  const [one, other] = names
  if (one === undefined || other === undefined)
    throw refuse('Two files are held side by side', 'kotodama subtitles diff BEFORE AFTER')
  const [before, after] = [await readFileOf(one, world), await readFileOf(other, world)]
  if (!isRead(before) || !isRead(after)) {
    for (const file of [before, after]) if (!isRead(file)) await world.err(sayReading(file))
    return exits.wrong
  }
  const pairs = diffOf(before.document, after.document)
  const differing = pairs.filter(({ how }) => how !== 'same')
  const counts = countsOf(pairs)
  const [old, now] = [numbersOf(before.document.captions), numbersOf(after.document.captions)]
  if (values.json)
    await sayJson(world, {
      before: one,
      after: other,
      counts,
      differences: differing.map(row => jsonOf(row, old, now)),
    })
  else {
    for (const pair of differing) await world.out(sayPair(pair, old, now))
    const said = Object.entries(counts).map(([name, count]) => `${count} ${name}`)
    await world.out(`${said.join(', ')}\n`)
  }
  return differing.length > 0 ? exits.found : exits.clean
}

function countsOf(pairs: readonly Pair[]): Readonly<Record<'same' | 'added' | 'removed' | Change, number>> {
  const counts = { same: 0, added: 0, removed: 0, moved: 0, retimed: 0, reworded: 0, style: 0 }
  for (const pair of pairs) {
    if (pair.how !== 'changed') counts[pair.how]++
    else for (const change of pair.changes) counts[change]++
  }
  return counts
}

type Numbers = ReadonlyMap<string, number>
const textRow = ({ runs }: Document['captions'][number]) => oneRow(runs.map(({ text }) => text).join(''))

function sayPair(pair: Pair, old: Numbers, now: Numbers): string {
  if (pair.how === 'removed')
    return `#${old.get(pair.before.id)} ${clock(pair.before.start)}: removed\n    - ${textRow(pair.before)}\n`
  if (pair.how === 'added')
    return `#${now.get(pair.after.id)} ${clock(pair.after.start)}: added\n    + ${textRow(pair.after)}\n`
  const { before, after, changes } = pair
  const [was, is] = [old.get(before.id), now.get(after.id)]
  const by = changes.includes('moved') ? ` by ${shift(after.start - before.start)}` : ''
  return `#${was}${was === is ? '' : ` -> #${is}`} ${clock(before.start)}: ${changes.join(', ')}${by}\n${sayChange(before, after)}`
}

const jsonOf = (pair: Pair, old: Numbers, now: Numbers) => ({
  how: pair.how,
  ...('changes' in pair && { changes: pair.changes }),
  ...('before' in pair && { number: old.get(pair.before.id), before: pair.before }),
  ...('after' in pair && { becomes: now.get(pair.after.id), after: pair.after }),
})
