/** People who speak English, recorded: what lies with the shared test material, what they say, and when they say which sounds. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { havePocketSphinx, phonesSaid } from '../../pipelines/timing/model/train/people-phones.ts'
import { sharedFile } from './shared.ts'
import { decoded } from './talks.ts'
import { cmuIpa, type TrueSpeech } from './truth.ts'

export type Sex = 'man' | 'woman'
export type Person = TrueSpeech & { readonly name: string; readonly sex: Sex }

/**
 * Who says what. Where words are not told here, the list of the material tells them. Lines of LibriSpeech are out of books in the
 * public domain: what a recognizer heard, mended by what the book says. Men and women by the median of their pitch: 94–130 Hz and
 * 176–260 Hz; the one in a noisy hall is known.
 */
const recordings = `
man en/jfk.flac
man fleurs/fleurs-en-000.ogg however due to the slow communication channels styles in the west could lag behind by twenty five to thirty year
man fleurs/fleurs-en-001.ogg
woman fleurs/fleurs-en-002.ogg
woman fleurs/fleurs-en-003.ogg
woman fleurs/fleurs-en-004.ogg
man en/mfa_english_slow.wav
man en/mfa_english_fast.wav
man en/mfa_acoustic_corpus.wav
man en/librispeech_61-70968-0000.flac
man en/vosk_test_digits.wav
woman en/librispeech_84-121550-0000.flac but with full ravishment the hours of prime singing received they in the midst of leaves that ever bore a burden to their rhymes
woman speakers-librispeech/1688-142285-0004.flac no his statement of having been a shop boy was the thing i liked best of all
woman speakers-librispeech/1688-142285-0000.flac there's iron they say in all our blood and a grain or two perhaps is good but his he makes me harshly feel has got a little too much of steel anon
woman speakers-librispeech/1688-142285-0002.flac you don't mean that you thought me so silly
woman speakers-librispeech/1688-142285-0006.flac i don't think mister hale you have done quite right in introducing such a person to us without telling us what he had been
woman speakers-librispeech/1998-15444-0000.flac if called to a case supposed or suspected to be one of poisoning the medical man has two duties to perform to save the patient's life and to place himself in a position to give evidence if called on to do so
woman speakers-librispeech/1998-15444-0002.flac he should notice the position and temperature of the body the condition of rigor mortis marks of violence appearance of lips and mouth
woman speakers-librispeech/1998-15444-0006.flac in a case of attempted suicide by poisoning is it the duty of the doctor to inform the police
man speakers-librispeech/2414-128291-0000.flac what hath happened unto me
man speakers-librispeech/2414-128291-0002.flac when however zarathustra was quite nigh unto them then did he hear plainly that a human voice spake in the midst of the kine and apparently all of them had turned their heads towards the speaker
man speakers-librispeech/2414-128291-0004.flac answered he the same that thou seekest thou mischief maker that is to say happiness upon earth
man speakers-librispeech/2414-128291-0006.flac he would not be rid of his affliction
man speakers-librispeech/2609-156975-0002.flac let us have faith that right makes might and in that faith let us dare to do our duty as we understand it lincoln
man speakers-librispeech/3005-163389-0000.flac they swarmed up in front of sherburn's palings as thick as they could jam together and you couldn't hear yourself think for the noise
man speakers-librispeech/3005-163389-0002.flac the stillness was awful creepy and uncomfortable
man speakers-librispeech/3005-163389-0004.flac the average man's a coward
man speakers-librispeech/3005-163389-0006.flac so they always acquit and then a man goes in the night with a hundred masked cowards at his back and lynches the rascal
woman speakers-librispeech/1998-15444-0004.flac the gut having been cut across between these ligatures the stomach may be removed entire without spilling its contents
woman speakers-librispeech/3331-159605-0000.flac she pulled her hair down turned her skirt back put her feet on the fender and took puttel into her lap all of which arrangements meant that something very important had got to be thought over and settled
woman speakers-librispeech/367-130732-0000.flac lobsters and lobsters
woman speakers-librispeech/367-130732-0002.flac this question and answer might well go into the primer of information for those who come to san francisco from the east for what is called a lobster in san francisco is not a lobster at all but a crayfish
woman speakers-librispeech/367-130732-0004.flac a book could be written about this restaurant and then all would not be told for all its secrets can never be known
woman speakers-librispeech/533-1066-0000.flac when churchyards yawn
woman speakers-librispeech/533-1066-0006.flac i have none i said happily
`
  .trim()
  .split('\n')
  .map(line => /^(?<sex>man|woman) (?<file>\S+) ?(?<words>.*)$/.exec(line)?.groups)

/** The dictionary tells no weak AH from a full one; Rhubarb takes those shorter than this, in ms, for weak. */
const schwa = 60

/** All, or those whose file's name has `only` in it. None, after saying why, where the recordings or PocketSphinx are not there. */
export function people(only = ''): Person[] {
  const list = sharedFile('media/MANIFEST.tsv')
  if (!list) return []
  if (!havePocketSphinx()) {
    console.log(
      '      skipped: PocketSphinx and its English model are not installed (pocketsphinx, pocketsphinx-en-us)',
    )
    return []
  }
  const rows = readFileSync(list, 'utf8')
    .split('\n')
    .map(line => line.split('\t'))
  return recordings.flatMap(row => {
    const { sex, file = '', words } = row ?? {}
    const path = file.includes(only) && sharedFile(`media/${file}`)
    const text = words || rows.find(([name]) => name === file)?.at(-1)
    if (!path || !text) return []
    const name = basename(file).replace(/\.\w+$/, '')
    const samples = audible(decoded(path))
    const said = phonesSaid(samples, text)
    if (!said) {
      console.log(`      left out: ${name}, its words were not found in the sound`)
      return []
    }
    const phones = said.phones.flatMap(({ name: sound, start, end }) => {
      const ipa = sound === 'AH' && end - start < schwa ? 'ə' : cmuIpa(sound)
      return ipa ? [{ ipa, start, end }] : []
    })
    return [{ name, sex: sex === 'man' ? 'man' : 'woman', text, language: 'en-US', samples, phones }]
  })
}

/** Some were recorded so low that Rhubarb takes them for silence: those are raised, for it as for us. */
function audible(samples: Float32Array): Float32Array {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return peak > 0 && peak < 0.1 ? samples.map(sample => (0.5 * sample) / peak) : samples
}
