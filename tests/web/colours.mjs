// SPDX-License-Identifier: Apache-2.0
// With the user's own colours (forced-colors), what a colour said must still be seen: which button is pressed in, what is
// wrong, where the keyboard is; and a lamp has its shape and its word.

/** Choices that are made, and fields that are wrong, without a line of their own; lamps without a word or a shape. */
export function hidden() {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const isLined = (one) => {
    const style = getComputedStyle(one)
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
  }
  const made = [...document.querySelectorAll('[aria-pressed=true], [aria-selected=true], [aria-current]:not([aria-current=false]), [aria-invalid=true]')]
  const lamps = [...document.querySelectorAll('.lamp')]
  const shapes = new Map(lamps.map((one) => [one.dataset.level, one.querySelector('svg')?.firstElementChild?.outerHTML]))
  return [
    ...made.filter((one) => seen(one) && !isLined(one)).map((one) => `${one.localName} ${one.textContent.trim().slice(0, 30)} has no line`),
    ...lamps.filter((one) => one.textContent.trim() === '').map(() => 'a lamp without a word'),
    ...(new Set(shapes.values()).size < shapes.size ? ['two levels share a shape'] : []),
  ]
}

/** Where the keyboard is, unless it can be seen there. */
export function unseenFocus() {
  let one = document.activeElement
  if (!one || one === document.body) return ''
  const name = `${one.localName} ${one.id} ${(one.getAttribute('aria-label') ?? one.textContent).trim().slice(0, 30)}`
  for (let up = 0; one && up < 4; up++, one = one.parentElement) {
    const style = getComputedStyle(one)
    if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) return ''
  }
  return name
}
