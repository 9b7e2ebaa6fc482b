import { stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type Heeded,
  Problem,
  soundOf,
  soundsIn,
  storeBeside,
  type Verdict,
  type Watermark,
} from '../../pipelines/index.ts'
import { readConfig } from '../config.ts'
import { openHouseCredentials, openHouseWatermark } from '../marks.ts'
import type { Command } from './command.ts'

export const usage = `kotodama marks detect FILE [--json]
  0: marked, and nothing is wrong with it   1: no mark   3: content credentials that do not hold   2: asked wrongly`

type Version = { readonly title: string; readonly episode: string; readonly language: string }
type Sound = Heeded & { readonly stream: number; readonly language?: string }

const types: Readonly<Record<string, string>> = {
  '.wav': 'audio/wav',
  '.mp4': 'video/mp4',
  '.m4a': 'audio/mp4',
  '.mp3': 'audio/mpeg',
  '.flac': 'audio/flac',
}

/** Looks for this house's marks in a media file: content credentials, and watermarks in every one of its sounds. */
export const run: Command = async args => {
  const options = { json: { type: 'boolean', default: false } } as const
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const [deed, file, ...more] = positionals
  if (deed !== 'detect' || !file || more.length > 0) {
    console.error(usage)
    return 2
  }
  await stat(file).catch(() => {
    throw new Problem('media-unreadable', { file, reason: 'there is no such file' })
  })
  const config = readConfig()
  await stat(join(config.keysDir, 'watermark.key')).catch(() => {
    throw new Problem('not-found', { what: 'watermark key', id: join(config.keysDir, 'watermark.key') })
  })
  const credentials = await openHouseCredentials(config.keysDir, config.consent.companyName, Date.now)
  const watermark = await openHouseWatermark(config.keysDir)
  try {
    const versions = await versionsOf(config)
    const known = new Map(versions.map(version => [watermark.idOf(version), version]))
    const store = await storeBeside(file)
    const verdict = await credentials.read(file, types[extname(file).toLowerCase()] ?? '', {
      ...(store && { store }),
    })
    const sounds = await listenTo(file, watermark, [...known.keys()])
    const said = {
      file,
      credentials: verdict,
      sounds: sounds.map(sound => ({
        ...sound,
        marks: sound.marks.map(mark => ({
          ...mark,
          of: mark.id === undefined ? undefined : known.get(mark.id),
        })),
      })),
    }
    console.log(values.json ? JSON.stringify(said, null, 2) : inWords(verdict, sounds, known))
    if (verdict.state === 'broken' || verdict.state === 'unreadable') return 3
    const marked = sounds.some(({ marks }) => marks.length > 0)
    return marked || verdict.state !== 'none' ? 0 : 1
  } finally {
    credentials.close()
    watermark.close()
  }
}

async function listenTo(
  file: string,
  watermark: Watermark,
  known: readonly string[],
): Promise<readonly Sound[]> {
  const at = { signal: new AbortController().signal, report: () => {} }
  const sounds: Sound[] = []
  for (const [stream, language] of (await soundsIn(file, at)).entries())
    sounds.push({
      stream,
      ...(language !== undefined && { language }),
      ...(await watermark.listen(soundOf(file, stream, at), known)),
    })
  return sounds
}

/** Every version the house knows of; none where there is no data to ask, nor need of a store's drivers. */
async function versionsOf(config: ReturnType<typeof readConfig>): Promise<readonly Version[]> {
  if (!config.mongodbUri && !(await stat(config.dataDir).catch(() => undefined))) return []
  const { openParts } = await import('../parts.ts')
  const parts = await openParts(config, { join: true })
  try {
    const versions: Version[] = []
    for (const { id, title } of await parts.people.series.all())
      for (const { number, targets } of await parts.people.episodes.ofSeries(id))
        for (const language of targets) versions.push({ title, episode: number, language })
    return versions
  } finally {
    await parts.close()
  }
}

const verdicts: Readonly<Record<Verdict['state'], string>> = {
  none: 'none',
  trusted: 'valid, signed by this house',
  valid: 'valid, but signed by somebody this house does not know',
  broken: 'BROKEN: the file is not what was signed',
  unreadable: 'there, but they can’t be read',
}

function inWords(verdict: Verdict, sounds: readonly Sound[], known: ReadonlyMap<string, Version>): string {
  const failures = verdict.failures.length > 0 ? ` (${verdict.failures.join(', ')})` : ''
  const rows = [`content credentials: ${verdicts[verdict.state]}${failures}`]
  for (const { stream, language, marks, score } of sounds) {
    const name = `sound ${stream + 1}${language ? ` (${language})` : ''}`
    if (marks.length === 0) rows.push(`${name}: no watermark of this house (score ${score})`)
    for (const mark of marks) {
      const of = mark.id === undefined ? undefined : known.get(mark.id)
      const what = mark.id ? `watermark ${mark.id}` : 'a watermark of this house, too weak to be read'
      const where = of ? `: ${of.title}, episode ${of.episode}, ${of.language}` : ''
      const speed = mark.scale === 1 ? '' : `, played at ${mark.scale.toFixed(3)} of its speed`
      const span = `${(mark.start / 1000).toFixed(0)}–${(mark.end / 1000).toFixed(0)} s`
      rows.push(`${name}, ${span}: ${what}${where} (score ${mark.score}${speed})`)
    }
  }
  return rows.join('\n')
}
