import type { ChildProcess } from 'node:child_process'
import { Problem } from './problem.ts'
import { startModule } from './start.ts'
import type { Ms } from './terms.ts'

/**
 * A process of its own for what must not live in ours: code under another licence, code that may crash, tables that
 * fill memory. It starts with the first ask, is given back when idle, and dies with its parent, whose environment and
 * secrets it never sees.
 */
export type Child<Ask, Answer> = {
  /** Asks are answered one at a time, in order. An aborted ask rejects at once with the signal's reason. */
  readonly ask: (ask: Ask, signal?: AbortSignal) => Promise<Answer>
  /** Ends the process. Asks still open end in Problem `cancelled`; a later ask is refused the same way. */
  readonly close: () => void
}

export type ChildOptions = {
  /** What it is called in a Problem. */
  readonly name: string
  /** How long one ask may take before the process is held to be stuck and is ended. */
  readonly limit?: Ms
  /** How long it may wait for the next ask before it is ended. */
  readonly idle?: Ms
  /** Its work heeds no signal: an ask that is aborted while it is at it ends the process. */
  readonly mortal?: boolean
}

type Waiting<Ask, Answer> = {
  readonly ask: Ask
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
  tries: number
}
type Reply<Answer> = { readonly answer: Answer } | { readonly failure: string }

/** Opens the module in a child process, where it calls `serve`. Nothing is started before the first ask. */
export function openChild<Ask, Answer>(module: URL, options: ChildOptions): Child<Ask, Answer> {
  const { name, limit = 60_000, idle = 60_000, mortal = false } = options
  const queue: Waiting<Ask, Answer>[] = []
  let current: Waiting<Ask, Answer> | undefined
  let process: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const fail = (reason: string) => new Problem('engine-failed', { engine: name, reason })

  function start(): ChildProcess {
    const child = startModule(module, [], {
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.on('message', (reply: Reply<Answer>) => {
      if (process !== child) return
      const done = current
      current = undefined
      if ('answer' in reply) done?.resolve(reply.answer)
      else done?.reject(fail(reply.failure))
      next()
    })
    child.once('error', () => gone(child, 'it could not be started'))
    child.once('exit', (code, signal) => gone(child, `it ended with ${signal ?? code}`))
    return child
  }

  /** A process may be killed for reasons that are not the ask's; asked twice and died twice, the ask is to blame. */
  function gone(child: ChildProcess, reason: string): void {
    if (process !== child) return
    process = undefined
    const lost = current
    current = undefined
    if (lost && lost.tries < 2) queue.unshift(lost)
    else lost?.reject(fail(reason))
    next()
  }

  function next(): void {
    if (current || closed) return
    clearTimeout(timer)
    current = queue.shift()
    if (!current) {
      rest()
      return
    }
    process ??= start()
    process.ref()
    process.channel?.ref()
    current.tries++
    const asked = process
    timer = setTimeout(() => stuck(asked), limit)
    asked.send({ ask: current.ask }, error => error && gone(asked, error.message))
  }

  function stuck(child: ChildProcess): void {
    current?.reject(fail(`it took longer than ${Math.round(limit / 1000)} s`))
    current = undefined
    end(child)
    next()
  }

  function rest(): void {
    if (!process) return
    const resting = process
    resting.unref()
    resting.channel?.unref()
    timer = setTimeout(() => end(resting), idle)
    timer.unref()
  }

  function end(child: ChildProcess | undefined): void {
    if (process === child) process = undefined
    child?.kill('SIGKILL')
  }

  return {
    ask: (ask, signal) =>
      new Promise<Answer>((resolve, reject) => {
        if (closed) return reject(new Problem('cancelled'))
        if (signal?.aborted) return reject(signal.reason)
        const abort = () => {
          const at = queue.indexOf(waiting)
          if (at >= 0) queue.splice(at, 1)
          reject(signal?.reason)
          if (mortal && current === waiting) {
            current = undefined
            end(process)
            next()
          }
        }
        const heard =
          <T>(pass: (value: T) => void) =>
          (value: T) => {
            signal?.removeEventListener('abort', abort)
            pass(value)
          }
        const waiting = { ask, resolve: heard(resolve), reject: heard(reject), tries: 0 }
        signal?.addEventListener('abort', abort, { once: true })
        queue.push(waiting)
        next()
      }),
    close: () => {
      closed = true
      clearTimeout(timer)
      for (const waiting of [...queue.splice(0), ...(current ? [current] : [])])
        waiting.reject(new Problem('cancelled'))
      current = undefined
      end(process)
    },
  }
}

/** In the child: answers every ask with what `work` makes of it, until the parent is gone. */
export function serve<Ask, Answer>(work: (ask: Ask) => Answer | Promise<Answer>): void {
  process.on('disconnect', () => process.exit())
  process.on('message', async ({ ask }: { ask: Ask }) => {
    try {
      process.send?.({ answer: await work(ask) })
    } catch (error) {
      process.send?.({ failure: error instanceof Error ? error.message : String(error) })
    }
  })
}
