/** What is read before anything is believed: rules, records, numbers, RFC 8785. Part of ../verify.ts, which see. */

export type Rule =
  | ('shape' | 'log-key' | 'checkpoint' | 'inclusion')
  | ('kind' | 'signer' | 'signature' | 'status')

export type Fields = { readonly [name: string]: unknown }

export class Broken extends Error {
  readonly rule: Rule
  constructor(rule: Rule) {
    super(rule)
    this.rule = rule
  }
}
export function must(holds: boolean, rule: Rule): asserts holds {
  if (!holds) throw new Broken(rule)
}

/** RFC 8785. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) {
    must(typeof value !== 'string' || !/\p{Surrogate}/u.test(value), 'shape')
    return JSON.stringify(value)
  }
  const names = Object.keys(value).sort()
  return `{${names.map(name => `${canonical(name)}:${canonical((value as Fields)[name])}`).join(',')}}`
}

/** Exactly these fields. */
export function record(value: unknown, names: readonly string[], rule: Rule = 'shape'): Fields {
  must(typeof value === 'object' && value !== null && !Array.isArray(value), rule)
  must(Object.keys(value).sort().join() === [...names].sort().join(), rule)
  return value as Fields
}

export function text(value: unknown, rule: Rule = 'shape'): string {
  must(typeof value === 'string', rule)
  return value
}

/** A number that every reader reads alike: whole, and not below nought. */
export function whole(value: unknown, rule: Rule = 'shape'): number {
  must(typeof value === 'number' && Number.isSafeInteger(value) && value >= 0, rule)
  return value
}

/** A list of texts, each once. */
export function texts(value: unknown, rule: Rule = 'shape'): readonly string[] {
  must(Array.isArray(value) && value.every(one => typeof one === 'string'), rule)
  must(new Set(value).size === value.length, rule)
  return value
}
