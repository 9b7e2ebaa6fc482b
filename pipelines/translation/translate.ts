import { isHeld } from '../rights.ts'
import type { Run, Stage } from '../stage.ts'
import type {
  Finding,
  Glossary,
  Honorifics,
  Language,
  Line,
  LineEdit,
  Origin,
  Transcript,
  TranslatedLine,
  Translation,
} from '../terms.ts'
import { checkText, unfit } from './check.ts'
import type { Answer, TranslateAsk, TranslationEngine } from './engine.ts'
import { finding } from './findings.ts'
import { type Checked, checkGlossary, termsIn } from './glossary.ts'
import { checkHonorifics, honorificsIn } from './honorifics.ts'
import { type Match, type Recalled, sameWords } from './memory.ts'

export type TranslateInputs = {
  readonly transcript: Transcript
  readonly to: Language
  readonly recalled: readonly Recalled[]
  readonly glossary: Glossary
  /** What the series does with honorifics in this language. */
  readonly honorifics?: Honorifics
  readonly edits: readonly LineEdit[]
  /** How much each line may say, for engines that heed it. */
  readonly budgets?: Readonly<Record<string, { readonly phrases: readonly number[] }>>
}
type Said = { readonly text: string; readonly origin: Origin; readonly candidates?: readonly string[] }

const nothing: Said = { text: '', origin: { how: 'none' } }
/** Neighbouring lines shown with a batch. */
const [before, after] = [3, 2]

/**
 * Every line in another language, in the transcript's order: a person's words if there are any, else the memory's if it
 * knows the same words, else the engine's, else nothing. A memory that is only alike is a suggestion, however alike: one
 * syllable can turn a sentence into its opposite. Stage directions are not translated, and words that somebody holds the
 * rights of are left to people: they go to no engine, not even beside others.
 * @throws Problem of the engine when it can't be reached or fails: what was done is remembered, so trying again goes on.
 */
export async function translate(
  { transcript, to, recalled, glossary, honorifics, edits, budgets = {} }: TranslateInputs,
  engine: TranslationEngine | undefined,
  run: Run,
  at: Stage,
): Promise<Translation> {
  const { language: from, lines } = transcript
  const memories = new Map(recalled.map(({ line, matches }) => [line, matches]))
  const remembered = new Map(lines.flatMap(line => (isHeld(line) ? [] : fromMemory(line.id, memories))))
  const able = engine?.speaks(from, to) ? engine : undefined
  const answers = able ? await askEngine(able) : new Map<string, Said>()

  const translated = lines.map(line => {
    const machine = remembered.get(line.id) ?? answers.get(line.id) ?? nothing
    const alike = memories.get(line.id)?.find(match => match.target !== machine.text)
    const hint = alike && saidBy(alike)
    const edit = edits.find(one => one.line === line.id && one.language === to)
    if (edit?.text === undefined) return lineOf(line, machine, hint)
    const beside = machine.text === '' ? hint : machine
    return lineOf(
      line,
      { text: edit.text, origin: { how: 'human' } },
      beside?.text === edit.text ? undefined : beside,
    )
  })
  return { language: to, lines: translated, findings: findingsOf(translated) }

  /**
   * Batches are cut by place in the episode and take no notice of what people wrote, so that an edited translation
   * asks nothing again.
   */
  async function askEngine(engine: TranslationEngine): Promise<Map<string, Said>> {
    const said = new Map<string, Said>()
    for (let start = 0; start < lines.length; start += engine.batch) {
      const end = Math.min(lines.length, start + engine.batch)
      const wanted = lines
        .slice(start, end)
        .filter(line => isSpoken(line) && !isHeld(line) && !remembered.has(line.id))
      if (wanted.length > 0) {
        const ask: TranslateAsk = {
          from,
          to,
          lines: wanted.map(({ id, speaker, text }) => {
            const budget = engine.budgeted ? budgets[id]?.phrases : undefined
            return { id, speaker, text, ...(budget && { budget }) }
          }),
          before: toldOf(lines.slice(Math.max(0, start - before), start)),
          after: toldOf(lines.slice(end, end + after)),
          ...(engine.customs && honorifics && { honorifics }),
          glossary: termsIn(wanted.map(line => line.text).join('\n'), glossary, from),
        }
        // JSON knows no undefined: what has no answer is kept as null.
        const texts = await run(
          { name: 'part', version: 2, of: to },
          ['translate', engine.identity, ask],
          async part => (await engine.translate(ask, part.signal)).map(answer => answer ?? null),
        )
        // A shorter or longer answer can't be told apart from one that slipped by a line.
        const complete = texts.length === wanted.length
        for (const [i, line] of wanted.entries()) {
          const [text, ...candidates] = complete ? ranked(line, texts[i] ?? []) : []
          if (text !== undefined)
            said.set(line.id, {
              text,
              origin: { how: 'engine', engine: engine.identity },
              ...(candidates.length > 0 && { candidates }),
            })
        }
      }
      at.report(end / lines.length)
    }
    return said
  }

  /**
   * The wordings that may stand, those first that break the fewest terms. Beside the first only its equals are kept, in
   * terms and in honorifics: whichever the fit takes, what is said of the line stays true, and no term is broken for it.
   */
  function ranked({ id, text: source }: Line, answer: Answer): readonly string[] {
    const wordings = [...new Set([answer].flat().map(text => text.normalize('NFC').trim()))]
      .map(text => ({ id, source, text }))
      .filter(line => line.text !== '' && !unfit(line, to))
      .map(line => ({ ...line, breaches: breachesOf([line]) }))
      .sort((a, b) => a.breaches.length - b.breaches.length)
    const [best] = wordings
    if (!best) return []
    const like = (line: typeof best) => JSON.stringify([line.breaches, honorificsIn(line.text)])
    return wordings.filter(line => like(line) === like(best)).map(({ text }) => text)
  }

  /** What was agreed upon for the series, and is not done. */
  function breachesOf(checked: readonly Checked[]): Finding[] {
    const customs = honorifics ? checkHonorifics(checked, from, to, honorifics) : []
    return [...checkGlossary(checked, glossary, from, to), ...customs]
  }

  function findingsOf(translated: readonly TranslatedLine[]): Finding[] {
    const checked = translated.map(({ id, text }, i) => ({ id, source: lines[i]?.text ?? '', text }))
    return [
      ...(engine && !able
        ? [finding('engine-language', { language: to }, { engine: engine.identity, from, to })]
        : []),
      ...translated.flatMap((line, i) => originFindings(line, lines[i], memories.get(line.id) ?? [], to)),
      ...breachesOf(checked),
      ...(honorifics ? [] : checkHonorifics(checked, from, to)),
      ...checkText(checked, to),
    ]
  }
}

