// SPDX-License-Identifier: Apache-2.0
// Who comes to a window: with any lawful document, in person or by an agent, for the first time or again.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { axeFaults, commandsOf, openPage, paperOf, picture, press, pressAndConfirm, signIn } from './browser.mjs'
import { newDocument, person, takeIn } from './hall.mjs'

/** A new case of the item, with the keyboard in the field of the document's number. */
async function newCase(world, item) {
  const page = await openPage(world.browser, world.hall)
  await signIn(page, person(world.hall, 'WINDOW_CLERK'))
  await page.goto('/window')
  await page.waitForFunction(() => document.activeElement?.id === 'item')
  await page.keyboard.type(item)
  await page.locator(`#item-${item}`).waitFor()
  await press(page, 'Enter')
  await page.waitForFunction(() => document.activeElement?.id === 'document')
  return page
}

const kindOf = (page) => page.locator('#documentKind').inputValue()
const stateIs = (page, state) => page.locator(`[data-test=case-state][data-state=${state}]`).waitFor()

export default function (world) {
  /* RULE H21 */
  test('a person with his document is told at the window who looked at his data, and gets it on paper', async () => {
    const { desk, caseNumber } = await takeIn(world, (all) => all)
    await desk.ask('POST', `/cases/${caseNumber}/applicant-views`, { purpose: '核对领证人' })
    const page = await openPage(world.browser, world.hall)
    await signIn(page, person(world.hall, 'WINDOW_CLERK'))
    await page.goto('/window?view=looks')
    await page.locator('#looks-document').focus()
    await press(page, 'Enter')
    await page.getByText('请输入证件号码').waitFor()
    await page.keyboard.type('11010519491231002x')
    await press(page, 'Enter')
    const rows = page.locator('[data-test=looks-found] tbody tr')
    await rows.first().waitFor()
    assert.match(await rows.first().innerText(), /本人查询/)
    assert.match(await rows.filter({ hasText: '核对领证人' }).first().innerText(), new RegExp(caseNumber.slice(6, 12)))
    const printed = await paperOf(page)
    assert.match(printed, /个人信息查看记录[^]*\*002X[^]*核对领证人/)
    assert.doesNotMatch(printed, /11010519491231002X/)
    await page.context().close()
  })

  test('the kind of document follows what is typed, until it is chosen', async () => {
    const page = await newCase(world, 'CUL-02')
    for (const [number, kind] of [
      ['E12345678', 'PASSPORT'],
      ['H12345678', 'HOME_RETURN_PERMIT'],
      ['830000199001010012', 'RESIDENCE_PERMIT'],
      ['911124198108030024', 'PERMANENT_RESIDENCE_CARD'],
      ['11010519491231002X', 'IDENTITY_CARD'],
    ]) {
      await page.locator('#document').fill('')
      await page.locator('#document').focus()
      await page.keyboard.type(number)
      assert.equal(await kindOf(page), kind, number)
    }
    await page.locator('#document').fill('')
    await press(page, 'Shift+Tab')
    await page.keyboard.press('End') // the last kind: another document
    assert.equal(await kindOf(page), 'OTHER_DOCUMENT')
    await press(page, 'Tab')
    await page.keyboard.type('2001988')
    assert.equal(await kindOf(page), 'OTHER_DOCUMENT')
    await page.locator('#documentNote').waitFor()
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  test('whoever has a passport and an agent is taken in', async () => {
    const page = await newCase(world, 'CUL-02')
    await page.keyboard.type('E12345678')
    await page.locator('#name').fill('John Smith')
    await page.locator('#phone').fill('13800138000')
    await page.locator('[data-test=by-agent]').check()
    await page.locator('#agentName').fill('阿卜杜热合曼·买买提')
    await page.locator('#agentDocument').fill('11010519491231002X')
    await press(page, 'F4')
    await press(page, 'F9')
    await page.locator('#agentPhone[aria-invalid]').waitFor()
    assert.deepEqual(await axeFaults(page), [])
    await picture(page, 'window-agent')
    await page.locator('#agentPhone').fill('13700137000')
    await page.locator('#agentLetter').check()
    await press(page, 'F9')
    await stateIs(page, 'ACCEPTED')
    await page.context().close()
  })

  /* RULE L32.3 */
  test('a wrong check character is warned about, and taken when the paper reads so', async () => {
    const page = await newCase(world, 'CUL-02')
    const sent = commandsOf(page)
    await page.keyboard.type('110105194912310021')
    await page.locator('#name').fill('王小明')
    await page.locator('#phone').fill('13800138000')
    await press(page, 'F4')
    await press(page, 'F9')
    await page.locator('#document[aria-invalid]').waitFor()
    assert.deepEqual(sent, [])
    await picture(page, 'window-check-character')
    await page.waitForFunction(() => document.activeElement?.id === 'document')
    await press(page, 'Tab')
    await press(page, 'Space')
    await page.locator('#document[aria-invalid]').waitFor({ state: 'detached' })
    await press(page, 'F9')
    await stateIs(page, 'ACCEPTED')
    await page.context().close()
  })

  /* ---- a case without its number, and the same application twice */

  const fill = async (page, who) => {
    await page.locator('#document').fill(who.document)
    await page.locator('#name').fill(who.name)
    await page.locator('#phone').fill('13800138000')
    await press(page, 'F4')
  }

  test('the same person, item and day is asked about before it is taken in twice', async () => {
    const who = { document: newDocument(), name: '张国国' }
    const first = await newCase(world, 'CUL-02')
    await fill(first, who)
    await press(first, 'F9')
    await stateIs(first, 'ACCEPTED')
    await first.context().close()
    const page = await newCase(world, 'CUL-02')
    const sent = commandsOf(page)
    await fill(page, who)
    await page.locator('[data-test=applied-today]').waitFor()
    await press(page, 'F9')
    const question = page.locator('.el-message-box')
    await question.locator('.el-button--primary:focus').waitFor()
    await picture(page, 'window-again')
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'hidden' })
    assert.deepEqual(sent, [])
    await pressAndConfirm(page, 'F9')
    await stateIs(page, 'ACCEPTED')
    assert.equal(sent.length, 1)
    await page.context().close()
  })

  test('a duplicated tab is one case', async () => {
    const page = await newCase(world, 'CUL-02')
    await fill(page, { document: newDocument(), name: '张国国' })
    const [copy] = await Promise.all([page.context().waitForEvent('page'), page.evaluate(() => void window.open(location.href))])
    copy.setDefaultTimeout(120000)
    await copy.waitForFunction(() => document.querySelector('#name')?.value === '张国国') // the draft was copied with the tab
    await press(page, 'F9')
    await stateIs(page, 'ACCEPTED')
    await copy.bringToFront()
    await press(copy, 'F9')
    await stateIs(copy, 'ACCEPTED')
    const numberOn = (one) => one.locator('[data-test=case-number]').innerText()
    assert.equal(await numberOn(copy), await numberOn(page))
    await page.context().close()
  })

  /* RULE H21 */
  test('a case is found by document, name or phone, and only the ends of the name are shown', async () => {
    const { caseNumber } = await takeIn(world, (all) => all)
    const page = await openPage(world.browser, world.hall)
    await signIn(page, person(world.hall, 'WINDOW_CLERK'))
    for (const known of ['11010519491231002x', '赵一', '138 0013 8000']) {
      const search = page.getByRole('search').locator('input')
      await search.fill(known)
      await search.press('Enter')
      await page.waitForFunction(() => document.activeElement?.id === 'find-purpose')
      await press(page, 'Enter')
      const found = page.locator('[data-test=found]')
      await found.waitFor()
      assert.ok((await found.innerText()).replace(/-/g, '').includes(caseNumber), known)
      assert.doesNotMatch(await found.innerText(), /赵一/)
      if (known === '赵一') {
        assert.match(await found.innerText(), /赵\*/)
        assert.deepEqual(await axeFaults(page), [])
        await picture(page, 'find-dialog')
        await page.waitForFunction(() => document.activeElement?.tagName === 'A')
        await press(page, 'ArrowDown')
        await press(page, 'ArrowUp')
        await press(page, 'Enter')
        await page.waitForURL(/\/(case|window\/cases?)\/\d{13}/)
      } else await page.keyboard.press('Escape')
      await page.locator('[data-test=find-dialog]').waitFor({ state: 'hidden' })
    }
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })
}
