/** Words of the page `/voice`: its frame, the way in, enrolling, and what can go wrong. */
export const voiceDoor = {
  skip: { ja: '本文へ進む', en: 'Skip to the page' },
  home: { ja: 'Kotodama（言霊）：お願い', en: 'Kotodama: what I am asked' },
  pages: { ja: 'ページ', en: 'Pages' },
  language: { ja: '表示言語', en: 'Language' },
  close: { ja: '閉じる', en: 'Close' },
  cancel: { ja: 'やめる', en: 'Cancel' },
  loading: { ja: '読み込み中…', en: 'Loading…' },
  more: { ja: 'さらに見る（あと{count}件）', en: 'Show more ({count} left)' },
  copy: { ja: 'コピー', en: 'Copy' },
  copied: { ja: 'コピーしました。', en: 'Copied.' },
  'sign-out': { ja: 'サインアウト', en: 'Sign out' },

  'door-title': { ja: 'あなたの声は、あなたが決める', en: 'Your voice, your word' },
  'door-says': {
    ja: '声の使用のお願いを読み、同意・拒否・撤回し、使われた記録を確かめるページです。',
    en: 'Here you read what your voice is asked for, say yes or no, withdraw, and see every use.',
  },
  'door-passkey': { ja: 'パスキーで入る', en: 'Sign in with a passkey' },
  'door-passkey-says': {
    ja: '登録したときの端末で、指紋や顔、画面ロックを使います。',
    en: 'On the device you enrolled with, by fingerprint, face or screen lock.',
  },
  'door-password': { ja: 'パスワードで入る', en: 'Sign in with a password' },
  name: { ja: '名前', en: 'Name' },
  password: { ja: 'パスワード', en: 'Password' },
  'sign-in': { ja: '入る', en: 'Sign in' },
  'door-new': {
    ja: 'はじめての方は、受け取ったワンタイムリンクを開いてください。',
    en: 'New here? Open the one-time link that you were given.',
  },
  verify: { ja: '同意証明書を確認する', en: 'Verify a receipt' },
  desk: { ja: '制作の方はこちら', en: 'For those who produce' },
  'door-unable': {
    ja: 'このブラウザーではパスキーを使えません。https の接続で、新しいブラウザーを使ってください。',
    en: 'This browser can’t use passkeys here. Use a newer one, over https.',
  },
  'not-party': {
    ja: 'このアカウントは制作の方のものです。',
    en: 'This account is one of those who produce.',
  },

  'setup-title': { ja: 'ようこそ', en: 'Welcome' },
  'setup-says': {
    ja: 'このリンクは一度だけ使えます。パスワードは要りません。次の画面でパスキーを作ります。',
    en: 'This link works once. You need no password: on the next page you make a passkey.',
  },
  'setup-do': { ja: 'はじめる', en: 'Begin' },

  'enrol-title': { ja: '登録する', en: 'Enrol' },
  'enrol-says': {
    ja: 'これからの同意・拒否・撤回は、すべてこの端末のパスキーで署名されます。運営者にも管理者にも、あなたの代わりはできません。',
    en: 'Whatever you say from now on is signed with this device’s passkey. Nobody else can say it for you: not the operator, not an administrator.',
  },
  'enrol-name': { ja: '芸名（公開されます）', en: 'Stage name (public)' },
  'enrol-name-other': { ja: '名前または団体名（公開されます）', en: 'Name, or the organisation’s (public)' },
  'enrol-legal': {
    ja: '本名（封をして保管し、あなたにだけ見せます）',
    en: 'Legal name (sealed, shown to you alone)',
  },
  'enrol-legal-other': { ja: '担当者の本名（封をして保管します）', en: 'Your legal name (sealed)' },
  'enrol-adult': { ja: '成人しています（18歳以上）', en: 'I am of age (18 or over)' },
  'enrol-birth': { ja: '生年月日', en: 'Date of birth' },
  'enrol-guardian': { ja: '保護者の仮名（43文字）', en: 'Your guardian’s pseudonym (43 letters)' },
  'enrol-guardian-says': {
    ja: '保護者が先に登録し、「わたし」のページにある仮名をあなたに伝えます。登録と同意には保護者の署名も要ります。',
    en: 'Your guardian enrols first and tells you the pseudonym on their own page. They sign your enrolment and every yes as well.',
  },
  'enrol-do': { ja: 'パスキーを作る', en: 'Make a passkey' },
  'enrol-sign': { ja: '署名して登録する', en: 'Sign and enrol' },
  'enrol-read': {
    ja: '次の文面に、いま作ったパスキーで署名します。',
    en: 'You sign this very text with the passkey you just made.',
  },
  'enrol-done': { ja: '登録しました。', en: 'You are enrolled.' },
  'enrol-waits': {
    ja: '保護者の署名を待っています。保護者がこのページで署名すると、登録が終わります。',
    en: 'It waits for your guardian, who signs it on this page.',
  },

  'enrol-look': { ja: 'もう一度確かめる', en: 'Look again' },
  'signed-not': { ja: '署名しませんでした。何も変わっていません。', en: 'Not signed. Nothing has changed.' },
  'signed-other': {
    ja: 'サーバーが、表示と違う文面への署名を求めました。署名していません。運営者に知らせてください。',
    en: 'The server asked to sign another text than the one shown. Nothing was signed. Tell somebody you trust.',
  },
  'signed-failed': {
    ja: 'パスキーを使えませんでした。もう一度試してください。',
    en: 'The passkey could not be used. Try again.',
  },
  'said-waiting': {
    ja: '受け付けました。すでに有効です。ログへの記録は、書き込めるようになり次第行われます。',
    en: 'Taken, and in force already. It goes into the log as soon as that can be written.',
  },
  'said-cosign': {
    ja: '署名しました。保護者の署名がそろうと有効になります。',
    en: 'Signed. It holds once your guardian has signed it too.',
  },
  unreachable: { ja: 'サーバーが応答しません。', en: 'The server does not answer.' },
  'unreachable-mend': {
    ja: '接続を確かめて、もう一度試してください。',
    en: 'Check the connection and try again.',
  },
  shut: {
    ja: 'いま登録簿を使えないため、だれの声も使われません。撤回はできます。',
    en: 'The register can’t be used now: nobody’s voice is spoken. You can still withdraw.',
  },
} as const
