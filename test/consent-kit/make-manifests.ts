/** Makes manifests.json: `node --import tsx test/consent-kit/make-manifests.ts`. */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import type { Cbor } from '../../pipelines/dub/mark/credentials/cbor.ts'
import { makeSigner, type Signer } from '../../pipelines/dub/mark/credentials/certificate.ts'
import { openPen } from '../../pipelines/dub/mark/credentials/cose.ts'
import { chunkOf } from '../../pipelines/dub/mark/credentials/riff.ts'
import { attach, type Claim } from '../../pipelines/dub/mark/credentials/sign.ts'
import { type Assertion, storeOf } from '../../pipelines/dub/mark/credentials/store.ts'
import { encodeWav } from '../../pipelines/wav.ts'
import type { Change, ManifestCase, ManifestKit } from './manifests.ts'

const now = Date.now()
const years = 366 * 86_400_000
const house = await makeSigner('Kit', now, 90)
const root = house.chain.slice(house.chain.indexOf('-----BEGIN', 1))
const pen = openPen(house)
const claim: Claim = {
  title: 'Lantern - 1',
  of: 'dialogue',
  voices: [{ language: 'en', watermark: '0123456789abcdef', consents: ['entry-1'] }],
}
const tone = (pitch: number) =>
  Buffer.from(
    encodeWav(
      Float32Array.from({ length: 200 }, (_, at) => 0.3 * Math.sin(at / pitch)),
      8000,
    ),
  )
const [sound, other] = [tone(5), tone(3)]

const bases: Record<string, Buffer> = {}
const cases: ManifestCase[] = []
const add = (
  expect: ManifestCase['expect'],
  says: string,
  base: string | Uint8Array,
  changes: readonly Change[] = [],
  beside?: Uint8Array,
) => {
  const name = (bytes: string | Uint8Array, end: string) => {
    if (typeof bytes === 'string') return bytes
    const found = Object.entries(bases).find(([known, held]) => known.endsWith(end) && held.equals(bytes))
    if (found) return found[0]
    const named = `${Object.keys(bases).length + 1}${end}`
    bases[named] = Buffer.from(bytes)
    return named
  }
  const of = name(base, beside ? '.ogg' : '.wav')
  cases.push({ says, base: of, changes, ...(beside && { beside: name(beside, '.c2pa') }), expect })
}

/** A WAV with a store of any making behind its sound; `binding` says what it is bound to, the truth unless told. */
function signed(
  by: Signer,
  assertions: readonly Assertion[] = [action('trainedAlgorithmicMedia')],
  binding: { wav?: Buffer; but?: { start: number; length: number } | null; hash?: Buffer } = {},
): Buffer {
  const wav = Buffer.from(binding.wav ?? sound)
  const tools = openPen(by)
  const wide = 20_000
  let length = 0
  for (let turn = 0; turn < 4; turn++) {
    const but = binding.but === null ? undefined : (binding.but ?? { start: wav.length, length: 8 + length })
    length = storeOf('Lantern - 1', assertions, { hash: Buffer.alloc(32), ...(but && { but }) }, tools).length
  }
  if (length > wide) throw new Error('too long')
  const pad = length % 2
  const but =
    binding.but === null ? undefined : (binding.but ?? { start: wav.length, length: 8 + length + pad })
  wav.writeUInt32LE(wav.length + length + pad, 4)
  const whole = Buffer.concat([wav, Buffer.alloc(8 + length + pad)])
  const hashed = but
    ? Buffer.concat([whole.subarray(0, but.start), whole.subarray(but.start + but.length)])
    : whole
  const hash = binding.hash ?? createHash('sha256').update(hashed).digest()
  const store = storeOf('Lantern - 1', assertions, { hash, pad, ...(but && { but }) }, tools)
  return Buffer.concat([wav, chunkOf(store)])
}
const action = (kind: string, label = 'c2pa.actions.v2'): Assertion => ({
  label,
  data: {
    actions: [
      { action: 'c2pa.created', digitalSourceType: `http://cv.iptc.org/newscodes/digitalsourcetype/${kind}` },
    ],
  } satisfies Cbor,
})
const lengthFixed = (wav: Buffer) => {
  const fixed = Buffer.from(wav)
  fixed.writeUInt32LE(fixed.length - 8, 4)
  return fixed
}
const chunk = (name: string, content: Buffer) => {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content])
}

