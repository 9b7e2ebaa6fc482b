import { expect } from 'chai'
import fc from 'fast-check'
import type { MouthShape, Rate, Viseme } from '../../../../pipelines/terms.ts'
import { type CueFormatName, cueFormats } from '../../../../pipelines/timing/cues/formats.ts'
import { type Sheet, sheetOf } from '../../../../pipelines/timing/cues/hold.ts'
import { presets } from '../../../../pipelines/timing/cues/presets.ts'
import { weightsOf } from '../../../../pipelines/timing/cues/weights.ts'
import { visemes } from '../../../../pipelines/visemes/phones.ts'

const rate = (num: number, den = 1): Rate => ({ num, den })
const rates = [rate(8), rate(12), rate(24000, 1001), rate(24), rate(25), rate(30)]

/** `shapes('sil 200', 'PP 60')`: one after the other from 0. */
function shapes(...said: readonly string[]): readonly MouthShape[] {
  let start = 0
  return said.map(one => {
    const [viseme, length] = one.split(' ') as [Viseme, string]
    const shape = { start, end: start + Number(length), viseme, openness: viseme === 'aa' ? 0.95 : 0.2 }
    start = shape.end
    return shape
  })
}
const drawn = ({ exposures }: Sheet) => exposures.map(({ frame, drawing }) => `${frame} ${drawing}`)

/** One after the other, of any shape and length. */
const anyShapes = fc
  .array(fc.tuple(fc.constantFrom(...visemes), fc.integer({ min: 10, max: 900 })), {
    minLength: 1,
    maxLength: 60,
  })
  .map(list => shapes(...list.map(([viseme, length]) => `${viseme} ${length}`)))

describe('A mouth on an exposure sheet', () => {
  it('keeps lips that meet, even at 12 frames a second', () => {
    const said = shapes('sil 300', 'aa 300', 'PP 50', 'aa 300', 'sil 300')
    for (const each of rates)
      expect(drawn(sheetOf(said, { rate: each, preset: presets.rhubarb })).join(), `${each.num}`).to.match(
        / A/,
      )
  })

  it('opens before it sounds, and after a pause alone', () => {
    expect(drawn(sheetOf(shapes('sil 400', 'aa 400'), { rate: rate(25), preset: presets.rhubarb }))).to.eql([
      '0 X',
      '9 D', // 340 ms: 60 before the sound; the ninth frame is filled by it most
    ])
  })

  it('takes a rest shorter than 120 ms for no rest', () => {
    const said = shapes('sil 200', 'aa 240', 'sil 80', 'aa 240', 'sil 400')
    const sheet = sheetOf(said, { rate: rate(25), preset: presets.rhubarb })
    expect(sheet.exposures.map(({ drawing }) => drawing)).to.eql(['X', 'D', 'X'])
  })

  it('draws a jaw that is not as wide as it can be as Rhubarb’s C', () => {
    const said = [{ start: 0, end: 500, viseme: 'aa', openness: 0.75 }] as const
    expect(drawn(sheetOf(said, { rate: rate(24), preset: presets.rhubarb }))).to.eql(['0 C'])
  })

  it('draws anime by the vowel rule, on twos, a frame ahead', () => {
    const said = shapes('sil 250', 'aa 250', 'ih 250', 'ou 250', 'nn 250', 'oh 250')
    const sheet = sheetOf(said, { rate: rate(24), preset: presets.anime })
    expect(sheet.exposures.map(({ drawing }) => drawing)).to.eql(['closed', 'open', 'half', 'closed', 'open'])
    for (const { frame } of sheet.exposures) expect(frame % 2, `frame ${frame} is on twos`).to.equal(0)
  })

  it('opens wide for whoever shouts, whatever is said', () => {
    const said = [{ start: 0, end: 500, viseme: 'ih', openness: 0.95 }] as const
    expect(drawn(sheetOf(said, { rate: rate(24), preset: presets.anime }))).to.eql(['0 open'])
  })

  it('shows every drawing for its shortest time, starts at 0, and names no drawing twice in a row', () => {
    fc.assert(
      fc.property(
        anyShapes,
        fc.constantFrom(...rates),
        fc.constantFrom(...Object.values(presets)),
        fc.constantFrom(1, 2, 3),
        (said, each, preset, on) => {
          const sheet = sheetOf(said, { rate: each, preset, on })
          const { exposures, frames } = sheet
          expect(exposures[0]?.frame).to.equal(0)
          const length = said.at(-1)?.end ?? 0
          expect(frames).to.equal(Math.max(1, Math.ceil((length * each.num) / each.den / 1000 - 1e-6)))
          const least =
            Math.max(1, Math.ceil(Math.ceil((preset.hold * each.num) / each.den / 1000) / on)) * on
          for (const [index, { frame, drawing }] of exposures.entries()) {
            const next = exposures[index + 1]
            expect(frame % on).to.equal(0)
            expect(preset.drawings as readonly string[]).to.include(drawing)
            if (!next) continue
            expect(next.drawing).not.to.equal(drawing)
            // Lips that meet between two drawings that have nothing to spare are seen for what time there is.
            if (!(preset.closures as readonly string[]).includes(drawing) && index > 0)
              expect(next.frame - frame).to.be.at.least(on)
            if (preset.closures.length === 0 && index > 0)
              expect(next.frame - frame).to.be.at.least(Math.min(least, frames))
          }
        },
      ),
    )
  })

  it('weighs the visemes of every frame to 1', () => {
    fc.assert(
      fc.property(anyShapes, fc.constantFrom(...rates), (said, each) => {
        for (const row of weightsOf(said, each, 20)) {
          expect(row).to.have.length(15)
          expect(row.reduce((sum, one) => sum + one)).to.be.closeTo(1, 0.01)
          for (const one of row) expect(one).to.be.within(0, 1)
        }
      }),
    )
  })
})

