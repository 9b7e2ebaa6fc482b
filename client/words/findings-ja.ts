/** What the stages notice, by rule. A rule without a row is told in English. */
export const findingsJa: Readonly<Record<string, readonly [sentence: string, mend?: string]>> = {}
