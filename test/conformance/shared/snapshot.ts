/** A recorded snapshot, which begins with lines between dashes that say where it is from. */
export function withoutHeading(snapshot: string): string {
  return snapshot.replace(/^---\n[\s\S]*?\n---\n/, '').trimEnd();
}
