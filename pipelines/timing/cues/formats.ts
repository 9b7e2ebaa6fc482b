import type { MouthShape } from '../../terms.ts'
import { visemes } from '../../visemes/phones.ts'
import type { Sheet } from './hold.ts'
import type { PresetName } from './presets.ts'
import { weightsOf } from './weights.ts'

/** What is written: the sheet, the shapes it was drawn from, and the name of the sound. */
export type MouthCues = {
  readonly sheet: Sheet
  readonly shapes: readonly MouthShape[]
  readonly sound: string
}

export type CueFormat = {
  readonly says: string
  readonly extension: string
  /** The drawings that its readers look for; any preset's where none is named. */
  readonly preset?: PresetName
  readonly write: (cues: MouthCues) => string
}

type Cue = { readonly start: number; readonly end: number; readonly value: string }

/** Cues in seconds with two decimals, as Rhubarb's files have them. */
function timed({ sheet: { exposures, frames, rate } }: MouthCues): readonly Cue[] {
  const seconds = (frame: number) => (frame * rate.den) / rate.num
  return exposures.map(({ frame, drawing }, index) => ({
    start: seconds(frame),
    end: seconds(exposures[index + 1]?.frame ?? frames),
    value: drawing,
  }))
}
const cs = (seconds: number) => seconds.toFixed(2)
const lines = (rows: readonly string[]) => `${rows.join('\n')}\n`
const endOf = (cues: readonly Cue[]) => cues.at(-1)?.end ?? 0

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
/** Control characters have no place in XML 1.0 at all. */
const xml = (text: string) =>
  text.replace(/[&<>]/g, sign => escapes[sign] ?? '').replace(/\p{Cc}/gu, '\u{FFFD}')
const csv = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const fps = ({ rate }: Sheet) => rate.num / rate.den

/** Frame by frame, what is shown there. */
function framed({ exposures, frames }: Sheet): readonly string[] {
  return exposures.flatMap(({ frame, drawing }, index) =>
    Array.from({ length: (exposures[index + 1]?.frame ?? frames) - frame }, () => drawing),
  )
}

/** The digital time sheet that Toei drove: a line that names it, then JSON; field 0 holds the cells. */
const timeSheet = (kind: string, column: (sheet: Sheet) => object) => (cues: MouthCues) =>
  lines([`${kind} Save Data`, JSON.stringify(column(cues.sheet))])

/** Cells by number, from 1: what Toei's readers take, and what animators call their drawings. */
const cells = ({ exposures, frames, drawings }: Sheet) => [
  ...exposures.map(({ frame, drawing }) => cell(frame, String(drawings.indexOf(drawing) + 1))),
  cell(frames, 'SYMBOL_NULL_CELL'),
]
const cell = (frame: number, value: string) => ({ frame, data: [{ id: 0, values: [value] }] })
const column = 'Mouth'

