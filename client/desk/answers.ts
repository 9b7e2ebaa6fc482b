/**
 * Answers that never undo what is known better: one to an older question than was answered already is dropped, and news
 * that came while a question was open is laid over its answer, which may have been written before.
 */
export function openAnswers<Answer, News>(lay: (answer: Answer, news: News) => Answer) {
  let [asked, answered, open] = [0, 0, 0]
  let news: readonly News[] = []
  return {
    hear(one: News): void {
      if (open > 0) news = [...news, one]
    },
    /** The answer as it may be shown, or none where a younger question was quicker. */
    async ask(question: () => Promise<Answer>): Promise<Answer | undefined> {
      const mine = ++asked
      const before = news.length
      open++
      try {
        const found = await question()
        if (mine < answered) return undefined
        answered = mine
        return news.slice(before).reduce(lay, found)
      } finally {
        open--
        if (open === 0) news = []
      }
    },
  }
}
