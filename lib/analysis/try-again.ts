/** Worth another attempt of the run. When there is none left, `note` becomes the sample's, with a code in front. */
export class TryAgain extends Error {
  readonly note: string

  constructor(note: string) {
    super(note)
    this.name = 'TryAgain'
    this.note = note
  }
}
