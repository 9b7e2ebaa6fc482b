import type { Draft, Theme, Tongue } from './state.ts'

/** What the browser remembers for its person. A browser that remembers nothing is no reason to stop. */
const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
const write = (key: string, value: string | undefined) => {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // Full, or forbidden: the page works on without.
  }
}

export function readTongue(wanted: readonly string[]): Tongue {
  const kept = read('kotodama.tongue')
  if (kept === 'en' || kept === 'ja') return kept
  return wanted[0]?.startsWith('ja') ? 'ja' : 'en'
}
export const keepTongue = (tongue: Tongue) => write('kotodama.tongue', tongue)

export function readTheme(): Theme {
  const kept = read('kotodama.theme')
  return kept === 'light' || kept === 'dark' ? kept : 'auto'
}
export const keepTheme = (theme: Theme) => write('kotodama.theme', theme === 'auto' ? undefined : theme)

type Drafts = Readonly<Record<string, Draft>>
const draftsOf = (episode: string) => `kotodama.drafts.${episode}`

/** What was written and not saved when the page went away: it comes back with it. */
export function readDrafts(episode: string): Drafts {
  try {
    return (JSON.parse(read(draftsOf(episode)) ?? '{}') ?? {}) as Drafts
  } catch {
    return {}
  }
}
export const keepDrafts = (episode: string, drafts: Drafts) =>
  write(draftsOf(episode), Object.keys(drafts).length === 0 ? undefined : JSON.stringify(drafts))
