/** The file at the source is not the one of which part was fetched already: that part is void. */
export class SourceChanged extends Error {
  constructor() {
    super('The source changed while it was fetched')
    this.name = 'SourceChanged'
  }
}
