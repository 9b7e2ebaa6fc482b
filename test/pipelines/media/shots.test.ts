import { expect } from 'chai'
import { findShots, small } from '../../../pipelines/media/shots.ts'

type Scene = (x: number, y: number) => number
type Picture = Uint8Array
const rate = { num: 24, den: 1 }

/** A landscape of hills, different for every seed; x and y in pixels of the small picture, as far as one likes. */
const scene =
  (seed: number): Scene =>
  (x, y) => {
    const [a, b, c] = [0.05 + 0.03 * (seed % 3), 0.07 + 0.02 * (seed % 5), seed * 1.7]
    const hills = Math.sin(a * x + c) + Math.sin(b * y - 2 * c) + Math.sin(0.11 * (x - y) + 3 * c)
    const tower = (x + 13 * seed) % 23 < 6 && (y + 7 * seed) % 17 < 9 ? 70 : 0
    return 110 + 25 * hills + (seed % 2 ? tower : -tower)
  }
const draw = (look: Scene, move = (x: number, y: number): readonly [number, number] => [x, y]): Picture =>
  Uint8Array.from({ length: small.width * small.height }, (_, index) => {
    const [x, y] = move(index % small.width, Math.floor(index / small.width))
    return Math.max(0, Math.min(255, look(x, y)))
  })
const each = (count: number, picture: (index: number) => Picture) =>
  Array.from({ length: count }, (_, i) => picture(i))
const held = (seed: number, count: number) => each(count, () => draw(scene(seed)))
const flat = (level: number): Picture => new Uint8Array(small.width * small.height).fill(level)
const lit = (picture: Picture, light: number) => picture.map(level => Math.min(255, level * light))
const barred = (picture: Picture, bar: number) =>
  picture.map((level, index) => {
    const row = Math.floor(index / small.width)
    return row < bar || row >= small.height - bar ? 0 : level
  })

/** Frame numbers at which shots begin. */
async function cuts(pictures: readonly Picture[]): Promise<number[]> {
  const shots = await findShots(Readable.from(pictures), rate)
  return shots.map(time => Math.round((time * rate.num) / rate.den / 1000))
}
const Readable = {
  async *from(pictures: readonly Picture[]) {
    yield* pictures
  },
}

const films: readonly [what: string, film: () => Picture[], cuts: readonly number[]][] = [
  ['nothing', () => [], []],
  ['one picture', () => held(1, 1), []],
  ['a shot in which nothing moves', () => held(1, 48), []],
  ['three shots', () => [...held(1, 20), ...held(2, 15), ...held(3, 20)], [20, 35]],
  ['a cut near the end', () => [...held(1, 30), ...held(2, 2)], [30]],
  ['a cut near the beginning', () => [...held(1, 2), ...held(2, 30)], [2]],
  ['cuts half a second apart', () => [1, 2, 3, 4, 5].flatMap(seed => held(seed, 12)), [12, 24, 36, 48]],
  ['shots under black bars', () => [...held(1, 20), ...held(2, 20)].map(p => barred(p, 5)), [20]],
  ['a very wide film under black bars', () => [...held(1, 20), ...held(2, 20)].map(p => barred(p, 12)), [20]],
  [
    'a cut to black and out of it',
    () => [...held(1, 20), ...each(20, () => flat(0)), ...held(2, 20)],
    [20, 40],
  ],
  [
    'a cut between pans',
    () => [
      ...each(24, i => draw(scene(1), (x, y) => [x + 1.5 * i, y])),
      ...each(24, i => draw(scene(4), (x, y) => [x - 2 * i, y + 0.5 * i])),
    ],
    [24],
  ],
  ['a slow pan', () => each(48, i => draw(scene(1), (x, y) => [x + 0.7 * i, y])), []],
  ['a fast pan', () => each(48, i => draw(scene(2), (x, y) => [x + 6 * i, y])), []],
  [
    'a pan that begins at once',
    () => [...held(3, 20), ...each(28, i => draw(scene(3), (x, y) => [x + 5 * i, y]))],
    [],
  ],
  [
    'a fight in which everything jumps',
    () =>
      each(48, i =>
        draw(scene(2), (x, y) => [x + [0, 13, 29, 40][i % 4]! * (1 + (i % 3)), y + 11 * (i % 2)]),
      ),
    [],
  ],
  ['a tilt', () => each(48, i => draw(scene(5), (x, y) => [x, y + 3 * i])), []],
  [
    'a zoom',
    () =>
      each(48, i =>
        draw(scene(1), (x, y) => [(x - 32) * (1 - 0.012 * i) + 32, (y - 18) * (1 - 0.012 * i) + 18]),
      ),
    [],
  ],
  ['animation on threes', () => each(48, i => draw(scene(2), (x, y) => [x + 3 * Math.floor(i / 3), y])), []],
  ['a white flash', () => [...held(1, 20), ...each(2, () => flat(255)), ...held(1, 20)], []],
  [
    'a flash of a negative and of white',
    () => [
      ...held(1, 20),
      flat(250),
      ...held(1, 1).map(p => p.map(level => 255 - level)),
      flat(255),
      ...held(1, 20),
    ],
    [],
  ],
  ['a picture held for two frames inside a shot', () => [...held(1, 20), ...held(2, 2), ...held(1, 20)], []],
  ['lights that go out', () => [...held(1, 20), ...held(1, 20).map(p => lit(p, 0.4))], []],
  ['a fade in', () => held(1, 40).map((picture, i) => lit(picture, Math.min(1, i / 24))), []],
  [
    'a fade in of a quarter of a second',
    () => [...each(20, () => flat(0)), ...held(1, 40).map((p, i) => lit(p, Math.min(1, (i + 1) / 6)))],
    [],
  ],
  ['a fade out', () => held(1, 40).map((picture, i) => lit(picture, Math.max(0, 1 - i / 24))), []],
  [
    'a mouth that opens and closes',
    () =>
      each(48, i =>
        draw((x, y) =>
          x > 28 && x < 36 && y > 24 && y < 27
            ? ([20, 120, 230][Math.floor(i / 2) % 3] ?? 0)
            : scene(1)(x, y),
        ),
      ),
    [],
  ],
  [
    'a figure that walks through',
    () => each(60, i => draw((x, y) => (Math.abs(x - 1.2 * i) < 5 && y > 10 ? 225 : scene(2)(x, y)))),
    [],
  ],
]

describe('the shots of a film', () => {
  for (const [what, film, truth] of films)
    it(`of ${what} begin at ${truth.length > 0 ? truth.join(', ') : 'nothing but its first picture'}`, async () => {
      expect(await cuts(film())).to.deep.equal(truth)
    })

  it('are told in milliseconds of the frame that begins them', async () => {
    const film = [...held(1, 25), ...held(2, 25)]
    expect(await findShots(Readable.from(film), { num: 24_000, den: 1001 })).to.deep.equal([1043])
  })

  it('are found again in any order of scenes', async () => {
    for (let seed = 1; seed < 8; seed += 1) {
      const film = [seed, seed + 1, seed + 2, seed + 5].flatMap(each => held(each, 14))
      expect(await cuts(film), `seed ${seed}`).to.deep.equal([14, 28, 42])
    }
  })
})
