import type { Plan, Story } from './plan.ts'

/** What the maker knows of the episode it made: nothing here was measured on the result. */
export function truth(story: Story, { frames, shots, lines }: Plan) {
  const ms = (frame: number) => Math.round((frame * 1000 * story.rate.den) / story.rate.num)
  return {
    rate: story.rate,
    frames,
    duration: ms(frames),
    /** The first instant of every shot but the first. */
    cuts: shots.slice(1).map(({ first }) => ms(first)),
    lines: lines.map(({ kind, speaker, text, start, end, seen }) => ({
      kind,
      speaker,
      text,
      start,
      end,
      seen,
    })),
  }
}
