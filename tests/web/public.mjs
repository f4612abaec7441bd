// SPDX-License-Identifier: Apache-2.0
// The pages for the public, without a sign-in: display and kiosk.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { openPage, picture, upright, wide } from './browser.mjs'
import { billed, Caller, takeIn } from './hall.mjs'

export default function (world) {
  test('the display changes by itself when a case comes in', async () => {
    const page = await openPage(world.browser, world.hall, wide)
    await page.goto('/display')
    const received = page.locator('[data-test=received]')
    await page.waitForFunction(() => /\d/.test(document.querySelector('[data-test=received]')?.textContent ?? ''))
    const before = parseInt(await received.innerText(), 10)
    await takeIn(world, (all) => all)
    await page.waitForFunction(
      (least) => parseInt(document.querySelector('[data-test=received]').textContent, 10) >= least,
      before + 1,
    )
    await page.context().close()
  })

  /* RULE H17 */
  test('the display counts everybody it calls, and says to which window', async () => {
    const page = await openPage(world.browser, world.hall, wide)
    await takeIn(world, (all) => all.slice(0, -1)) // so that somebody is called
    await page.goto('/display')
    await page.locator('.calls.correct li').first().waitFor()
    const { toCorrect } = await new Caller(world.hall).ask('GET', '/board')
    assert.equal(parseInt((await page.locator('[data-test=all-correct]').innerText()).replace(/\D/g, ''), 10), Number(toCorrect.all))
    for (const call of await page.locator('.calls li').all()) assert.match(await call.innerText(), /^\d{6}-\d{6}-\d\s+(\d+ 号|服务台)$/)
    const over = await page.locator('.calls li').evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length)
    assert.equal(over, 0, 'a call is wider than its column')
    await picture(page, 'display-calls')
    await page.context().close()
  })

  test('the display keeps what it shows when the hall is away, and says how old it is', async () => {
    const page = await openPage(world.browser, world.hall, wide)
    await page.clock.install()
    await page.goto('/display')
    await page.clock.runFor(2000)
    await page.waitForFunction(() => /\d/.test(document.querySelector('[data-test=handling]')?.textContent ?? ''))
    const shown = await page.locator('[data-test=handling]').innerText()
    await page.context().setOffline(true)
    await page.clock.runFor(60000)
    await page.getByText(/连接中断，正在恢复 · 数据截至/).waitFor()
    assert.equal(await page.locator('[data-test=handling]').innerText(), shown)
    await page.context().setOffline(false)
    await page.clock.runFor(10000)
    await page.getByText('实时更新').waitFor()
    await page.context().close()
  })

  /* RULE L30: items, limits, the full list of materials are published. */
  test('the kiosk tells what to bring', async () => {
    const page = await openPage(world.browser, world.hall, upright)
    await page.goto('/kiosk')
    await page.getByRole('link', { name: /办事指南/ }).click()
    const { items } = await new Caller(world.hall).ask('GET', '/items')
    const item = items.find((one) => one.code === 'CON-01')
    await page.getByRole('link', { name: new RegExp(item.nameZh) }).click()
    const guide = await new Caller(world.hall).ask('GET', '/items/CON-01/guide')
    for (const material of guide.materials) await page.getByText(material.nameZh, { exact: true }).first().waitFor()
    await page.getByRole('button', { name: '打印材料清单' }).waitFor()
    await page.context().close()
  })

  /* RULE H17: anyone can look up a case's progress and result. */
  test('the kiosk shows a case to who has its number and the last four characters', async () => {
    const { caseNumber } = await takeIn(world, (all) => all.slice(0, -1))
    const page = await openPage(world.browser, world.hall, upright)
    await page.goto('/kiosk/progress')
    const focused = () => page.evaluate(() => document.activeElement?.id)
    await page.waitForFunction(() => document.activeElement?.id === 'kiosk-number')
    for (const digit of caseNumber) {
      assert.equal(await focused(), 'kiosk-number', 'the keypad leaves the focus in the field')
      await page.getByRole('button', { name: digit, exact: true }).click()
    }
    await page.waitForFunction(() => document.activeElement?.id === 'kiosk-four')
    for (const digit of '0021') await page.getByRole('button', { name: digit, exact: true }).click()
    await page.getByRole('button', { name: '查询', exact: true }).click()
    await page.getByText('没有查到').waitFor()
    for (let n = 0; n < 4; n++) await page.getByRole('button', { name: '删除' }).click()
    for (const digit of '002X') await page.getByRole('button', { name: digit, exact: true }).click()
    await page.getByRole('button', { name: '查询', exact: true }).click()
    await page.getByText('还需要补交').waitFor()
    assert.equal(await page.locator('[data-state]').getAttribute('data-state'), 'CORRECTION')
    assert.doesNotMatch(await page.locator('main').innerText(), /赵一/)
    await page.context().close()
  })

  test('the kiosk says by when, and how much is to be paid', async () => {
    const ask = async (number) => {
      const page = await openPage(world.browser, world.hall, upright)
      await page.goto('/kiosk/progress')
      await page.waitForFunction(() => document.activeElement?.id === 'kiosk-number')
      await page.keyboard.type(number)
      await page.waitForFunction(() => document.activeElement?.id === 'kiosk-four')
      await page.keyboard.type('002X')
      await page.keyboard.press('Enter')
      await page.locator('[data-state]').waitFor()
      return page
    }
    const pays = await ask(await billed(world))
    assert.match(await pays.locator('[data-test=amount]').innerText(), /应缴费用\s+¥10\.00/)
    await picture(pays, 'kiosk-amount')
    await pays.context().close()
    const waits = await ask((await takeIn(world, (all) => all)).caseNumber)
    assert.match(await waits.locator('[data-test=until]').innerText(), /期限\s+\d{4}年\d+月\d+日（含当日）/)
    assert.equal(await waits.locator('[data-test=amount]').count(), 0)
    await waits.context().close()
  })

  test('what is scanned at the start of the kiosk leads to the case, and leaves nothing behind', async () => {
    const { caseNumber, desk } = await takeIn(world, (all) => all)
    const { code } = await desk.ask('GET', `/cases/${caseNumber}/progress`)
    const page = await openPage(world.browser, world.hall, upright)
    await page.goto('/kiosk')
    await page.waitForFunction(() => document.activeElement?.id === 'kiosk-scan')
    await page.keyboard.type(`https://hall.example.cn/p/${code}`) // as a scanner does
    await page.keyboard.press('Enter')
    await page.locator('[data-state=ACCEPTED]').waitFor()
    await page.getByText(/\d+ 号窗口/).first().waitFor()
    assert.doesNotMatch(page.url(), new RegExp(code.slice(-8)))
    await page.getByRole('button', { name: '回到首页' }).click()
    await page.goBack()
    assert.equal(await page.locator('[data-state]').count(), 0)
    await page.goto('/kiosk/progress')
    await page.getByLabel('办件编号').focus()
    await page.keyboard.type(`https://hall.example.cn:8443/p/${code}`)
    await page.locator('[data-state=ACCEPTED]').waitFor()
    await page.context().close()
  })

  test('the kiosk shows the usual items, and finds one by what people call it', async () => {
    const page = await openPage(world.browser, world.hall, upright)
    await page.goto('/kiosk')
    await page.getByRole('heading', { name: '常办事项' }).waitFor()
    const { items } = await new Caller(world.hall).ask('GET', '/items/usual')
    assert.ok(items.length > 0)
    await picture(page, 'kiosk-start')
    await page.getByLabel(/扫描单据/).fill('施工許可證')
    await page.getByRole('button', { name: '查找' }).click()
    const list = page.locator('.list')
    await list.getByRole('link', { name: /施工许可证的初审/ }).waitFor()
    for (const [query, name] of [['CON-01', /施工许可证的初审/], ['shigongxuke', /施工许可证的初审/], ['sgxkz', /施工许可证的初审/], ['文体局', /图书、报刊/], ['文體局', /图书、报刊/]]) {
      await page.getByLabel(/按名称/).fill(query)
      await list.getByRole('link', { name }).first().waitFor()
    }
    await list.getByRole('link').first().click()
    for (const text of ['开放时间', '电话']) await page.getByText(text, { exact: true }).waitFor()
    await picture(page, 'kiosk-guide-hours')
    await page.context().close()
  })

  test('the kiosk goes back to its start when nobody touches it, and keeps nothing', async () => {
    const page = await openPage(world.browser, world.hall, upright)
    await page.clock.install()
    await page.goto('/kiosk/progress')
    await page.getByLabel('办件编号').fill('2611')
    await page.clock.runFor(62000)
    await page.getByRole('alertdialog').waitFor()
    await page.clock.runFor(20000)
    await page.getByRole('heading', { name: '您好，请选择服务' }).waitFor()
    await page.getByRole('link', { name: /办理进度/ }).click()
    assert.equal(await page.getByLabel('办件编号').inputValue(), '')
    await page.context().close()
  })
}
