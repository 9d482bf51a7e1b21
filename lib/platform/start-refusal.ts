/** This installation cannot work as it is set up. The message says so to an operator, and what to do; there is no fault in the program. */
export class StartRefusal extends Error {
  override name = 'StartRefusal'
}
