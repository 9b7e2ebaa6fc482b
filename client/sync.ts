import { effect, type ReadonlySignal } from '@preact/signals'
import type { Socket } from 'socket.io-client'
import type { FromClient, FromServer } from '../server/contract.ts'
import type { Ask } from './api.ts'
import { reached } from './attempt.ts'
import { withDesk } from './desk/lines.ts'
import { type Load, openLoad } from './load.ts'
import { may } from './may.ts'
import type { State } from './state.ts'

/** What comes by itself, and what goes out unasked. */
export type Live = Load

type Line = Socket<FromServer, FromClient>

/** Several lines change at once when a language is made again: they are fetched together. */
const gather = 60

/** Keeps the state true: fetches what the place needs, and again whatever the server says has changed. */
export function openSync(
  state: ReadonlySignal<State>,
  change: (how: (state: State) => State) => void,
  ask: Ask,
  connect: () => Line,
): Live {
  const load = openLoad(state, change, ask)
  let socket: Line | undefined
  let watched: string | undefined
  let joined: string | undefined
  let changed = new Set<string>()

  const here = (episode: string) => state.peek().desk?.episode.id === episode
  const watch = (episode: string | undefined) => {
    if (watched !== undefined && watched !== episode) socket?.emit('episode:leave', watched)
    watched = episode
    if (episode !== undefined && socket?.connected) join(socket, episode)
  }
  const join = (line: Line, episode: string) =>
    line.emit('episode:watch', episode, answer => {
      if (!answer.ok) return change(before => ({ ...before, notice: { problem: answer.problem } }))
      // Between the fetch and this moment, or while the line was broken, news reached nobody here.
      void (joined === episode ? load.episode() : load.since())
      joined = episode
    })

  const open = () => {
    const line = connect()
    line.on('connect', () => {
      change(before => ({ ...reached(before), connected: true }))
      if (watched !== undefined) join(line, watched)
    })
    line.on('disconnect', reason => {
      if (reason !== 'io client disconnect') change(before => ({ ...before, connected: false }))
    })
    line.on('connect_error', () => change(before => ({ ...before, connected: false })))
    line.on('step:moved', ({ episode, step }) => {
      if (here(episode)) load.step(step)
    })
    line.on('episode:changed', ({ episode }) => {
      if (here(episode)) void load.episode()
    })
    line.on('lines:changed', ({ episode, language, lines }) => {
      const desk = state.peek().desk
      if (!here(episode) || desk === undefined) return
      if (desk.language !== language) {
        if (desk.player.shows === language) void load.cues(language)
        return
      }
      if (changed.size === 0) setTimeout(flush, gather)
      for (const id of lines) changed.add(id)
    })
    line.on('watchers:changed', ({ episode, people }) => {
      if (here(episode)) change(withDesk(desk => ({ ...desk, watchers: people })))
    })
    line.on('session:ended', () => change(before => ({ ...before, session: null })))
    return line
  }
  const flush = () => {
    const ids = [...changed]
    changed = new Set()
    void load.lines(ids)
    void load.counts()
  }

  effect(() => {
    const known = may(state.value, 'allSeries')
    if (known && socket === undefined) socket = open()
    if (!known && socket !== undefined) {
      socket.disconnect()
      socket = undefined
      watched = undefined
      joined = undefined
    }
  })
  let episode: string | undefined
  effect(() => {
    const next = state.value.session ? state.value.desk?.episode.id : undefined
    if (next !== episode) watch(next)
    episode = next
  })
  let at: string | undefined
  effect(() => {
    const desk = state.value.desk
    const next =
      desk?.open === undefined ? undefined : JSON.stringify([desk.episode.id, desk.open, desk.language])
    if (next === at) return
    at = next
    socket?.emit(
      'line:open',
      desk?.open === undefined
        ? null
        : { episode: desk.episode.id, line: desk.open, language: desk.language },
    )
  })
  return load
}
