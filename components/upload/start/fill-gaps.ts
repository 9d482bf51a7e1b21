/** Methods that `fillGaps` provides, for the test that looks for what old engines lack. */
export const FILLED_GAPS = ['at'] as const

/** Adds `at` to arrays and strings for Chrome 90 and 91, the only supported engines without it. */
export function fillGaps(): void {
  const kinds = [Array, String, Uint8Array] as unknown as { prototype: object }[]
  for (const { prototype } of kinds) {
    if ('at' in prototype) continue
    Object.defineProperty(prototype, 'at', { value: at, writable: true, configurable: true })
  }
}

function at(this: ArrayLike<unknown>, index: number): unknown {
  const whole = Math.trunc(index) || 0
  return this[whole < 0 ? this.length + whole : whole]
}

/** The same as an inline script in ES5, for the page: Next's own code needs it before ours runs. */
export const FILL_GAPS_SCRIPT = `(function(){function at(i){i=Math.trunc(i)||0;return this[i<0?this.length+i:i]}[Array,String,Uint8Array].forEach(function(k){"at"in k.prototype||Object.defineProperty(k.prototype,"at",{value:at,writable:true,configurable:true})})})()`
