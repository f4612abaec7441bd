// SPDX-License-Identifier: Apache-2.0
// Questions at a desk (RULE H6): recorded by keyboard alone, answered from what was answered before, sent on and answered by the
// department; and the consultation desk, whose clerk is of no department.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { commandsOf, desk, openPage, picture, press, signIn } from './browser.mjs'
import { hire, person } from './hall.mjs'

const CONSULTATION = 30

async function sit(world, who) {
  const page = await openPage(world.browser, world.hall, desk)
  await signIn(page, who)
  await page.goto('/questions')
  await page.locator('[data-test=take-question]').waitFor()
  return page
}

const lineOf = (page, text) => page.locator('[data-question]').filter({ hasText: text })

export default function (world) {
  test('a question is answered and recorded without a mouse, and its answer is found again', async () => {
    const page = await sit(world, person(world.hall, 'WINDOW_CLERK'))
    await press(page, 'F2')
    await page.keyboard.type('演出许可证丢了怎么补办？')
    await page.keyboard.press('Tab')
    await page.locator('#question-answer').focus()
    await page.keyboard.type('带身份证和遗失声明到本窗口。')
    await press(page, 'Control+Enter')
    await page.getByText(/已记录，编号 \d+/).waitFor()
    assert.equal(await page.locator('#question').inputValue(), '')
    await press(page, 'F3')
    await page.keyboard.type('许可证 补办')
    await page.locator('[data-test=found-answers]').getByText('带身份证和遗失声明到本窗口。').waitFor()
    await picture(page, 'questions')
    await page.keyboard.press('Enter')
    assert.equal(await page.locator('#question-answer').inputValue(), '带身份证和遗失声明到本窗口。')
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  test('nothing is recorded without what came of it', async () => {
    const page = await sit(world, person(world.hall, 'WINDOW_CLERK'))
    const sent = commandsOf(page)
    await press(page, 'F2')
    await page.keyboard.type('几点开门？')
    await press(page, 'Alt+2')
    await press(page, 'Control+Enter')
    await page.locator('[data-test=faults]').getByText('请选择').waitFor()
    await press(page, 'Alt+3')
    await press(page, 'Control+Enter')
    await page.locator('#question-department').waitFor()
    assert.deepEqual(sent, [])
    await page.context().close()
  })

  test('a question that is sent on waits for its department, which answers it', async () => {
    const asked = `问转办：${Date.now()}`
    const page = await sit(world, person(world.hall, 'WINDOW_CLERK'))
    await press(page, 'F2')
    await page.keyboard.type(asked)
    await press(page, 'Alt+3')
    await page.locator('#question-department').selectOption('CIV')
    await press(page, 'Control+Enter')
    await page.getByText(/已转.*编号 \d+/).waitFor()
    await page.locator('[data-test=list-mine]').click()
    await lineOf(page, asked).waitFor()

    const answerer = await sit(world, await hire(world, 'APPROVER', 'CIV'))
    await lineOf(answerer, asked).click()
    await lineOf(answerer, asked).locator('[data-test=question-acts]').waitFor()
    await picture(answerer, 'questions-open')
    await press(answerer, 'F9')
    await answerer.locator('.el-dialog textarea').fill('已电话答复。')
    await press(answerer, 'Control+Enter')
    await lineOf(answerer, asked).waitFor({ state: 'detached' })
    await lineOf(page, asked).waitFor({ state: 'detached' }) // it hears of it
    await page.locator('[data-test=list-past]').click()
    await lineOf(page, asked).getByText('已电话答复。').waitFor()
    assert.deepEqual([...page.faults, ...answerer.faults], [])
    for (const one of [page, answerer]) await one.context().close()
  })

  /* RULE H1 */
  test('the clerk of the consultation desk is of no department, and takes in for any', async () => {
    const clerk = await hire(world, 'WINDOW_CLERK', '', CONSULTATION)
    const page = await sit(world, clerk)
    assert.equal(await page.locator('[data-test=list-department]').count(), 0)
    await page.goto('/window')
    await page.waitForFunction(() => document.activeElement?.id === 'item')
    await page.keyboard.type('TRA-01')
    await page.locator('#item-TRA-01').waitFor()
    await page.keyboard.press('Enter')
    await page.locator('#document').waitFor() // it is not sent to another window
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })
}
