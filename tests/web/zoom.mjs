// SPDX-License-Identifier: Apache-2.0
// What cannot be used on a page as it is now: what lies to the side of the screen, out of reach, or under something else.

/** Scrolls each control into sight, and asks what lies on its middle: the control, or something that covers it. */
export function unreachable() {
  const faults = []
  const side = document.documentElement.scrollWidth - document.documentElement.clientWidth
  if (side > 0) faults.push(`${side} px to the side of the screen`)
  const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, [tabindex="0"]')]
  for (const one of controls) {
    if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || one.disabled || one.closest('.unseen, .skip, [aria-hidden=true], [inert]')) continue
    one.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' })
    const box = one.getBoundingClientRect()
    if (box.width < 2 || box.height < 2) continue
    const name = `<${one.localName}> ${(one.getAttribute('aria-label') ?? one.textContent ?? one.id).trim().slice(0, 30)} ${one.id} ${one.className}`
    // The part of it that is in the window: a long list is taller than that.
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)]
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
    if (right - left < Math.min(box.width, innerWidth) - 2 || bottom - top < 2) {
      faults.push(`${name} is out of reach: ${Math.round(box.left)}..${Math.round(box.right)}, ${Math.round(box.top)}..${Math.round(box.bottom)}`)
      continue
    }
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    const isIt = over && (one.contains(over) || over.contains(one) || one.labels?.[0]?.contains(over) || over.closest('label')?.control === one || (one.closest('.el-input, .el-select, label') ?? one).contains(over))
    if (!isIt) faults.push(`${name} is covered by <${over?.localName}> ${over?.className}`)
  }
  return faults
}