// --- what is as it should be ------------------------------------------------------------------------------------------
const whole = Buffer.from(attach(sound, claim, pen))
const store = whole.subarray(sound.length + 8)
const others = Buffer.from(attach(other, claim, pen))
add('trusted', 'as it was signed', whole)
add('trusted', 'as it was signed, and a sidecar of another file beside it', whole)
add('trusted', 'another sound, signed by the same', others)
add('none', 'a sound that nobody signed', sound)
const loose = storeOf('Lantern - 1', [action('trainedAlgorithmicMedia')], { hash: digest(sound) }, pen)
add('trusted', 'a file that bears none, and its own credentials beside it', sound, [], loose)

// --- taken away, put elsewhere -----------------------------------------------------------------------------------------
add('none', 'the manifest removed, and the length mended', lengthFixed(sound))
add('refused', 'the manifest cut off, and the length as it was', whole.subarray(0, sound.length))
add(
  'refused',
  'the manifest swapped for that of another sound',
  lengthFixed(Buffer.concat([sound, others.subarray(other.length)])),
)
add(
  'refused',
  'another sound put before the manifest',
  lengthFixed(Buffer.concat([other, whole.subarray(sound.length)])),
)
add('refused', 'two manifests, the true one first', lengthFixed(Buffer.concat([whole, chunkOf(store)])))
add(
  'refused',
  'two manifests, the true one last',
  lengthFixed(Buffer.concat([sound, others.subarray(other.length), chunkOf(store)])),
)
add(
  'refused',
  'a chunk put behind the manifest',
  lengthFixed(Buffer.concat([whole, chunk('LIST', Buffer.from('INFO'))])),
)
add(
  'refused',
  'a chunk put before the manifest',
  lengthFixed(Buffer.concat([sound, chunk('LIST', Buffer.from('INFO')), whole.subarray(sound.length)])),
)
add('refused', 'bytes behind the end', Buffer.concat([whole, Buffer.from('more')]))
add('refused', 'an empty manifest', lengthFixed(Buffer.concat([sound, chunk('C2PA', Buffer.alloc(0))])))
add('refused', 'a manifest of zeros', lengthFixed(Buffer.concat([sound, chunk('C2PA', Buffer.alloc(2000))])))
add(
  'refused',
  'a manifest of text',
  lengthFixed(Buffer.concat([sound, chunk('C2PA', Buffer.from('trust me, this is signed'))])),
)
add(
  'refused',
  'the manifest twice in one chunk',
  lengthFixed(Buffer.concat([sound, chunk('C2PA', Buffer.concat([store, store]))])),
)
for (const part of [10, 4, 2]) {
  const some = store.subarray(0, Math.floor(store.length / part) * 1)
  const even = some.subarray(0, some.length - (some.length % 2))
  add(
    'refused',
    `the first 1/${part} of the manifest`,
    lengthFixed(Buffer.concat([sound, chunk('C2PA', even)])),
  )
}
add('refused', 'the sidecar of another file', other, [], loose)
add('refused', 'the sidecar of a WAV, beside what it was cut out of', sound, [], store)
add('refused', 'the sidecar cut off', sound, [], loose.subarray(0, -1))
add('refused', 'a sidecar that is a WAV', sound, [], whole)
add('refused', 'an empty sidecar', sound, [], Buffer.alloc(0))

// --- signed by somebody else --------------------------------------------------------------------------------------------
const stranger = await makeSigner('Stranger', now, 90)
const namesake = await makeSigner('Kit', now, 90)
add('stranger', 'signed by another house', signed(stranger))
add('stranger', 'signed by another house of the same name', signed(namesake))
add(
  'stranger',
  'a sidecar of another house',
  sound,
  [],
  storeOf('x', [action('digitalCapture')], { hash: digest(sound) }, openPen(stranger)),
)
// A root that brings itself, or ours under which it did not sign, makes nobody known.
const leafOf = ({ chain }: Signer) => chain.slice(0, chain.indexOf('-----BEGIN', 1))
add(
  'stranger',
  'another house that shows this house’s root as its own',
  signed({ key: stranger.key, chain: `${leafOf(stranger)}${root}${root}` }),
)
add(
  'stranger',
  'a namesake that shows this house’s root as its own',
  signed({ key: namesake.key, chain: `${leafOf(namesake)}${root}${root}` }),
)

