/** A key on paper, and coming back with it. */
export const voicePaper = {
  paper: { ja: '紙に控える鍵', en: 'A key on paper' },
  'paper-says': {
    ja: 'パスキーをすべてなくしても、この鍵があれば戻ってこられます。この画面で作り、一度だけ表示します。サーバーには渡しません。実印と同じように、電話とは別の場所に保管してください。',
    en: 'With this key you can come back even when every passkey is lost. It is made on this page, shown once, and never given to the server. Keep it as you would a seal, away from your phone.',
  },
  'paper-there': {
    ja: '紙に控えた鍵があります。作り直すと、前のものは使えなくなります。',
    en: 'You have a key on paper. Once you make another, the one before opens nothing.',
  },
  'paper-make': { ja: '紙に控える鍵を作る', en: 'Make a key on paper' },
  'paper-again': { ja: '作り直す', en: 'Make another' },
  'paper-drop': { ja: '紙の鍵をやめる', en: 'Have no key on paper' },
  'paper-once': {
    ja: '印刷するか、書き写してください。写真に撮って電話に残すと、紙に控える意味がなくなります。このページを離れると、二度と表示できません。',
    en: 'Print it or copy it by hand. A photograph on the phone undoes what paper is for. When you leave this page it can’t be shown again.',
  },
  'paper-print': { ja: '印刷する', en: 'Print' },
  'paper-kept': { ja: '紙に控えました', en: 'I have it on paper' },
  'paper-use': { ja: '文面を確かめる', en: 'Read the text' },
  'paper-sign-says': {
    ja: '署名に使える鍵を改める文面です。いま使えるパスキーで署名します。',
    en: 'This says which keys sign for you from now on. You sign it with a passkey that is good now.',
  },
  'paper-done': { ja: '紙の鍵を登録しました。', en: 'The key on paper is registered.' },
  'paper-dropped': { ja: '紙の鍵を外しました。', en: 'There is no key on paper any more.' },
  'paper-unable': {
    ja: 'このブラウザーは紙の鍵を作れません（Ed25519）。新しいブラウザーをお使いください。',
    en: 'This browser can’t make such a key (Ed25519). Use a newer one.',
  },
  'paper-door': { ja: 'パスキーをすべてなくしたとき', en: 'I have lost every passkey' },
  'paper-door-says': {
    ja: '紙に控えた鍵を入力すると、新しいパスキーを作れます。紙もないときは、会社に新しい招待を頼んでください。新しい登録になります。前の同意は、委任した事務所や組合がいつでも撤回できます。',
    en: 'With the key on your paper you make a new passkey. Without the paper, ask the company for a new invitation: you enrol as somebody new. Who has your mandate, an agent or a union, can still withdraw what you agreed to before.',
  },
  'paper-key': { ja: '紙の鍵（55文字）', en: 'The key on paper (55 letters)' },
  'paper-enter': { ja: '紙の鍵で入る', en: 'Come in with it' },
  'paper-slip': {
    ja: '紙の鍵と読めません。書き間違いがないか確かめてください。',
    en: 'That is no such key. Look for a slip of the hand.',
  },
  recover: { ja: '新しいパスキーを作る', en: 'Make a new passkey' },
  'recover-says': {
    ja: '紙の鍵を確かめました。この端末にパスキーを作ると、なくしたパスキーはすべて使えなくなります。',
    en: 'Your key on paper holds. Make a passkey on this device: all the lost ones stop working.',
  },
  'recover-read': {
    ja: '次の文面に、紙の鍵で署名します。だれかに知られず使われることがないよう、登録簿に記録が残ります。',
    en: 'You sign this text with the key on paper. It is written into the register, so that nobody can use it unseen.',
  },
  'recover-sign': { ja: '紙の鍵で署名する', en: 'Sign with the key on paper' },
  'recover-done': {
    ja: '新しいパスキーに替えました。紙の鍵は引き続き使えます。人に見られたかもしれないときは、作り直してください。',
    en: 'The new passkey has taken their place. The key on paper still holds; make another if somebody may have seen it.',
  },
} as const
