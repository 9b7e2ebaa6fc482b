import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { type DefaultEventsMap, Server, type Socket } from 'socket.io'
import { Problem } from '../pipelines/problem.ts'
import type { Auth, Session } from './auth.ts'
import { type FromClient, type FromServer, LineOpen, Watch, watchers } from './contract.ts'
import { allows, type Guard } from './guard.ts'
import type { JobEvent } from './jobs.ts'
import { openLimit } from './limit.ts'
import { type Fault, viewOf } from './problem.ts'

type Open = NonNullable<ReturnType<typeof LineOpen.parse>>
/** What is known of a socket. */
type Guest = { readonly token: string; readonly session: string; readonly name: string; open?: Open }
type Line = Socket<FromClient, FromServer, DefaultEventsMap, Guest>

export type Live = ReturnType<typeof openLive>
export type LiveParts = {
  readonly auth: Auth
  readonly guard: Guard
  readonly hasEpisode: (id: string) => Promise<boolean>
  readonly fault: Fault
  readonly now: () => number
}

const roomOf = (episode: string) => `episode ${episode}`
const seatOf = (session: string) => `session ${session}`
/** More than anybody does by hand. */
const eventsPerMinute = 240

/** Says over Socket.IO what happens to an episode, to those who watch it and may. */
export function openLive(http: HttpServer, { auth, guard, hasEpisode, fault, now }: LiveParts) {
  const limit = openLimit(eventsPerMinute, 60_000, now)
  // Connection state recovery stays off: it would let a socket back into its rooms without asking who it is.
  const io = new Server<FromClient, FromServer, DefaultEventsMap, Guest>(http, {
    serveClient: false,
    maxHttpBufferSize: 16_384,
    allowRequest: (request: IncomingMessage, decide) => decide(null, guard.handshake(request)),
  })

  io.use((socket, next) => {
    const token = guard.tokenIn(socket.request.headers)
    enter(token).then(
      session => {
        Object.assign(socket.data, { token, session: session.id, name: session.user.name })
        next()
      },
      error => next(Object.assign(new Error('refused'), { data: viewOf(error, fault) })),
    )
  })

  io.on('connection', socket => {
    socket.join(seatOf(socket.data.session))
    socket.on('episode:watch', (episode, done) => {
      if (typeof done !== 'function') return
      watch(socket, episode).then(
        watching => done({ ok: true, watching }),
        error => done({ ok: false, problem: viewOf(error, fault) }),
      )
    })
    // Nobody waits for an answer to these: a refusal is dropped, a fault is kept.
    const heed = (error: unknown) => void viewOf(error, fault)
    socket.on('episode:leave', episode => void leave(socket, episode).catch(heed))
    socket.on('line:open', at => void openLine(socket, at).catch(heed))
    socket.on('disconnecting', () => {
      const left = episodesOf(socket)
      // The rooms are left just after this.
      queueMicrotask(() => left.forEach(tellWatchers))
    })
  })

  auth.listen(end)

  /** Who holds this token, if they may watch now. Asked again at every join: a role may be gone since. */
  async function enter(token: string | undefined): Promise<Session> {
    return checked(await auth.who(token))
  }

  function checked(session: Session | undefined): Session {
    if (!session) throw new Problem('not-signed-in')
    if (!allows(watchers, session)) throw new Problem('not-allowed', { role: watchers.join(' or ') })
    return session
  }

  async function watch(socket: Line, asked: unknown): Promise<string[]> {
    limit.take(socket.id)
    const episode = Watch.parse(asked)
    await enter(socket.data.token)
    if (!(await hasEpisode(episode))) throw new Problem('not-found', { what: 'episode', id: episode })
    await socket.join(roomOf(episode))
    tellWatchers(episode)
    return [...new Set(peopleIn(episode).map(({ name }) => name))]
  }

  // What a socket says is typed but not checked: anything may stand in its place. These are async so that what they
  // throw is a rejection; thrown into Socket.IO it would end the process.
  async function leave(socket: Line, asked: unknown): Promise<void> {
    limit.take(socket.id)
    const episode = Watch.parse(asked)
    await socket.leave(roomOf(episode))
    tellWatchers(episode)
  }

  async function openLine(socket: Line, asked: unknown): Promise<void> {
    limit.take(socket.id)
    const at = LineOpen.parse(asked)
    if (at && !socket.rooms.has(roomOf(at.episode))) return
    const before = socket.data.open
    socket.data.open = at ?? undefined
    for (const episode of new Set([before?.episode, at?.episode])) if (episode) tellWatchers(episode)
  }

  function episodesOf(socket: Line): string[] {
    return [...socket.rooms]
      .filter(room => room.startsWith(roomOf('')))
      .map(room => room.slice(roomOf('').length))
  }

  /** Everybody once for each line they have open. */
  function peopleIn(episode: string) {
    const sockets = [...(io.sockets.adapter.rooms.get(roomOf(episode)) ?? [])]
    const people = sockets.flatMap(id => {
      const guest = io.sockets.sockets.get(id)?.data
      const at =
        guest?.open?.episode === episode ? { line: guest.open.line, language: guest.open.language } : {}
      return guest ? [{ name: guest.name, ...at }] : []
    })
    return [...new Map(people.map(person => [JSON.stringify(person), person])).values()]
  }

  function tellWatchers(episode: string): void {
    io.to(roomOf(episode)).emit('watchers:changed', { episode, people: peopleIn(episode) })
  }

  function end(session: string): void {
    const seat = io.in(seatOf(session))
    seat.emit('session:ended')
    seat.disconnectSockets(true)
  }

  return {
    /** Passes news on to those who watch the episode. */
    tell(event: JobEvent): void {
      const room = io.to(roomOf(event.episode))
      if (event.type === 'step:moved') room.emit('step:moved', { episode: event.episode, step: event.step })
      else if (event.type === 'lines:changed') room.emit('lines:changed', withoutType(event))
      else room.emit('episode:changed', { episode: event.episode, state: event.state })
    },

    /** Ends the sockets of sessions that ran out, or whose person may not watch any more. */
    async sweep(): Promise<void> {
      for (const { data } of io.sockets.sockets.values())
        await auth
          .peek(data.token)
          .then(checked)
          .catch(() => end(data.session))
    },

    count: (): number => io.sockets.sockets.size,
    close: (): Promise<void> => io.close(),
  }
}

function withoutType({ type: _, ...event }: JobEvent & { type: 'lines:changed' }) {
  return event
}
