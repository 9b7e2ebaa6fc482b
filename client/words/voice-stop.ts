/** Words of stopping a voice without signing in: while the house is in trouble, or in a hurry. */
export const voiceStop = {
  'stop-now': { ja: 'サインインせずに声を止める', en: 'Stop my voice without signing in' },
  'stop-now-says': {
    ja: 'サーバーに障害があってサインインできないときも、パスキーの署名だけで止められます。',
    en: 'Also while the server is in trouble and nobody can sign in: your passkey’s signature is enough.',
  },
  'stop-now-do': { ja: 'パスキーで止める', en: 'Stop with a passkey' },
  'stop-now-title': { ja: '声を止める', en: 'Stop the voice' },
  'stop-now-what': { ja: '何を止めますか', en: 'Stop what?' },
  'stop-now-sign': { ja: '署名して止める', en: 'Sign and stop' },
  'stop-now-done': { ja: '止めました。署名は記録されました。', en: 'Stopped. What you signed is on record.' },
  'stop-now-none': { ja: 'いま止めるものはありません。', en: 'There is nothing to stop now.' },
  'stop-now-yes': { ja: '『{title}』（{characters}）を撤回する', en: 'Withdraw {title} ({characters})' },
  'stop-now-for': { ja: '{name}：{what}', en: '{name}: {what}' },
} as const
