import type { Language } from '../terms.ts'

/** ISO 639-1 to the three letters of ISO 639-2/B, which Matroska wants; Library of Congress, code list of 2024. */
const codes: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'af afr am amh ar ara az aze be bel bg bul bn ben bs bos ca cat cs cze cy wel da dan de ger el gre en eng eo epo ' +
    'es spa et est eu baq fa per fi fin fil fil fr fre ga gle gl glg gu guj he heb hi hin hr hrv hu hun hy arm id ind ' +
    'is ice it ita ja jpn jv jav ka geo kk kaz km khm kn kan ko kor ky kir lb ltz lo lao lt lit lv lav mi mao mk mac ' +
    'ml mal mn mon mr mar ms may mt mlt my bur nb nob ne nep nl dut nn nno no nor pa pan pl pol ps pus pt por ro rum ' +
    'ru rus rw kin sd snd si sin sk slo sl slv so som sq alb sr srp su sun sv swe sw swa ta tam te tel tg tgk th tha ' +
    'tk tuk tl tgl tr tur tt tat uk ukr ur urd uz uzb vi vie xh xho yo yor yue chi zh chi zu zul'
  )
    .split(' ')
    .reduce<[string, string][]>((rows, code, at, all) => {
      if (at % 2 === 0) rows.push([code, all[at + 1] ?? 'und'])
      return rows
    }, []),
)

/** What a player matches its user's wish against; `und` when there is no such code. */
export function trackCode(language: Language): string {
  const base = language.toLowerCase().split('-')[0] ?? ''
  return codes[base] ?? (/^[a-z]{3}$/.test(base) ? base : 'und')
}

/** What people call it: `Spanish (Latin America)`; the tag itself when nobody knows. */
export function trackName(language: Language): string {
  try {
    return (
      new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' }).of(language) ?? language
    )
  } catch {
    return language
  }
}
