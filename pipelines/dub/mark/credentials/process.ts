/** The process in which credentials are written and read: foreign code over foreign files, which may end it. */
import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { serve } from '../../../child.ts'
import type { Signer } from './certificate.ts'
import { certificatesOf, reserved, signClaim } from './cose.ts'

export type CredentialsAsk =
  | {
      readonly sign: string
      readonly to: string
      readonly type: string
      readonly manifest: string
      readonly signer: Signer
    }
  | { readonly read: string; readonly type: string; readonly roots: string }
export type CredentialsAnswer = { readonly json?: string }

/** The library reads by a browser worker's means. A piece of a Blob here is a view: nothing is copied until it is read. */
class View {
  readonly bytes: Uint8Array
  constructor(parts: readonly Uint8Array[]) {
    this.bytes = parts[0] ?? new Uint8Array()
  }
  get size() {
    return this.bytes.byteLength
  }
  slice(from: number, to: number) {
    return new View([this.bytes.subarray(from, to)])
  }
}
class Reader {
  readAsArrayBuffer({ bytes }: View) {
    return bytes.slice().buffer
  }
}
Object.assign(globalThis, { Blob: View, FileReaderSync: Reader })

const library = await import('@contentauth/c2pa-wasm')
const wasm = createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm')
library.initSync({ module: readFileSync(wasm) })

const settings = (roots: string) =>
  JSON.stringify({
    trust: { trust_anchors: roots },
    verify: { verify_trust: true, remote_manifest_fetch: false },
  })

serve<CredentialsAsk, CredentialsAnswer>(async ask => {
  if ('read' in ask) {
    const bytes = await readFile(ask.read)
    try {
      const reader = await library.WasmReader.fromBytes(ask.type, bytes, settings(ask.roots))
      return { json: reader.json() }
    } catch (error) {
      if (/JumbfNotFound|UnsupportedType|no JUMBF/i.test(String(error))) return {}
      throw error
    }
  }
  const root = certificatesOf(ask.signer.chain).at(-1)
  const roots = root
    ? `-----BEGIN CERTIFICATE-----\n${root.toString('base64')}\n-----END CERTIFICATE-----\n`
    : ''
  const builder = library.WasmBuilder.fromJson(ask.manifest, settings(roots))
  const signer = {
    sign: async (claim: Uint8Array) => new Uint8Array(signClaim(claim, ask.signer)),
    reserveSize: reserved,
    alg: 'ed25519',
  }
  const source = new View([await readFile(ask.sign)]) as unknown as Blob
  await writeFile(
    ask.to,
    await builder.sign(signer as Parameters<typeof builder.sign>[0], [], ask.type, source),
  )
  return {}
})
