import { ass } from './ass.ts'
import type { Format } from './format.ts'
import { srt } from './srt.ts'
import { stl } from './stl.ts'
import { vtt } from './vtt.ts'

export const formats: readonly Format[] = [srt, vtt, ass, stl]

export const formatNamed = (name: string): Format | undefined => formats.find(format => format.name === name)
