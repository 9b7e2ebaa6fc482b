/** Numbers as words. */
const words: Readonly<Record<string, readonly string[]>> = {
  en: ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  da: ['en', 'to', 'tre', 'fire', 'fem', 'seks', 'syv', 'otte', 'ni', 'ti'],
  de: ['eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn'],
  es: ['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'],
  fi: ['yksi', 'kaksi', 'kolme', 'neljä', 'viisi', 'kuusi', 'seitsemän', 'kahdeksan', 'yhdeksän', 'kymmenen'],
  fr: ['un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix'],
  it: ['uno', 'due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove', 'dieci'],
  nb: ['en', 'to', 'tre', 'fire', 'fem', 'seks', 'sju', 'åtte', 'ni', 'ti'],
  nl: ['een', 'twee', 'drie', 'vier', 'vijf', 'zes', 'zeven', 'acht', 'negen', 'tien'],
  no: ['en', 'to', 'tre', 'fire', 'fem', 'seks', 'sju', 'åtte', 'ni', 'ti'],
  pt: ['um', 'dois', 'três', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove', 'dez'],
  sv: ['en', 'två', 'tre', 'fyra', 'fem', 'sex', 'sju', 'åtta', 'nio', 'tio'],
}
const teens = [
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
]
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** Where words of numbers bend with what they count (one of French, Spanish …) the word for 1 is left to people. */
const bends = new Set(['da', 'de', 'es', 'fr', 'it', 'nb', 'no', 'pt', 'sv'])

/** A number from 1 to 10 (in English up to 999) as a word; undefined where we don't know how to say it. */
export function wordOf(number: number, language: string): string | undefined {
  const base = language.split('-')[0]?.toLowerCase() ?? ''
  if (!Object.hasOwn(words, base) || !Number.isInteger(number) || number < 1) return undefined
  if (number === 1 && bends.has(base)) return undefined
  if (number <= 10) return words[base]?.[number - 1]
  return base === 'en' && number < 1000 ? english(number) : undefined
}
function english(number: number): string {
  if (number <= 10) return words.en?.[number - 1] ?? ''
  if (number < 20) return teens[number - 11] ?? ''
  const ten = tens[Math.floor(number / 10) - 2] ?? ''
  if (number < 100) return number % 10 === 0 ? ten : `${ten}-${english(number % 10)}`
  const rest = number % 100
  return `${english(Math.floor(number / 100))} hundred${rest === 0 ? '' : ` ${english(rest)}`}`
}
