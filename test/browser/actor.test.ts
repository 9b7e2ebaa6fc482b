import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import { verifyReceipt } from '../../consent/index.ts'
import { digestOf } from '../../server/consent/certificate.ts'
import type { MineView } from '../../server/contract.ts'
import type { SeatWish } from '../support/browser.ts'
import { type Phone, press, tone } from '../support/phone.ts'
import { usePortal } from '../support/portal.ts'

describe('the actor’s portal, on a phone', function () {
  this.timeout(240_000)
  const portal = usePortal()
  const { sit, fair, enrol } = portal

  /** What the person at this phone sees of their answers. */
  const seen = ({ page }: Phone): Promise<MineView> =>
    page.evaluate(async () => (await fetch('/api/consent/mine')).json())

  it('goes from a link to a yes, a use that is heard, a withdrawal, and a receipt that proves both', () =>
    sit({}, async phone => {
      const { page } = phone
      const actor = await enrol(phone, 'actor', '声野 こえ')
      expect(await phone.keys()).to.equal(1)
      await page.waitForSelector('text=お願いはまだありません。')
      const request = await portal.house.request({ party: actor } as never)
      await portal.house.holder.say({ kind: 'licence', of: request.id })

      await page.reload()
      await page.getByRole('link', { name: /狐の窓/ }).click()
      await page.waitForSelector('text=セリフ1行ごと')
      expect(await page.textContent('main')).to.include('￥500')
      await page.click('.lines summary')
      await page.waitForSelector('q:has-text("Good morning")')
      await page.check('[name=waive]')
      await page.waitForSelector('.text li:has-text("事前のお知らせを待たずに始めてよいか: はい")')
      const read = (await page.locator('.text li').allTextContents()).join('\n')
      await press(page, '同意して署名する')
      await page.waitForSelector('.chip:has-text("有効")')
      const entry = portal.house.app.consent.registry.entries().find(one => one.kind === 'grant')
      const grant = entry?.id ?? ''
      // What stands in the register is what stood on the screen, letter for letter.
      expect(read).to.include('次のとおり、わたしの声の使用に同意します。')
      const receipt = () => JSON.stringify(portal.house.app.consent.receipt(grant))
      expect(JSON.parse(receipt()).grant.signed.shown).to.deep.equal({ language: 'ja', text: read })

      await portal.house.use(grant, actor, tone())
      await page.reload()
      await page.getByRole('link', { name: '使用記録' }).click()
      await page.waitForSelector('.sum:has-text("￥500")')
      const played = page.waitForResponse(answer => answer.url().includes('/sound'))
      await press(page, /^聞く/)
      expect((await played).status()).to.be.oneOf([200, 206])
      await page.waitForSelector('.use [aria-pressed=true]')

      await page.getByRole('link', { name: '返事' }).click()
      await press(page, '撤回する')
      await page.waitForSelector('dialog .text li:has-text("同意を撤回します。すぐに止まり、")')
      await press(page, '署名して撤回する')
      await page.waitForSelector('.chip:has-text("撤回済み")')

      await page.waitForSelector('.cert[data-state=done]')
      expect(await page.textContent('.cert')).to.include('使えなくした制作物')
      const saved = async (name: string) => {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('link', { name }).click(),
        ])
        return readFile(await download.path())
      }
      const certificate = JSON.parse((await saved('完了証明書（JSON）')).toString())
      const completed = portal.house.app.consent.registry
        .entries()
        .findLast(({ kind }) => kind === 'completed')
      expect(completed).to.deep.include({ kind: 'completed', certificate: digestOf(certificate) })
      expect((await saved('完了証明書（PDF）')).subarray(0, 5).toString()).to.equal('%PDF-')

      const file = (await saved('同意の証明書を保存')).toString()
      const key = portal.house.app.consent.publicKey ?? ''
      expect(await verifyReceipt(file, key)).to.include({ valid: true, withdrawn: true, actor })

      await page.getByRole('link', { name: '使用記録' }).click()
      await press(page, /^聞く/)
      await page.waitForSelector('.notice.red')

      await page.goto(`${portal.site}/verify`, { waitUntil: 'networkidle' })
      await phone.context.setOffline(true)
      await page.fill('[name=key]', key)
      await page.setInputFiles('[name=receipts]', {
        name: 'receipt.json',
        mimeType: 'application/json',
        buffer: Buffer.from(file),
      })
      await page.waitForSelector('article.ended')
    }))

  it('signs in with the passkey, and signs nothing when its person does not want to', () =>
    sit({ tongue: 'en' }, async phone => {
      const { page } = phone
      const actor = await enrol(phone, 'actor', 'Koe')
      await page.getByRole('link', { name: 'Me', exact: true }).click()
      await press(page, 'Sign out')
      await press(page, 'Sign in with a passkey')
      await page.waitForSelector('.tabs')
      await page.getByRole('link', { name: 'Me', exact: true }).click()
      await page.click('summary:has-text("My passkeys")')
      const back = await phone.another()
      await press(page, 'Add a passkey')
      await page.waitForSelector('dialog .text li:has-text("From now on they are these and no others.")')
      await back()
      await press(page, 'Sign and change')
      await page.waitForSelector('button[aria-label="Take off passkey 2"]')

      const { id } = await portal.house.request({ party: actor } as never)
      await page.goto(`${portal.site}/voice#/asked/${id}`)
      await page.reload()
      await page.waitForSelector('.text li:nth-child(5)')
      await phone.hold(false)
      const said = portal.house.app.consent.registry.entries().length
      await press(page, 'Agree and sign')
      await page.waitForSelector('.notice.red')
      expect(portal.house.app.consent.registry.entries()).to.have.length(said)
      await phone.hold(true)

      // A no to everything, by keyboard alone; then it is lifted.
      await page.getByRole('button', { name: 'Say no' }).focus()
      await page.keyboard.press('Enter')
      await page.waitForSelector('dialog[open] .text li:nth-child(5)')
      await page.getByRole('radio', { name: 'To 狐の窓' }).focus()
      await page.keyboard.press('ArrowUp')
      expect(await page.getByRole('radio', { name: 'To everything' }).isChecked()).to.equal(true)
      await page.waitForSelector('dialog .text li:has-text("Title: everything")')
      await page.getByRole('button', { name: 'Sign the no' }).focus()
      await page.keyboard.press('Enter')
      await page.waitForSelector('.chip:has-text("You said no")')
      await page.getByRole('link', { name: 'Answers' }).click()
      await press(page, 'Lift')
      await page.waitForSelector('dialog .text li:nth-child(3)')
      await press(page, 'Sign and lift')
      await page.waitForSelector('.chip:has-text("Lifted")')
    }))

  it('narrows, pauses and resumes with a signature each', () =>
    sit({ tongue: 'en' }, async phone => {
      const { page } = phone
      const actor = await enrol(phone, 'actor', 'Koe the second')
      const { id } = await portal.house.request({ party: actor } as never)
      await page.goto(`${portal.site}/voice#/asked/${id}`)
      await page.reload()
      await page.click('.answer summary')
      await page.uncheck('[name=acts][value=hear]')
      await page.fill('[name=lines]', '3')
      await page.press('[name=lines]', 'Tab')
      await page.waitForSelector('.text li:has-text("Limits: 3 lines")')
      await press(page, 'Agree and sign')
      await page.waitForSelector('.chip:has-text("In notice")')
      await page.getByRole('link', { name: 'Narrow' }).click()
      await page.uncheck('[name=acts][value=mix]')
      await page.waitForSelector('.text li:has-text("I narrow the yes to this.")')
      await press(page, 'Sign and narrow')
      await page.waitForSelector('.yes')
      await press(page, 'Pause')
      await page.waitForSelector('dialog .text li:nth-child(3)')
      await press(page, 'Sign and pause')
      await page.waitForSelector('.chip:has-text("Paused")')
      await page.locator('.yes').first().getByRole('button', { name: 'Resume' }).click()
      await page.waitForSelector('dialog .text li:nth-child(3)')
      await press(page, 'Sign and resume')
      await page.waitForSelector('.chip:has-text("In notice")')
      const { yeses } = await seen(phone)
      expect(yeses[0]?.terms.acts).to.deep.equal(['speak'])
      expect(yeses[0]?.terms.limits.lines).to.equal(3)
    }))

  it('takes a recording with its spoken phrase', () =>
    sit({ tongue: 'en' }, async phone => {
      const { page } = phone
      await enrol(phone, 'actor', 'Koe the third')
      await page.getByRole('link', { name: 'Voice' }).click()
      await press(page, 'Get the phrase to read')
      const phrase = await page.textContent('.phrase')
      await press(page, 'Record')
      // The recording's own clock: it is long enough when it says so, however slow this machine is.
      await page.waitForTimeout(2500)
      await press(page, 'Stop recording')
      await press(page, 'Send this recording')
      await page.waitForSelector('.chip:has-text("To be judged")')
      expect(await page.textContent('.card')).to.include(phrase)
      await page.waitForSelector('h2:has-text("Send a sample of your voice")')
      await page.setInputFiles('[type=file]', { name: 'me.wav', mimeType: 'audio/wav', buffer: tone(3) })
      await press(page, 'Send this recording')
      await page.waitForSelector('.card:has-text("Sample")')
    }))

  for (const wish of [
    { tongue: 'ja', phone: true },
    { tongue: 'en', phone: false, theme: 'dark' },
  ] satisfies SeatWish[])
    it(`is open to everybody, and no wider than the window (${wish.tongue}, ${wish.phone ? 'phone' : 'desk'})`, () =>
      sit(wish, async phone => {
        const { page } = phone
        const look = `${wish.tongue}-${wish.phone ? 'phone' : 'desk'}`
        const see = (name: string) => fair(page, `${look}-${name}`)
        await page.goto(`${portal.site}/voice`)
        await page.waitForSelector('h1')
        await see('door')
        const actor = await enrol(phone, 'actor', `声 ${look}`)
        const request = await portal.house.request({ party: actor } as never)
        await page.reload()
        await page.waitForSelector('.ask')
        await see('asked')
        await page.goto(`${portal.site}/voice#/asked/${request.id}`)
        await page.waitForSelector('.text li:nth-child(5)')
        await see('request')
        await page.click('.answer summary')
        await see('less')
        await page.locator('main .button:not(.main)').last().click()
        await page.waitForSelector('dialog .text li:nth-child(5)')
        await see('refuse')
        await page.keyboard.press('Escape')
        await page.check('[name=waive]')
        await page.locator('main .text li').nth(5).waitFor()
        await page.locator('main .button.main').click()
        await page.waitForSelector('.yes')
        await see('mine')
        await page.locator('.yes .button.danger').click()
        await page.waitForSelector('dialog .text li:nth-child(3)')
        await see('withdraw')
        await page.keyboard.press('Escape')
        const grant =
          portal.house.app.consent.registry.entries().findLast(({ kind }) => kind === 'grant')?.id ?? ''
        await portal.house.use(grant, actor, tone())
        for (const place of ['uses', 'recordings', 'people', 'me']) {
          await page.goto(`${portal.site}/voice#/${place}`)
          await page.reload()
          await page.waitForSelector('main:not([aria-busy=true]) h1')
          if (place === 'uses') await page.waitForSelector('.use')
          await see(place)
        }
        await page.goto(`${portal.site}/voice#/mine`)
        await page.locator('.yes .button.danger').click()
        await page.locator('dialog .button.danger:enabled').click()
        await page.waitForSelector('.cert[data-state=done]')
        await see('certificate')
      }))
})
