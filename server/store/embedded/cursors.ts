import { StoreError } from './error.ts'

/** Answers that are too long for one message, and are asked for batch by batch. */
export type Cursors = {
  readonly open: (asked: Asked) => Buffer
  readonly more: (id: number, batch: number | undefined) => Buffer
  readonly kill: (id: number) => boolean
  /** Forgets cursors that nobody asked for a while. */
  readonly sweep: () => void
}
type Asked = {
  readonly namespace: string
  readonly docs: Iterable<Buffer>
  readonly batch?: number | undefined
  /** One batch is all that will be asked for. */
  readonly single?: boolean
}
type Cursor = {
  readonly namespace: string
  readonly docs: Iterator<Buffer>
  /** Read already, and too much for the last batch. */
  held: Buffer | undefined
  used: number
}

/** MongoDB's first batch is 101; a page of lines is rarely over a thousand. */
const usualBatch = 1000
/** A message may be 48 MB: one more document of 16 MB still fits. */
const batchBytes = 16 * 1024 * 1024
const idleMs = 10 * 60_000
const mostCursors = 1000

export function openCursors(now: () => number): Cursors {
  const cursors = new Map<number, Cursor>()
  let last = 0

  function take(cursor: Cursor, most: number): { docs: Buffer[]; done: boolean } {
    const docs: Buffer[] = []
    let bytes = 0
    for (;;) {
      const next = cursor.held ?? read(cursor)
      cursor.held = undefined
      if (!next) return { docs, done: true }
      if (docs.length >= most || (docs.length > 0 && bytes + next.length > batchBytes)) {
        cursor.held = next
        return { docs, done: false }
      }
      docs.push(next)
      bytes += next.length
    }
  }

  function read(cursor: Cursor): Buffer | undefined {
    try {
      const next = cursor.docs.next()
      return next.done ? undefined : next.value
    } catch (error) {
      const gone = error instanceof Error && /no such table/.test(error.message)
      throw gone
        ? new StoreError(175, 'QueryPlanKilled', `${cursor.namespace} or its index was dropped.`)
        : error
    }
  }

  function kill(id: number): boolean {
    cursors.get(id)?.docs.return?.()
    return cursors.delete(id)
  }

  return {
    open({ namespace, docs, batch = usualBatch, single = false }) {
      const cursor = { namespace, docs: docs[Symbol.iterator](), held: undefined, used: now() }
      const first = take(cursor, batch)
      if (first.done || single) return cursorAnswer(0, namespace, 'firstBatch', first.docs)
      if (cursors.size >= mostCursors)
        throw new StoreError(43, 'CursorNotFound', `${mostCursors} cursors are open.`)
      cursors.set(++last, cursor)
      return cursorAnswer(last, namespace, 'firstBatch', first.docs)
    },
    more(id, batch) {
      const cursor = cursors.get(id)
      if (!cursor) throw new StoreError(43, 'CursorNotFound', `There is no cursor ${id}.`)
      cursor.used = now()
      const { docs, done } = take(cursor, batch || Number.POSITIVE_INFINITY)
      if (done) kill(id)
      return cursorAnswer(done ? 0 : id, cursor.namespace, 'nextBatch', docs)
    },
    kill,
    sweep() {
      for (const [id, { used }] of cursors) if (now() - used > idleMs) kill(id)
    },
  }
}

/**
 * `{cursor: {firstBatch: […], id, ns}, ok: 1}` as BSON. Written by hand, so that stored documents go out as the bytes
 * they are instead of being read and written again.
 */
function cursorAnswer(
  id: number,
  namespace: string,
  batch: 'firstBatch' | 'nextBatch',
  docs: readonly Buffer[],
) {
  const array = document(docs.flatMap((doc, index) => [head(3, String(index)), doc]))
  const where = Buffer.from(`${namespace}\0`)
  const number = Buffer.alloc(8)
  number.writeBigInt64LE(BigInt(id))
  const one = Buffer.alloc(8)
  one.writeDoubleLE(1)
  const cursor = document([
    head(4, batch),
    array,
    head(18, 'id'),
    number,
    head(2, 'ns'),
    int32(where.length),
    where,
  ])
  return document([head(3, 'cursor'), cursor, head(1, 'ok'), one])
}

const head = (type: number, name: string) => Buffer.from(`${String.fromCharCode(type)}${name}\0`)

function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeInt32LE(value)
  return bytes
}

function document(parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 5)
  return Buffer.concat([int32(length), ...parts, Buffer.alloc(1)], length)
}
