// Loaded before a server (`node --import`): at SIGUSR2 its clock jumps by the seconds that CLOCK_SHIFT_FILE holds.
// Timers and performance.now() are unaffected, as when an operator sets the time.
import { readFileSync } from 'node:fs'

const RealDate = Date
let shift = 0
process.on('SIGUSR2', () => {
  shift = Number(readFileSync(process.env.CLOCK_SHIFT_FILE, 'utf8')) * 1_000
  console.log(`now it is ${new Date().toISOString()}`)
})

const now = () => RealDate.now() + shift

function ShiftedDate(...parts) {
  if (!new.target) return new RealDate(now()).toString()
  return Reflect.construct(RealDate, parts.length === 0 ? [now()] : parts, new.target)
}
// Own properties, as Next copies them to a Date of its own.
Object.defineProperties(ShiftedDate, Object.getOwnPropertyDescriptors(RealDate))
ShiftedDate.now = now
globalThis.Date = ShiftedDate
