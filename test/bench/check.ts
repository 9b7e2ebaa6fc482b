/** How long a house's style takes over an episode of 500 captions, whole and after one edit. The goal is 50 ms. */
import { checkerOf } from '../../pipelines/subtitles/check/check.ts'
import { profileOf } from '../../pipelines/subtitles/check/houses.ts'
import { type Caption, editCaption } from '../../pipelines/subtitles/document.ts'

const words =
  'well I never thought that 3 lamps would stand on the hill tonight... and who lit them all alone?'.split(
    ' ',
  )
const captions = Array.from({ length: 500 }, (_, i): Caption => {
  const said = Array.from({ length: 4 + ((i * 7) % 9) }, (_, k) => words[(i * 5 + k) % words.length]).join(
    ' ',
  )
  const text = said.length > 40 ? said.replace(/^(.{20,}?) /, '$1\n') : said
  const start = i * 2700 + ((i * 131) % 400)
  return {
    id: String(i),
    start,
    end: start + 1400 + ((i * 97) % 1200),
    kind: i % 25 === 0 ? 'song' : 'dialogue',
    runs: [{ text, marks: {} }],
  }
})
const shots = Array.from({ length: 350 }, (_, i) => i * 3900 + ((i * 53) % 900))
const scene = { rate: { num: 24_000, den: 1001 }, shots }
const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0
const timed = (work: () => unknown): number => {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

for (const [house, language] of [
  ['netflix', 'en'],
  ['netflix', 'ja'],
  ['bbc', 'en'],
] as const) {
  const profile = profileOf(house, language)
  if (!profile) continue
  const first = timed(() => checkerOf(profile, scene)({ captions }))
  const wholes = Array.from({ length: 31 }, () => timed(() => checkerOf(profile, scene)({ captions })))
  const [least, whole] = [Math.min(...wholes), median(wholes)]
  const checker = checkerOf(profile, scene)
  let document: { readonly captions: readonly Caption[] } = { captions }
  const found = checker(document).length
  const edits = Array.from({ length: 101 }, (_, i) => {
    document = editCaption(document, String((i * 37) % 500), one => ({ ...one, end: one.end + 10 }))
    return timed(() => checker(document))
  })
  console.log(
    `${house} ${language}: 500 captions, ${found} findings: cold ${first.toFixed(1)} ms, warm ${whole.toFixed(1)} ms (least ${least.toFixed(1)}), after one edit ${median(edits).toFixed(2)} ms`,
  )
}
