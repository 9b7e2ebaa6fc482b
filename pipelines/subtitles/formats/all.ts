import { ass } from './ass.ts'
import { ebuStl } from './ebu-stl.ts'
import type { Format } from './format.ts'
import { json } from './json.ts'
import { lrc } from './lrc.ts'
import { microdvd } from './microdvd.ts'
import { mpl2 } from './mpl2.ts'
import { sami } from './sami.ts'
import { sbv } from './sbv.ts'
import { scc } from './scc.ts'
import { srt } from './srt.ts'
import { ttmlFormats } from './ttml.ts'
import { ttxt } from './ttxt.ts'
import { vtt } from './vtt.ts'
import { whisper } from './whisper.ts'

export const formats: readonly Format[] = [
  srt,
  vtt,
  ass,
  ebuStl,
  ...ttmlFormats,
  scc,
  lrc,
  json,
  whisper,
  sbv,
  microdvd,
  sami,
  mpl2,
  ttxt,
]

export const formatNamed = (name: string): Format | undefined => formats.find(format => format.name === name)
