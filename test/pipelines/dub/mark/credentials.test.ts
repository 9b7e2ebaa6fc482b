import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { openChild } from '../../../../pipelines/child.ts'
import { openPen } from '../../../../pipelines/dub/mark/credentials/cose.ts'
import {
  type Claim,
  type Credentials,
  makeSigner,
  openCredentials,
  type Signer,
  storeBeside,
} from '../../../../pipelines/dub/mark/credentials/credentials.ts'
import type { CredentialsAnswer, CredentialsAsk } from '../../../../pipelines/dub/mark/credentials/process.ts'
import { ffmpeg } from '../../../../pipelines/ffmpeg.ts'
import { encodeWav, openWav, wavHeader } from '../../../../pipelines/wav.ts'
import { type Bench, openBench } from '../../../support/stage.ts'

const claim: Claim = {
  title: 'Lantern 1',
  of: 'mix',
  voices: [{ language: 'en', watermark: '0123456789abcdef', consents: ['entry-1'] }],
}
const root = join(import.meta.dirname, '../../../..')

describe('content credentials', function () {
  this.timeout(120_000)
  let bench: Bench
  let signer: Signer
  let credentials: Credentials
  let plain: Uint8Array
  let signed: string
  const file = (name: string) => join(bench.at.scratch, name)
  const written = async (name: string, bytes: Uint8Array) => {
    await writeFile(file(name), bytes)
    return file(name)
  }
  before(async () => {
    bench = await openBench()
    signer = await makeSigner('Kotodama test', Date.now())
    credentials = openCredentials(signer)
    plain = encodeWav(
      Float32Array.from({ length: 96_000 }, (_, at) => 0.1 * Math.sin(at / 20)),
      48_000,
    )
    signed = await written('signed.wav', credentials.attach(plain, claim))
  })
  after(async () => {
    credentials.close()
    await bench.close()
  })

  it('are there, hold, and say what the file is and which entries in the log it was spoken by', async () => {
    const { state, manifest } = await credentials.read(signed, 'audio/wav')
    expect(state).to.equal('trusted')
    const said = JSON.stringify(manifest)
    for (const word of [
      'c2pa.created',
      'compositeWithTrainedAlgorithmicMedia',
      '0123456789abcdef',
      'entry-1',
      'notAllowed',
    ])
      expect(said).to.include(word)
  })

  it('hold before a library that we did not write as well, which reads the whole file by itself', async () => {
    const child = openChild<CredentialsAsk, CredentialsAnswer>(
      new URL('../../../../pipelines/dub/mark/credentials/process.ts', import.meta.url),
      { name: 'c2pa', mortal: true },
    )
    const roots = signer.chain.slice(signer.chain.indexOf('-----BEGIN', 1))
    const { report = '' } = await child.ask({ file: signed, type: 'audio/wav', roots })
    child.close()
    const { validation_state, validation_results } = JSON.parse(report)
    expect([validation_state, validation_results.activeManifest.failure]).to.deep.equal(['Trusted', []])
  })

  it('leave every sample as it was, and are the same from the same every time', async () => {
    const bytes = await readFile(signed)
    expect(bytes.subarray(8, plain.length).equals(Buffer.from(plain).subarray(8))).to.equal(true)
    const wav = await openWav(signed)
    expect(wav.frames).to.equal(96_000)
    await wav.close()
    expect(bytes.equals(Buffer.from(credentials.attach(plain, claim)))).to.equal(true)
    const copy = await written('copy.wav', plain)
    expect(await credentials.attachTo(copy, claim)).to.equal(true)
    expect(bytes.equals(await readFile(copy))).to.equal(true)
    expect(await credentials.attachTo(copy, claim), 'a second time').to.equal(false)
  })

  it('break when one byte is another: of the sound, of the head, behind the end', async () => {
    const bytes = await readFile(signed)
    const middle = bytes.indexOf('data') + 5000
    for (const at of [middle, 24, plain.length - 1]) {
      const bad = bytes.with(at, (bytes[at] ?? 0) ^ 1)
      const { state, failures } = await credentials.read(await written('bad.wav', bad), 'audio/wav')
      expect([at, state, failures]).to.deep.equal([at, 'broken', ['assertion.dataHash.mismatch']])
    }
    const longer = await written('longer.wav', Buffer.concat([bytes, Buffer.alloc(2)]))
    expect((await credentials.read(longer, 'audio/wav')).state).to.equal('unreadable')
  })

  it('never say anything else, whichever byte of the manifest is another', async () => {
    const bytes = await readFile(signed)
    const { manifest: said } = await credentials.read(signed, 'audio/wav')
    let held = 0
    for (let at = plain.length; at < bytes.length; at += 37) {
      const bad = bytes.with(at, (bytes[at] ?? 0) ^ 0x11)
      const { state, manifest } = await credentials.read(await written('bad.wav', bad), 'audio/wav')
      // The names and lengths of boxes are signed by nobody; what is said in them is.
      if (state === 'trusted') expect(manifest, `byte ${at}`).to.deep.equal(said)
      else expect(state, `byte ${at}`).to.be.oneOf(['broken', 'unreadable', 'none'])
      held += state === 'trusted' ? 1 : 0
    }
    expect(held).to.be.below(5)
  })

  it('of another house are whole, but nobody’s we know', async () => {
    const other = openCredentials(await makeSigner('Kotodama test', Date.now()))
    const { state, failures } = await other.read(signed, 'audio/wav')
    other.close()
    expect([state, failures]).to.deep.equal(['valid', ['signingCredential.untrusted']])
  })

  it('of a certificate that has ended, or has not begun, hold before nobody, its own house included', async () => {
    for (const [years, code] of [
      [-30, 'signingCredential.expired'],
      [30, 'signingCredential.expired'],
    ] as const) {
      const own = openCredentials(await makeSigner('Ended', Date.now() + years * 366 * 86_400_000))
      const file = await written('ended.wav', own.attach(plain, claim))
      const { state, failures } = await own.read(file, 'audio/wav')
      own.close()
      expect([years, state, failures.join()]).to.deep.equal([years, 'broken', code])
    }
  })

  it('may be signed with the operator’s own key, of any kind that C2PA and Node know', async () => {
    for (const way of ['P-256', 'P-384'] as const) {
      const own = openCredentials(await makeSigner('Operator', Date.now(), 1, way))
      const file = await written('own.wav', own.attach(plain, claim))
      const { state } = await own.read(file, 'audio/wav')
      own.close()
      expect([way, state]).to.deep.equal([way, 'trusted'])
    }
  })

  it('are lost when the sound is copied: that is what the watermark is for', async () => {
    const copy = file('lost.wav')
    await ffmpeg({ inputs: [{ file: signed }], outputs: [{ file: copy, args: ['-c', 'copy'] }] }, bench.at)
    expect((await credentials.read(copy, 'audio/wav')).state).to.equal('none')
    expect((await credentials.read(await written('plain.wav', plain), 'audio/wav')).state).to.equal('none')
  })

  it('lie beside what bears none, under its name, and hold for it alone', async () => {
    const matroska = await written('film.mkv', Buffer.from('what is in it is no matter'))
    expect(await credentials.attachTo(matroska, claim)).to.equal(false)
    const store = await credentials.beside(matroska, { ...claim, of: 'dialogue' })
    await written('film.c2pa', store)
    expect(Buffer.from((await storeBeside(matroska)) ?? []).equals(store)).to.equal(true)
    const { state, manifest } = await credentials.read(matroska, 'video/x-matroska', { store })
    expect(state).to.equal('trusted')
    expect(JSON.stringify(manifest)).to.match(/digitalsourcetype\/trainedAlgorithmicMedia/)
    const other = await written('other.mkv', Buffer.from('what is in it is no matteR'))
    expect((await credentials.read(other, 'video/x-matroska', { store })).state).to.equal('broken')
    expect((await credentials.read(other, 'video/x-matroska')).state).to.equal('none')
  })

  it('of a WAV that is too long for a RIFF lie beside it', async () => {
    const long = Buffer.concat([wavHeader(6 * 2 ** 30, 48_000, 2, 3), Buffer.alloc(4800)])
    expect(long.toString('latin1', 0, 4)).to.equal('RF64')
    expect(await credentials.attachTo(await written('long.wav', long), claim)).to.equal(false)
  })

  it('that other software wrote are read in MP4 and in WAV, and break where they should', async () => {
    const m4a = file('a.m4a')
    const sound = await written('a.wav', plain)
    await ffmpeg({ inputs: [{ file: sound }], outputs: [{ file: m4a, args: ['-c:a', 'aac'] }] }, bench.at)
    for (const [from, type] of [
      [m4a, 'audio/mp4'],
      [sound, 'audio/wav'],
    ] as const) {
      const to = file(`by-others${from.slice(-4)}`)
      const script = join(root, 'test/support/sign-others.ts')
      const args = ['--import', 'tsx', script, from, to, type, JSON.stringify(signer)]
      await promisify(execFile)(process.execPath, args, { cwd: root })
      const { state, manifest } = await credentials.read(to, type)
      expect([type, state]).to.deep.equal([type, 'trusted'])
      expect(JSON.stringify(manifest)).to.include('Somebody else')
      const bytes = await readFile(to)
      const at = type === 'audio/wav' ? 5000 : bytes.indexOf('mdat') + 100
      await copyFile(to, file('bad'))
      await writeFile(file('bad'), bytes.with(at, (bytes[at] ?? 0) ^ 1))
      expect((await credentials.read(file('bad'), type)).state).to.equal('broken')
    }
  })

  it('want a key that is the certificate’s, of a kind that can sign them', async () => {
    const { key } = await makeSigner('Another', Date.now())
    expect(() => openPen({ ...signer, key })).to.throw(/is not that of their key/)
    const rsa = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    expect(() => openPen({ ...signer, key: rsa.privateKey })).to.throw(/neither Ed25519/)
    expect(() => openPen({ ...signer, chain: '' })).to.throw(/is not that of their key/)
  })
})
