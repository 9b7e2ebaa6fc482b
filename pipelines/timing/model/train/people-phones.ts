/**
 * When people said which sounds: PocketSphinx, held to the very words. Twice: first which pronunciation of each word and where
 * pauses are, then the exact row of sounds, each a word of its own in the grammar, so that each has its times. Its acoustic
 * model is the one that Rhubarb hears with, so this truth is rather Rhubarb's than ours.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Span } from '../../../terms.ts'
import { encodeWav } from '../../../wav.ts'

/** A sound under its CMU name without stress, or SIL. */
export type CmuPhone = Span & { readonly name: string }

const model = '/usr/share/pocketsphinx/model/en-us'
const dictionary = join(model, 'cmudict-en-us.dict')
export const havePocketSphinx = (): boolean =>
  existsSync(dictionary) && existsSync('/usr/bin/pocketsphinx_batch')

/** Words that the dictionary lacks. */
const more = {
  ...{
    churchyards: 'CH ER CH Y AA R D Z',
    hath: 'HH AE TH',
    kine: 'K AY N',
    ligatures: 'L IH G AH CH ER Z',
    lynches: 'L IH N CH AH Z',
    palings: 'P EY L IH NG Z',
    ravishment: 'R AE V IH SH M AH N T',
  },
  ...{
    puttel: 'P AH T AH L',
    "sherburn's": 'SH ER B ER N Z',
    seekest: 'S IY K AH S T',
    sie: 'Z IY',
    sintra: 'S IH N T R AH',
    spake: 'S P EY K',
  },
  ...{ splendours: 'S P L EH N D ER Z', yknow: 'Y AH N OW', zarathustra: 'Z AA R AH TH UW S T R AH' },
}

/** A frame is heard through a window of 25.6 ms that begins with it: the time it stands for begins 8 ms later. */
const late = 8

let known: Map<string, string> | undefined
/** Pronunciations by word; the others of `and` are `and(2)`, `and(3)` … */
function pronunciations(): Map<string, string> {
  known ??= new Map([
    ...Object.entries(more),
    ...readFileSync(dictionary, 'utf8')
      .split('\n')
      .map(line => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1).trim()] as const),
  ])
  return known
}

type Heard = { readonly word: string; readonly from: number; readonly to: number }

/** The way through a grammar that the sound fits best, in frames of 10 ms. Undefined when none was found. */
function align(
  folder: string,
  grammar: string,
  words: readonly string[],
  fillers: boolean,
): Heard[] | undefined {
  writeFileSync(join(folder, 'said.jsgf'), `#JSGF V1.0;\ngrammar said;\npublic <said> = ${grammar};\n`)
  writeFileSync(join(folder, 'said.dict'), `${words.join('\n')}\n`)
  writeFileSync(join(folder, 'ctl'), 'line\n')
  const out = join(folder, 'out')
  const options = {
    ...{ hmm: join(model, 'en-us'), jsgf: join(folder, 'said.jsgf'), dict: join(folder, 'said.dict') },
    ...{ ctl: join(folder, 'ctl'), cepdir: folder, cepext: '.wav', adcin: 'yes', adchdr: '44', hypseg: out },
    // Nothing is cut out, or times would run ahead, and nothing is given up early.
    ...{
      remove_silence: 'no',
      bestpath: 'no',
      beam: '1e-200',
      pbeam: '1e-200',
      wbeam: '1e-200',
      maxhmmpf: '-1',
    },
    ...{ fsgusefiller: fillers ? 'yes' : 'no', logfn: '/dev/null' },
  }
  execFileSync(
    'pocketsphinx_batch',
    Object.entries(options).flatMap(([name, value]) => [`-${name}`, value]),
    { stdio: 'ignore' },
  )
  const [, path = ''] = /L -?\d+ (.*)/.exec(readFileSync(out, 'utf8')) ?? []
  // "frame score word" (a filler or an alternative has a score more), and the number of frames at the end.
  const parts = [...path.matchAll(/(\d+)(?: -?\d+)+ (\S*[^\s\d]\S*)/g)].filter(
    ([, , word]) => word !== '(NULL)',
  )
  const end = Number(/(\d+)\s*$/.exec(path)?.[1])
  const found = parts.map(([, from, word = ''], at) => ({
    ...{ word, from: Number(from), to: Number(parts[at + 1]?.[1] ?? end) },
  }))
  return found.length > 0 ? found : undefined
}

export const wordsIn = (text: string): string[] => text.toLowerCase().match(/[a-z]+(?:'[a-z]+)*/g) ?? []

/** What was said when: the sounds, and the words as the first pass had them. Undefined where the words do not fit the sound. */
export function phonesSaid(
  samples: Float32Array,
  text: string,
): { readonly phones: CmuPhone[]; readonly words: (Span & { readonly text: string })[] } | undefined {
  const all = pronunciations()
  const said = wordsIn(text)
  const unknown = said.filter(word => !all.has(word))
  if (unknown.length > 0) throw new Error(`nobody knows how to say ${unknown.join(', ')}`)
  const folder = mkdtempSync(join(tmpdir(), 'kotodama-people-'))
  try {
    writeFileSync(join(folder, 'line.wav'), encodeWav(samples, 16_000))
    const forms = [...new Set(said)].flatMap(word => [
      `${word} ${all.get(word)}`,
      ...[2, 3, 4, 5].flatMap(turn => {
        const other = all.get(`${word}(${turn})`)
        return other ? [`${word}(${turn}) ${other}`] : []
      }),
    ])
    const words = align(folder, said.join(' '), forms, true)
    if (!words) return undefined
    const spoken = words.filter(({ word }) => word !== '<sil>' && !word.startsWith('['))
    if (spoken.length !== said.length) return undefined
    const row = spoken.map(({ word }) => all.get(word) ?? '').join(' [SIL] ')
    const names = [...new Set(row.match(/[A-Z]+/g)), 'SIL']
    const phones = align(
      folder,
      `[SIL] ${row} [SIL]`,
      names.map(name => `${name} ${name}`),
      false,
    )
    if (!phones) return undefined
    const ms = (frame: number) => (frame === 0 ? 0 : frame * 10 + late)
    return {
      phones: phones.map(({ word, from, to }) => ({ name: word, start: ms(from), end: ms(to) })),
      words: spoken.map(({ word, from, to }) => ({ text: word, start: ms(from), end: ms(to) })),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
