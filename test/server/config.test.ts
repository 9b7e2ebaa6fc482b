import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { readConfig } from '../../server/config.ts'
import { settings } from '../../server/settings.ts'
import { expectProblem } from '../support/throws.ts'

describe('the settings', () => {
  it('need nothing to be set', () => {
    expect(readConfig({})).to.deep.include({
      port: 8080,
      host: '127.0.0.1',
      publicUrl: undefined,
      trustProxy: 0,
      logLevel: 'info',
      sessionMs: 43_200_000,
      uploads: { bytes: 20_000_000_000, keptMs: 86_400_000 },
    })
  })

  it('give the folder of the data from the root', () => {
    expect(readConfig({ DATA_DIR: 'here' }).dataDir).to.equal(join(process.cwd(), 'here'))
  })

  it('count what is empty as absent', () => {
    expect(readConfig({ PORT: '', PUBLIC_URL: ' ' })).to.include({ port: 8080, publicUrl: undefined })
  })

  it('leave the rest of the environment alone', () => {
    expect(() => readConfig({ constructor: 'x', PATH: '/bin', __proto__: 'y' })).to.not.throw()
  })

  it('can’t be changed afterwards', () => {
    const config = readConfig({})
    expect(config).to.be.frozen
    expect(config.engines).to.be.frozen
  })

  const right: readonly [given: Record<string, string>, part: object][] = [
    [{ PUBLIC_URL: 'https://dub.example/' }, { publicUrl: 'https://dub.example' }],
    [{ UPLOAD_GIGABYTES: '2', UPLOAD_HOURS: '1' }, { uploads: { bytes: 2_000_000_000, keptMs: 3_600_000 } }],
    [{ FFMPEG_PATH: '/a', FFPROBE_PATH: '/b' }, { tools: { ffmpeg: '/a', ffprobe: '/b' } }],
  ]
  for (const [given, part] of right)
    it(`take ${JSON.stringify(given)}`, () => {
      expect(readConfig(given)).to.deep.include(part)
    })

  it('open the engines that are configured', () => {
    const { engines } = readConfig({
      TRANSCRIPTION_URL: 'http://ears:9000/v1/',
      CHAT_URL: 'http://tongue/v1',
      CHAT_MODEL: 'small',
      CHAT_KEY: 'secret',
      DEEPL_KEY: 'key:fx',
      SPEECH_URL: 'http://voice/v1',
      SPEECH_VOICES: 'alloy=en,es-419; nova=ja',
    })
    expect(engines).to.deep.equal({
      transcription: { address: 'http://ears:9000/v1', model: 'whisper-1' },
      chat: { address: 'http://tongue/v1', model: 'small', key: 'secret' },
      libretranslate: undefined,
      deepl: { key: 'key:fx' },
      replica: undefined,
      speech: {
        address: 'http://voice/v1',
        model: 'tts-1',
        voices: [
          { preset: 'alloy', languages: ['en', 'es-419'] },
          { preset: 'nova', languages: ['ja'] },
        ],
      },
    })
  })

  const wrong: readonly [given: Record<string, string>, fault: string][] = [
    [{ PORT: 'http' }, 'PORT must be a whole number'],
    [{ PORT: '70000' }, 'PORT Too big'],
    [{ PUBLIC_URL: 'ftp://dub.example' }, 'PUBLIC_URL must be an http:// or https:// address'],
    [{ PUBLIC_URL: 'https://dub.example/studio' }, 'PUBLIC_URL must be an origin, without a path'],
    [{ MONGODB_URI: 'localhost' }, 'MONGODB_URI must begin with mongodb://'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ CHAT_URL: 'http://tongue/v1' }, 'CHAT_URL needs CHAT_MODEL'],
    [{ SPEECH_URL: 'http://voice/v1' }, 'SPEECH_URL needs SPEECH_VOICES'],
    [{ SPEECH_URL: 'http://voice/v1', SPEECH_VOICES: 'alloy' }, 'SPEECH_VOICES must look like'],
    [{ TRANSCRIPTION_KEY: 'k' }, 'TRANSCRIPTION_KEY needs TRANSCRIPTION_URL'],
    [{ DEEPL_URL: 'http://deepl' }, 'DEEPL_URL needs DEEPL_KEY'],
  ]
  for (const [given, fault] of wrong)
    it(`refuse ${JSON.stringify(given)}`, async () => {
      expect((await expectProblem(() => readConfig(given), 'settings-wrong')).message).to.contain(fault)
    })

  it('tell every fault at once', async () => {
    const { message } = await expectProblem(
      () => readConfig({ PORT: 'x', LOG_LEVEL: 'y', CHAT_KEY: 'z' }),
      'settings-wrong',
    )
    expect(message.split('\n')).to.have.length(4)
  })

  it('never repeat a value: it may be a key', async () => {
    const problem = await expectProblem(
      () => readConfig({ MONGODB_URI: 'user:hunter2@db', SPEECH_VOICES: 'hunter2' }),
      'settings-wrong',
    )
    expect(problem.message).to.not.contain('hunter2')
  })
})

describe('docs/operate.md', () => {
  it('lists every setting with its default and what it means', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/operate.md'), 'utf8')
    const rows = page.split('\n').filter(row => /^\| `[A-Z_]+` \|/.test(row))
    expect(rows).to.deep.equal(
      Object.entries(settings).map(([name, setting]) => {
        const usual = 'default' in setting ? `\`${setting.default}\`` : ''
        return `| \`${name}\` | ${usual} | ${setting.says} |`
      }),
    )
  })
})
