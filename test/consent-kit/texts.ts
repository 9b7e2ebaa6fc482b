/** Files that are no receipt, or are a true one spelt so that two readers might read two things. */
import { canonical } from '../../consent/canonical.ts'
import type { Receipt } from '../../consent/receipt.ts'

export function evilTexts(first: Receipt): readonly (readonly [says: string, text: string])[] {
  const true_ = canonical(first)
  const { salt, logged, index } = first.grant
  const put = (was: string, is: string) => {
    if (!true_.includes(was)) throw new Error(was)
    return true_.replace(was, is)
  }
  return [
    ['nothing', ''],
    ['no JSON', 'receipt'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '1'],
    ['a word', '"receipt"'],
    ['a name given twice', `{"checkpoint":"",${true_.slice(1)}`],
    [
      'a name given twice, the same',
      put('{"checkpoint"', `{"protocol":"kotodama.consent.receipt/1","checkpoint"`),
    ],
    ['a name given twice deep inside', put('"noticeWaived":', '"noticeWaived":false,"noticeWaived":')],
    [
      'a name given twice, once in other letters',
      put('"noticeWaived":', '"notice\\u0057aived":false,"noticeWaived":'),
    ],
    ['other spelling', JSON.stringify(first, null, 1)],
    ['another order', JSON.stringify(Object.fromEntries(Object.entries(first).reverse()))],
    ['a letter escaped that needs none', put('"protocol"', '"\\u0070rotocol"')],
    ['a slash escaped', put('receipt/1', 'receipt\\/1')],
    ['a space', put('":', '": ')],
    ['a mark of byte order', `\ufeff${true_}`],
    ['a nought behind it', `${true_}\0`],
    ['a space that is none', `${true_}\u00a0`],
    ['two receipts', `${true_}${true_}`],
    ['two receipts, a line each', `${true_}\n${true_}`],
    ['a comma too many', `${true_.slice(0, -1)},}`],
    ['a remark', `${true_}//`],
    ['half of it', true_.slice(0, true_.length / 2)],
    ['a prototype', put('{"checkpoint"', '{"__proto__":{"withdrawn":false},"checkpoint"')],
    ['a prototype inside', put('"noticeWaived":', '"__proto__":{},"noticeWaived":')],
    ['a maker', put('{"checkpoint"', '{"constructor":{"prototype":{}},"checkpoint"')],
    ['a number with a point', put(`"logged":${logged}`, `"logged":${logged}.0`)],
    ['a number with an exponent', put(`"logged":${logged}`, `"logged":${logged}e0`)],
    ['a number beyond all counting', put(`"logged":${logged}`, '"logged":9007199254740993')],
    ['a number beyond all numbers', put(`"logged":${logged}`, '"logged":1e999')],
    ['a number below nought', put(`"logged":${logged}`, `"logged":-${logged}`)],
    ['a number in the middle', put(`"index":${index}`, `"index":${index}.5`)],
    ['a nought below nought', put(`"index":${index}`, '"index":-0')],
    ['a number as a word', put(`"index":${index}`, `"index":"${index}"`)],
    ['a salt with padding', put(`"salt":"${salt}"`, `"salt":"${salt}=="`)],
    ['a salt in the other alphabet', put(`"salt":"${salt}"`, '"salt":"++++//////////////////"')],
    ['a salt with bits to spare', put(`"salt":"${salt}"`, `"salt":"${salt.slice(0, -1)}B"`)],
    ['a salt with a line break', put(`"salt":"${salt}"`, `"salt":"${salt.slice(0, 4)}\\n${salt.slice(4)}"`)],
    ['half a character', put('"language":"ja"', '"language":"\\ud800"')],
    ['a deep nest', '['.repeat(100_000)],
    [
      'a deep nest in its middle',
      put(`"salt":"${salt}"`, `"salt":${'['.repeat(50_000)}${']'.repeat(50_000)}`),
    ],
  ]
}
