/** The time that decides about windows: the database's, so that replicas agree, plus the test clock's offset. */
export interface Clock {
  now(): Promise<Date>
}
