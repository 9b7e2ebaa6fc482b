import type { Answer, TranslateAsk } from '../engine.ts'

/** Exactly as many answers as lines, or nothing where the reply can't be trusted. */
type Reply = readonly Answer[] | undefined

/**
 * Asks for all lines at once; where the reply can't be trusted, once more for each half. Lines of a half that fails too
 * have no answer. An empty answer is none.
 */
export async function inHalves(
  ask: TranslateAsk,
  reply: (ask: TranslateAsk) => Promise<Reply>,
): Promise<(Answer | undefined)[]> {
  const whole = await trusted(ask)
  if (whole || ask.lines.length < 2) return answers(whole, ask.lines.length)
  const middle = Math.ceil(ask.lines.length / 2)
  const [first, second] = [ask.lines.slice(0, middle), ask.lines.slice(middle)]
  // Each half sees the other's edge as its neighbour.
  const left = { ...ask, lines: first, after: second.slice(0, 2).map(line => line.text) }
  const right = { ...ask, lines: second, before: first.slice(-3).map(line => line.text) }
  return [...answers(await trusted(left), first.length), ...answers(await trusted(right), second.length)]

  async function trusted(part: TranslateAsk): Promise<Reply> {
    const texts = await reply(part)
    return texts?.length === part.lines.length ? texts : undefined
  }
}

const answers = (reply: Reply, count: number): (Answer | undefined)[] =>
  Array.from({ length: count }, (_, at) => written(reply?.[at] ?? ''))

/** Without wordings that are empty; one alone is a text. */
function written(answer: Answer): Answer | undefined {
  const wordings = [answer].flat().flatMap(text => text.trim() || [])
  return wordings.length > 1 ? wordings : wordings[0]
}
