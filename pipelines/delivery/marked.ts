import { Problem } from '../problem.ts'
import type { Run, Stage, Step } from '../stage.ts'
import type { Blob, Dub, Ms } from '../terms.ts'

/** How surely a mark is heard in a file's sound (counted among its sounds), in standard deviations. */
export type HearMark = (sound: { file: string; stream: number }, id: string, at: Stage) => Promise<number>

/** Chance comes so high once in 30,000 times, at the one place where the mark must be. */
const enough = 4
/**
 * In less speech than this a mark may be too short to be heard so surely (3 s of speech come to 5 and some, give or take 1;
 * 6.5 s to 8): there, half of what the mix has is asked.
 */
const short: Ms = 6500
/** As much is asked even there: of 15 sounds without the mark one comes so high, of those with it nearly all. */
const faint = 1.5
/** In less than this chance is as loud as the mark (1.6 s were heard with 1.3 to 4.4): it tells nothing, and is not asked. */
const tellable: Ms = 3000

const step: Step = { name: 'part', version: 1 }

export type Delivered = {
  readonly name: string
  readonly file: Blob
  readonly stream: number
  /** The mix before it was encoded. */
  readonly mix: Blob
  /** For how long a machine speaks in it. */
  readonly spoken: Ms
}

/**
 * Hears the mark in what was encoded, after it was encoded.
 * @returns how surely it is heard; nothing where too little is spoken to tell
 * @throws Problem `mark-missing`
 */
export async function expectMark(
  mark: NonNullable<Dub['mark']>,
  { name, file, stream, mix, spoken }: Delivered,
  hear: HearMark,
  run: Run,
  veiled: (at: Stage) => Stage = at => at,
): Promise<number | undefined> {
  if (spoken < tellable) return undefined
  const heard = (file: Blob, stream: number) =>
    run({ ...step, of: mark.id }, ['mark', file, stream, mark], async at =>
      hear({ file: await veiled(at).file(file), stream }, mark.id, at),
    )
  const score = await heard(file, stream)
  const least = spoken >= short ? enough : Math.max(faint, Math.min(enough, (await heard(mix, 0)) / 2))
  if (score < least)
    throw new Problem('mark-missing', { file: name, score: rounded(score), least: rounded(least) })
  return rounded(score)
}

const rounded = (score: number) => Math.round(score * 10) / 10
