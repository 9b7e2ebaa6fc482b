import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  type Claim,
  type Credentials,
  makeSigner,
  openCredentials,
} from '../../../../pipelines/dub/mark/credentials/credentials.ts'
import { ffmpeg } from '../../../../pipelines/ffmpeg.ts'
import { encodeWav } from '../../../../pipelines/wav.ts'
import { type Bench, openBench } from '../../../support/stage.ts'

const claim: Claim = {
  title: 'Lantern 1',
  language: 'en',
  of: 'mix',
  watermark: '0123456789abcdef',
  consents: ['entry-1'],
  checkpoint: 'kotodama 12 abc',
}

describe('content credentials', function () {
  this.timeout(60_000)
  let bench: Bench
  let credentials: Credentials
  let wav: string
  let signed: string
  before(async () => {
    bench = await openBench()
    credentials = openCredentials(await makeSigner('Kotodama test', Date.now()))
    wav = join(bench.at.scratch, 'in.wav')
    signed = join(bench.at.scratch, 'signed.wav')
    const tone = Float32Array.from({ length: 96_000 }, (_, at) => 0.1 * Math.sin(at / 20))
    await writeFile(wav, encodeWav(tone, 48_000))
    await credentials.sign(wav, signed, 'audio/wav', claim, bench.at)
  })
  after(async () => {
    credentials.close()
    await bench.close()
  })

  it('are there, hold, and say what the file is', async () => {
    const { state, manifest } = await credentials.read(signed, 'audio/wav')
    expect(state).to.equal('trusted')
    const said = JSON.stringify(manifest)
    for (const word of [
      'c2pa.created',
      'compositeWithTrainedAlgorithmicMedia',
      '0123456789abcdef',
      'entry-1',
      'kotodama 12 abc',
      'notAllowed',
    ])
      expect(said).to.include(word)
  })

  it('leave every sample as it was', async () => {
    const [before, after] = await Promise.all([readFile(wav), readFile(signed)])
    expect(after.includes(before.subarray(44))).to.equal(true)
  })

  it('break when one byte of the sound is another', async () => {
    const bytes = await readFile(signed)
    const at = bytes.indexOf('data') + 5000
    bytes[at] = (bytes[at] ?? 0) ^ 1
    const file = join(bench.at.scratch, 'tampered.wav')
    await writeFile(file, bytes)
    const { state, failures } = await credentials.read(file, 'audio/wav')
    expect(state).to.equal('broken')
    expect(failures).to.include('assertion.dataHash.mismatch')
  })

  it('break, or can’t be read, but never hold, when a byte of the manifest is another', async () => {
    const bytes = await readFile(signed)
    const begin = bytes.indexOf('c2pa.actions')
    for (const at of [begin + 3, begin + 60, begin + 200]) {
      const bad = Buffer.from(bytes)
      bad[at] = (bad[at] ?? 0) ^ 0x11
      const file = join(bench.at.scratch, 'bad.wav')
      await writeFile(file, bad)
      expect((await credentials.read(file, 'audio/wav')).state).to.be.oneOf(['broken', 'unreadable', 'none'])
    }
  })

  it('of another house are whole, but nobody’s we know', async () => {
    const other = openCredentials(await makeSigner('Kotodama test', Date.now()))
    const { state } = await other.read(signed, 'audio/wav')
    other.close()
    expect(state).to.not.equal('trusted')
  })

  it('are lost when the sound is copied: that is what the watermark is for', async () => {
    const copy = join(bench.at.scratch, 'copy.wav')
    await ffmpeg({ inputs: [{ file: signed }], outputs: [{ file: copy, args: ['-c', 'copy'] }] }, bench.at)
    expect((await credentials.read(copy, 'audio/wav')).state).to.equal('none')
    expect((await credentials.read(wav, 'audio/wav')).state).to.equal('none')
  })

  it('stand in MP4 sound too', async () => {
    const [m4a, out] = [join(bench.at.scratch, 'a.m4a'), join(bench.at.scratch, 'signed.m4a')]
    await ffmpeg({ inputs: [{ file: wav }], outputs: [{ file: m4a, args: ['-c:a', 'aac'] }] }, bench.at)
    await credentials.sign(m4a, out, 'audio/mp4', { ...claim, of: 'dialogue' }, bench.at)
    const { state, manifest } = await credentials.read(out, 'audio/mp4')
    expect(state).to.equal('trusted')
    expect(JSON.stringify(manifest)).to.match(/digitalsourcetype\/trainedAlgorithmicMedia/)
  })
})
