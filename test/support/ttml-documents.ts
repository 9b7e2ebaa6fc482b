/** Timed Text made up by dice: containers in parallel and in sequence, times in every notation, regions, animations. */
import { type Dice, diceOf } from './fuzz.ts'

const root =
  'xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xmlns:x="urn:foreign" xml:lang="en"'
const two = (value: number) => String(value).padStart(2, '0')

/** What all parts of one document share. `regionsOn` is where paragraphs get their regions: at one level only. */
type World = {
  readonly dice: Dice
  readonly rate: number
  readonly regions: readonly string[]
  readonly regionsOn: 'body' | 'div' | 'p'
  readonly word: () => string
}

export function ttmlDocument(seed: number): string {
  const dice = diceOf(seed)
  let words = 0
  const world: World = {
    dice,
    rate: pick(dice, [24, 25, 30]),
    regions: Array.from({ length: dice(4) }, (_, i) => `r${i}`),
    regionsOn: pick(dice, ['body', 'div', 'p']),
    word: () => `${pick(dice, ['', ' ', '\n  '])}w${words++}${pick(dice, ['', ' ', '  '])}`,
  }
  const { rate } = world
  const counted = pick(dice, [
    '',
    ` ttp:frameRate="${rate}"`,
    ` ttp:frameRate="${rate}" ttp:frameRateMultiplier="1000 1001"`,
    ` ttp:frameRate="${rate}" ttp:tickRate="10"`,
    ' ttp:tickRate="100"',
  ])
  const divs = many(1 + dice(3), () => div(world, 2))
  const begin = dice(2) ? ` begin="${time(world)}"` : ''
  const own = `${begin} end="${20 + dice(40)}s"${container(world)}${region(world, 'body')}${style(world)}`
  const space = dice(8) ? '' : ' xml:space="preserve"'
  return `<tt ${root}${counted}${space}>${head(world)}<body${own}>${more(world)}${divs}</body></tt>`
}

const pick = <T>(dice: Dice, list: readonly [T, ...T[]]): T => list[dice(list.length)] ?? list[0]
const many = (count: number, one: () => string): string => Array.from({ length: count }, one).join('')

function head({ dice, regions, ...rest }: World): string {
  const world = { dice, regions, ...rest }
  const layout = regions
    .map(id => {
      const place = `tts:origin="10% ${10 + dice(50)}%" tts:extent="80% 20%"`
      const nested = dice(3) ? '' : '<style tts:color="aqua"/>'
      return `<region xml:id="${id}"${timing(world, 2)} ${place}>${nested}${set(world)}</region>`
    })
    .join('')
  return `<head><styling><style xml:id="s0" tts:color="red"/><style xml:id="s1" style="s0" tts:fontStyle="italic"/></styling><layout>${layout}</layout></head>`
}

function div(world: World, depth: number): string {
  const { dice } = world
  const inside = many(dice(4), () => (depth > 0 && dice(3) === 0 ? div(world, depth - 1) : paragraph(world)))
  const own = `${timing(world, 2)}${container(world)}${depth === 2 ? region(world, 'div') : ''}${style(world)}`
  return `<div${own}>${more(world)}${inside}</div>`
}

function paragraph(world: World): string {
  const own = `${timing(world, 4)}${container(world)}${region(world, 'p')}${style(world)}${space(world)}`
  return `<p${own}>${more(world)}${set(world)}${world.dice(12) ? inner(world, 2) : ''}</p>`
}

const inner = (world: World, depth: number): string =>
  many(1 + world.dice(3), () => {
    const kind = world.dice(8)
    if (kind === 0) return `<br${timing(world, 3)}/>`
    if (kind < 4 || depth === 0) return world.word()
    const own = `${timing(world, 2)}${container(world)}${style(world)}${space(world)}`
    return `<span${own}>${more(world)}${inner(world, depth - 1)}</span>`
  })

/** Of `rarely` elements one has no times at all. */
function timing(world: World, rarely: number): string {
  const { dice } = world
  if (dice(rarely) === 0) return ''
  const said = (name: string, one: number) => (dice(one) ? '' : ` ${name}="${time(world)}"`)
  return said('begin', 2) + said('end', 2) + said('dur', 4)
}
function time({ dice, rate }: World): string {
  const seconds = dice(12)
  return pick(dice, [
    `${seconds}s`,
    `${seconds}.5s`,
    `${seconds * 1000}ms`,
    `${dice(300)}f`,
    `${dice(120)}t`,
    '0.1m',
    '0.001h',
    `00:00:${two(seconds)}`,
    `00:00:${two(seconds)}.250`,
    `00:00:${two(seconds)}:${two(dice(rate))}`,
  ])
}
const container = ({ dice }: World): string =>
  dice(5) ? '' : ` timeContainer="${pick(dice, ['seq', 'par', 'seq'])}"`
const region = ({ dice, regions, regionsOn }: World, here: World['regionsOn']): string =>
  regions.length > 0 && here === regionsOn ? ` region="${regions[dice(regions.length)]}"` : ''
const space = ({ dice }: World): string =>
  dice(15) ? '' : ` xml:space="${pick(dice, ['preserve', 'default'])}"`
const style = ({ dice }: World): string =>
  (dice(4) ? '' : ` style="${pick(dice, ['s0', 's1', 's0 s1'])}"`) +
  (dice(12) ? '' : ' tts:fontWeight="bold"') +
  (dice(25) ? '' : ` tts:display="${pick(dice, ['none', 'auto'])}"`)

function set(world: World): string {
  const { dice } = world
  const what = dice(6)
    ? undefined
    : pick(dice, ['tts:color="blue"', 'tts:color="lime"', 'tts:display="none"'])
  return what === undefined ? '' : `<set${timing(world, 6)} ${what}/>`
}
/** Animations, metadata and what is somebody else's. */
const more = (world: World): string =>
  (world.dice(12) ? '' : '<metadata><ttm:desc>unseen</ttm:desc></metadata>') +
  (world.dice(14) ? '' : '<x:y>unseen</x:y>') +
  set(world)
