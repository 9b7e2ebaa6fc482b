import { z } from 'zod'

const whole = (least: number, most: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(least).max(most))
const words = z.string().min(1)
const secret = z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url')
const address = z
  .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
  .transform(value => value.replace(/\/+$/, ''))
const witness = z
  .string()
  .regex(/^https?:\/\/\S+ [^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/, 'must look like ADDRESS KEY; ADDRESS KEY')
  .transform(value => {
    const [address = '', key = ''] = value.split(' ')
    return { address: address.replace(/\/+$/, ''), key }
  })
const witnesses = z
  .string()
  .transform(value => value.split(';').map(part => part.trim()))
  .pipe(z.array(witness).min(1))
const voice = z
  .string()
  .regex(/^[^=;,]+=[^=;,]+(,[^=;,]+)*$/, 'must look like NAME=LANGUAGE,LANGUAGE;NAME=LANGUAGE')
  .transform(value => {
    const [preset = '', languages = ''] = value.split('=')
    return { preset: preset.trim(), languages: languages.split(',').map(tag => tag.trim()) }
  })
const voices = z
  .string()
  .transform(value => value.split(';').map(part => part.trim()))
  .pipe(z.array(voice).min(1))

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const

/** Everything that can be set, in the order docs/operate.md lists it: what it means, its shape, its default. */
export const settings = {
  PORT: {
    says: 'The port to listen on; 0 takes any that is free.',
    shape: whole(0, 65_535),
    default: '8080',
  },
  HOST: {
    says: 'The address to listen on; 0.0.0.0 or :: is every one this machine has.',
    shape: words,
    default: '127.0.0.1',
  },
  PUBLIC_URL: {
    says: 'The address people open, when it has a name or stands behind a proxy. Requests from pages of any other address are refused; with https, cookies travel over https alone.',
    shape: address.refine(value => new URL(value).origin === value, 'must be an origin, without a path'),
  },
  TRUST_PROXY: {
    says: 'How many reverse proxies stand before the server: so many entries of X-Forwarded-For are believed.',
    shape: whole(0, 10),
    default: '0',
  },
  DATA_DIR: { says: 'The folder of everything that is kept.', shape: words, default: './.kotodama' },
  MONGODB_URI: {
    says: 'A MongoDB server to use instead of the embedded store.',
    shape: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://'),
  },
  KEYS_DIR: {
    says: 'The folder of the secret keys, which no backup takes: best on another disk; `keys` in DATA_DIR unless set.',
    shape: words,
  },
  COMPANY_NAME: {
    says: 'The company that asks actors, as they read it; it is enrolled under this name at the first start.',
    shape: words,
    default: 'Kotodama',
  },
  CONSENT_LOG_KEY: {
    says: 'The secret key of the log of consents, 32 bytes in base64url, instead of a file in KEYS_DIR.',
    shape: secret,
  },
  CONSENT_COMPANY_KEY: { says: 'The same of the company’s signing key.', shape: secret },
  CONSENT_MASTER_KEY: { says: 'The same of the key that seals the keys of voices.', shape: secret },
  WITNESSES: {
    says: 'Witnesses outside who co-sign the log of consents (C2SP tlog-witness): `https://witness.example NAME+HASH+KEY; …`. Without any, nobody outside is asked.',
    shape: witnesses,
  },
  LOG_LEVEL: { says: `One of ${logLevels.join(', ')}.`, shape: z.enum(logLevels), default: 'info' },
  FFMPEG_PATH: { says: 'The ffmpeg to use before any other.', shape: words },
  FFPROBE_PATH: { says: 'The ffprobe to use before any other.', shape: words },
  MEDIA_HOURS: {
    says: 'The longest film or sound that is taken; 4 unless set.',
    shape: whole(1, 24),
  },
  MEDIA_PIXELS: {
    says: 'The largest picture; 9437184 (4096×2304) unless set.',
    shape: whole(1, 100_000_000),
  },
  MEDIA_FPS: {
    says: 'The most pictures a second; 120 unless set.',
    shape: whole(1, 1000),
  },
  MEDIA_SAMPLE_RATE: {
    says: 'The most samples a second, in Hz; 192000 unless set.',
    shape: whole(8000, 1_000_000),
  },
  MEDIA_CHANNELS: {
    says: 'The most channels of one sound; 16 unless set.',
    shape: whole(1, 64),
  },
  MEDIA_STREAMS: {
    says: 'The most streams in one file; 64 unless set.',
    shape: whole(1, 1000),
  },
  MEDIA_UNPACKED: {
    says: 'How many times larger than itself a file may unpack to when that is over 20 GB; 20000 unless set.',
    shape: whole(100, 10_000_000),
  },
  SESSION_HOURS: {
    says: 'Hours without a request after which a person has to sign in again.',
    shape: whole(1, 720),
    default: '12',
  },
  UPLOAD_GIGABYTES: { says: 'The largest upload.', shape: whole(1, 1000), default: '20' },
  UPLOAD_HOURS: {
    says: 'Hours after which an upload that nobody used is thrown away.',
    shape: whole(1, 720),
    default: '24',
  },
  REQUESTS_PER_MINUTE: {
    says: 'Requests to the API from one address (IPv6: one /64 network).',
    shape: whole(10, 1_000_000),
    default: '1200',
  },
  SIGN_INS_PER_QUARTER: {
    says: 'Failed sign-ins in a quarter of an hour for one name; three times as many from one address.',
    shape: whole(3, 10_000),
    default: '10',
  },
  MODELS_URL: {
    says: 'Where `kotodama models install` fetches weights: the hub or a mirror of it.',
    shape: address,
    default: 'https://huggingface.co',
  },
  TRANSCRIPTION_URL: {
    says: 'An OpenAI-compatible server that writes down speech (…/v1).',
    shape: address,
  },
  TRANSCRIPTION_KEY: { says: 'Its key.', shape: words },
  TRANSCRIPTION_MODEL: { says: 'The model to ask it for.', shape: words, default: 'whisper-1' },
  CHAT_URL: { says: 'An OpenAI-compatible server that translates by chat (…/v1).', shape: address },
  CHAT_KEY: { says: 'Its key.', shape: words },
  CHAT_MODEL: { says: 'The model to ask it for; required with CHAT_URL.', shape: words },
  LIBRETRANSLATE_URL: { says: 'A LibreTranslate server.', shape: address },
  LIBRETRANSLATE_KEY: { says: 'Its key.', shape: words },
  DEEPL_KEY: { says: 'A key for DeepL; one that ends in :fx is for its free service.', shape: words },
  DEEPL_URL: { says: 'Another address for DeepL.', shape: address },
  SPEECH_URL: { says: 'An OpenAI-compatible server that speaks (…/v1).', shape: address },
  SPEECH_KEY: { says: 'Its key.', shape: words },
  SPEECH_MODEL: { says: 'The model to ask it for.', shape: words, default: 'tts-1' },
  SPEECH_VOICES: {
    says: 'Its voices that belong to nobody, with their languages: `alloy=en,es;nova=en`. By naming a voice here you declare that it was made from no person. Required with SPEECH_URL.',
    shape: voices,
  },
  REPLICA_URL: {
    says: 'A server that speaks after a recording (…/v1): with it the voices of persons who have said yes. What it is sent, and how it answers, stands in docs/plug-ins.md.',
    shape: address,
  },
  REPLICA_KEY: { says: 'Its key.', shape: words },
  REPLICA_MODEL: { says: 'The model to ask it for.', shape: words, default: 'replica-1' },
  NOTICES_URL: {
    says: 'Where recipients are told that a voice was withdrawn from what they hold: one https address of yours that takes a JSON POST and answers 2xx with `{"acknowledged": true}`.',
    shape: address,
  },
  NOTICES_KEY: { says: 'Its key, sent as a bearer token.', shape: words },
} as const satisfies Record<string, Setting>

export type Setting = { readonly says: string; readonly shape: z.ZodType; readonly default?: string }
export type SettingName = keyof typeof settings
type Read<S extends Setting> = z.output<S['shape']> | (S extends { default: string } ? never : undefined)
export type Settings = { readonly [Name in SettingName]: Read<(typeof settings)[Name]> }

/** What only makes sense with something else: a sentence, and what breaks it. */
export const together: readonly (readonly [says: string, broken: (set: ReadonlySet<string>) => boolean])[] = [
  ['CHAT_URL needs CHAT_MODEL', set => set.has('CHAT_URL') && !set.has('CHAT_MODEL')],
  ['SPEECH_URL needs SPEECH_VOICES', set => set.has('SPEECH_URL') && !set.has('SPEECH_VOICES')],
  ...(['TRANSCRIPTION', 'CHAT', 'SPEECH', 'REPLICA', 'NOTICES', 'LIBRETRANSLATE'] as const).map(
    engine =>
      [
        `${engine}_KEY needs ${engine}_URL`,
        (set: ReadonlySet<string>) => set.has(`${engine}_KEY`) && !set.has(`${engine}_URL`),
      ] as const,
  ),
  ['DEEPL_URL needs DEEPL_KEY', set => set.has('DEEPL_URL') && !set.has('DEEPL_KEY')],
]
