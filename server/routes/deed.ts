import type { z } from 'zod'
import type { Session } from '../auth.ts'
import type { routes } from '../contract.ts'

export type Routes = typeof routes
export type RouteName = keyof Routes

type Part<K extends RouteName, Name extends string> =
  Routes[K] extends Readonly<Record<Name, infer Shape>> ? Shape : undefined
type Places<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Places<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

/** A request that was let in and read. */
export type Ask<K extends RouteName> = {
  readonly session: Part<K, 'may'> extends 'anyone' ? undefined : Session
  readonly where: Readonly<Record<Places<Routes[K]['path']>, string>>
  readonly query: Part<K, 'query'> extends z.ZodType ? z.output<Part<K, 'query'>> : undefined
  readonly body: Part<K, 'body'> extends z.ZodType ? z.output<Part<K, 'body'>> : undefined
  /** Whose limits it counts against. */
  readonly from: string
  /** The address the page was opened at. */
  readonly here: string
  /** The session's token as the browser had it. */
  readonly token: string | undefined
  /** Gives the browser another token, or takes it away. */
  readonly keep: (token: string | undefined) => void
}
export type Answer<K extends RouteName> =
  Part<K, 'answer'> extends z.ZodType ? z.input<Part<K, 'answer'>> : undefined
/** What is done when a route is asked. */
export type Deed<K extends RouteName> = (ask: Ask<K>) => Promise<Answer<K>>
export type Deeds = { readonly [K in RouteName]: Deed<K> }