export const cueFormats = {
  tsv: {
    ...{ says: 'Rhubarb’s table', extension: 'tsv', preset: 'rhubarb' },
    write: cues => {
      const rows = timed(cues)
      const last = `${cs(endOf(rows))}\t${cues.sheet.rest}`
      return lines([...rows.map(({ start, value }) => `${cs(start)}\t${value}`), last])
    },
  },
  xml: {
    ...{ says: 'Rhubarb’s XML', extension: 'xml', preset: 'rhubarb' },
    write: cues => {
      const rows = timed(cues)
      return lines([
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rhubarbResult>',
        '  <metadata>',
        `    <soundFile>${xml(cues.sound)}</soundFile>`,
        `    <duration>${cs(endOf(rows))}</duration>`,
        '  </metadata>',
        '  <mouthCues>',
        ...rows.map(
          ({ start, end, value }) =>
            `    <mouthCue start="${cs(start)}" end="${cs(end)}">${xml(value)}</mouthCue>`,
        ),
        '  </mouthCues>',
        '</rhubarbResult>',
      ])
    },
  },
  json: {
    ...{ says: 'Rhubarb’s JSON', extension: 'json', preset: 'rhubarb' },
    write: cues => {
      const rows = timed(cues)
      const round = (seconds: number) => Number(cs(seconds))
      const mouthCues = rows.map(({ start, end, value }) => ({ start: round(start), end: round(end), value }))
      const metadata = { soundFile: cues.sound, duration: round(endOf(rows)) }
      return lines([JSON.stringify({ metadata, mouthCues }, null, 2)])
    },
  },
  dat: {
    says: 'switch data of Moho, OpenToonz and Papagayo; frames count from 1',
    ...{ extension: 'dat', preset: 'preston-blair' },
    write: ({ sheet }) => {
      const rows = sheet.exposures.map(({ frame, drawing }) => `${frame + 1} ${drawing}`)
      // Without a last row the last mouth would stay open for the rest of the scene.
      const rest = sheet.exposures.at(-1)?.drawing === sheet.rest ? [] : [`${sheet.frames + 1} ${sheet.rest}`]
      return lines(['MohoSwitch1', ...rows, ...rest])
    },
  },
  xdts: {
    says: 'exchange time sheet of Clip Studio Paint, OpenToonz and Harmony’s importers',
    extension: 'xdts',
    write: timeSheet('exchangeDigitalTimeSheet', sheet => ({
      header: { cut: '1', scene: '1' },
      timeTables: [
        {
          name: 'mouth',
          duration: sheet.frames,
          timeTableHeaders: [{ fieldId: 0, names: [column] }],
          fields: [{ fieldId: 0, tracks: [{ trackNo: 0, frames: cells(sheet) }] }],
        },
      ],
      version: 5,
    })),
  },
  tdts: {
    says: 'Toei’s digital time sheet',
    extension: 'tdts',
    write: timeSheet('toeiDigitalTimeSheet', sheet => ({
      timeSheets: [
        {
          header: { cut: '1', scene: '1', direction: '', episode: '', title: '' },
          timeTables: [
            {
              name: 'mouth',
              duration: sheet.frames,
              fields: [{ fieldId: 0, tracks: [{ trackNo: 0, frames: cells(sheet) }] }],
              timeTableHeaders: [{ fieldId: 0, names: [column] }],
            },
          ],
        },
      ],
      version: 10,
    })),
  },
  csv: {
    ...{ says: 'exposure sheet, a row a frame, for Harmony and spreadsheets', extension: 'csv' },
    write: ({ sheet }) =>
      lines([
        'frame,timecode seconds,drawing',
        ...framed(sheet).map(
          (drawing, frame) => `${frame + 1},${(frame / fps(sheet)).toFixed(3)},${csv(drawing)}`,
        ),
      ]),
  },
  adobe: {
    ...{ says: 'visemes by frame for Adobe Character Animator', extension: 'txt', preset: 'adobe' },
    write: ({ sheet }) =>
      lines([
        `Units Per Second\t${fps(sheet)}`,
        ...sheet.exposures.map(({ frame, drawing }) => `${frame}\t${drawing}`),
        `${sheet.frames}\t${sheet.rest}`,
      ]),
  },
  blender: {
    ...{ says: 'keyframes of shape keys for Blender, stepped', extension: 'json' },
    write: ({ sheet, sound }) => {
      const names = [...new Set(sheet.exposures.map(({ drawing }) => drawing))]
      const keys = names.map(name => [
        name,
        sheet.exposures.flatMap(({ frame, drawing }, index) => {
          const shown = drawing === name
          const before = sheet.exposures[index - 1]?.drawing === name
          return shown || before || index === 0 ? [[frame + 1, shown ? 1 : 0]] : []
        }),
      ])
      const scene = { fps: sheet.rate.num, fps_base: sheet.rate.den, frame_start: 1, frame_end: sheet.frames }
      const body = { sound, scene, interpolation: 'CONSTANT', shape_keys: Object.fromEntries(keys) }
      return lines([JSON.stringify(body, null, 2)])
    },
  },
  ovr: {
    ...{ says: 'weights of the 15 visemes by frame, in OVR’s order, for engines', extension: 'json' },
    write: ({ sheet, shapes, sound }) =>
      lines([
        JSON.stringify({
          ...{ sound, rate: sheet.rate, visemes },
          frames: weightsOf(shapes, sheet.rate, sheet.frames),
        }),
      ]),
  },
} as const satisfies Record<string, CueFormat>
export type CueFormatName = keyof typeof cueFormats
