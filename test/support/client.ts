import { io, type Socket } from 'socket.io-client'
import type { z } from 'zod'
import {
  type FromClient,
  type FromServer,
  type Route,
  routes,
  type SessionView,
} from '../../server/contract.ts'

type Routes = typeof routes
type Name = keyof Routes
type Part<K extends Name, Key extends string> =
  Routes[K] extends Readonly<Record<Key, infer Shape>> ? Shape : undefined
type Body<K extends Name> = Part<K, 'body'> extends z.ZodType ? z.input<Part<K, 'body'>> : undefined
type Answer<K extends Name> = Part<K, 'answer'> extends z.ZodType ? z.output<Part<K, 'answer'>> : undefined
type Places<Path extends string> = Path extends `${string}:${infer One}/${infer Rest}`
  ? One | Places<Rest>
  : Path extends `${string}:${infer One}`
    ? One
    : never
type Where<K extends Name> = Readonly<Record<Places<Routes[K]['path']>, string>>

export type Reply = { readonly status: number; readonly headers: Headers; readonly body: unknown }
export type Client = ReturnType<typeof openClient>
export type File = { readonly name: string; readonly bytes: Uint8Array }
export type Wire = Socket<FromServer, FromClient>

/** A person at a browser without a page: keeps the cookie and the token, and asks as the contract says. */
export function openClient(url: string) {
  let cookie: string | undefined
  let csrf: string | undefined
  const wires: Wire[] = []

  /** Asks with what a browser would send along. What is given in `headers` goes before it; null leaves it out. */
  async function send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string | null>> = {},
  ): Promise<Response> {
    const usual = {
      origin: url,
      cookie: cookie ?? null,
      'x-csrf': method === 'GET' ? null : (csrf ?? null),
      'content-type': body === undefined || body instanceof Uint8Array ? null : 'application/json',
    }
    const sent = Object.entries({ ...usual, ...headers }).filter(
      (pair): pair is [string, string] => pair[1] !== null,
    )
    const raw = body instanceof Uint8Array || typeof body === 'string'
    const answer = await fetch(new URL(path, url), {
      method,
      headers: sent,
      body: body === undefined ? undefined : raw ? Buffer.from(body) : JSON.stringify(body),
    })
    for (const set of answer.headers.getSetCookie()) cookie = set.split(';')[0]
    return answer
  }

  /** Asks one row of the contract's table, and gives whatever comes back. */
  async function tryTo<K extends Name>(
    name: K,
    where: Where<K>,
    body?: Body<K>,
    headers: Readonly<Record<string, string | null>> = {},
  ): Promise<Reply> {
    const { method, path } = routes[name]
    const filled = path.replace(/:(\w+)/g, (_, place: keyof Where<K>) => encodeURIComponent(where[place]))
    const answer = await send(method.toUpperCase(), filled, body, headers)
    const text = await answer.text()
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
  }

  /** Asks one row of the contract's table, and holds the answer against it. Throws what the server refused with. */
  async function ask<K extends Name>(name: K, where: Where<K>, body?: Body<K>): Promise<Answer<K>> {
    const reply = await tryTo(name, where, body)
    if (reply.status >= 300) throw new Error(`${name}: ${reply.status} ${JSON.stringify(reply.body)}`)
    const { answer }: Route = routes[name]
    return (answer ? answer.parse(reply.body) : undefined) as Answer<K>
  }

  const enter = (session: z.output<typeof SessionView>) => {
    csrf = session.csrf
    return session
  }

  return {
    send,
    tryTo,
    ask,
    get cookie() {
      return cookie
    },
    get csrf() {
      return csrf
    },

    setUp: async (token: string, name: string, password: string) =>
      enter(await ask('setup', {}, { token, name, password })),
    signIn: async (name: string, password: string) => enter(await ask('signIn', {}, { name, password })),
    signOut: () => ask('signOut', {}),

    /** Uploads these bytes in one piece and gives the upload's id. */
    async upload(name: string, bytes: Uint8Array): Promise<string> {
      const begun = await send('POST', '/api/uploads', undefined, {
        'tus-resumable': '1.0.0',
        'upload-length': String(bytes.byteLength),
        'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
      })
      if (begun.status !== 201) throw new Error(`upload: ${begun.status} ${await begun.text()}`)
      const place = begun.headers.get('location') ?? ''
      const sent = await send('PATCH', place, bytes, {
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      })
      if (sent.status !== 204) throw new Error(`upload: ${sent.status} ${await sent.text()}`)
      return place.split('/').at(-1) ?? ''
    },

    /** Uploads these files and begins an episode of them. */
    async ingest(
      series: string,
      number: string,
      files: { readonly [Slot in 'media' | 'script' | 'subtitles' | 'me']?: File },
      more: Partial<Body<'newEpisode'>> = {},
    ): Promise<Answer<'newEpisode'>> {
      const uploads: Record<string, string> = {}
      for (const [slot, file] of Object.entries(files))
        uploads[slot] = await this.upload(file.name, file.bytes)
      return ask('newEpisode', {}, { series, number, media: '', ...uploads, ...more })
    },

    /** A socket with this person's cookie. It may be refused: wait for `connect` or `connect_error`. */
    socket(headers: Readonly<Record<string, string>> = {}): Wire {
      const wire: Wire = io(url, {
        transports: ['websocket'],
        reconnection: false,
        extraHeaders: { origin: url, ...(cookie && { cookie }), ...headers },
      })
      wires.push(wire)
      return wire
    },

    close(): void {
      for (const wire of wires) wire.disconnect()
    },
  }
}

/** Watches an episode, and gives what the server answered. */
export const watch = (wire: Wire, episode: string) =>
  new Promise<{ ok: true; watching: string[] } | { ok: false; problem: { code: string } }>(done =>
    wire.emit('episode:watch', episode, done),
  )

/** Waits for the next event of this name. */
export async function heard<Event extends keyof FromServer | 'connect' | 'disconnect' | 'connect_error'>(
  wire: Wire,
  event: Event,
): Promise<Event extends keyof FromServer ? Parameters<FromServer[Event]>[0] : unknown> {
  return new Promise(done => wire.once(event as never, ((said: never) => done(said)) as never))
}