describe('Mouth cues as files', () => {
  const said = shapes('sil 240', 'PP 80', 'aa 240', 'sil 240')
  const written = (name: CueFormatName, each = rate(25)) => {
    const format = cueFormats[name]
    const preset = presets['preset' in format ? format.preset : 'anime']
    return format.write({ sheet: sheetOf(said, { rate: each, preset }), shapes: said, sound: 'a & b.wav' })
  }

  it('are Rhubarb’s table', () => {
    expect(written('tsv')).to.equal('0.00\tX\n0.20\tA\n0.32\tD\n0.56\tX\n0.80\tX\n')
  })
  it('are Rhubarb’s XML, its text escaped', () => {
    expect(written('xml')).to.equal(`<?xml version="1.0" encoding="utf-8"?>
<rhubarbResult>
  <metadata>
    <soundFile>a &amp; b.wav</soundFile>
    <duration>0.80</duration>
  </metadata>
  <mouthCues>
    <mouthCue start="0.00" end="0.20">X</mouthCue>
    <mouthCue start="0.20" end="0.32">A</mouthCue>
    <mouthCue start="0.32" end="0.56">D</mouthCue>
    <mouthCue start="0.56" end="0.80">X</mouthCue>
  </mouthCues>
</rhubarbResult>
`)
  })
  it('are Rhubarb’s JSON', () => {
    const read = JSON.parse(written('json'))
    expect(read.metadata).to.eql({ soundFile: 'a & b.wav', duration: 0.8 })
    expect(read.mouthCues[1]).to.eql({ start: 0.2, end: 0.32, value: 'A' })
  })
  it('are switch data that counts from 1, by Preston Blair’s names', () => {
    expect(written('dat')).to.equal('MohoSwitch1\n1 rest\n6 MBP\n9 AI\n15 rest\n')
  })
  it('are time sheets whose cells have numbers, ended by an empty cell', () => {
    for (const [name, head] of [
      ['xdts', 'exchangeDigitalTimeSheet Save Data'],
      ['tdts', 'toeiDigitalTimeSheet Save Data'],
    ] as const) {
      const [first, ...rest] = written(name, rate(24)).split('\n')
      expect(first).to.equal(head)
      const read = JSON.parse(rest.join('\n'))
      const [table] = (read.timeSheets?.[0] ?? read).timeTables
      expect(table.duration).to.equal(20)
      const { frames } = table.fields[0].tracks[0]
      expect(frames[0]).to.eql({ frame: 0, data: [{ id: 0, values: ['1'] }] })
      expect(frames.at(-1)).to.eql({ frame: 20, data: [{ id: 0, values: ['SYMBOL_NULL_CELL'] }] })
    }
  })
  it('are a row a frame in CSV', () => {
    const rows = written('csv').trimEnd().split('\n')
    expect(rows).to.have.length(21)
    expect(rows[1]).to.equal('1,0.000,closed')
  })
  it('are visemes by frame under Character Animator’s names', () => {
    expect(written('adobe')).to.equal(
      'Units Per Second\t25\n0\tNeutral\n5\tM\n8\tAh\n14\tNeutral\n20\tNeutral\n',
    )
  })
  it('are keyframes that show one shape at a time in Blender', () => {
    const { shape_keys, scene } = JSON.parse(written('blender', rate(24000, 1001)))
    expect(scene).to.eql({ fps: 24000, fps_base: 1001, frame_start: 1, frame_end: 20 })
    for (let frame = 1; frame <= 20; frame++) {
      const on = Object.values(shape_keys as Record<string, [number, number][]>).map(
        keys => keys.findLast(([at]) => at <= frame)?.[1] ?? 0,
      )
      expect(
        on.reduce((sum, one) => sum + one),
        `frame ${frame}`,
      ).to.equal(1)
    }
  })
  it('are weights in OVR’s order', () => {
    const read = JSON.parse(written('ovr'))
    expect(read.visemes).to.eql(visemes)
    expect(read.frames).to.have.length(20)
    expect(read.frames[7][1], 'PP near the middle of PP').to.equal(0.833)
  })
})