// --- certificates that can't sign ------------------------------------------------------------------------------------------
add(
  'refused',
  'a certificate that has ended, of another house',
  signed(await makeSigner('Ended', now - 30 * years, 10)),
)
add(
  'refused',
  'a certificate of the year after next, of another house',
  signed(await makeSigner('Early', now + 60 * years, 10)),
)

// --- bound to less than the file, or to nothing --------------------------------------------------------------------------------
const all = { start: 44, length: 100_000 }
add(
  'refused',
  'the whole sound left out of the digest, by the true key',
  signed(house, undefined, { but: { start: 44, length: sound.length - 44 + 8 + 20_000 } }),
)
add('refused', 'the digest of everything, with the sound left out', signed(house, undefined, { but: all }))
add('refused', 'nothing left out, with the manifest in it', signed(house, undefined, { but: null }))
add(
  'refused',
  'the digest of another file, by the true key',
  signed(house, undefined, { hash: digest(other) }),
)
add('refused', 'a digest of zeros, by the true key', signed(house, undefined, { hash: Buffer.alloc(32) }))
add(
  'refused',
  'the sound’s first half left out, by the true key',
  signed(house, undefined, { but: { start: 44, length: 200 } }),
)

// --- every place of it -------------------------------------------------------------------------------------------------------
for (let at = 44; at < sound.length; at += 40)
  add('refused', `the sound changed at byte ${at}`, whole, [{ at, xor: 1 }])
for (const at of [22, 24, 34, 40])
  add('refused', `the head of the sound changed at byte ${at}`, whole, [{ at, xor: 2 }])
const said = (text: string) => whole.indexOf(text)
for (const [what, text] of [
  ['the title', 'Lantern - 1'],
  ['the watermark’s id', '0123456789abcdef'],
  ['the entry in the log', 'entry-1'],
  ['the source type', 'trainedAlgorithmicMedia'],
  ['the training terms', 'notAllowed'],
  ['the action', 'c2pa.created'],
  ['the maker', 'Kotodama'],
  ['the name of the manifest in the claim', 'xmp:iid:'],
  ['the digest’s name', 'jumbf manifest'],
  ['what is signed of it', 'created_assertions'],
] as const) {
  const at = said(text)
  if (at < 0) throw new Error(text)
  add('refused', `${what} changed`, whole, [{ at: at + 1, xor: 1 }])
  const swapped = Buffer.from(text.replace(/[a-z0-9]/, letter => (letter === 'a' ? 'b' : 'a')))
  add('refused', `${what} written otherwise`, whole, [
    { at, out: text.length, in: swapped.toString('base64') },
  ])
}
const begin = { claim: said('c2pa.claim.v2') + 14 + 8, signature: said('c2pa.signature\0') + 15 + 8 }
for (let at = begin.claim; at < begin.signature - 70; at += 23)
  add('refused', `the claim changed at its byte ${at - begin.claim}`, whole, [{ at, xor: 0x10 }])
for (let at = begin.signature + 6; at < whole.length; at += 29)
  add('refused', `the signature or its certificate changed at its byte ${at - begin.signature}`, whole, [
    { at, xor: 0x10 },
  ])
for (let at = loose.indexOf('digitalSourceType'); at < loose.length; at += 97)
  add('refused', `a sidecar changed at byte ${at}`, sound, [], loose.with(at, (loose[at] ?? 0) ^ 0x10))

/** SHA-256. */
function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

const kit: ManifestKit = {
  house,
  bases: Object.fromEntries(Object.entries(bases).map(([name, bytes]) => [name, bytes.toString('base64')])),
  cases,
}
writeFileSync(new URL('manifests.json', import.meta.url), `${JSON.stringify(kit, null, 1)}\n`)
console.log(`${cases.length} cases, ${Object.keys(bases).length} bases`)
