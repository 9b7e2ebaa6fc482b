import type { Rule } from './rule.ts'
import { kindRules } from './rules-kinds.ts'
import { markRules } from './rules-marks.ts'
import { rowRules } from './rules-rows.ts'
import { sentenceRules } from './rules-sentences.ts'
import { shotRules } from './rules-shots.ts'
import { timeRules } from './rules-time.ts'
import { wordRules } from './rules-words.ts'

/** Every rule, in the order their mends are tried: words first, then rows, then times. */
export const rules: readonly Rule[] = [
  ...markRules,
  ...sentenceRules,
  ...wordRules,
  ...kindRules,
  ...rowRules,
  ...timeRules,
  ...shotRules,
]
