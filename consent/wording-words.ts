import type { Power, PublicKey, Role, Statement } from './records.ts'
import type { Both } from './spell.ts'

/** What statements are called and open with. Texts that were signed hold these words: see wording.ts before changing one. */

export const openings: { readonly [kind in Statement['kind']]: Both } = {
  party: { ja: '次のとおり、名簿に登録します。', en: 'I enrol in the register.' },
  keys: {
    ja: '署名に使う鍵を改めます。これからの鍵は次のものだけです。',
    en: 'I change the keys that I sign with. From now on they are these and no others.',
  },
  mandate: { ja: '次のことを代わりにする権限を与えます。', en: 'I let somebody act for me in this.' },
  licence: {
    ja: '作品の権利者として、声優本人の同意がある場合に限り、機械による吹替を許諾します。',
    en: 'As holder of the rights, I license machine dubbing of this title, with the yes of each actor and never without.',
  },
  request: {
    ja: '次のとおり、声を使わせてくださるようお願いします。',
    en: 'We ask to use your voice as follows.',
  },
  grant: {
    ja: '次のとおり、わたしの声の使用に同意します。ここにないことには同意しません。',
    en: 'I agree that a machine uses my voice as follows, and to nothing else.',
  },
  refusal: {
    ja: '声の使用をお断りします。これはどの同意よりも優先します。',
    en: 'I say no to this use of the voice. This beats every yes.',
  },
  narrowing: { ja: '同意を次の範囲に狭めます。', en: 'I narrow the yes to this.' },
  suspension: {
    ja: '声の使用を一時停止します。解除するまで使えません。',
    en: 'I pause this. Nothing is used until I end the pause.',
  },
  resume: { ja: '一時停止または拒否を解きます。', en: 'I end this pause or this no.' },
  withdrawal: {
    ja: '同意を撤回します。すぐに止まり、これにもとづく音声は二度と使えません。',
    en: 'I withdraw the yes. It stops at once, and what was made by it is never used again.',
  },
  erasure: {
    ja: '声の鍵の破棄を求めます。録音は二度と開けず、元に戻せません。同意もすべて撤回します。',
    en: 'I want the key of the voice destroyed. The recordings can never be opened again; it cannot be undone. I withdraw every yes as well.',
  },
  death: {
    ja: '本人の逝去を届け出ます。遺族の委任があるまで、声は使われません。',
    en: 'I report that the actor has died. The voice is not used until somebody has a mandate of the estate.',
  },
  erased: { ja: '声の鍵を破棄しました。', en: 'The key of the voice was destroyed.' },
  completed: {
    ja: '撤回などの処理を終えました。証明書を発行しました。',
    en: 'What was taken back has been walked to its end, and a certificate tells how.',
  },
  use: { ja: '声を使用しました。', en: 'The voice was used.' },
}

/** What the fields of a statement are called, in the order they are read in. */
export const labels = {
  actor: { ja: '声の持ち主', en: 'Whose voice' },
  actors: { ja: '声の持ち主', en: 'Whose voices' },
  name: { ja: '芸名', en: 'Name' },
  to: { ja: '任せる相手', en: 'Given to' },
  role: { ja: '立場', en: 'As' },
  guardian: { ja: '保護者', en: 'Guardian' },
  of: { ja: '対象', en: 'What this is about' },
  grants: { ja: '対象の同意', en: 'Which yeses' },
  title: { ja: '作品', en: 'Title' },
  episode: { ja: '話数', en: 'Episode' },
  language: { ja: '言語', en: 'Language' },
  line: { ja: 'セリフの番号', en: 'Line' },
  act: { ja: '声の使い方', en: 'Use' },
  powers: { ja: '任せること', en: 'What they may do' },
  terms: { ja: '', en: '' },
  noticeWaived: {
    ja: '事前のお知らせを待たずに始めてよいか',
    en: 'It may begin without waiting for the notice',
  },
  keys: { ja: '署名に使える鍵', en: 'Keys that sign' },
  key: { ja: '署名に使う鍵', en: 'The key that signs' },
  adultAt: { ja: '成年になる日時', en: 'Of age from' },
  from: { ja: '開始', en: 'From' },
  until: { ja: '終了', en: 'Until' },
  asker: { ja: '使用を求めた人', en: 'Asked for by' },
  milliseconds: { ja: '音声の長さ', en: 'Length' },
  due: { ja: '発生した報酬', en: 'Money due' },
  grant: { ja: 'もとになった同意', en: 'By the yes' },
  licence: { ja: 'もとになった許諾', en: 'By the licence' },
  by: { ja: '署名する人', en: 'Signed by' },
  at: { ja: '署名の日時', en: 'Signed at' },
  words: { ja: 'セリフの文面', en: 'The words' },
  output: { ja: '音声', en: 'The sound' },
  certificate: { ja: '証明書', en: 'The certificate' },
  nonce: { ja: '一度きりの乱数', en: 'Used once' },
} as const satisfies Record<string, Both>
export type Field = keyof typeof labels

export const roles: { readonly [role in Role]: Both } = {
  actor: { ja: '声優', en: 'voice actor' },
  holder: { ja: '作品の権利者', en: 'rights holder' },
  company: { ja: '制作会社', en: 'company' },
  guardian: { ja: '保護者', en: 'guardian' },
  estate: { ja: '遺族・相続人', en: 'estate' },
  union: { ja: '組合・団体', en: 'union' },
  agent: { ja: '事務所・代理人', en: 'agent' },
}
export const powers: { readonly [power in Power]: Both } = {
  grant: { ja: '同意する', en: 'say yes' },
  refuse: { ja: '断る', en: 'say no' },
  narrow: { ja: '同意を狭める', en: 'narrow a yes' },
  suspend: { ja: '一時停止する', en: 'pause' },
  resume: { ja: '一時停止や拒否を解く', en: 'end a pause or a no' },
  withdraw: { ja: '同意を撤回する', en: 'withdraw a yes' },
  erase: { ja: '声の鍵を破棄する', en: 'have the key of the voice destroyed' },
  'report-death': { ja: '逝去を届け出る', en: 'report a death' },
}
/** How what a statement is about is called. */
export const things: Partial<{ readonly [kind in Statement['kind']]: Both }> = {
  request: { ja: 'お願い', en: 'the request' },
  grant: { ja: '同意', en: 'the yes' },
  licence: { ja: '許諾', en: 'the licence' },
  mandate: { ja: '委任', en: 'the mandate' },
  refusal: { ja: '拒否', en: 'the no' },
  suspension: { ja: '一時停止', en: 'the pause' },
  withdrawal: { ja: '撤回', en: 'the withdrawal' },
  erasure: { ja: '鍵の破棄の求め', en: 'the wish to destroy the key' },
  narrowing: { ja: '同意の縮小', en: 'the narrowing' },
  death: { ja: '逝去の届け', en: 'the report of a death' },
}
export const keyKinds: { readonly [type in PublicKey['type']]: Both } = {
  webauthn: { ja: 'パスキー', en: 'passkey' },
  ed25519: { ja: '紙に控えた鍵', en: 'key on paper' },
}
