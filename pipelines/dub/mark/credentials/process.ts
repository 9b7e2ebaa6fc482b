/** The process in which credentials are read: foreign code over foreign bytes, which may end it. */
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { serve } from '../../../child.ts'

export type CredentialsAsk =
  /** A manifest store alone: what it is bound to, the one who asks looks at. */
  | { readonly store: Uint8Array; readonly roots: string }
  | { readonly file: string; readonly type: string; readonly roots: string }
export type CredentialsAnswer = {
  /** The library's report, and what of the claim it leaves out there. None where there are no credentials. */
  readonly report?: string
  readonly details?: string
}

// It looks for a browser's worker where it is loaded; it reads from memory alone.
Object.assign(globalThis, { FileReaderSync: class {} })
const library = await import('@contentauth/c2pa-wasm')
const wasm = createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm')
library.initSync({ module: readFileSync(wasm) })

const settings = (roots: string) =>
  JSON.stringify({
    trust: { trust_anchors: roots },
    verify: { verify_trust: true, remote_manifest_fetch: false },
  })

serve<CredentialsAsk, CredentialsAnswer>(async ask => {
  const [type, bytes] =
    'store' in ask ? ['application/c2pa', ask.store] : [ask.type, new Uint8Array(await readFile(ask.file))]
  try {
    const reader = await library.WasmReader.fromBytes(type, bytes, settings(ask.roots))
    const answer = { report: reader.json(), details: reader.crJson() }
    reader.free()
    return answer
  } catch (error) {
    if (/JumbfNotFound|UnsupportedType|no JUMBF/i.test(String(error))) return {}
    throw error
  }
})
