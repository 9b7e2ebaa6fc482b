/**
 * Signs a file as other software does: with the library that we read with, which writes otherwise than we. Run as a
 * program (`file`, `to`, `type`, the signer as JSON), for it wants a browser worker's globals.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { openPen } from '../../pipelines/dub/mark/credentials/cose.ts'

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

const [file = '', to = '', type = '', signer = ''] = process.argv.slice(2)
const pen = openPen(JSON.parse(signer))
const library = await import('@contentauth/c2pa-wasm')
const wasm = createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm')
library.initSync({ module: await readFile(wasm) })
const action = { action: 'c2pa.created', digitalSourceType: 'http://c2pa.org/digitalsourcetype/empty' }
const builder = library.WasmBuilder.fromJson(
  JSON.stringify({
    claim_generator_info: [{ name: 'Somebody else' }],
    title: 'By others',
    assertions: [{ label: 'c2pa.actions.v2', data: { actions: [action] } }],
  }),
  JSON.stringify({ verify: { verify_after_sign: false } }),
)
const sign = async (claim: Uint8Array) => new Uint8Array(pen.sign(claim))
const reserveSize = pen.sign(new Uint8Array()).length
const source = new View([await readFile(file)]) as unknown as Blob
await writeFile(to, await builder.sign({ sign, reserveSize, alg: 'ed25519' }, [], type, source))
