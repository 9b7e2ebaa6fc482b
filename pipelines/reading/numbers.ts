/** Japanese numbers as they are said, in katakana. */

const digits = ['ゼロ', 'イチ', 'ニ', 'サン', 'ヨン', 'ゴ', 'ロク', 'ナナ', 'ハチ', 'キュウ']
const kanji = '〇一二三四五六七八九'
const units = ['', 'ジュウ', 'ヒャク', 'セン']
const myriads = ['', 'マン', 'オク', 'チョウ']
/** Digit and unit that change each other's sound. */
const fused: Record<string, string> = {
  イチジュウ: 'ジュウ',
  イチヒャク: 'ヒャク',
  イチセン: 'セン',
  サンヒャク: 'サンビャク',
  ロクヒャク: 'ロッピャク',
  ハチヒャク: 'ハッピャク',
  サンセン: 'サンゼン',
  ハチセン: 'ハッセン',
}
/** Counted things that no rule gives. */
const irregular: Record<string, string> = {
  '1人': 'ヒトリ',
  '2人': 'フタリ',
  '4人': 'ヨニン',
  '20歳': 'ハタチ',
  '20才': 'ハタチ',
  '4時': 'ヨジ',
  '7時': 'シチジ',
  '9時': 'クジ',
  '4月': 'シガツ',
  '7月': 'シチガツ',
  '9月': 'クガツ',
  '4年': 'ヨネン',
  '4円': 'ヨエン',
  '2日': 'フツカ',
  '3日': 'ミッカ',
  '4日': 'ヨッカ',
  '5日': 'イツカ',
  '6日': 'ムイカ',
  '7日': 'ナノカ',
  '8日': 'ヨウカ',
  '9日': 'ココノカ',
  '10日': 'トオカ',
  '14日': 'ジュウヨッカ',
  '20日': 'ハツカ',
  '24日': 'ニジュウヨッカ',
}
const voicedAfterThree = new Set(['本', '匹', '杯', '階', '軒'])
const hRow = 'ハヒフヘホ'
const pRow = 'パピプペポ'
const voicedRow: Record<string, string> = { カ: 'ガ', ケ: 'ゲ', ハ: 'バ', ヒ: 'ビ', ホ: 'ボ' }

/** The digits of a written number (`２５`, `三百二十一`, `1,200`, `3.5`), or nothing when it is not one number. */
export function digitsOf(written: string): string | undefined {
  const plain = written.normalize('NFKC').replaceAll(',', '').replace(/\.$/, '')
  if (/^\d+(\.\d+)?$/.test(plain)) return plain
  if (/^[〇一二三四五六七八九]+$/.test(plain)) return [...plain].map(sign => kanji.indexOf(sign)).join('')
  if (!/^[〇一二三四五六七八九十百千万億兆]+$/.test(plain)) return undefined
  let total = 0
  let group = 0
  let digit = 0
  for (const sign of plain) {
    const unit = '十百千'.indexOf(sign) + 1
    const myriad = '万億兆'.indexOf(sign) + 1
    if (unit > 0) {
      group += (digit || 1) * 10 ** unit
      digit = 0
    } else if (myriad > 0) {
      total += (group + digit || 1) * 10_000 ** myriad
      group = digit = 0
    } else digit = kanji.indexOf(sign)
  }
  return String(total + group + digit)
}

/** How a number is said. What is too long to be a quantity, or begins with a zero, is said digit by digit. */
export function sayNumber(number: string): string {
  const [whole = '', fraction] = number.split('.')
  const spelled = (signs: string) => [...signs].map(sign => digits[Number(sign)]).join('')
  const said = whole.length > 16 || /^0\d/.test(whole) ? spelled(whole) : sayWhole(whole)
  return fraction ? `${said}テン${spelled(fraction)}` : said
}

function sayWhole(whole: string): string {
  if (whole === '0') return 'ゼロ'
  const groups = whole.match(/\d{1,4}(?=(\d{4})*$)/g) ?? []
  const sayGroup = (group: string) =>
    [...group]
      .map((sign, place) => {
        const part = `${digits[Number(sign)]}${units[group.length - 1 - place]}`
        return sign === '0' ? '' : (fused[part] ?? part)
      })
      .join('')
  return groups
    .map((group, index) => {
      const said = sayGroup(group)
      return said && said + (myriads[groups.length - 1 - index] ?? '')
    })
    .join('')
}

/**
 * A number with what it counts: `3`, `本`, `ホン` gives サンボン. The number's last sound and the counter's first change
 * each other as the school grammars teach; what obeys no rule is a table above.
 */
export function sayCounted(number: string, counter: string, reading: string): string {
  const known = irregular[number + counter]
  if (known) return known
  const said = sayNumber(number)
  const kana = counter === '月' ? 'ガツ' : reading
  const first = kana.charAt(0)
  const p = pRow[hRow.indexOf(first)]
  const hard = p !== undefined || 'カキクケコ'.includes(first)
  const doubling = hard || 'サシスセソタチツテト'.includes(first)
  const doubled = doubling
    ? said
        .replace(/(イ)チ$|(ハ)チ$|(ジュ)ウ$/, '$1$2$3ッ')
        .replace(/(ロ)ク$|(ヒャ)ク$/, hard ? '$1$2ッ' : '$&')
    : said
  const changed = (sound: string) => sound + kana.slice(1)
  if (doubled !== said) return doubled + changed(p ?? first)
  if (/サン$/.test(said) && voicedAfterThree.has(counter)) return said + changed(voicedRow[first] ?? first)
  if (/[サヨ]ン$/.test(said) && counter === '分') return said + changed('プ')
  return said + kana
}