/** What the memory may say by itself. */
function fromMemory(id: string, memories: ReadonlyMap<string, readonly Match[]>): [string, Said][] {
  const best = memories.get(id)?.[0]
  return best && best.score >= sameWords ? [[id, saidBy(best)]] : []
}
const saidBy = ({ target, score, origin, source }: Match): Said => ({
  text: target,
  origin: { how: 'memory', score, origin, source },
})

const lineOf = (
  { id }: Line,
  { text, origin, candidates }: Said,
  suggestion: Said | undefined,
): TranslatedLine => ({
  id,
  text,
  origin,
  ...(suggestion && { suggestion: { text: suggestion.text, origin: suggestion.origin } }),
  ...(candidates && { candidates }),
})

function originFindings(
  { id, text, origin, suggestion }: TranslatedLine,
  line: Line | undefined,
  matches: readonly Match[],
  language: Language,
): Finding[] {
  const place = { line: id, language }
  if (!line || !isSpoken(line) || origin.how === 'human') return []
  const found: Finding[] = []
  if (text === '' && isHeld(line)) found.push(finding('rights-held', place, { rights: line.rights ?? '' }))
  else if (text === '') found.push(finding('untranslated', place))
  if (origin.how === 'memory' && origin.score < 1)
    found.push(finding('memory-fuzzy', place, { source: origin.source, score: origin.score }))
  const rivals = matches.filter(match => match.score === 1)
  if (origin.how === 'memory' && rivals.length > 1)
    found.push(finding('memory-ambiguous', place, { count: rivals.length }))
  else if (suggestion?.origin.how === 'memory') {
    const { score, source } = suggestion.origin
    found.push(finding('memory-similar', place, { source, score, percent: Math.floor(score * 100) }))
  }
  return found
}

const isSpoken = (line: Line) => line.kind !== 'note' && line.text.trim() !== ''
const asTold = ({ speaker, text }: Line) => (speaker ? `${speaker}: ${text}` : text)
const toldOf = (lines: readonly Line[]) => lines.filter(line => !isHeld(line)).map(asTold)
