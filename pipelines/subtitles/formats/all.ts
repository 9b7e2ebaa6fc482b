import { ass } from './ass.ts'
import { ebuStl } from './ebu-stl.ts'
import type { Format } from './format.ts'
import { json } from './json.ts'
import { lrc } from './lrc.ts'
import { srt } from './srt.ts'
import { ttmlFormats } from './ttml.ts'
import { vtt } from './vtt.ts'

export const formats: readonly Format[] = [srt, vtt, ass, ebuStl, ...ttmlFormats, lrc, json]

export const formatNamed = (name: string): Format | undefined => formats.find(format => format.name === name)
