/** The wiring of engines: which are installed or configured, and the one door to voices. The only file that names them. */
import { availableParallelism } from 'node:os'
import type { Gate, Vault } from '../consent/index.ts'
import { openEspeakVoices } from '../pipelines/dub/engines/espeak.ts'
import { openEspeakSketch } from '../pipelines/dub/engines/espeak-sketch.ts'
import { openSpeechService, type SpeechService } from '../pipelines/dub/engines/openai-speech.ts'
import { openReplicaService } from '../pipelines/dub/engines/replica.ts'
import {
  type Crew,
  findTools,
  installedIn,
  type Mouth,
  openEspeak,
  openInference,
  openMouth,
  openPace,
  openVoices,
  type Persons,
  type SpeechEngine,
  type TranslationEngine,
  useLimits,
  useTools,
} from '../pipelines/index.ts'
import { transcriptionEngine } from '../pipelines/speech/engines/openai-audio.ts'
import { whisperEngine } from '../pipelines/speech/engines/whisper.ts'
import { deeplEngine } from '../pipelines/translation/engines/deepl.ts'
import { libreEngine } from '../pipelines/translation/engines/libretranslate.ts'
import { marianEngine } from '../pipelines/translation/engines/marian.ts'
import { chatEngine } from '../pipelines/translation/engines/openai-chat.ts'
import type { Config } from './config.ts'
import { openHouseCredentials, openHouseWatermark } from './marks.ts'
import { foldersOf } from './store/folders.ts'

/** One core is left to people: the pages, the store, the other episodes. */
const threads = Math.max(1, availableParallelism() - 1)

export type OpenCrew = Omit<Crew, 'memory'> & { readonly mouth: Mouth; readonly close: () => void }

/** What a voice is asked of: the keeper's own, or what a worker has by the link to its keeper. */
export type ConsentAtHand = {
  readonly gate: Gate
  readonly vault: Vault
  /** The recording a person's voice is spoken after. */
  readonly reference: Persons['reference']
  /** True of what was made by a yes that is over. */
  readonly barred?: Persons['barred']
}

/** Processes behind the engines start when they are first needed, so this costs next to nothing. */
export async function openCrew(config: Config, consent: ConsentAtHand): Promise<OpenCrew> {
  const look = () => findTools(config.tools)
  useTools(await look(), look)
  useLimits(config.media)
  const installed = await installedIn(foldersOf(config.dataDir).models)
  const watermark = await openHouseWatermark(config.keysDir)
  const credentials = await openHouseCredentials(config.keysDir, config.consent.companyName, Date.now)
  const inference = openInference()
  const espeak = openEspeak()
  const { chat, deepl, libretranslate, transcription, speech, replica } = config.engines
  const whisper = installed.find(model => model.use === 'speech')
  const translators = installed.filter(model => model.use === 'translation')

  // What the operator configured comes before what is merely installed.
  const ears = first<SpeechEngine>(
    transcription && (() => transcriptionEngine(transcription)),
    whisper && (() => whisperEngine(whisper, inference, threads)),
  )
  const tongue = first<TranslationEngine>(
    chat && (() => chatEngine(chat)),
    deepl && (() => deeplEngine(deepl)),
    libretranslate && (() => libreEngine(libretranslate)),
    translators.length > 0 && (() => marianEngine(translators, inference, threads)),
  )
  const speakers = [openEspeakVoices(espeak), ...(speech ? [openSpeechService(declared(speech))] : [])]
  // The sketch is there always; what the operator configured comes before it.
  const persons = [
    ...(replica ? [openReplicaService({ ...replica, licence: termsOf(replica.address) })] : []),
    openEspeakSketch(espeak),
  ]
  return {
    ...(ears && { ears }),
    ...(tongue && { tongue }),
    espeak,
    inference,
    pace: openPace(espeak),
    mouth: openMouth(inference, espeak),
    watermark,
    credentials,
    voices: openVoices(consent.gate, speakers, { ...consent, engines: persons }),
    close() {
      watermark.close()
      credentials.close()
      espeak.close()
      inference.close()
    },
  }
}

function first<T>(...ways: readonly (false | undefined | (() => T))[]): T | undefined {
  const way = ways.find(one => one)
  return way ? way() : undefined
}

const termsOf = (address: string) => `terms of the service at ${new URL(address).host}`

/** Naming a voice in the configuration is the operator's statement that it was made from no person. */
function declared({ voices, ...service }: NonNullable<Config['engines']['speech']>): SpeechService {
  const statement = 'The operator declares that it was made from no person.'
  return {
    ...service,
    licence: termsOf(service.address),
    voices: voices.map(({ preset, languages }) => ({ voice: preset, languages, statement })),
  }
}
