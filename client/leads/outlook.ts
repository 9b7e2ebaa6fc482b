import type { LineView, RequestView, TermsShape, WithheldView } from '../../server/contract.ts'

const hour = 3_600_000
/** The shortest notice there is: consent/records.ts. */
const leastNotice = 48 * hour

/** How a withheld line stands against the day it is on air. */
export type Outlook = {
  /** What was asked already and could free it. */
  readonly request?: RequestView
  /** From when on it could be spoken if everybody said yes now, the notice kept. */
  readonly earliest: number
  /** The last moment to ask for it with the shortest notice. */
  readonly askBy?: number
  readonly air: 'no-date' | 'in-time' | 'only-waived' | 'over'
}

/** These are settled by what was agreed already; of every other refusal a yes that stands is no help. */
const settled: ReadonlySet<string> = new Set(['no-notice', 'no-licence', 'no-guardian', 'not-yet'])

/** What was asked, and what the notice leaves of the time until a withheld line is on air. */
export function outlookOf(
  row: WithheldView,
  title: string,
  requests: readonly RequestView[],
  now: number,
): Outlook {
  const request = requests
    .filter(
      ({ actor, terms, state }) =>
        actor === row.actor &&
        terms.title === title &&
        terms.acts.includes('speak') &&
        terms.episodes.includes(row.number) &&
        terms.languages.includes(row.language) &&
        terms.characters.includes(row.character) &&
        (state === 'open' || (state === 'granted' && settled.has(row.code))),
    )
    .sort((a, b) => b.logged - a.logged)[0]
  const waived = request?.yes?.noticeWaived ?? false
  const notice = request === undefined ? now + leastNotice : waived ? now : request.noticeUntil
  const earliest = Math.max(now, notice)
  const onAir = row.onAir === undefined ? Number.NaN : Date.parse(row.onAir)
  return {
    ...(request && { request }),
    earliest,
    ...(!Number.isNaN(onAir) && { askBy: onAir - leastNotice }),
    air: Number.isNaN(onAir)
      ? 'no-date'
      : onAir <= now
        ? 'over'
        : earliest <= onAir
          ? 'in-time'
          : 'only-waived',
  }
}

export type RequestState =
  | RequestView['state']
  | 'narrowed'
  | Extract<NonNullable<RequestView['yes']>['state'], 'notice' | 'paused'>

/** How a request stands, told by the yes there is to it. */
export function stateOf({ state, yes, terms }: RequestView): RequestState {
  if (state !== 'granted' || yes === undefined) return state
  if (yes.state === 'notice' || yes.state === 'paused' || yes.state === 'over') return yes.state
  return lessIn(terms, yes.terms).length > 0 ? 'narrowed' : 'granted'
}

/** The terms in which a yes says less than was asked. */
export function lessIn(asked: TermsShape, agreed: TermsShape): readonly (keyof TermsShape)[] {
  const plain = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...value].sort() : value)
  return (Object.keys(asked) as (keyof TermsShape)[]).filter(
    term => plain(asked[term]) !== plain(agreed[term]),
  )
}

/** Withheld lines that have the same reason and the same way out, together. */
export type Bundle = { readonly first: WithheldView; readonly lines: readonly WithheldView[] }

/** Lines of one episode, language, character, actor and code are one matter. */
export function bundled(rows: readonly WithheldView[]): readonly Bundle[] {
  const bundles = new Map<string, WithheldView[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.episode, row.language, row.actor, row.character, row.code])
    bundles.set(key, [...(bundles.get(key) ?? []), row])
  }
  return [...bundles.values()].flatMap(lines => (lines[0] ? [{ first: lines[0], lines }] : []))
}

/** Lines that were withheld when the dub was made, and of which the register withholds none any more. */
export const freed = (lines: readonly LineView[], rows: readonly WithheldView[]): readonly LineView[] =>
  lines.filter(
    ({ id, language, text, take }) =>
      take?.state === 'withheld' &&
      text.trim() !== '' &&
      !rows.some(row => row.line === id && row.language === language),
  )
