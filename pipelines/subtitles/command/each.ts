/** What verbs that go through files share. Where each is to be written is settled before any is read or listened to. */
import type { Document } from '../document.ts'
import type { Format } from '../formats/format.ts'
import { writeSubtitles } from '../write.ts'
import { apart, forEachFile, namesOf, type Read, save, standing, targetOf } from './files.ts'
import type { Asked } from './options.ts'
import { isRead, sayJson, sayReading, unreadJson } from './report.ts'
import { type Exit, exits, refuse, type World, worst } from './world.ts'

export type Way = {
  /** Where the file is to be written; `-` is standard output, and nothing means that it is only looked at. */
  readonly target: string | undefined
  /** To whoever reads along: nobody where a report of JSON is asked for, and beside the file where that takes the output. */
  readonly say: (text: string) => Promise<void>
  readonly put: (document: Document) => Promise<void>
}
/** What became of a file: an exit code, and what the report says of it. */
export type Told = readonly [Exit, unknown]

export type Others = {
  /** Files that were read beside those named, and must not be written over either. */
  readonly inputs?: readonly string[]
  /** In which format files are written, where it isn't their own. */
  readonly format?: Format
  /** What the report says before its files. */
  readonly head?: object
}
export type Files = {
  readonly names: readonly string[]
  readonly each: (tell: (file: Read, way: Way) => Promise<Told>, others?: Others) => Promise<Exit>
}

/** @throws Problem for files that nobody has, or places where they can't be written */
export async function filesOf({ values, files }: Asked, world: World): Promise<Files> {
  const names = await namesOf(files, world)
  const targets = names.map(name => targetOf(name, values, names.length > 1))
  apart(targets, world)
  if (values.json && targets.includes('-'))
    throw refuse('Both the report and the file would go to standard output', 'Name a file: --out NAME')
  for (const target of targets)
    if (target !== undefined && target !== '-') await standing(target, { inputs: names, values, world })
  return {
    names,
    each: async (tell, { inputs = [], format, head } = {}) => {
      const told = await forEachFile(names, world, async (file): Promise<Told> => {
        const target = targets[names.indexOf(file.name)]
        const say = (text: string) =>
          values.json ? Promise.resolve() : target === '-' ? world.err(text) : world.out(text)
        if (!isRead(file)) {
          await say(sayReading(file))
          return [exits.wrong, unreadJson(file)]
        }
        const to = format ?? file.format
        if (target !== undefined && !to.write) throw refuse(`${to.title} is only read`, 'Convert it first.')
        const put = async (document: Document) => {
          if (target === undefined) return
          const { bytes } = writeSubtitles(document, to)
          await save(target, bytes, { inputs: [...names, ...inputs], values, world })
        }
        return tell(file, { target, say, put })
      })
      if (values.json) await sayJson(world, { ...head, files: told.map(([, report]) => report) })
      return worst(told.map(([exit]) => exit))
    },
  }
}
