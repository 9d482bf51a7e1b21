const SLOTS_FIRST = 1 << 20
/** Filled further than this, a table gets slow. */
const LOAD_MAX = 0.7

/**
 * Set of positive whole numbers below 2^53, eight bytes a slot: a million ids cost 16 MB and no garbage.
 * Grows without bound; the caller bounds the rows.
 */
export class IdSet {
  private slots = new Float64Array(SLOTS_FIRST)
  private size = 0

  /** Add a number; false when it was there already. */
  add(key: number): boolean {
    // 0 marks a free slot.
    const entry = key + 1
    const { slots } = this
    const mask = slots.length - 1
    let slot = hash(entry) & mask
    for (let found = slots[slot]; found !== 0; found = slots[slot]) {
      if (found === entry) return false
      slot = (slot + 1) & mask
    }
    slots[slot] = entry
    this.size++
    if (this.size > slots.length * LOAD_MAX) this.grow()
    return true
  }

  private grow(): void {
    const old = this.slots
    this.slots = new Float64Array(old.length * 2)
    this.size = 0
    for (const entry of old) if (entry !== 0) this.add(entry - 1)
  }
}

function hash(entry: number): number {
  const low = entry >>> 0
  const high = Math.floor(entry / 0x1_0000_0000)
  const mixed = Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1)
  return mixed ^ (mixed >>> 15)
}
