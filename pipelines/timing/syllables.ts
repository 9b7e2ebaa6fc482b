import { base } from '../language.ts'
import type { Language } from '../terms.ts'

/**
 * About how many syllables (of Japanese: morae) a text has, for saying to a person by how much it is too long. Vowel
 * groups; of English without a silent e; of kana every one but the small ones, of kanji two each.
 */
export function syllablesIn(text: string, language: Language): number {
  if (base(language) === 'ja') {
    const kana =
      text.match(/[ぁ-ゖァ-ヺー]/gu)?.filter(letter => !/[ゃゅょャュョぁぃぅぇぉァィゥェォ]/u.test(letter))
        .length ?? 0
    const kanji = text.match(/\p{Script=Han}/gu)?.length ?? 0
    return kana + 2 * kanji
  }
  const words =
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}]+/gu) ?? []
  return words.reduce((sum, word) => sum + Math.max(1, inWord(word, base(language))), 0)
}

function inWord(word: string, language: string): number {
  const groups = word.match(/[aeiouyаеёиоуыэюяαεηιουω]+/gu)?.length ?? 0
  const silent = language === 'en' && groups > 1 && /[^aeiouyl]e$/u.test(word) ? 1 : 0
  return groups - silent
}
