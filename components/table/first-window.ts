/** Rows in the first HTML: what a tall screen shows, and the first page of the API's own order. */
export const firstWindow = 50;
