/** How the kit spells files with content credentials: bytes of a base, changed, and what any reader must make of them. */
export type Change =
  /** So many bytes from there are taken out, and these (base64) put in their place. */
  | { readonly at: number; readonly out: number; readonly in: string }
  | { readonly at: number; readonly xor: number }
export type ManifestCase = {
  readonly says: string
  readonly base: string
  readonly changes: readonly Change[]
  /** The base that lies beside it, as a `.c2pa`. */
  readonly beside?: string
  /**
   * `trusted`: whole, and signed under the kit's root. `stranger`: whole, and signed by somebody else. `none`: nothing is
   * there. `refused`: something is there, and it must not be believed, whatever the reason is called.
   */
  readonly expect: 'trusted' | 'stranger' | 'none' | 'refused'
}
export type ManifestKit = {
  /** What the house that reads is, PEM: a key that signs nothing but this kit, and its certificates, the root last. */
  readonly house: { readonly key: string; readonly chain: string }
  /** By their names, base64; `.wav`, or `.ogg` for what bears none. */
  readonly bases: Readonly<Record<string, string>>
  readonly cases: readonly ManifestCase[]
}

export function changed(base: Uint8Array, changes: readonly Change[]): Buffer {
  let bytes = Buffer.from(base)
  for (const change of changes)
    if ('xor' in change) bytes[change.at] = (bytes[change.at] ?? 0) ^ change.xor
    else {
      const { at, out } = change
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(change.in, 'base64'),
        bytes.subarray(at + out),
      ])
    }
  return bytes
}

/** What a verdict of ours is in the kit's words. */
export const inWords = (state: string): ManifestCase['expect'] =>
  state === 'trusted' || state === 'none' ? state : state === 'valid' ? 'stranger' : 'refused'
