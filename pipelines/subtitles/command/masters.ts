/**
 * `reconform`: an approved track onto a later master of the same film; what was cut otherwise is left for people.
 * `songs`: the songs of one episode where the next one sings them again. Both by the sound alone.
 */
import { resolve } from 'node:path'
import type { Document } from '../document.ts'
import { carrySongs, withSongs } from '../songs/carry.ts'
import { reconform as reconformTo } from '../sync/reconform.ts'
import { filesOf, type Told, type Way } from './each.ts'
import { type Read, readFileOf } from './files.ts'
import { type Asked, rateOf, type Values } from './options.ts'
import { clock, isRead, numbersOf, oneRow, sayReading, shift } from './report.ts'
import { type Exit, exits, refuse, type World } from './world.ts'

/** What both verbs compare. */
async function soundsOf({ was, is }: Values, world: World) {
  if (was === undefined || is === undefined)
    throw refuse('Two recordings are compared', 'Say --was FILE for the one it was made for, and --is FILE.')
  const [before, after] = [
    await world.print(resolve(world.folder, was)),
    await world.print(resolve(world.folder, is)),
  ]
  return { before, after }
}

export async function reconform(asked: Asked, world: World): Promise<Exit> {
  const { values } = asked
  const files = await filesOf(asked, world)
  const { before, after } = await soundsOf(values, world)
  const rate = values.fps === undefined ? after.rate : rateOf(values.fps)
  const tell = async (file: Read, { target, say, put }: Way): Promise<Told> => {
    const own = file.document
    // A cut is between two frames of the film, whatever the file counts.
    const known = rate ?? own.rate
    const found = reconformTo(known ? { ...own, rate: known } : own, before.print, after.print)
    const { kept, moved, reopened, fresh } = found
    const document: Document = { ...own, captions: found.document.captions }
    if (reopened.length === own.captions.length && own.captions.length > 0) {
      await say(
        `${oneRow(file.name)}: refused, nothing was moved. The two recordings have no sound in common.\n`,
      )
      return [exits.found, { file: file.name, refused: true }]
    }
    await put(document)
    const numbers = numbersOf(own.captions)
    const now = new Map(document.captions.map(({ id, start }) => [id, start]))
    await say(
      [
        `${oneRow(file.name)}: ${kept.length} stay, ${moved.length} move, ${reopened.length} reopen\n`,
        ...stretches(own, now, moved).map(
          ([first, last, by]) => `    #${numbers.get(first)} to #${numbers.get(last)}: ${shift(by)}\n`,
        ),
        ...reopened.map(
          ({ caption, why }) =>
            `    #${numbers.get(caption)} ${clock(now.get(caption) ?? 0)}: reopens, ${whys[why]}\n`,
        ),
        ...fresh.map(({ start, end }) => `    ${clock(start)} to ${clock(end)}: new in this master\n`),
      ].join(''),
    )
    const report = {
      file: file.name,
      written: target,
      kept: kept.map(id => numbers.get(id)),
      moved: moved.map(id => numbers.get(id)),
      reopened: reopened.map(({ caption, why }) => ({ caption: numbers.get(caption), why })),
      fresh,
    }
    const open = reopened.length > 0 || fresh.length > 0 || (target === undefined && moved.length > 0)
    return [open ? exits.found : exits.clean, report]
  }
  return files.each(tell, { head: { was: values.was, is: values.is } })
}
const whys = { gone: 'its sound is gone', changed: 'a cut goes through it' } as const

/** Captions in a row that move by the same. */
function stretches(
  { captions }: Document,
  now: ReadonlyMap<string, number>,
  moved: readonly string[],
): readonly (readonly [first: string, last: string, by: number])[] {
  const is = new Set(moved)
  const found: [string, string, number][] = []
  let before: string | undefined
  for (const { id, start } of captions) {
    const last = found.at(-1)
    const by = (now.get(id) ?? start) - start
    if (is.has(id) && last && last[1] === before && last[2] === by) last[1] = id
    else if (is.has(id)) found.push([id, id, by])
    before = id
  }
  return found
}

export async function songs(asked: Asked, world: World): Promise<Exit> {
  const { values } = asked
  const files = await filesOf(asked, world)
  const into = values.into === undefined ? undefined : await readFileOf(values.into, world)
  if (into && !isRead(into)) {
    await world.err(sayReading(into))
    return exits.wrong
  }
  const { before, after } = await soundsOf(values, world)
  const tell = async (file: Read, { target, say, put }: Way): Promise<Told> => {
    const { captions, missing } = carrySongs(file.document, before.print, after.print)
    if (captions.length > 0) await put(withSongs(into?.document, file.document, captions))
    const numbers = numbersOf(file.document.captions)
    await say(
      [
        `${oneRow(file.name)}: ${captions.length} sung captions are sung again, ${missing.length} are not\n`,
        ...captions.map(
          ({ start, runs }) => `    ${clock(start)}: ${oneRow(runs.map(one => one.text).join(''))}\n`,
        ),
        ...missing.map(({ id, start }) => `    #${numbers.get(id)} ${clock(start)}: not found\n`),
      ].join(''),
    )
    const report = {
      file: file.name,
      written: captions.length > 0 ? target : undefined,
      songs: captions,
      missing: missing.map(({ id }) => numbers.get(id)),
    }
    return [captions.length === 0 || missing.length > 0 ? exits.found : exits.clean, report]
  }
  return files.each(tell, {
    head: { was: values.was, is: values.is },
    ...(values.into !== undefined && { inputs: [values.into] }),
    ...(into && { format: into.format }),
  })
}
