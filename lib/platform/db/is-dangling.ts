/** Whether a statement failed because the row that it refers to no longer exists (SQLSTATE 23503). */
export const isDangling = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '23503'
