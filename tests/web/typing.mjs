// SPDX-License-Identifier: Apache-2.0
// Input methods, the caret, and what is pasted: nothing is rewritten, sent or closed while a text is composed,
// and what is typed is tidied before it is judged.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { commandsOf, openPage, pageKeys, press, rested, signIn, upright } from './browser.mjs'
import { Caller, person, takeIn } from './hall.mjs'

const ITEM = 'CUL-02'

async function newCase(world) {
  const page = await openPage(world.browser, world.hall)
  await chooseItem(page, world)
  return page
}

async function chooseItem(page, world) {
  await signIn(page, person(world.hall, 'WINDOW_CLERK'))
  await page.goto('/window')
  await page.waitForFunction(() => document.activeElement?.id === 'item')
  await page.keyboard.type(ITEM)
  await page.locator(`#item-${ITEM}`).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.id === 'document')
}

/** An input method, as the browser sees one. */
async function inputMethod(page) {
  const devtools = await page.context().newCDPSession(page)
  return {
    compose: (text) => devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length }),
    commit: (text) => devtools.send('Input.insertText', { text }),
  }
}

const caretOf = (field) => field.evaluate((one) => one.selectionStart)

export default function (world) {
  test('composed letters are rewritten when the composition ends, not before', async () => {
    const page = await newCase(world)
    const method = await inputMethod(page)
    const field = page.locator('#document')
    await page.keyboard.type('91110105')
    await method.compose('m')
    await method.compose('ma')
    assert.equal(await field.inputValue(), '91110105ma')
    await method.commit('ma')
    assert.equal(await field.inputValue(), '91110105MA')
    await page.context().close()
  })

  test('typing in the middle keeps the caret there', async () => {
    const page = await newCase(world)
    const field = page.locator('#document')
    await page.keyboard.type('911101')
    for (const key of ['Home', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
    await page.keyboard.type('m')
    assert.equal(await field.inputValue(), '91M1101')
    assert.equal(await caretOf(field), 3)
    await page.keyboard.type(' a')
    assert.equal(await field.inputValue(), '91MA1101')
    assert.equal(await caretOf(field), 4)
    await page.context().close()
  })

  test('while a text is composed no key sends, closes or moves anything', async () => {
    const page = await newCase(world)
    const method = await inputMethod(page)
    const sent = commandsOf(page)
    await page.locator('#name').focus()
    await method.compose('wang')
    const url = page.url()
    for (const key of pageKeys.filter((one) => one.length > 1)) {
      await method.compose('wang')
      await page.keyboard.press(key)
      assert.equal(page.url(), url, key)
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'name', key)
      assert.equal(await page.locator('[role=dialog]:visible').count(), 0, key)
    }
    assert.deepEqual(sent, [])
    await page.context().close()
  })

  test('Esc ends the composition and not the dialog', async () => {
    const { caseNumber } = await takeIn(world, (all) => all)
    const page = await openPage(world.browser, world.hall)
    await signIn(page, person(world.hall, 'WINDOW_CLERK'))
    await page.goto(`/window?case=${caseNumber}`)
    await page.locator('[data-test=no]').click()
    const dialog = page.locator('[data-test=deny-dialog]')
    await dialog.locator('[data-test=act-submit]:enabled').waitFor()
    const sent = commandsOf(page)
    const method = await inputMethod(page)
    await dialog.locator('#deny-reason').fill('不符合')
    await method.compose('tiao')
    await page.keyboard.press('Control+Enter')
    await page.keyboard.press('Escape')
    await method.compose('')
    assert.equal(await dialog.isVisible(), true)
    assert.equal(await dialog.locator('#deny-reason').inputValue(), '不符合')
    assert.deepEqual(sent, [])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await page.context().close()
  })

  test('what is pasted with labels, spaces and full-width characters is taken as what it means', async () => {
    const page = await newCase(world)
    await page.locator('#document').fill('身份证号：４４０５２４ 18800101-0014\u200b')
    assert.equal(await page.locator('#document').inputValue(), '440524188001010014')
    await page.locator('#name').fill('\u3000王\u3000明 ')
    await page.locator('#phone').fill('手机：+86 138-0013-8000')
    await page.locator('#address').focus()
    assert.equal(await page.locator('#name').inputValue(), '王明')
    assert.equal(await page.locator('#phone').inputValue(), '13800138000')
    await page.locator('#name').fill('\u3000王\u3000明 ') // and not left before it is sent
    await press(page, 'F4')
    await press(page, 'F9')
    await page.locator('[data-test=case-state][data-state=ACCEPTED]').waitFor()
    assert.ok((await page.locator('[data-test=slip]').first().innerText()).includes('王明'))
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  test('white space alone is nothing, and a direction character is no name', async () => {
    const page = await newCase(world)
    const sent = commandsOf(page)
    await page.keyboard.type('11010519491231002X')
    await page.locator('#phone').fill('13800138000')
    await press(page, 'F4')
    for (const name of ['\u3000\u200b', '王\u202e明']) {
      await page.locator('#name').fill(name)
      await press(page, 'F9')
      await page.locator('#name[aria-invalid=true]').waitFor()
    }
    await rested(page)
    assert.deepEqual(sent, [])
    await page.context().close()
  })

  test('nothing that is pasted is cut without a word', async () => {
    const page = await newCase(world)
    await page.locator('#document').fill('11010519491231002X99')
    assert.equal(await page.locator('#document').inputValue(), '11010519491231002X99')
    assert.equal(await page.locator('#document').getAttribute('aria-invalid'), 'true')
    await page.locator('#name').fill('名'.repeat(121)) // one character too many
    await press(page, 'F9')
    await page.locator('#name[aria-invalid=true]').waitFor()
    assert.equal((await page.locator('#name').inputValue()).length, 121)
    await page.context().close()
  })

  /* RULE L32.3: what is right is not refused because a workstation's clock is wrong. */
  test('a child born today is entered at a workstation whose clock is a day slow, or was set while the page was open', async () => {
    const DAY_MS = 86_400_000
    const hall = await new Caller(world.hall).ask('GET', '/hall')
    const digits = `110105${new Date(Number(hall.nowMs) + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')}001`
    const sum = [...digits].reduce((all, digit) => ((all + Number(digit)) * 2) % 11, 0)
    const child = digits + '0123456789X'[(12 - sum) % 11]

    const page = await openPage(world.browser, world.hall)
    await page.clock.install({ time: Date.now() - DAY_MS })
    await chooseItem(page, world)
    const field = page.locator('#document')
    await field.fill(child)
    await page.locator('.with-sign .sign').waitFor()
    await page.clock.setSystemTime(Date.now() - 2 * DAY_MS)
    await page.clock.runFor(601_000) // the page asks the hall again
    await field.fill('')
    await field.fill(child)
    await page.locator('.with-sign .sign').waitFor()
    assert.notEqual(await field.getAttribute('aria-invalid'), 'true')
    await page.context().close()
  })

  /* RULE H17 */
  test('the kiosk takes what a scanner, an input method or a paste gives it', async () => {
    const { caseNumber } = await takeIn(world, (all) => all)
    const page = await openPage(world.browser, world.hall, upright)
    await page.goto('/kiosk/progress')
    const number = page.getByLabel('办件编号')
    await number.fill(`https://hall.example/kiosk/progress?case=${caseNumber}`)
    assert.equal((await number.inputValue()).replaceAll('-', ''), caseNumber)
    const four = page.getByLabel('证件号码后四位')
    await four.focus()
    const method = await inputMethod(page)
    await page.keyboard.type('002')
    await method.compose('x')
    assert.equal(await four.inputValue(), '002x')
    await method.commit('x')
    assert.equal(await four.inputValue(), '002X')
    await number.focus()
    for (const key of ['Home', 'ArrowRight', 'Delete']) await page.keyboard.press(key)
    assert.equal(await caretOf(number), 1)
    await page.keyboard.type(caseNumber[1])
    assert.equal((await number.inputValue()).replaceAll('-', ''), caseNumber)
    await page.getByRole('button', { name: '查询', exact: true }).click()
    await page.locator('[data-state]').waitFor()
    await page.context().close()
  })
}
