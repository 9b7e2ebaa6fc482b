import { join, resolve } from 'node:path'
import { Problem } from '../pipelines/problem.ts'
import { type SettingName, type Settings, settings, together } from './settings.ts'

/** A service that speaks OpenAI's language: `address` up to and with its version, without a slash at its end. */
export type Service = { readonly address: string; readonly key?: string; readonly model: string }

export type Config = ReturnType<typeof arrange>

const hour = 3_600_000

/**
 * Reads the environment, all of it or nothing. An empty variable counts as absent.
 * @throws Problem `settings-wrong` with every fault in it, one a line
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.entries(environment).filter(
    ([name, value]) => Object.hasOwn(settings, name) && value?.trim(),
  )
  const texts = new Map(given.map(([name, value]) => [name, (value ?? '').trim()]))
  const faults: string[] = []
  const read = Object.entries(settings).map(([name, setting]) => {
    const text = texts.get(name) ?? ('default' in setting ? setting.default : undefined)
    if (text === undefined) return [name, undefined]
    const parsed = setting.shape.safeParse(text)
    // The value itself is not told: it may be a key, and this ends in a log.
    if (!parsed.success) faults.push(`${name} ${parsed.error.issues.map(issue => issue.message).join(', ')}`)
    return [name, parsed.data]
  })
  const set = new Set(texts.keys())
  faults.push(...together.filter(([, broken]) => broken(set)).map(([says]) => says))
  if (faults.length > 0) throw new Problem('settings-wrong', { faults: faults.join('\n  ') })
  return freeze(arrange(Object.fromEntries(read)))
}

function arrange(read: Settings) {
  const dataDir = resolve(read.DATA_DIR)
  return {
    port: read.PORT,
    host: read.HOST,
    publicUrl: read.PUBLIC_URL,
    trustProxy: read.TRUST_PROXY,
    dataDir,
    keysDir: read.KEYS_DIR ? resolve(read.KEYS_DIR) : join(dataDir, 'keys'),
    consent: {
      companyName: read.COMPANY_NAME,
      logKey: read.CONSENT_LOG_KEY,
      companyKey: read.CONSENT_COMPANY_KEY,
      masterKey: read.CONSENT_MASTER_KEY,
      witnesses: read.WITNESSES ?? [],
    },
    mongodbUri: read.MONGODB_URI,
    logLevel: read.LOG_LEVEL,
    modelsUrl: read.MODELS_URL,
    tools: { ffmpeg: read.FFMPEG_PATH, ffprobe: read.FFPROBE_PATH },
    media: {
      duration: read.MEDIA_HOURS && read.MEDIA_HOURS * hour,
      pixels: read.MEDIA_PIXELS,
      rate: read.MEDIA_FPS,
      sampleRate: read.MEDIA_SAMPLE_RATE,
      channels: read.MEDIA_CHANNELS,
      streams: read.MEDIA_STREAMS,
      decoded: read.MEDIA_UNPACKED,
    },
    notices: read.NOTICES_URL
      ? { address: read.NOTICES_URL, ...(read.NOTICES_KEY && { key: read.NOTICES_KEY }) }
      : undefined,
    sessionMs: read.SESSION_HOURS * hour,
    uploads: { bytes: read.UPLOAD_GIGABYTES * 1e9, keptMs: read.UPLOAD_HOURS * hour },
    limits: { requests: read.REQUESTS_PER_MINUTE, signIns: read.SIGN_INS_PER_QUARTER },
    engines: {
      transcription: service(read, 'TRANSCRIPTION'),
      chat: service(read, 'CHAT'),
      replica: service(read, 'REPLICA'),
      speech: withVoices(service(read, 'SPEECH'), read.SPEECH_VOICES),
      libretranslate: read.LIBRETRANSLATE_URL
        ? {
            address: read.LIBRETRANSLATE_URL,
            ...(read.LIBRETRANSLATE_KEY && { key: read.LIBRETRANSLATE_KEY }),
          }
        : undefined,
      deepl: read.DEEPL_KEY
        ? { key: read.DEEPL_KEY, ...(read.DEEPL_URL && { address: read.DEEPL_URL }) }
        : undefined,
    },
  } as const
}

function service(read: Settings, name: 'TRANSCRIPTION' | 'CHAT' | 'SPEECH' | 'REPLICA'): Service | undefined {
  const address = read[`${name}_URL` satisfies SettingName]
  const model = read[`${name}_MODEL` satisfies SettingName]
  const key = read[`${name}_KEY` satisfies SettingName]
  return address && model ? { address, model, ...(key && { key }) } : undefined
}

function withVoices(service: Service | undefined, voices: Settings['SPEECH_VOICES']) {
  return service && voices ? { ...service, voices } : undefined
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freeze(part)
  return Object.freeze(value)
}
