import type { Finding, FittedLine, Language } from '../terms.ts'
import { syllablesIn } from './syllables.ts'

/** What a rewriter aims at: the nearer end of what goes unnoticed. */
const aim = { overlong: 1.1, short: 0.9 } as const

/** How much too long or too short a line is, in syllables, and which of its phrases are to blame. */
export function findingsOf(line: FittedLine, language: Language): Finding[] {
  const { id, start, end, text, rate, verdict, kind } = line
  // Nobody dubs a song by machine; how long its subtitle may stand is the subtitles' business.
  if ((verdict !== 'overlong' && verdict !== 'short') || kind === 'song') return []
  const long = verdict === 'overlong'
  const syllables = syllablesOff(text, rate, verdict, language)
  const percent = Math.round(Math.abs(rate - 1) * 100)
  const whole: Finding = {
    rule: verdict,
    severity: long ? 'warning' : 'note',
    place: { line: id, span: { start, end }, language },
    figures: { rate, percent, syllables },
    says: long
      ? `It takes ${percent} % more time to say than there is.`
      : `It takes ${percent} % less time to say than there is.`,
    mend: `Make it about ${syllables} ${plural(syllables)} ${long ? 'shorter' : 'longer'}.`,
  }
  return [whole, ...placesOf(line, verdict, language)]
}

/**
 * Where to rewrite: phrases that are off by themselves, or, of a line that is said in one flow, its longer clauses, each
 * by its share. Two at most: more are no place but the line.
 */
function placesOf(line: FittedLine, verdict: keyof typeof aim, language: Language): Finding[] {
  const { id, start, end, text, rate, phrases } = line
  const long = verdict === 'overlong'
  const own = phrases.length > 1 ? phrases : clausesOf(text).map(text => ({ start, end, text, rate }))
  if (own.length < 2) return []
  return own
    .filter(({ rate: off = 1 }) => (long ? off > aim.overlong : off < aim.short))
    .map(place => ({ ...place, syllables: syllablesOff(place.text, place.rate ?? 1, verdict, language) }))
    .sort((a, b) => b.syllables - a.syllables)
    .slice(0, 2)
    .map(({ syllables, ...place }) => ({
      rule: `${verdict}-here`,
      severity: 'note',
      place: { line: id, span: { start: place.start, end: place.end }, language },
      figures: { text: place.text, syllables },
      says: `About ${syllables} ${plural(syllables)} too ${long ? 'many' : 'few'} here: “${place.text}”`,
    }))
}

/** A text cut behind its stops and commas. */
const clausesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?,;:。！？、，；：—–…][”’"'」』）)»]*)(?![.!?,;:。！？、，；：—–…”’"'」』）)»])/u)
    .map(clause => clause.trim())
    .filter(clause => /[\p{L}\p{N}]/u.test(clause))

const plural = (count: number) => `syllable${count === 1 ? '' : 's'}`

const syllablesOff = (text: string, rate: number, verdict: keyof typeof aim, language: Language): number =>
  Math.max(1, Math.round(syllablesIn(text, language) * Math.abs(1 - aim[verdict] / Math.max(0.01, rate))))
