import type { Browser, Page } from 'playwright-core'
import type { PartyRole } from '../../server/contract.ts'
import { openSeat, type SeatWish } from './browser.ts'
import type { ConsentApp } from './consent-app.ts'

/** However busy the machine is: a test that waits this long waits for something that doesn't come. */
const patienceMs = 30_000

/** Somebody with a phone whose screen lock is a passkey, and everything they do with it done at once. */
export async function openPhone(browser: Browser, wish: SeatWish = {}) {
  const seat = await openSeat(browser, { tongue: 'ja', phone: true, ...wish })
  seat.context.setDefaultTimeout(patienceMs)
  const wire = await seat.context.newCDPSession(seat.page)
  await wire.send('WebAuthn.enable')
  const { authenticatorId } = await wire.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  return {
    ...seat,
    /** Its owner opens their one-time link, makes a passkey and enrols; gives who they are from then on. */
    async enrol({ app, lead }: ConsentApp, role: PartyRole, name: string): Promise<string> {
      const { page } = seat
      const { link } = await lead.ask('inviteParty', {}, { name: `${name} account`, role })
      await page.goto(named(link))
      await page.locator('main .button.main').click()
      await page.fill('[name=name]', name)
      await page.fill('[name=legal]', '本名 太郎')
      await page.locator('main button[type=submit]').click()
      await page.waitForSelector('.text li:nth-child(2)')
      await page.locator('main .button.main').click()
      await page.waitForSelector('.tabs')
      const entries = app.consent.registry.entries()
      return entries.find(entry => entry.kind === 'party' && entry.name === name)?.id ?? ''
    },
    /** Whether its owner's finger is on it. */
    hold: (isUserVerified: boolean) =>
      wire.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    /** A second passkey's home is plugged in and touched instead of this one, until it is taken away again. */
    async another(): Promise<() => Promise<unknown>> {
      const touched = (enabled: boolean) =>
        wire.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
      await touched(false)
      const other = await wire.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          ...{ protocol: 'ctap2', transport: 'usb', hasResidentKey: true, hasUserVerification: true },
          ...{ isUserVerified: true, automaticPresenceSimulation: true },
        },
      })
      return async () => {
        await wire.send('WebAuthn.removeVirtualAuthenticator', other)
        await touched(true)
      }
    },
    /** How many passkeys lie on it. */
    async keys(): Promise<number> {
      return (await wire.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length
    },
  }
}
export type Phone = Awaited<ReturnType<typeof openPhone>>

/** A passkey belongs to a name, and an address of numbers is none. */
export const named = (url: string): string => url.replace('127.0.0.1', 'localhost')

export const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

/** So many seconds of a tone, as a WAV file of 16 kHz. */
export function tone(seconds = 1): Buffer {
  const samples = 16_000 * seconds
  const wav = Buffer.alloc(44 + 2 * samples)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(36 + 2 * samples, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    wav.writeUInt16LE(value, at)
  wav.writeUInt32LE(samples, 24)
  wav.writeUInt32LE(2 * samples, 28)
  wav.write('data', 36)
  wav.writeUInt32LE(2 * samples, 40)
  for (let at = 0; at < samples; at++) wav.writeInt16LE(Math.round(8000 * Math.sin(at / 10)), 44 + 2 * at)
  return wav
}
