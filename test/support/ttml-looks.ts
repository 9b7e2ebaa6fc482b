/** Timed Text made up by dice that says how words look in every way there is: initial, inherited, referred to, nested, animated. */
import { type Dice, diceOf } from './fuzz.ts'

const root =
  'xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:itts="http://www.w3.org/ns/ttml/profile/imsc1#styling" xmlns:ebutts="urn:ebu:tt:style" xml:lang="en"'

const colors = ['red', '#00ff00', '#0000ff80', 'rgb(1,2,3)', 'rgba(9, 8, 7, 255)', 'white', 'Yellow']
/** Values that a property may have, on whatever element it stands. */
const ofWords: Readonly<Record<string, readonly string[]>> = {
  color: colors,
  backgroundColor: ['black', 'transparent', '#112233', '#11223300'],
  fontStyle: ['italic', 'oblique', 'normal'],
  fontWeight: ['bold', 'normal'],
  fontSize: ['50%', '80%', '150%', '2c', '0.5em', '24px', '5rh'],
  textDecoration: [
    'underline',
    'lineThrough',
    'underline lineThrough',
    'noUnderline',
    'noLineThrough',
    'none',
  ],
  textEmphasis: ['filled dot', 'open sesame before', 'none', 'circle red', 'auto'],
  textOutline: ['red 5%', 'none', '#123456 1px'],
  textCombine: ['all', 'none'],
  visibility: ['hidden', 'visible', 'visible'],
}
const ofParagraphs: Readonly<Record<string, readonly string[]>> = {
  textAlign: ['left', 'center', 'right', 'start', 'end'],
  shear: ['16.67%', '0%', '-10%', '120%'],
}
const displays = ['before', 'center', 'after']
const ofRegions: Readonly<Record<string, readonly string[]>> = {
  origin: ['10% 20%', '64px 36px', '5rw 10rh', 'auto'],
  extent: ['50% 30%', '320px 72px', '40rw 20rh', 'auto'],
  position: [
    'center',
    'top left',
    'bottom',
    '25% 75%',
    'right 10% bottom 20%',
    '32px 18px',
    'left 10px',
    '90% bottom',
    'center bottom 10%',
  ],
  displayAlign: displays,
  writingMode: ['lrtb', 'rltb', 'tbrl', 'tblr', 'tb', 'lr'],
}
const names = ['s0', 's1', 's2', 's3', 's4'] as const

const pick = <T>(dice: Dice, list: readonly T[]): T => {
  const one = list[dice(list.length)]
  if (one === undefined) throw new RangeError('an empty list')
  return one
}
const many = (count: number, one: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => one(i)).join('')

/** Some properties of a table, one in `rarely` of them. */
const said = (dice: Dice, table: Readonly<Record<string, readonly string[]>>, rarely: number): string =>
  Object.entries(table)
    .map(([name, values]) => (dice(rarely) === 0 ? ` tts:${name}="${pick(dice, values)}"` : ''))
    .join('')
const refers = (dice: Dice, rarely: number, to: readonly string[] = names): string =>
  dice(rarely) || to.length === 0
    ? ''
    : ` style="${Array.from({ length: 1 + dice(3) }, () => pick(dice, to)).join(' ')}"`
const set = (dice: Dice, rarely: number): string =>
  dice(rarely) ? '' : `<set begin="1s" end="2s"${said(dice, { color: colors }, 1)}/>`

export function styledDocument(seed: number): string {
  const dice = diceOf(seed)
  let words = 0
  const look = (rarely: number) => said(dice, ofWords, rarely) + refers(dice, rarely)
  const inner = (depth: number): string =>
    many(1 + dice(3), () => {
      if (depth === 0 || dice(3) === 0) return `w${words++} `
      if (dice(8) === 0)
        return `<span tts:ruby="container"${look(20)}><span tts:ruby="base">b${words++}</span><span tts:ruby="text">r${words}</span></span>`
      return `<span${look(8)}>${set(dice, 12)}${inner(depth - 1)}</span>`
    })
  const paragraph = (regions: number) =>
    `<p begin="0s" end="3s" region="r${dice(regions)}"${look(14)}${said(dice, ofParagraphs, 4)}>${set(dice, 12)}${inner(3)}</p>`
  const regions = 1 + dice(3)
  const initial = said(dice, { ...ofParagraphs, displayAlign: displays, color: colors }, 8)
  const styling = [
    initial === '' ? '' : `<initial${initial}/>`,
    // Each refers to those before it only: a circle is nobody's.
    ...names.map(
      (name, i) => `<style xml:id="${name}"${said(dice, ofWords, 8)}${refers(dice, 2, names.slice(0, i))}/>`,
    ),
  ].join('')
  const layout = many(
    regions,
    i =>
      `<region xml:id="r${i}"${said(dice, ofRegions, 2)}${said(dice, ofParagraphs, 6)}${look(20)}>${dice(3) ? '' : `<style${said(dice, { ...ofWords, ...ofRegions }, 8)}/>`}</region>`,
  )
  const frame = pick(dice, ['', ' tts:extent="640px 360px"', ' ttp:cellResolution="40 20"'])
  const px = frame.includes('px') ? '' : ' tts:extent="640px 360px"'
  return `<tt ${root}${frame}${px}><head><styling>${styling}</styling><layout>${layout}</layout></head><body${look(16)}>${many(1 + dice(2), () => `<div${look(16)}>${many(1 + dice(3), () => paragraph(regions))}</div>`)}</body></tt>`
}
