// SPDX-License-Identifier: Apache-2.0
// The applicant's telephone: the page that a slip's QR code opens, 390 px wide, without JavaScript.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { axeFaults, openPage, picture, signIn } from './browser.mjs'
import { person, takeIn } from './hall.mjs'

const telephone = { width: 390, height: 844 }
const PAGE_BYTES = 20 * 1024

/** A telephone with touch and without scripts. */
const openPhone = (world, options = {}) =>
  openPage(world.browser, world.hall, telephone, { javaScriptEnabled: false, isMobile: true, hasTouch: true, ...options })

/** axe-core needs scripts, so it looks at the same page where they run. */
async function shutsNobodyOut(world, page) {
  const twin = await openPage(world.browser, world.hall, telephone)
  const body = await page.content()
  await twin.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }))
  await twin.goto(page.url())
  assert.deepEqual(await axeFaults(twin, ['minor', 'moderate', 'serious', 'critical']), [])
  assert.deepEqual(twin.faults, [])
  await twin.context().close()
}

async function holds(world, page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.ok(over <= 0, `${over} px wider than the telephone`)
  assert.deepEqual(page.faults, [])
  await shutsNobodyOut(world, page)
}

/** What is tapped is big enough for a finger. */
async function fitsFingers(page) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('a, button, input:not([type=hidden])')]
      .map((one) => ({ text: one.textContent || one.id, height: one.getBoundingClientRect().height }))
      .filter(({ height }) => height < 44),
  )
  assert.deepEqual(small, [])
}

export default function (world) {
  /* RULE H17, L32.4 */
  test('the code on a slip opens the case on a telephone without JavaScript', async () => {
    const { code, caseNumber, item } = await takeIn(world, (all) => all.slice(0, -1))
    const page = await openPhone(world)
    const answer = await page.goto(`/p/${code}`)
    assert.equal(answer.status(), 200)
    assert.ok((await answer.body()).length < PAGE_BYTES)
    await page.getByRole('heading', { level: 1, name: item.nameZh }).waitFor()
    const said = await page.locator('main').innerText()
    for (const text of ['待补正', '补齐期限', '（含当日）', '需要带', '号窗口', '层', '开放时间', '09:00–12:00'])
      assert.ok(said.includes(text), `${text} is missing in ${said}`)
    assert.equal(await page.locator('.number').innerText(), caseNumber.replace(/^(\d{6})(\d+)(\d)$/, '$1-$2-$3'))
    assert.doesNotMatch(said, /赵一/)
    assert.equal(await page.locator('a[href^="tel:"]').count(), 1)
    await holds(world, page)
    await fitsFingers(page)
    await picture(page, 'phone-correction', { fullPage: true })
    await page.getByRole('link', { name: 'English' }).click()
    await page.getByText('Papers missing').waitFor()
    await holds(world, page)
    await picture(page, 'phone-correction-en', { fullPage: true })
    await page.context().close()
  })

  test('number and last four open it too, and a wrong one leads nowhere', async () => {
    const { caseNumber } = await takeIn(world, (all) => all)
    const page = await openPhone(world, { locale: 'en-GB' })
    await page.goto('/p')
    await page.getByLabel('Case number').fill(caseNumber)
    await page.getByLabel('Last four characters').fill('0021')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByRole('alert').waitFor()
    await holds(world, page)
    await fitsFingers(page)
    await picture(page, 'phone-form', { fullPage: true })
    assert.equal(await page.getByLabel('Case number').inputValue(), caseNumber)
    await page.getByLabel('Last four characters').fill('002x')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.locator('.state', { hasText: 'Accepted' }).waitFor()
    await page.getByRole('button', { name: '中文' }).click()
    await page.locator('.state', { hasText: '已受理' }).waitFor()
    assert.equal(await page.locator('input[inputmode]').count(), 0)
    await holds(world, page)
    await page.getByRole('link', { name: '查询另一件' }).click()
    assert.deepEqual(await page.locator('input').evaluateAll((all) => all.map((one) => one.inputMode)), ['numeric', 'text'])
    await page.context().close()
  })

  test('a slip leads to the public address, and its code opens the case', async () => {
    const { desk, caseNumber } = await takeIn(world, (all) => all)
    const { publicAddress } = await desk.ask('GET', '/hall')
    const { code } = await desk.ask('GET', `/cases/${caseNumber}/progress`)
    const page = await openPhone(world)
    const window = await openPage(world.browser, world.hall)
    await signIn(window, person(world.hall, 'WINDOW_CLERK'))
    await window.goto(`/window?case=${caseNumber}`)
    const slip = window.locator('[data-test=slip]')
    await slip.getByRole('img', { name: /扫码/ }).waitFor()
    assert.ok((await slip.innerText()).includes(`${publicAddress.replace(/^https?:\/\//, '')}/p`))
    await window.context().close()
    await page.goto(`${publicAddress}/p/${code}`)
    await page.locator('.number').waitFor()
    await page.goto(`${publicAddress}/p/${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`)
    await page.getByRole('alert').waitFor()
    await page.context().close()
  })
}
