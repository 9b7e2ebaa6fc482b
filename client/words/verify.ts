import type { Tongue } from '../state.ts'

/** The words of the page `/verify`. What a verdict says is the verifier's own. */
export const verifyWords = {
  title: { en: 'Verify a receipt', ja: '同意証明書の確認' },
  says: {
    en: 'A receipt shows that a voice actor said yes to a use of their voice, to which one, and whether they had withdrawn it. This page checks it on your own machine. Nothing leaves it: you may cut the connection first.',
    ja: '同意証明書は、声優がどのような声の使用に同意したか、その同意が撤回されたかを示します。確認はお使いの端末の中だけで行い、どこにも送信しません。通信を切ってからでも確認できます。',
  },
  key: { en: 'The log’s public key', ja: 'ログの公開鍵' },
  'key-says': {
    en: 'It begins with the log’s name and stands on one line. Take it from the contract or from somebody you trust, not only from here.',
    ja: 'ログの名前から始まる1行の文字列です。契約書や信頼できる相手から受け取ったものを使い、このページの表示だけに頼らないでください。',
  },
  'key-here': {
    en: 'This is what the server of this page says. Compare it with what you were given.',
    ja: 'このページのサーバーが示した鍵です。お手元の鍵と見比べてください。',
  },
  drop: { en: 'Choose receipts, or drop them here', ja: '証明書を選ぶか、ここにドロップ' },
  'drop-says': { en: 'Files of a receipt, .json', ja: '同意証明書のファイル（.json）' },
  holds: { en: 'A true yes, not withdrawn', ja: '確かな同意です（撤回なし）' },
  ended: { en: 'The yes was withdrawn', ja: '同意は撤回されています' },
  false: { en: 'Proves nothing', ja: '証明になりません' },
  shown: { en: 'The text that was shown and signed', ja: '表示され、署名された文面' },
  results: { en: 'What was found', ja: '確認の結果' },
  unable: {
    en: 'This browser can’t check these signatures (Ed25519). Use a newer one over https, or the command `kotodama consent verify`.',
    ja: 'このブラウザーは署名（Ed25519）を確認できません。https の接続で新しいブラウザーを使うか、コマンド kotodama consent verify をお使いください。',
  },
  home: { en: 'Kotodama', ja: 'Kotodama（言霊）' },
} as const satisfies Record<string, Readonly<Record<Tongue, string>>>
