import type { Role } from '../server/contract.ts'
import type { Routes } from './api.ts'
import type { State } from './state.ts'

const editors = ['lead', 'translator', 'admin'] as const
const leads = ['lead', 'admin'] as const
const judges = ['lead', 'reviewer'] as const
const watchers = ['lead', 'translator', 'reviewer', 'admin'] as const

/** Who may, as the contract says it; the compiler holds both against each other. The server decides. */
const who = {
  users: ['admin'],
  invite: ['admin'],
  allSeries: watchers,
  newSeries: leads,
  changeSeries: leads,
  importMemory: editors,
  newEpisode: leads,
  run: leads,
  changeEpisode: leads,
  pack: leads,
  cancel: leads,
  editLine: editors,
  judgeLine: watchers,
  consentPeople: leads,
  newRequest: ['lead'],
  judgeRecording: judges,
} as const satisfies { readonly [K in keyof Routes]?: Routes[K] extends { may: infer M } ? M : never }

export function may(state: State, what: keyof typeof who): boolean {
  const allowed: readonly Role[] = who[what]
  return state.session?.user.roles.some(role => allowed.includes(role)) ?? false
}

export const roleNames = [
  'lead',
  'translator',
  'reviewer',
  'actor',
  'admin',
] as const satisfies readonly Role[]
