// SPDX-License-Identifier: Apache-2.0
// What people cannot read: codes where words belong, accounts where names belong, text that its box cuts.

/** Accounts stand where they are managed. */
const MANAGED = ['people', 'signIns', 'denials', 'rights', 'tokens']

export async function codesIn(world, name, text) {
  const { departments } = await world.administrator.ask('GET', '/departments')
  const codes = departments.map(({ code }) => code).join('|')
  const accounts = world.hall.people.map((one) => one.name).filter((one) => one.includes('-')).join('|')
  const raw = [
    /\b[HL]\d{1,2}([._]\d+)?\b/, // rules
    /\b\d{3,}\s*\/\s*\d{3,}\b/, // working minutes
    /\bsample\b(?! standard)/,
    /\b[A-Z]+_[A-Z_]+\b/, // values of an enum
    ...(name === 'departments' ? [] : [new RegExp(`\\b(${codes})\\b(?!-\\d\\d\\b)(-\\w+)?`)]), // departments, but where they are kept; an item's code may stand beside its name
    ...(MANAGED.includes(name) ? [] : [new RegExp(`\\b(${accounts})\\b`)]),
  ]
  const plain = text.replace(/试[A-Z]{3}/g, '') // people whom the tests hire
  return raw.flatMap((one) => plain.match(new RegExp(one, 'g')) ?? [])
}

/** Text that its box cuts, and hints that do not fit into their field. */
export function cut() {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest('.unseen, .skip, [aria-hidden=true]')
  const faults = []
  const isBox = (one) => /hidden|clip|auto|scroll|strict|paint/.test(`${getComputedStyle(one).overflowX} ${getComputedStyle(one).contain}`)
  /** Beyond the box that cuts it. */
  function sticksOut(one) {
    let box = one.parentElement
    while (box && !isBox(box)) box = box.parentElement
    if (!box || /auto|scroll/.test(getComputedStyle(box).overflowX) || one.innerText.trim() === '') return false
    return one.getBoundingClientRect().right > box.getBoundingClientRect().right + 1
  }
  for (const one of document.querySelectorAll('button, a, th, td, dt, dd, label, legend, h1, h2, h3, p, li, span, strong, small')) {
    if (!seen(one) || one.title || one.closest('[title]')) continue
    const cuts = ['hidden', 'clip'].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1
    if (cuts || sticksOut(one)) faults.push(`<${one.localName}> ${one.innerText.slice(0, 60)}`)
  }
  const pen = document.createElement('canvas').getContext('2d')
  for (const one of document.querySelectorAll('input[placeholder]')) {
    const style = getComputedStyle(one)
    pen.font = style.font
    const room = one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    if (seen(one) && one.value === '' && pen.measureText(one.placeholder).width > room + 1) faults.push(`<input> ${one.placeholder}`)
  }
  return faults
}
