/**
 * Breaks the rows of a table over pages. `heights` are of the rows, `first` and `next` the room for rows on the first page and on those after, `foot` what stands under the last row
 * and is kept with at least one row. Gives the number of rows of each page; a row higher than a page has a page of its own.
 */
export function paginate(
  heights: readonly number[],
  { first, next, foot }: { readonly first: number; readonly next: number; readonly foot: number },
): number[] {
  const pages: number[] = [];
  let room = first;
  let rows = 0;
  for (const [at, height] of heights.entries()) {
    const needed = height + (at === heights.length - 1 ? foot : 0);
    if (needed > room && rows > 0) {
      pages.push(rows);
      room = next;
      rows = 0;
    }
    room -= height;
    rows += 1;
  }
  pages.push(rows);
  // A foot higher than what is left of a page whose only row it is goes onto a page of its own.
  if (heights.length > 0 && room < foot) pages.push(0);
  return pages;
}
