import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { soundOfTakes } from '../../../pipelines/dub/takes-sound.ts'
import { encodeWav } from '../../../pipelines/wav.ts'
import { openFolder } from '../../support/folder.ts'

describe('the takes of a dub as one sound', () => {
  it('lie where they are said, silent between, however they are read', async () => {
    const folder = await openFolder()
    const write = async (name: string, level: number) => {
      const path = join(folder.path, name)
      await writeFile(path, encodeWav(new Float32Array(4800).fill(level), 48_000))
      return path
    }
    const [low, high] = [await write('low.wav', 0.25), await write('high.wav', 0.5)]
    const sound = soundOfTakes([
      { start: 100, end: 200, path: async () => low },
      { start: 300, end: 400, path: async () => high },
    ])
    const at = async (ms: number) => (await sound.read(ms * 16, 16))[8]
    expect(await at(50)).to.equal(0)
    expect(await at(150)).to.be.closeTo(0.25, 0.01)
    expect(await at(250)).to.equal(0)
    expect(await at(350)).to.be.closeTo(0.5, 0.01)
    const whole = await sound.read(-1600, 16_000)
    expect(whole).to.have.length(16_000)
    expect([whole[800], whole[1600 + 150 * 16], whole[15_999]]).to.deep.equal([0, await at(150), 0])
    await folder.close()
  })
})
