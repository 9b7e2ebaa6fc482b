/**
 * A verdict on a receipt in plain words, English and Japanese, for the command and for the page. It leans on the verifier
 * and on the words of consent alone; it says nothing that was not verified.
 */
import type { Both, Tongue } from './spell.ts'
import { type Sayable, termsSaid } from './terms-said.ts'
import type { Rule, Verdict } from './verify.ts'

export type { Tongue } from './spell.ts'

/** `state` is for exit codes and colours; `says` is for people; `scope` is what the yes was to, row by row. */
export type Plain = {
  readonly state: 'holds' | 'ended' | 'false'
  readonly says: readonly string[]
  readonly scope: readonly (readonly [label: string, value: string])[]
}

/** What each rule that a receipt may break means. */
const breaches: { readonly [rule in Rule]: Both } = {
  shape: {
    en: 'This is no receipt, or it was changed: it is not written the one way a receipt is written.',
    ja: '同意証明書ではないか、書き換えられています。定められた書式になっていません。',
  },
  'log-key': {
    en: 'The log’s public key that was given is no key.',
    ja: '指定されたログの公開鍵は、鍵として読めません。',
  },
  checkpoint: {
    en: 'The log with this key has not signed the state of the log that this receipt rests on.',
    ja: 'この証明書が拠り所とするログの状態に、指定の鍵による署名がありません。',
  },
  inclusion: {
    en: 'What it says did not stand in the log, or was changed afterwards.',
    ja: '書かれている内容はログに記録されていないか、後から書き換えられています。',
  },
  kind: { en: 'It is of something else than a yes.', ja: '同意ではないものの証明書です。' },
  signer: {
    en: 'Whose keys these are, or that they may speak for this voice, does not follow from the log.',
    ja: '署名に使われた鍵が誰のものか、その声について署名できる人のものか、ログから確かめられません。',
  },
  signature: {
    en: 'The person did not sign this: a signature is missing or false.',
    ja: '本人の署名がないか、偽の署名です。',
  },
  status: {
    en: 'The list of what was withdrawn is not the log’s own, or is older than the receipt.',
    ja: '撤回の一覧がこのログのものではないか、証明書より古いものです。',
  },
}

const limits: Both = {
  en: 'A receipt can’t show who a person is in civil life, nor what was withdrawn after the list was made.',
  ja: '証明書は、戸籍上の本人が誰であるか、また一覧の作成後に撤回があったかどうかまでは示しません。',
}

const ended: Both = {
  en: 'Its time is over by now: nothing may be made or shown with it any more.',
  ja: '期間はすでに終わっています。これにもとづく制作や公開はできません。',
}

/** True when the term that was agreed to has run out at this instant. */
const over = (terms: unknown, now: number | undefined): boolean => {
  const until = typeof terms === 'object' && terms !== null && 'until' in terms ? terms.until : undefined
  return typeof until === 'number' && now !== undefined && until <= now
}

export function plainly(verdict: Verdict, tongue: Tongue, now?: number): Plain {
  const say = (both: Both) => both[tongue]
  if (!verdict.valid)
    return {
      state: 'false',
      says: [
        say({ en: 'This receipt proves nothing.', ja: 'この証明書は何も証明しません。' }),
        say(breaches[verdict.broken]),
      ],
      scope: [],
    }
  const { actor, grant, logged, size, asOf, withdrawn } = verdict
  return {
    state: withdrawn ? 'ended' : 'holds',
    says: [
      withdrawn
        ? say({
            en: `This yes was given, and it was withdrawn: nothing may be made with it. List of ${when(asOf)}.`,
            ja: `この同意は与えられましたが、撤回されています。これにもとづく使用はできません（${when(asOf)} 時点の一覧）。`,
          })
        : say({
            en: `This yes was given, and had not been withdrawn by ${when(asOf)}.`,
            ja: `この同意は与えられており、${when(asOf)} の時点で撤回されていません。`,
          }),
      say({
        en: `The voice is that of the person with the name ${actor}.`,
        ja: `声の持ち主（仮名）：${actor}`,
      }),
      say({
        en: `They signed it with their own key. The statement is ${grant}.`,
        ja: `本人が自分の鍵で署名しました。同意の番号：${grant}`,
      }),
      say({
        en: `It stood in the log from ${when(logged)}, among ${size} entries, and nothing in it was changed since.`,
        ja: `${when(logged)} にログへ記録され（全 ${size} 件）、その後の書き換えはありません。`,
      }),
      ...(over(verdict.terms, now) ? [say(ended)] : []),
      say(limits),
    ],
    scope: scopeOf(verdict.terms, tongue),
  }
}

/** What was agreed to. The verifier knows whose words these are, not that they are well made: nonsense is shown as it is. */
function scopeOf(terms: unknown, tongue: Tongue): readonly (readonly [string, string])[] {
  if (typeof terms !== 'object' || terms === null) return []
  try {
    return termsSaid(terms as Sayable, tongue, party => party)
  } catch {
    return Object.entries(terms).map(([field, value]) => [field, JSON.stringify(value)] as const)
  }
}

/** An instant to the second, in UTC. What is no date is spelt as it stands. */
function when(at: number): string {
  return Math.abs(at) <= 8.64e15 && Number.isFinite(at)
    ? `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
    : String(at)
}
