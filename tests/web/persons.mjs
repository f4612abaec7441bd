// SPDX-License-Identifier: Apache-2.0
// Who comes to a window: with any lawful document, in person or by an agent, for the first time or again.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { axeFaults, commandsOf, openPage, picture, press, signIn } from './browser.mjs'
import { person } from './hall.mjs'

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
}
