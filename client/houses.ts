import type { HouseFigures } from '../server/contract.ts'
import type { Ask } from './api.ts'
import type { State } from './state.ts'

export type Figures = HouseFigures

/** What of a house a person may set otherwise: numbers with their least, most and step, and what is asked or not. */
export const houseFields = {
  numbers: [
    ['row', 4, 200, 0.5],
    ['rows', 1, 10, 1],
    ['speed', 1, 100, 0.25],
    ['shortest', 0, 60_000, 1],
    ['longest', 500, 600_000, 1],
  ],
  flags: ['oneRow', 'italics', 'spellsNumbers', 'signsInCapitals', 'glyphs'],
} as const

/** Fetches whose style the subtitles of a series follow. */
export async function fetchHouses(
  ask: Ask,
  change: (how: (state: State) => State) => void,
  series: string,
): Promise<void> {
  const found = await ask('houses', { series })
  change(before => ({ ...before, houses: { ...before.houses, [series]: found } }))
}

/** What of a form differs from the house it is made from. */
export function ownChange(form: HTMLFormElement, base: Figures): Partial<Figures> {
  const data = new FormData(form)
  const count = Number(data.get('gap'))
  const gap: Figures['gap'] = data.get('unit') === 'ms' ? { ms: count } : { frames: count }
  const said: Figures = {
    ...base,
    ...Object.fromEntries(houseFields.numbers.map(([field]) => [field, Number(data.get(field))])),
    ...Object.fromEntries(houseFields.flags.map(field => [field, data.get(field) !== null])),
    gap,
  }
  const fields = Object.keys(base) as (keyof Figures)[]
  return Object.fromEntries(
    fields
      .filter(field => JSON.stringify(said[field]) !== JSON.stringify(base[field]))
      .map(field => [field, said[field]]),
  )
}
